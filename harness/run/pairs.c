#include "harness/run/pairs.h"

#include <stdlib.h>
#include <string.h>

/* Which pairs of values were seen: of axis i at value a, axis j at value b. */
struct seen {
    unsigned char *bits;
    unsigned axes, values;      /* values: of all axes together */
    unsigned first[LCA_AXES_MAX];       /* where an axis's values begin */
};

static struct lca_result open_seen(const struct lca_axis *axes,
                                   struct seen *s)
{
    *s = (struct seen){ 0 };
    for (; axes && axes[s->axes].name; s->axes++) {
        s->first[s->axes] = s->values;
        s->values += axes[s->axes].count;
    }
    s->bits = calloc((size_t)s->values * s->values + 1, 1);
    return s->bits ? lca_ok() : lca_fail(LCA_SYSTEM, "no memory for pairs");
}

/* Marks the pairs of a cell; true if one of them was new. */
static bool mark(struct seen *s, const struct lca_axis *axes, unsigned cell)
{
    unsigned digits[LCA_AXES_MAX];
    bool news = false;

    lca_matrix_cell(axes, cell, digits);
    for (unsigned i = 0; i < s->axes; i++)
        for (unsigned j = i + 1; j < s->axes; j++) {
            unsigned char *bit = &s->bits[(s->first[i] + digits[i]) *
                                          s->values + s->first[j] +
                                          digits[j]];

            news |= !*bit;
            *bit = 1;
        }
    return news;
}

static bool can_be_cut(const struct lca_axis *axes)
{
    unsigned count = 0;

    for (; axes && axes->name; axes++, count++)
        if (axes->smoke)
            return false;
    return count > 2;
}

/*
 * Cells of one case, from `from` to `end`. They are visited in strides, so
 * that all digits change from one to the next and few cells show many pairs.
 */
static struct lca_result cut_case(struct lca_selection *s, unsigned from,
                                  unsigned end, bool *keep)
{
    enum { STRIDE = 7919 };     /* a prime longer than any axis */
    const struct lca_axis *axes = s->cells[from].c->axes;
    unsigned count = end - from;
    struct seen seen;
    struct lca_result r = lca_ok();

    if (!can_be_cut(axes) || count % STRIDE == 0) {
        memset(keep + from, true, count);
        return r;
    }
    r = open_seen(axes, &seen);
    for (unsigned i = 0; !r.code && i < count; i++) {
        unsigned at = from + (unsigned)((uint64_t)i * STRIDE % count);

        keep[at] = mark(&seen, axes, s->cells[at].cell);
    }
    free(seen.bits);
    return r;
}

struct lca_result lca_pairs_cut(struct lca_selection *s)
{
    bool *keep = calloc(s->count, sizeof *keep);
    struct lca_result r = lca_ok();
    unsigned kept = 0;

    if (!keep)
        return lca_fail(LCA_SYSTEM, "no memory for pairs");
    for (unsigned from = 0, end; !r.code && from < s->count; from = end) {
        for (end = from; end < s->count && s->cells[end].c ==
             s->cells[from].c; end++)
            ;
        r = cut_case(s, from, end, keep);
    }
    for (unsigned i = 0; !r.code && i < s->count; i++)
        if (keep[i])
            s->cells[kept++] = s->cells[i];
    if (!r.code)
        s->count = kept;
    free(keep);
    return r;
}
