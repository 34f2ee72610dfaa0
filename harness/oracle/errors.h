/*
 * errors: what Valgrind's findings in a trial say about a case. Pure.
 *
 * An error in memory is judged like a crash at its step: the plain trial's
 * own is a finding of the clause that owns the step, a method's on a dead
 * session one of the clause that judges the method, and every other one fails
 * the case in which it is seen. Work on a session that is alive is not
 * judged, nor what is nobody's or the harness's own.
 */

#ifndef LCA_ORACLE_ERRORS_H
#define LCA_ORACLE_ERRORS_H

#include "harness/oracle/judge.h"

/* PASS, or FAIL for the first error that is this case's affair. */
struct lca_opinion lca_judge_errors(const struct lca_hearing *hearing);

/* "Logoff: x.so+0x12 freed what is not to be freed" */
void lca_judge_error(const struct lca_hearing *hearing,
                     const struct lca_error *error, char *text, size_t size);
/* Is it one of the `count`? Of the same kind, at the same place. */
bool lca_judge_error_is_among(const struct lca_error *error,
                              const struct lca_error *errors, unsigned count);

/* ": blocks from x.so+0x12 are lost": most of them are, or "". */
void lca_judge_loss(const struct lca_record *record, char *text, size_t size);

#endif
