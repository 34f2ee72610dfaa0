/* run_deadlines: how long a trial may take, and one that hung before. */

#ifndef LCA_RUN_DEADLINES_H
#define LCA_RUN_DEADLINES_H

void lca_run_deadlines(void);
void lca_run_second_looks(void);

#endif
