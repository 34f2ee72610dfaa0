/* describe: a trial in words, for the body of a failure. */

#ifndef LCA_DESCRIBE_H
#define LCA_DESCRIBE_H

#include "harness/model/clause.h"
#include "harness/model/record.h"
#include "harness/model/script.h"
#include "harness/run/options.h"

/*
 * Steps with their answers, the ending, the stack, the clause, its source.
 * Frames in `subject`, a library's path, are named by function and line.
 */
void lca_describe(const char *subject, const struct lca_clause *clause,
                  const struct lca_script *script,
                  const struct lca_record *record, struct lca_text *text);

/* Frames, a line each, innermost first; calls: that one is a caller, too. */
void lca_describe_stack(const char *subject, const struct lca_frame *frames,
                        unsigned count, bool calls, struct lca_text *text);
void lca_describe_clause(const struct lca_clause *clause,
                         struct lca_text *text);

/* The command that plays the trial again, quoted for a shell. */
void lca_describe_repeat(const struct lca_options *options, const char *trial,
                         struct lca_text *text);

#endif
