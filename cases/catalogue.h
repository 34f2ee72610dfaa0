/*
 * catalogue: every chapter, every clause, and the trials of calibration
 *
 * Constants, and functions that only look them up. A new chapter is a file
 * of rows and a line in catalogue.c.
 */

#ifndef LCA_CATALOGUE_H
#define LCA_CATALOGUE_H

#include "harness/model/case.h"
#include "harness/model/clause.h"
#include "harness/model/machine.h"

enum { LCA_CLAUSES = 240 };

extern const struct lca_clause lca_clauses[LCA_CLAUSES];
/* NULL: there is none. */
const struct lca_clause *lca_clause_find(const char *id);

extern const struct lca_chapter *const lca_chapters[];     /* NULL at the end */
const struct lca_case *lca_case_find(const char *id);

/* What a client may do with a session, and what it may be told: model.def. */
extern const struct lca_machine lca_contract;

/*
 * What is asked before anything is judged: logon, Logoff(0, 0, 0), Release;
 * the same with one reference more; a method of a live session; the same
 * after Logoff; and every probe twice, one after the other, on a live session
 * and on a dead one.
 */
extern const struct lca_case lca_plain_trial, lca_reference_trial,
    lca_live_trial, lca_dead_trial, lca_live_probes_trial,
    lca_dead_probes_trial;

extern const struct lca_chapter lca_chapter_logoff, lca_chapter_after,
    lca_chapter_beside, lca_chapter_sequence, lca_chapter_life,
    lca_chapter_references, lca_chapter_memory, lca_chapter_residue,
    lca_chapter_faults, lca_chapter_left, lca_chapter_objects,
    lca_chapter_locks, lca_chapter_races, lca_chapter_shared, lca_chapter_walks,
    lca_chapter_profiles, lca_chapter_peers;

#endif
