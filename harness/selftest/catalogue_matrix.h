/* catalogue matrix: every combination has a script, as CUnit tests. */

#ifndef LCA_CATALOGUE_MATRIX_H
#define LCA_CATALOGUE_MATRIX_H

void lca_matrix_of_logoff(void);
void lca_matrix_of_windows(void);
void lca_matrix_of_calls(void);
void lca_matrix_of_sequences(void);
void lca_matrix_of_two_logoffs(void);

#endif
