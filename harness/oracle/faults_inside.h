/* faults_inside: what faults.c, faults_left.c and locks.c share alone. */

#ifndef LCA_FAULTS_INSIDE_H
#define LCA_FAULTS_INSIDE_H

#include "harness/oracle/faults.h"

/* What is being put together. */
struct lca_desk {
    const struct lca_hearing *h;
    const struct lca_record *plain;
    unsigned sweep;
    struct lca_complaint *out;
    unsigned count;
};

/* A symptom that always reads the same takes no format. */
void lca_complain(struct lca_desk *desk,
                         enum lca_symptom symptom, const char *format, ...)
    LCA_PRINTF(3, 4);

/* The count at step i; what was not given back; was it logged on again? */
void lca_faults_census(struct lca_desk *desk, unsigned i);
void lca_faults_left(struct lca_desk *desk);
void lca_faults_relogon(struct lca_desk *desk);
void lca_faults_locks(struct lca_desk *desk);           /* locks.c */

#endif
