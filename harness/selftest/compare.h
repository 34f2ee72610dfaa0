/*
 * compare: harness/mapi against the public headers, as CUnit tests
 *
 * Each fails with one sentence a difference, and with one that names the
 * package if the headers are not there. What they lack is listed in
 * compare.c; nothing else may be left uncompared.
 */

#ifndef LCA_COMPARE_H
#define LCA_COMPARE_H

void lca_compare_methods(void);
void lca_compare_values(void);
void lca_compare_iids(void);
void lca_compare_structures(void);

#endif
