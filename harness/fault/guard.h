/*
 * guard: blocks of the subject's modules that end at a page nobody may touch
 *
 * What is read or written behind such a block, or in it once it was freed,
 * ends the process there and then, and explain says which block it was. A
 * block ends as near to its guard as its alignment lets it: what is written
 * to the few bytes in between is seen when the block is freed.
 *
 * Guarded are the first blocks of a trial and then one in sixteen, while
 * there is room; no place is used twice. Where libraries bring a watch over
 * memory of their own (Valgrind, a sanitizer), none is.
 *
 * Threads may all call at once; nobody waits. What is forked can free the
 * blocks that it has, and gets no more.
 */

#ifndef LCA_GUARD_H
#define LCA_GUARD_H

#include "harness/model/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Once in a trial, when lca_callers_prepare was. fill: of fresh blocks. */
void lca_guard_open(int fill);

/*
 * For wrappers. NULL: it is not to be guarded; ask for another block. caller:
 * __builtin_return_address(0). clear: every byte is 0.
 */
void *lca_guard_take(size_t size, size_t alignment, bool clear,
                     const void *caller);
bool lca_guard_owns(const void *block);
/* The three below are for blocks that it owns, or did: else the process is
   ended, as the C library does it. */
void lca_guard_give(void *block, const void *caller);
size_t lca_guard_size(const void *block);
/* As realloc; old may be freed by it, or not. */
void *lca_guard_again(void *old, size_t size, const void *caller);

/* What stands at an address that could not be reached. Allocates nothing. */
void lca_guard_explain(uintptr_t address, struct lca_guarded *guarded);

#endif
