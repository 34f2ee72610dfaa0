/* calls: harness/mapi/call.h against callees of known types, as CUnit tests. */

#ifndef LCA_CALLS_H
#define LCA_CALLS_H

void lca_calls_pass_types(void);
void lca_calls_pass_counts(void);

#endif
