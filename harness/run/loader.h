/*
 * loader: what the system's loader says about a library
 *
 * Asks ldd, in a process of its own that is given up after ten seconds; it
 * resolves the library's symbols and runs none of its constructors. The
 * host has the last word: this tells all that is missing, not just the first.
 */

#ifndef LCA_LOADER_H
#define LCA_LOADER_H

#include "harness/base/text.h"

enum { LCA_SYMBOLS_TOLD = 8 };

struct lca_loader {
    bool known;                 /* ldd is there, and it answered */
    struct lca_text missing;    /* libraries that are not found */
    unsigned undefined;         /* symbols that nothing it needs has */
    struct lca_text symbols;    /* the first of them */
    char guess[64];             /* "-lm": who usually has one; or empty */
};

void lca_loader_ask(const char *path, struct lca_loader *loader);
void lca_loader_free(struct lca_loader *loader);

#endif
