/*
 * ledger: blocks that the subject's modules took and did not give back
 *
 * Open in a trial whose calls are traced, from its first step to its end, on
 * all threads. Blocks are told apart by who took them: the frame that called
 * the allocator, or what called the library in between. Only for as many
 * blocks at a time as the table holds; past that nothing is claimed.
 *
 * Allocates nothing. In a process that the subject forks it is closed.
 */

#ifndef LCA_LEDGER_H
#define LCA_LEDGER_H

#include "harness/model/record.h"

void lca_ledger_open(void);
/* Writes up to LCA_LEFT_MAX places into the record, that with most first. */
void lca_ledger_close(struct lca_record *record);

/* For wrappers; NULL is of no matter. caller: __builtin_return_address(0). */
void lca_ledger_take(const void *block, size_t size, const void *caller);
void lca_ledger_give(const void *block);

#endif
