#include "harness/run/sweep.h"

#include "harness/oracle/faults.h"
#include "harness/platform/interrupt.h"
#include "harness/run/calibrate.h"
#include "harness/run/look.h"
#include "harness/run/rows.h"
#include "harness/run/second.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FURTHER = 256, HANGS_ENOUGH = 3 };

/* A sweep in the making. */
struct work {
    struct lca_pool *pool;
    const struct lca_sweep_wish *wish;
    struct lca_sweep *out;
    struct lca_rows rows;
    struct lca_seconds seconds;
    struct lca_row any;         /* of the trials that are of no row */
    bool slow;                  /* a trial was no hang, it had no time */
    unsigned from;              /* the batch's first trial */
    struct lca_script script;   /* of the trial in hand */
    struct lca_record record;
};

static uint32_t traced(const struct lca_sweep_wish *wish)
{
    uint32_t windows = wish->windows;

    for (unsigned i = 0; wish->plan && i < wish->plan->count; i++)
        for (unsigned w = 0; w < LCA_WINDOW_COUNT; w++)
            if (strcmp(wish->plan->strikes[i].window,
                       lca_window_name(w)) == 0)
                windows |= 1u << w;
    return windows;
}

/* The script with that order; nobody else's. */
static void order(struct work *w, const struct lca_orders *orders,
                  struct lca_script *script)
{
    *script = w->out->script;
    script->orders = *orders;
    script->orders.trace = traced(w->wish);
    script->orders.threads = w->wish->all_threads;
}

unsigned lca_sweep_deadline(const struct lca_sweep_wish *wish,
                            const struct lca_orders *orders)
{
    for (unsigned i = 0; i < orders->count; i++)
        if (orders->order[i].kind == LCA_KIND_stall)
            return wish->deadline_ms + wish->stall_ms;
    return wish->deadline_ms;
}

static bool same_calls(const struct lca_record *a, const struct lca_record *b)
{
    bool same = a->site_count == b->site_count;

    for (unsigned i = 0; same && i < a->site_count; i++)
        same = a->sites[i].call == b->sites[i].call &&
               a->sites[i].count == b->sites[i].count;
    return same;
}

/* Of a second look; whom a stall holds up has had the time already. */
static unsigned long_deadline(const struct lca_sweep_wish *wish,
                              const struct lca_orders *orders)
{
    unsigned ms = lca_sweep_deadline(wish, orders);

    return ms > wish->deadline_ms ? ms : lca_second_look(ms);
}

static unsigned deadline(const struct work *w,
                         const struct lca_orders *orders)
{
    return w->slow ? long_deadline(w->wish, orders)
                   : lca_sweep_deadline(w->wish, orders);
}

/* Twice without a fault: what is there to fail, and is it always the same? */
static struct lca_result look_first(struct work *w)
{
    struct lca_sweep *s = w->out;
    const struct lca_orders none = { 0 };
    struct lca_result r;

    order(w, &none, &w->script);
    /* Where logons are made to fail, their calm ones must not be counted. */
    w->script.orders.sends = 1u << LCA_WINDOW_logon &
                             ~w->script.orders.trace;
    r = lca_pool_play(w->pool, &w->script, w->wish->deadline_ms, s->plain);
    if (!r.code)
        r = lca_pool_play(w->pool, &w->script, w->wish->deadline_ms,
                          &w->record);
    if (r.code)
        return r;
    if (s->plain->ending != LCA_RETURNED ||
        w->record.ending != LCA_RETURNED)
        snprintf(s->why, sizeof s->why, "%.159s", *s->plain->note
                 ? s->plain->note : "without a fault the trial does not "
                 "come to its end");
    s->varies = !same_calls(s->plain, &w->record);
    return r;
}

static void stop_early(struct lca_sweep *s, const char *why)
{
    s->partial = true;
    snprintf(s->why, sizeof s->why, "%.159s", why);
}

static void count(struct lca_sweep *s, const struct lca_script *script,
                  const struct lca_record *r)
{
    const struct lca_hearing h = { .script = script, .record = r };
    unsigned sweep = lca_faults_sweep(&script->orders, r);
    enum lca_outcome outcome;

    s->played++;
    if (!r->hits[0].calls)
        return;
    for (unsigned i = 0; i < 4; i++)
        s->struck[i] += sweep >> i & 1;
    outcome = lca_faults_outcome(&h);
    if (outcome < LCA_OUTCOMES)
        s->outcomes[outcome]++;
}

