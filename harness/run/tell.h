/*
 * tell: what came of a cell, in words, for the writers and the findings
 *
 * A sweep is one event; each of its troubles is a finding of its own, with a
 * command that repeats it.
 */

#ifndef LCA_TELL_H
#define LCA_TELL_H

#include "harness/oracle/judge.h"
#include "harness/run/runner.h"
#include "harness/run/sweep.h"

/* sweep: NULL if there is none. Returns what level and profile made of it. */
struct lca_opinion lca_runner_tell(struct lca_runner *runner,
                                   const struct lca_cell *cell,
                                   const struct lca_hearing *h,
                                   const struct lca_sweep *sweep,
                                   struct lca_opinion opinion);

#endif
