/*
 * next: the definition that a wrapper stands before
 *
 * Looked up by name, once: where the program starts, if it has all the
 * wrappers, so that nobody looks while a trial runs (in a handler, or in a
 * copy that was forked while another thread held the loader's lock); in other
 * programs at the first call. Threads may both do it, alike. For the first
 * lines of a wrapper, whose own name it is; needs _GNU_SOURCE.
 */

#ifndef LCA_NEXT_H
#define LCA_NEXT_H

#include <dlfcn.h>

/* The linker makes a table of the rows; wrappers.c walks it. */
struct lca_next {
    const char *symbol;
    void **function;
};

#define NEXT_ROW(call)                                                      \
    static __typeof__(call) *next;                                          \
    static const struct lca_next row                                        \
        __attribute__((section("lca_next"), used)) = {                      \
        #call, (void **)&next                                               \
    }

#define NEXT(call)                                                          \
    NEXT_ROW(call);                                                         \
    if (!next)                                                              \
        *row.function = dlsym(RTLD_NEXT, row.symbol)

#endif
