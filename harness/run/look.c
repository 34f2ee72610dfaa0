#include "harness/run/look.h"

#include "harness/oracle/faults.h"
#include "harness/run/calibrate.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 3 };

/* One place and one symptom; who aborts by policy does so everywhere. */
static bool same_trouble(const struct lca_trouble *t,
                         const struct lca_complaint *c, unsigned sweep,
                         const struct lca_record *r)
{
    return t->sweep == sweep && t->what.symptom == c->symptom &&
           strcmp(t->what.text, c->text) == 0 &&
           (c->symptom == LCA_SYMPTOM_ABORTED ||
            lca_site_is_same(&t->record->hits[0].site, &r->hits[0].site));
}

static struct lca_trouble *find(const struct lca_sweep *s,
                                const struct lca_complaint *c,
                                unsigned sweep, const struct lca_record *r)
{
    for (unsigned i = 0; i < s->count; i++)
        if (same_trouble(&s->troubles[i], c, sweep, r))
            return &s->troubles[i];
    return NULL;
}

/* An earlier sweep has looked closer already. */
static const struct lca_trouble *find_before(const struct lca_sweep *s,
                                             const struct lca_complaint *c,
                                             unsigned sweep,
                                             const struct lca_record *r)
{
    const struct lca_trouble *t = NULL;

    for (s = s->before; s && !t; s = s->before)
        t = find(s, c, sweep, r);
    return t;
}

/* The same steps ROUNDS times in one process; counts of calls start anew. */
static bool looped(const struct lca_script *from, struct lca_script *script)
{
    *script = *from;
    if (script->count == LCA_STEPS_MAX)
        return false;
    script->steps[script->count] = (struct lca_step){
        LCA_LOOP, .back = script->count, .times = ROUNDS,
    };
    script->weight += (ROUNDS - 1) * from->weight;
    script->count++;
    return true;
}

static bool grows(const struct lca_complaint *c)
{
    return c->symptom == LCA_SYMPTOM_BLOCKS || c->symptom == LCA_SYMPTOM_FDS ||
           c->symptom == LCA_SYMPTOM_THREADS;
}

/* Is it said again, and as much in each round? */
static bool confirms(const struct lca_complaint *c, unsigned count,
                     const struct lca_complaint *again)
{
    for (unsigned i = 0; i < count; i++)
        if (again[i].symptom == c->symptom &&
            strcmp(again[i].text, c->text) == 0 &&
            again[i].amount >= ROUNDS)
            return true;
    return false;
}

struct desk {
    struct lca_script script, plain_script;
    struct lca_record record, plain;
    struct lca_complaint again[LCA_COMPLAINTS_MAX];
};

static struct lca_result look_over_rounds(struct lca_pool *pool,
                                          const struct lca_sweep_wish *wish,
                                          const struct lca_script *script,
                                          struct desk *d)
{
    unsigned ms = lca_second_look(
        ROUNDS * lca_sweep_deadline(wish, &script->orders));
    struct lca_result r;

    d->plain_script = d->script;
    d->plain_script.orders.count = 0;
    r = lca_pool_play(pool, &d->plain_script, ms, &d->plain);
    return r.code ? r : lca_pool_play(pool, &d->script, ms, &d->record);
}

/* *held: it is as it seemed. */
static struct lca_result look_closer(struct lca_pool *pool,
                                     const struct lca_sweep_wish *wish,
                                     const struct lca_sweep *sweep,
                                     const struct lca_script *script,
                                     const struct lca_complaint *c,
                                     bool *held)
{
    struct desk *d = calloc(1, sizeof *d);
    struct lca_hearing h = { .calibration = sweep->known };
    const struct lca_record *plain = sweep->plain;
    struct lca_result r = lca_ok();

    if (!d)
        return lca_fail(LCA_SYSTEM, "no memory for a closer look");
    d->script = *script;
    if (looped(script, &d->script)) {
        r = look_over_rounds(pool, wish, script, d);
        plain = &d->plain;
    }
    h.script = &d->script;
    h.record = &d->record;
    *held = !r.code && plain->ending == LCA_RETURNED &&
            confirms(c, lca_faults_judge(&h, plain, d->again), d->again);
    free(d);
    return r;
}

bool lca_look_knows_hang(const struct lca_sweep *sweep,
                         const struct lca_script *script,
                         const struct lca_record *record)
{
    struct lca_complaint complaints[LCA_COMPLAINTS_MAX];
    struct lca_hearing h = { .script = script, .record = record,
                             .calibration = sweep->known };
    unsigned of = lca_faults_sweep(&script->orders, record);
    unsigned count = lca_faults_judge(&h, sweep->plain, complaints);

    for (unsigned i = 0; i < count; i++)
        if (complaints[i].symptom == LCA_SYMPTOM_HUNG &&
            (find(sweep, &complaints[i], of, record) ||
             find_before(sweep, &complaints[i], of, record)))
            return true;
    return false;
}

struct lca_result lca_look(struct lca_pool *pool,
                           const struct lca_sweep_wish *wish,
                           struct lca_sweep *sweep,
                           const struct lca_script *script,
                           const struct lca_record *record)
{
    struct lca_complaint complaints[LCA_COMPLAINTS_MAX];
    struct lca_hearing h = { .script = script, .record = record,
                             .calibration = sweep->known };
    unsigned count = lca_faults_judge(&h, sweep->plain, complaints);
    struct lca_result r = lca_ok();

    for (unsigned i = 0; !r.code && i < count; i++) {
        const struct lca_complaint *c = &complaints[i];
        struct lca_trouble t = {
            .what = *c, .orders = script->orders, .trials = 1,
            .sweep = lca_faults_sweep(&script->orders, record),
        };
        struct lca_trouble *old = find(sweep, c, t.sweep, record);
        const struct lca_trouble *known;
        bool held = true;

        if (old) {
            old->trials++;
            continue;
        }
        known = find_before(sweep, c, t.sweep, record);
        if (known)
            held = !known->dismissed;
        else if (grows(c))
            r = look_closer(pool, wish, sweep, script, c, &held);
        t.dismissed = !held;
        if (!r.code)
            r = lca_sweep_add(sweep, &t, record);
    }
    return r;
}