/* The first hang at a place is played again, alone, with more time. */
static struct lca_result look_again(struct work *w)
{
    struct lca_result r;

    if (w->record.ending != LCA_HUNG ||
        lca_look_knows_hang(w->out, &w->script, &w->record))
        return lca_ok();
    r = lca_pool_play(w->pool, &w->script,
                      long_deadline(w->wish, &w->script.orders), &w->record);
    w->slow |= !r.code && w->record.ending != LCA_HUNG;
    return r;
}

/* One trial was played: what came of it. */
static struct lca_result note(struct work *w, struct lca_row *row,
                              unsigned nth)
{
    const struct lca_record *record = &w->record;
    const struct lca_orders *orders = &w->script.orders;
    struct lca_result r = look_again(w);

    if (r.code)
        return r;
    if (record->ending == LCA_LOST || record->ending == LCA_REFUSED) {
        stop_early(w->out, record->note);
        return lca_ok();
    }
    count(w->out, &w->script, record);
    if (!record->hits[0].calls && record->ending == LCA_RETURNED) {
        w->out->varies |= nth <= row->calls;
        row->ended = true;
        return lca_ok();
    }
    r = lca_look(w->pool, w->wish, w->out, &w->script, record);
    row->hangs += row != &w->any && record->ending == LCA_HUNG;
    if (r.code || w->wish->depth < 2 || w->wish->plan || orders->count > 1 ||
        orders->order[0].first != orders->order[0].last)
        return r;
    return lca_seconds_add(&w->seconds, w->out->plain, &orders->order[0],
                           record);
}

/* What is known to hang is not asked again and again. */
static bool hangs(const struct lca_sweep *s, const struct lca_order *o)
{
    unsigned trials = 0;

    for (; s; s = s->before)
        for (unsigned i = 0; i < s->count; i++) {
            const struct lca_trouble *t = &s->troubles[i];

            if (t->what.symptom == LCA_SYMPTOM_HUNG &&
                t->orders.order[0].call == o->call &&
                t->orders.order[0].kind == o->kind)
                trials += t->trials;
        }
    return trials >= HANGS_ENOUGH;
}

/* Trial `index` of the rows, then of the seconds. */
static struct lca_row *row_of(struct work *w, unsigned index,
                              struct lca_orders *orders, unsigned *nth)
{
    struct lca_row *row = &w->any;

    *orders = (struct lca_orders){ .count = 1 };
    *nth = 1;
    if (index < w->rows.trials) {
        row = lca_rows_find(&w->rows, index, nth);
        orders->order[0] = lca_row_order(row, *nth);
    } else {
        *orders = w->seconds.rows[index - w->rows.trials].orders;
    }
    return row;
}

static bool source(void *context, unsigned index, struct lca_script *script,
                   unsigned *deadline_ms)
{
    struct work *w = context;
    struct lca_orders orders;
    unsigned nth;
    const struct lca_row *row = row_of(w, w->from + index, &orders, &nth);

    order(w, &orders, script);
    *deadline_ms = deadline(w, &orders);
    if (row->hangs < HANGS_ENOUGH && !hangs(w->out, &orders.order[0]))
        return true;
    w->out->skipped = true;
    return false;
}

/* Trials `from` to `to` - 1, by all hosts. */
static struct lca_result play(struct work *w, unsigned from, unsigned to)
{
    struct lca_batch *kept;
    struct lca_result r = lca_pool_aside(w->pool, &kept), back;

    if (r.code)
        return r;
    w->from = from;
    w->out->planned += to - from;
    lca_pool_start(w->pool, to - from, source, w);
    for (unsigned i = from; !r.code && i < to; i++) {
        const struct lca_script *script;
        const struct lca_record *record;
        struct lca_orders orders;
        unsigned nth;
        struct lca_row *row = row_of(w, i, &orders, &nth);

        r = lca_interrupted();
        if (!r.code)
            r = lca_pool_take(w->pool, &script, &record);
        if (!r.code && record) {
            w->script = *script;
            w->record = *record;
            r = note(w, row, nth);
        }
    }
    back = lca_pool_back(w->pool, kept);
    return r.code ? r : back;
}

