/*
 * walked: random walks in the model of the contract
 *
 * Each has a seed, from 1 on. A walk that fails is shrunk: calls are taken
 * out, many at a time and then one by one, as long as the judge says the same
 * of what is left. What is left is told, with the walk beside it; it has a
 * trial's text of its own if the case has an axis for each of its calls, and
 * otherwise the walk's seed.
 */

#ifndef LCA_WALKED_H
#define LCA_WALKED_H

#include "harness/model/walk.h"
#include "harness/oracle/judge.h"
#include "harness/run/runner.h"
#include "harness/run/sweep.h"

/* What a walk was shrunk to. */
struct lca_walked {
    struct lca_script script;   /* what is left */
    unsigned cell;              /* that it is; 0: none is */
    uint32_t seed;              /* of the walk */
    unsigned calls;             /* that are left */
    struct lca_script whole;    /* the walk itself */
    struct lca_record record;
};

/* *walks lives until the next ones, or the next race. */
struct lca_opinion lca_runner_walk(struct lca_runner *runner,
                                   const struct lca_cell *cell,
                                   struct lca_hearing *hearing,
                                   const struct lca_sweep **walks);

/* The walk that a trouble was shrunk from, step by step as it was played. */
void lca_walked_describe(const char *subject, const struct lca_walked *walked,
                         struct lca_text *text);

#endif
