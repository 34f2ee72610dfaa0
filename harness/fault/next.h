/*
 * next: the definition that a wrapper stands before
 *
 * Looked up once, by name: threads may both do it, alike. For the first
 * lines of a wrapper, whose own name it is; needs _GNU_SOURCE.
 */

#ifndef LCA_NEXT_H
#define LCA_NEXT_H

#include <dlfcn.h>

#define NEXT(name)                                                          \
    static __typeof__(name) *next;                                          \
    if (!next)                                                              \
        *(void **)&next = dlsym(RTLD_NEXT, #name)

#endif
