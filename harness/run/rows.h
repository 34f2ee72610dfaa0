/*
 * rows: what a sweep consists of
 *
 * A row is a call in a window, a kind of failure, and whether it lasts; its
 * trials strike the first such call, the second, and so on. How many there
 * are was seen without faults: each row ends with a trial more, in which
 * nothing should strike.
 */

#ifndef LCA_ROWS_H
#define LCA_ROWS_H

#include "harness/model/fault.h"
#include "harness/model/record.h"

struct lca_row {
    struct lca_order order;     /* first and last are of its first trial */
    unsigned sweep;             /* LCA_SWEEP_ bit */
    unsigned calls;             /* that the kind can strike */
    unsigned before;            /* trials of the rows before it */
    unsigned hangs;
    bool ended;                 /* a trial in which nothing struck was seen */
};

struct lca_rows {
    struct lca_row *rows;
    unsigned count, size;
    unsigned trials;
};

/* Adds those that a record's trace has. Errors: LCA_SYSTEM, no memory. */
struct lca_result lca_rows_add(const struct lca_record *plain,
                               unsigned sweeps, unsigned windows, bool full,
                               struct lca_rows *rows);
/* The row of trial `index`, and which of its calls is struck, from 1. */
struct lca_row *lca_rows_find(const struct lca_rows *rows, unsigned index,
                              unsigned *nth);
/* The order of a row's n-th trial. */
struct lca_order lca_row_order(const struct lca_row *row, unsigned nth);
void lca_rows_free(struct lca_rows *rows);

#endif
