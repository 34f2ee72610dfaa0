/*
 * run: a selection of cells, played, judged and told to the writers
 *
 * Cases run as CUnit tests: a chapter is a suite (several, past 100 cells),
 * a cell a test behind one trampoline, its verdict an assertion.
 *
 * Errors      LCA_USAGE, LCA_MISSING  the person must change something: exit
 *                                     status 2; no writer was begun
 *             LCA_GONE, LCA_SYSTEM    the run could not be ended: status 3
 * Threads     one run a process at a time, since CUnit's registry is global
 */

#ifndef LCA_RUN_H
#define LCA_RUN_H

#include "harness/model/event.h"
#include "harness/run/options.h"

struct lca_output {
    const struct lca_writer *writer;
    const char *path;
    void *state;
};

struct lca_result lca_run(const struct lca_options *options,
                          struct lca_output *outputs, unsigned count,
                          int *status);

/*
 * What --faults would do: for each sweep every place that a call can fail
 * from, with its stack, how often it is reached, and what the whole would
 * cost. Nothing is made to fail. Errors: as lca_run's; LCA_USAGE when no
 * case with faults is selected.
 */
struct lca_result lca_run_dry(const struct lca_options *options,
                              struct lca_text *text);

/* CUnit's own console on the same registry; nothing runs ahead. */
struct lca_result lca_run_console(const struct lca_options *options);

#endif
