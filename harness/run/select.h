/*
 * select: which cells of the catalogue a run is about
 *
 * Ownership   select gives the cells to the caller, who frees them with
 *             lca_selection_free. They point into the catalogue.
 * Errors      LCA_USAGE  a glob matches nothing, or there is no such trial,
 *                        with what is near; LCA_SYSTEM  no memory
 */

#ifndef LCA_SELECT_H
#define LCA_SELECT_H

#include "harness/run/options.h"
#include "harness/model/case.h"
#include "harness/model/plan.h"

struct lca_cell {
    const struct lca_chapter *chapter;
    const struct lca_case *c;
    unsigned cell;
};

struct lca_selection {
    struct lca_plan plan;       /* of --trial; without strikes: none */
    uint32_t seed;              /* of --trial; 0: none */
    struct lca_cell *cells;
    unsigned count;
    unsigned size;              /* that there is memory for */
};

struct lca_result lca_select(const struct lca_options *options,
                             struct lca_selection *selection);
void lca_selection_free(struct lca_selection *selection);

#endif
