/* Trials that are played while no other is: to calibrate, and to be sure. */

#include "harness/run/calibrate.h"
#include "harness/run/pool_inside.h"

#include <stdlib.h>

bool lca_pool_idle(const struct lca_pool *p)
{
    for (unsigned i = 0; i < p->jobs; i++)
        if (p->queues[i].count)
            return false;
    return true;
}

/* What runs ahead comes to its end, and keeps its place. */
static struct lca_result settle(struct lca_pool *p)
{
    struct lca_result r = lca_ok();

    while (!r.code && !lca_pool_idle(p))
        r = lca_pool_listen(p);
    return r;
}

struct lca_result lca_pool_aside(struct lca_pool *p, struct lca_batch **kept)
{
    struct lca_result r = settle(p);
    struct lca_entry *entries = r.code ? NULL
                              : calloc(p->window, sizeof *entries);

    *kept = entries ? malloc(sizeof **kept) : NULL;
    if (!*kept) {
        free(entries);
        return r.code ? r : lca_fail(LCA_SYSTEM, "no memory for a sweep");
    }
    **kept = p->batch;
    p->batch = (struct lca_batch){ .entries = entries };
    return r;
}

struct lca_result lca_pool_back(struct lca_pool *p, struct lca_batch *kept)
{
    struct lca_result r = settle(p);

    free(p->batch.entries);
    p->batch = *kept;
    free(kept);
    return r;
}

/* A trial by itself: what runs ahead is waited for first. */
static struct lca_result play_alone(struct lca_pool *p,
                                    const struct lca_script *script,
                                    unsigned deadline_ms,
                                    struct lca_record *record)
{
    struct lca_result r;
    struct lca_entry *ring = p->batch.entries;
    struct lca_entry *alone;

    r = settle(p);
    if (r.code)
        return r;
    alone = calloc(p->window, sizeof *alone);
    if (!alone)
        return lca_fail(LCA_SYSTEM, "no memory for a trial");
    p->batch.entries = alone;         /* index 0 of a ring of its own */
    alone->script = *script;
    alone->deadline_ms = deadline_ms;
    alone->state = LCA_WAITING;
    while (!r.code && alone->state != LCA_PLAYED) {
        if (alone->state == LCA_WAITING)
            r = lca_pool_send_to(p, 0, 0);
        if (!r.code && alone->state == LCA_PLAYING)
            r = lca_pool_listen(p);
    }
    *record = alone->record;
    p->batch.entries = ring;
    free(alone);
    return r;
}

unsigned lca_pool_hangs(const struct lca_pool *p, const struct lca_step *step)
{
    return lca_sites_hangs(&p->sites, step);
}

struct lca_result lca_pool_look_again(struct lca_pool *p,
                                      struct lca_entry *e)
{
    const struct lca_step *step = &e->script.steps[e->record.count];
    struct lca_result r = lca_ok();

    /* What stands still by a signal of its own needs no longer look. */
    if (!lca_sites_hangs(&p->sites, step) && !e->record.number) {
        r = play_alone(p, &e->script, lca_second_look(e->deadline_ms),
                       &e->record);
        if (r.code || e->record.ending != LCA_HUNG ||
            e->record.count >= e->script.count)
            return r;
        step = &e->script.steps[e->record.count];
    }
    lca_sites_hung(&p->sites, step);
    return r;
}

struct lca_result lca_pool_play(struct lca_pool *p,
                                const struct lca_script *script,
                                unsigned deadline_ms,
                                struct lca_record *record)
{
    struct lca_entry *e = calloc(1, sizeof *e);
    struct lca_result r;

    if (!e)
        return lca_fail(LCA_SYSTEM, "no memory for a trial");
    e->script = *script;
    e->deadline_ms = deadline_ms;
    r = play_alone(p, script, deadline_ms, &e->record);
    if (!r.code && e->record.ending == LCA_HUNG && !script->orders.count &&
        !script->orders.seed && e->record.count < script->count)
        r = lca_pool_look_again(p, e);
    lca_cores_meet(&p->cores, &e->record);
    if (!r.code)
        lca_foreign_meet(&p->foreign, &e->record);
    *record = e->record;
    free(e);
    return r;
}
