/*
 * capture: what a subject prints goes to a file without a name
 *
 * Opened once; standard output and error of this process and its children
 * lead there. Taking gives the start of it and empties the file.
 */

#ifndef LCA_CAPTURE_H
#define LCA_CAPTURE_H

#include "harness/base/result.h"

#include <stdint.h>

struct lca_capture {
    int fd;
};

struct lca_result lca_capture_open(struct lca_capture *capture);
/* In the process whose output it is to be. */
void lca_capture_use(const struct lca_capture *capture);
uint32_t lca_capture_take(const struct lca_capture *capture, char *text,
                          uint32_t size);

#endif
