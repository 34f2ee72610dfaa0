/*
 * faulted: cells whose calls are made to fail
 *
 * Cases that play the same steps share a sweep: it is made when the first of
 * them is asked for, of all that the selected ones need, and kept.
 */

#ifndef LCA_FAULTED_H
#define LCA_FAULTED_H

#include "harness/oracle/judge.h"
#include "harness/run/runner.h"
#include "harness/run/sweep.h"

bool lca_runner_is_faulted(const struct lca_runner *runner,
                           const struct lca_cell *cell);
/* In the full tier a case's first cell is swept, too, once it has passed. */
bool lca_runner_is_swept_too(const struct lca_runner *runner,
                             const struct lca_cell *cell);
/* Where its calls are made to fail: bits of enum lca_window. */
unsigned lca_runner_windows(const struct lca_runner *runner,
                            const struct lca_cell *cell);
/* Sweeps, or finds what was swept, and judges it by the cell's clause. */
struct lca_opinion lca_runner_sweep(struct lca_runner *runner,
                                    const struct lca_cell *cell,
                                    const struct lca_hearing *hearing,
                                    const struct lca_sweep **sweep);
/* What it would consist of; nothing is made to fail. */
struct lca_result lca_runner_sweep_dry(struct lca_runner *runner,
                                       const struct lca_cell *cell,
                                       const struct lca_hearing *hearing,
                                       struct lca_sweep *sweep);
void lca_runner_sweeps_free(struct lca_runner *runner);

/* Is the trouble one of this case's? */
bool lca_trouble_concerns(const struct lca_trouble *trouble,
                          const struct lca_case *c);
/* "with send failing (ECONNRESET) at the 2nd call, from x.so+0x1f40 (f): " and
   what was wrong. */
void lca_trouble_print(const struct lca_trouble *trouble,
                       const char *subject, struct lca_text *text);
/* Its plan or its seed, as in a trial's text. */
void lca_trouble_plan(const struct lca_trouble *trouble,
                      struct lca_text *text);

#endif
