/*
 * hung: what the threads of a late trial are doing, before it is killed
 *
 * A look takes a fraction of a second, whatever the trial does meanwhile, and
 * what it gives was copied out of the trial's reach.
 */

#ifndef LCA_HUNG_H
#define LCA_HUNG_H

#include "harness/model/record.h"
#include "harness/platform/stacks.h"

/*
 * zygote: the trial is its child, or nothing is asked. `seen` is zeroed
 * first.
 */
void lca_hung_look(int32_t pid, int32_t zygote, struct lca_stacks *shared,
                   struct lca_stacks_seen *seen);

#endif
