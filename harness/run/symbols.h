/*
 * symbols: the function and the line at an offset of a library
 *
 * Reads the library's file; its code is never run. It may hold anything, and
 * libdw ends a process that has no memory for it, so a helper process reads
 * it. What a file does not tell is left out.
 */

#ifndef LCA_SYMBOLS_H
#define LCA_SYMBOLS_H

#include "harness/base/text.h"
#include "harness/platform/child.h"

#include <stdint.h>

struct lca_symbols {
    struct lca_child helper;    /* pid 0: lost, or there never was one */
};

/* Starts the helper, which lives until close. */
void lca_symbols_open(struct lca_symbols *symbols, const char *path);
/*
 * Adds " function+0x12 (file.c:34)", or as much of it as is known; when the
 * helper is lost, once and from then on, that the symbols cannot be read.
 */
void lca_symbols_describe(struct lca_symbols *symbols, uint64_t offset,
                          struct lca_text *text);
void lca_symbols_close(struct lca_symbols *symbols);

#endif
