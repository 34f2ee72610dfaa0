/* record_stacks: what a record holds of threads and of registers, full. */

#ifndef LCA_SELFTEST_RECORD_STACKS_H
#define LCA_SELFTEST_RECORD_STACKS_H

#include "harness/model/record.h"

enum { LCA_RECORD_STACKS = LCA_REGISTERS_MAX + 1 +      /* lines of it */
                           LCA_STACKS_MAX * (1 + LCA_FRAMES_MAX) };

void lca_record_fill_stacks(struct lca_record *record);
void lca_record_check_stacks(const struct lca_record *a,
                             const struct lca_record *b);

#endif
