/*
 * symbols: the function and the line at an offset of a library
 *
 * Reads the library's file, which is the controller's to do: its code is
 * never run. What a file does not tell is left out.
 */

#ifndef LCA_SYMBOLS_H
#define LCA_SYMBOLS_H

#include "harness/base/text.h"

#include <stdint.h>

struct lca_symbols;

/* NULL: no such file, or not one that can be read. */
struct lca_symbols *lca_symbols_open(const char *path);
/* Adds " function+0x12 (file.c:34)", or as much of it as is known. */
void lca_symbols_describe(struct lca_symbols *symbols, uint64_t offset,
                          struct lca_text *text);
void lca_symbols_close(struct lca_symbols *symbols);    /* NULL is fine */

#endif
