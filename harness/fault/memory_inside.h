/*
 * memory_inside: what memory.c and memory_lent.c share, and nobody else
 *
 * memory.c has the books; memory_lent.c has what is lent, and knows what MAPI
 * and COM want answered. All that follows is between enter and leave.
 */

#ifndef LCA_MEMORY_INSIDE_H
#define LCA_MEMORY_INSIDE_H

#include "harness/fault/blocks.h"
#include "harness/fault/memory.h"

/* COUNT: the harness's own, which is not counted. */
void lca_memory_enter(enum lca_memory_call call, const void *caller);
void lca_memory_leave(void);

/* A macro: the address is that of who called the function it stands in. */
#define ENTER(call)                                                         \
    lca_memory_enter(LCA_MEMORY_##call, __builtin_return_address(0))

/* A block that may be used as the lender's; NULL: noted why not. */
struct lca_block *lca_memory_find(const void *at, enum lca_lender lender);
/* NULL: the plan or the system says no. */
struct lca_block *lca_memory_take(size_t size, enum lca_lender lender);
/* With all that is chained to it; NULL is fine. */
void lca_memory_give(struct lca_block *block);
/* One reference more, or less; answers how many there are. */
int32_t lca_memory_refer(int32_t change);

#endif
