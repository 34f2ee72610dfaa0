/*
 * faults desk: two records written as rows, and what is said of them
 *
 * A row is a script of a few steps, what one strike or two struck, and two
 * sides: the record under the fault and the one without. What a side leaves
 * out is ordinary: every step was played, nothing is held, and the strikes
 * struck once each.
 */

#ifndef LCA_FAULTS_DESK_H
#define LCA_FAULTS_DESK_H

#include "harness/oracle/faults.h"

#include <stddef.h>

enum { LCA_SIDE_STEPS = 6, LCA_SIDE_SITES = 4, LCA_SIDE_LEFT = 2 };

struct lca_side {
    struct lca_answer answers[LCA_SIDE_STEPS];
    enum lca_ending ending;
    unsigned missing;           /* steps at the end that were not played */
    uint32_t number;            /* signal or status */
    uint32_t twice;
    uint32_t refused;
    uint32_t closed_twice;
    const char *said;           /* NULL: nothing */
    const struct lca_error *error;      /* Valgrind's, or NULL */
    struct lca_hit hit;         /* calls 0: the first strike struck, once */
    struct lca_census census[2];        /* counts are always two */
    struct lca_left left[LCA_SIDE_LEFT];        /* closed by no blocks */
    struct lca_held held[LCA_SIDE_LEFT];        /* closed by no frame */
    struct lca_site sites[LCA_SIDE_SITES];      /* closed by no count */
};

struct lca_fault_row {
    const char *what;           /* for a person: why that is right */
    uint32_t symptoms;          /* bits, 1 << LCA_SYMPTOM_; 0: nothing */
    const char *says;           /* NULL, or a part of the first sentence */
    struct lca_order orders[LCA_STRIKES_MAX];   /* first 0: no such strike */
    struct lca_step steps[LCA_SIDE_STEPS + 1];  /* closed by LCA_END */
    struct lca_side it, plain;
    unsigned amount;            /* 0, or that of the first */
};

/* Strikes: once, and from the first on. */
#define LCA_ONCE(call, kind)                                                \
    { LCA_FAULTY_##call, LCA_KIND_##kind, 1u << LCA_WINDOW_logoff, 1, 1 }
#define LCA_FOR_EVER(call, kind)                                            \
    { LCA_FAULTY_##call, LCA_KIND_##kind, 1u << LCA_WINDOW_logoff, 1,       \
      UINT32_MAX }

/* What is said of one side, compared with the other; how many, and which. */
unsigned lca_fault_row_judge(const struct lca_fault_row *row,
                             const struct lca_side *it,
                             const struct lca_side *plain,
                             struct lca_complaint *complaints,
                             uint32_t *symptoms);

/*
 * For each row: what it says, of the plain side nothing, and nothing when
 * the plain side is just the same (unless it ended badly: then there is no
 * sweep). What differs becomes a failed assertion.
 */
void lca_fault_rows_hold(const struct lca_fault_row *rows, size_t count);
#define LCA_FAULT_ROWS_HOLD(rows)                                           \
    lca_fault_rows_hold(rows, sizeof rows / sizeof *rows)

/* The tables of the other files. */
extern const struct lca_fault_row lca_fault_left[];     /* judge_left.c */
extern const size_t lca_fault_left_count;
void lca_faults_of_many(void);
void lca_faults_of_many_places(void);
void lca_faults_of_clauses(void);               /* judge_breaks.c */
void lca_faults_of_symptoms(void);
void lca_faults_of_cases(void);
void lca_faults_of_sweeps(void);

#endif
