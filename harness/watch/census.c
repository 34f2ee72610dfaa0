#include "harness/watch/census.h"

#include "harness/platform/clock.h"
#include "harness/watch/residue.h"

enum { TRIES = 20, PAUSE_MS = 10, SETTLE_MS = 200 };

static struct lca_census take(const struct lca_own_fds *own, uint32_t looks)
{
    struct lca_census now = {
        .fds     = lca_resources_fds(),
        .threads = lca_resources_threads(),
        .heap    = lca_resources_heap(),
        .lost_fds = lca_resources_lost(own),
    };

    lca_residue_count(looks, &now);
    return now;
}

static bool above(const struct lca_census *now, const struct lca_census *last,
                  uint32_t looks)
{
    return (looks & LCA_LOOK_END && now->lasting) ||
           now->fds > last->fds || now->threads > last->threads ||
           now->children > last->children;
}

void lca_census_take(const struct lca_own_fds *own, uint32_t looks,
                     struct lca_record *r)
{
    unsigned i = r->census_count;
    int tries = looks & LCA_LOOK_AT_ONCE ? 0 : TRIES;
    const struct lca_census *last = i ? &r->census[i - 1] : NULL;
    struct lca_census now;

    if (i == LCA_CENSUS_MAX)
        return;
    if (looks & LCA_LOOK_MARK)  /* a thread that only came to help has gone */
        lca_clock_sleep(SETTLE_MS);
    now = take(own, looks);
    for (int n = 0; n < tries && last && above(&now, last, looks); n++) {
        lca_clock_sleep(PAUSE_MS);
        now = take(own, looks);
    }
    r->census[i] = now;
    r->census_count = i + 1;
    lca_residue_tell(looks, r);
    lca_residue_compare(looks, r);
}
