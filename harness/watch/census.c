#include "harness/watch/census.h"

#include "harness/platform/clock.h"

enum { TRIES = 20, PAUSE_MS = 10 };

static struct lca_census take(const struct lca_own_fds *own)
{
    return (struct lca_census){
        .fds     = lca_resources_fds(),
        .threads = lca_resources_threads(),
        .heap    = lca_resources_heap(),
        .lost_fds = lca_resources_lost(own),
    };
}

static bool above(const struct lca_census *now, const struct lca_census *last)
{
    return now->fds > last->fds || now->threads > last->threads;
}

struct lca_census lca_census_take(const struct lca_own_fds *own,
                                  const struct lca_census *last)
{
    struct lca_census now = take(own);

    for (int i = 0; i < TRIES && last && above(&now, last); i++) {
        lca_clock_sleep(PAUSE_MS);
        now = take(own);
    }
    return now;
}
