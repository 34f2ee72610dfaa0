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

/* last: the census before, or NULL. */
struct lca_census lca_census_take(const struct lca_own_fds *own,
                                  const struct lca_census *last);

#endif
