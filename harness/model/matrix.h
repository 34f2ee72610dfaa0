/* matrix: every combination of the values on some axes. */

#ifndef LCA_MATRIX_H
#define LCA_MATRIX_H

#include "harness/base/text.h"

#include <stdint.h>

struct lca_value {
    const char *label;          /* without ',', ']' and '='; empty: of the
                                   first value, which needs no name */
    uint32_t value;
};

struct lca_axis {
    const char *name;           /* the last axis has name NULL */
    unsigned field;             /* enum lca_field: what it sets in a step */
    const struct lca_value *values;
    unsigned count;
    bool smoke;                 /* the smoke tier walks along it */
};

enum { LCA_AXES_MAX = 8 };

unsigned lca_matrix_size(const struct lca_axis *axes);      /* NULL: 1 */

/* The position of a cell on each axis: digits has room for one an axis. */
void lca_matrix_cell(const struct lca_axis *axes, unsigned cell,
                     unsigned *digits);

/* "flags=ui,sessions=2"; nothing where no value has a name. */
void lca_matrix_name(const struct lca_axis *axes, unsigned cell,
                     struct lca_text *text);

/*
 * The cell that a name names: each axis at most once, in any order; one that
 * is left out has its first value, which is the ordinary one.
 * Errors: LCA_USAGE, with the axes and values that there are.
 */
struct lca_result lca_matrix_find(const struct lca_axis *axes,
                                  const char *name, size_t length,
                                  unsigned *cell);

#endif
