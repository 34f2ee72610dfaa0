/* record residue: what a census saw, in a record that is full. */

#ifndef LCA_RECORD_RESIDUE_H
#define LCA_RECORD_RESIDUE_H

#include "harness/model/record.h"

void lca_record_fill_residue(struct lca_record *record);
/* Asserts that it is the same in both. */
void lca_record_check_residue(const struct lca_record *a,
                              const struct lca_record *b);

#endif
