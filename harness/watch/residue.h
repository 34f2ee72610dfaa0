/*
 * residue: what a census looks for beside its counts
 *
 * Things are counted again and again until the census is content; then what
 * is new is told. What the last look saw is kept, for one trial a process.
 */

#ifndef LCA_WATCH_RESIDUE_H
#define LCA_WATCH_RESIDUE_H

#include "harness/model/record.h"

/* Counts the things that `looks` asks for, into their members of *census. */
void lca_residue_count(uint32_t looks, struct lca_census *census);

/*
 * Of the last count: what is new, by name. Next time it is what was there,
 * unless that is what was seen with LCA_LOOK_BEFORE.
 */
void lca_residue_tell(uint32_t looks, struct lca_record *record);

/* Which states are not as they were before; or, with LCA_LOOK_BEFORE, takes
   what they may be. Into census `at` of the record. */
void lca_residue_compare(uint32_t looks, struct lca_record *record);

/* The states as they were are forgotten. */
void lca_residue_forget(void);

#endif
