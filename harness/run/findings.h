/*
 * findings: opinions with one cause, and what they say of the clauses
 *
 * Two opinions have one cause when their clause and their sentence are the
 * same; sentences say the symptom and the place, never the arguments. Keeps
 * copies of what it is told.
 */

#ifndef LCA_FINDINGS_H
#define LCA_FINDINGS_H

#include "harness/model/event.h"

#include <stdbool.h>

struct lca_findings {
    struct lca_finding *rows;
    unsigned count, size;
    unsigned char *seen;        /* by clause: bits of the verdicts it had */
    bool failed;                /* no memory: the run cannot be trusted */
};

struct lca_result lca_findings_open(struct lca_findings *findings);
/* trials: that came to it; a sweep's are many. */
void lca_findings_add(struct lca_findings *findings,
                      const struct lca_event *event, unsigned trials);
/* Most serious first: FAIL of a MUST, FAIL of a SHOULD, BROKEN. */
void lca_findings_sort(struct lca_findings *findings);
struct lca_coverage lca_findings_coverage(const struct lca_findings *f);
/* Was the clause selected, and did nothing that decides come of it? */
bool lca_findings_undecided(const struct lca_findings *f, const char *clause);
void lca_findings_close(struct lca_findings *findings);

#endif
