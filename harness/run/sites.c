#include "harness/run/sites.h"

/* Its row, or the count when it has none. */
static unsigned find(const struct lca_sites *s, const struct lca_step *step)
{
    unsigned i = 0;

    while (i < s->count && (s->rows[i].op != step->op ||
                            s->rows[i].method != step->method))
        i++;
    return i;
}

void lca_sites_hung(struct lca_sites *s, const struct lca_step *step)
{
    unsigned i = find(s, step);

    if (i == LCA_SITES_MAX)
        return;
    if (i == s->count) {
        s->rows[i].op = step->op;
        s->rows[i].method = step->method;
        s->rows[i].hangs = 0;
        s->count++;
    }
    s->rows[i].hangs++;
}

unsigned lca_sites_hangs(const struct lca_sites *s,
                         const struct lca_step *step)
{
    unsigned i = find(s, step);

    return i < s->count ? s->rows[i].hangs : 0;
}