/* More calls than were seen at first: on, until nothing strikes. */
static struct lca_result go_on(struct work *w, struct lca_row *row)
{
    struct lca_result r = lca_ok();

    for (unsigned nth = row->calls + 2; !r.code && !row->ended &&
         row->hangs < HANGS_ENOUGH; nth++) {
        struct lca_orders orders = { .count = 1 };

        if (nth > row->calls + FURTHER) {
            stop_early(w->out, "each trial makes more calls than the one "
                       "before it");
            break;
        }
        w->out->planned++;
        w->out->varies = true;
        orders.order[0] = lca_row_order(row, nth);
        order(w, &orders, &w->script);
        r = lca_pool_play(w->pool, &w->script, deadline(w, &orders),
                          &w->record);
        if (!r.code)
            r = note(w, row, nth);
    }
    return r;
}

static struct lca_result play_all(struct work *w)
{
    const struct lca_sweep_wish *wish = w->wish;
    struct lca_result r = lca_rows_add(w->out->plain, wish->sweeps,
                                       wish->windows, wish->full, &w->rows);

    if (wish->dry)
        w->out->planned = w->rows.trials;
    if (r.code || wish->dry || w->rows.count == 0)
        return r;
    r = play(w, 0, w->rows.trials);
    for (unsigned i = 0; !r.code && i < w->rows.count; i++)
        r = go_on(w, &w->rows.rows[i]);
    if (!r.code && w->seconds.count)
        r = play(w, w->rows.trials, w->rows.trials + w->seconds.count);
    if (w->seconds.cut)
        stop_early(w->out, "there are more pairs of faults than are played; "
                   "--depth 1 leaves pairs out");
    return r;
}

static struct lca_result play_one(struct work *w)
{
    struct lca_orders orders;
    struct lca_result r = lca_orders_take(w->wish->plan, w->wish->windows,
                                          &orders);

    if (r.code)
        return r;
    order(w, &orders, &w->script);
    w->out->planned++;
    r = lca_pool_play(w->pool, &w->script, deadline(w, &orders), &w->record);
    return r.code ? r : note(w, &w->any, 1);
}

struct lca_result lca_sweep_run(struct lca_pool *pool,
                                const struct lca_script *script,
                                const struct lca_calibration *known,
                                const struct lca_sweep_wish *wish,
                                struct lca_sweep *sweep)
{
    struct work *w = calloc(1, sizeof *w);
    struct lca_result r = lca_ok();

    *sweep = (struct lca_sweep){ .script = *script, .known = known,
                                 .sweeps = wish->sweeps,
                                 .before = wish->before };
    sweep->plain = calloc(1, sizeof *sweep->plain);
    if (!w || !sweep->plain) {
        r = lca_fail(LCA_SYSTEM, "no memory for a sweep");
        goto done;
    }
    *w = (struct work){ .pool = pool, .wish = wish, .out = sweep };
    r = look_first(w);
    if (r.code || *sweep->why)
        goto done;
    r = wish->plan ? play_one(w) : play_all(w);
    sweep->varies &= !wish->plan;
done:
    sweep->partial |= r.code != LCA_OK;
    if (w) {
        lca_rows_free(&w->rows);
        lca_seconds_free(&w->seconds);
    }
    free(w);
    return r;
}

struct lca_result lca_sweep_add(struct lca_sweep *s,
                                const struct lca_trouble *trouble,
                                const struct lca_record *record)
{
    struct lca_trouble *t;

    if (s->count == s->size) {
        unsigned size = s->size ? s->size * 2 : 16;

        t = realloc(s->troubles, size * sizeof *t);
        if (!t)
            return lca_fail(LCA_SYSTEM, "no memory for findings");
        s->troubles = t;
        s->size = size;
    }
    t = &s->troubles[s->count];
    *t = *trouble;
    t->record = malloc(sizeof *record);
    if (!t->record)
        return lca_fail(LCA_SYSTEM, "no memory for findings");
    *t->record = *record;
    s->count++;
    return lca_ok();
}

void lca_sweep_close(struct lca_sweep *s)
{
    for (unsigned i = 0; i < s->count; i++) {
        free(s->troubles[i].record);
        free(s->troubles[i].walked);
    }
    free(s->troubles);
    free(s->plain);
    *s = (struct lca_sweep){ 0 };
}
