/*
 * raced: cells in which calls of several threads meet by chance
 *
 * A round is a trial with a seed of its own, from 1 on; what is wrong in the
 * same words is one trouble, with the first seed that showed it. What was
 * seen once has happened: only a hang, which a busy machine can feign, is
 * looked at again, alone and with more time. In the full tier there are more
 * rounds; with the seed that a trial's text has, as many as there with that
 * one alone, until it is seen again.
 */

#ifndef LCA_RACED_H
#define LCA_RACED_H

#include "harness/oracle/judge.h"
#include "harness/run/runner.h"
#include "harness/run/sweep.h"

/* *race lives until the next one. */
struct lca_opinion lca_runner_race(struct lca_runner *runner,
                                   const struct lca_cell *cell,
                                   struct lca_hearing *hearing,
                                   const struct lca_sweep **race);
void lca_runner_race_free(struct lca_runner *runner);

#endif
