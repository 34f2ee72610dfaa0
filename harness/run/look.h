/*
 * look: what a trial under faults says, and a closer look at it
 *
 * Adds to a sweep's troubles. The first leak of a kind is played over three
 * rounds in one process: what grows with them is a leak, what was kept once
 * is a cache.
 */

#ifndef LCA_LOOK_H
#define LCA_LOOK_H

#include "harness/run/sweep.h"

struct lca_result lca_look(struct lca_pool *pool,
                           const struct lca_sweep_wish *wish,
                           struct lca_sweep *sweep,
                           const struct lca_script *script,
                           const struct lca_record *record);

/* Did a trial before it hang in the same place? */
bool lca_look_knows_hang(const struct lca_sweep *sweep,
                         const struct lca_script *script,
                         const struct lca_record *record);

/* Milliseconds for a trial with those faults: a stall takes its time. */
unsigned lca_sweep_deadline(const struct lca_sweep_wish *wish,
                            const struct lca_orders *orders);

#endif
