/*
 * terminal: what a person sees: progress, findings, totals
 *
 * A line of progress only on a terminal, and in a log, if it is verbose, one
 * every ten seconds; colours as asked; findings last, most serious first, each
 * with its repeat command. Writes to standard error when a report goes to
 * standard output.
 */

#ifndef LCA_TERMINAL_H
#define LCA_TERMINAL_H

#include "harness/model/event.h"

#include <stdbool.h>

struct lca_terminal_options {
    bool quiet, verbose, color, terminal, to_stderr;
    unsigned width;             /* columns; 0: lines are not broken */
};

/* Set before the writer is opened; its path is not looked at. */
void lca_terminal_set(const struct lca_terminal_options *options);
extern const struct lca_writer lca_terminal;

#endif
