/* run findings: harness/run/findings.h, as CUnit tests. */

#ifndef LCA_RUN_FINDINGS_H
#define LCA_RUN_FINDINGS_H

void lca_findings_are_grouped(void);
void lca_findings_are_ordered(void);
void lca_findings_keep_copies(void);
void lca_findings_cover_clauses(void);
void lca_findings_may_be_undecided(void);

#endif
