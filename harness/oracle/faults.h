/*
 * faults: what the record of a trial under faults says. Pure.
 *
 * It is compared with the record of the same trial without them, so that what
 * is wrong anyway is not blamed on a fault, and what is merely kept is no
 * leak. A call that failed may refuse; it may not end the process, hang, be
 * half done, take without giving back, or say S_OK to nothing.
 */

#ifndef LCA_FAULTS_H
#define LCA_FAULTS_H

#include "harness/model/complaint.h"
#include "harness/oracle/judge.h"

/*
 * Fills in up to LCA_COMPLAINTS_MAX complaints, most serious first, and
 * returns how many. plain: the record without faults.
 */
unsigned lca_faults_judge(const struct lca_hearing *hearing,
                          const struct lca_record *plain,
                          struct lca_complaint *complaints);

/* LCA_SWEEP_ bit of what struck last; of what would, if nothing did. */
unsigned lca_faults_sweep(const struct lca_orders *orders,
                          const struct lca_record *record);

unsigned lca_faults_sweep_of(const struct lca_order *order);

/* Is it this clause's affair? */
bool lca_faults_break(const char *clause, enum lca_symptom symptom,
                      unsigned sweep);

/* What came of a Logoff that calls failed in, where probes tell. */
enum lca_outcome { LCA_OUTCOME_ENDED, LCA_OUTCOME_ALIVE, LCA_OUTCOME_DEAD,
                   LCA_OUTCOMES };
/* S_OK; refused, and the session alive or dead. LCA_OUTCOMES: not told. */
enum lca_outcome lca_faults_outcome(const struct lca_hearing *hearing);

/* What no trial may come to, whatever it is about. */
bool lca_faults_always_wrong(enum lca_symptom symptom);

#endif
