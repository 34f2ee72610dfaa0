/*
 * capture: what a subject prints
 *
 * Standard output and error of a process lead into a pipe that its host
 * reads while it waits for other things, so that no flood fills a disk and
 * no printer waits for ever. The start is kept, the rest is counted.
 */

#ifndef LCA_CAPTURE_H
#define LCA_CAPTURE_H

#include "harness/base/result.h"
#include "harness/platform/channel.h"

#include <stdint.h>

enum { LCA_CAPTURED_MAX = 2048 };

struct lca_capture {
    int in, out;                /* out is for those that print */
    uint64_t total;             /* bytes since the last take */
    char text[LCA_CAPTURED_MAX];
    struct lca_aside aside;     /* for the channels that the host waits at */
};

/* It must not move while a channel has its aside. */
struct lca_result lca_capture_open(struct lca_capture *capture);
/* In the process whose output it is to be; it keeps no other way to it. */
void lca_capture_use(struct lca_capture *capture);

/*
 * The start of what was printed since the last take; *left is how many more
 * bytes there were. Returns the length of the start.
 */
uint32_t lca_capture_take(struct lca_capture *capture, char *text,
                          uint32_t size, uint64_t *left);

#endif
