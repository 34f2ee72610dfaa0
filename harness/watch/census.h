/*
 * census: what the trial's process holds at a moment
 *
 * What an ending thread or a closing descriptor still needs is given a short
 * while: a count that is above the last one is taken again, for up to 200 ms.
 */

#ifndef LCA_CENSUS_H
#define LCA_CENSUS_H

#include "harness/model/record.h"
#include "harness/platform/resources.h"

/*
 * Adds a census to the record, if there is room. looks: LCA_LOOK_ bits of
 * what else is looked for; what is new since the last such look is told with
 * its names. One a process.
 */
void lca_census_take(const struct lca_own_fds *own, uint32_t looks,
                     struct lca_record *record);

#endif
