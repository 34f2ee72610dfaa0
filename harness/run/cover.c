#include "harness/run/cover.h"

enum { PRIME = 29, PLACES = 4 };        /* not less than there are calls */

static unsigned strength(const struct lca_case *c, enum lca_tier_choice tier)
{
    return c->cover && tier == LCA_RUN_FULL ? c->cover + 1 : c->cover;
}

unsigned lca_cover_size(const struct lca_case *c, enum lca_tier_choice tier)
{
    unsigned rows = 1;

    if (!c->machine)
        return lca_matrix_size(c->axes);
    for (unsigned i = strength(c, tier); i > 0; i--)
        rows *= PRIME;
    return c->cover ? 1 + rows : 1;     /* the first is of random ones */
}

/* The value of a place. Residues that are left over are no call. */
static unsigned value(const struct lca_axis *axis, unsigned residue)
{
    unsigned call = residue % PRIME + 1;

    return call < axis->count ? call : 0;
}

unsigned lca_cover_cell(const struct lca_case *c, enum lca_tier_choice tier,
                        unsigned index)
{
    unsigned row = index - 1, cell = 0;
    unsigned x = row % PRIME, y = row / PRIME % PRIME, z = row / PRIME / PRIME;
    const unsigned pairs[PLACES] = { x, y, x + y, x + 2 * y };
    const unsigned triples[PLACES] = { x, y, z, x + y + z };

    if (!c->machine || index == 0)
        return index;
    for (unsigned i = PLACES; i-- > 0;)
        cell = cell * c->axes[i].count +
               value(&c->axes[i], strength(c, tier) == 2 ? pairs[i]
                                                         : triples[i]);
    return cell;
}

bool lca_cover_is_random(const struct lca_case *c, unsigned cell)
{
    return c->machine && cell == 0;
}
