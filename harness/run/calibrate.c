#include "harness/run/calibrate.h"

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_MS = 10000, LEAST_MS = 1000, BASELINES = 20, PLAIN_STEPS = 5,
       PLAIN_TRIALS = 3, SECOND_LOOK = 10, BEYOND_MS = 60000 };

static const struct lca_probes no_probes;

/* One calibration in the making. */
struct work {
    struct lca_pool *pool;
    unsigned kind;              /* digits of its axes, as a cell */
    unsigned timeout_s;
    struct lca_calibrated *out;
    struct lca_script script;
    struct lca_record record;
};

unsigned lca_deadline(const struct lca_calibration *known,
                      const struct lca_script *script, unsigned timeout_s)
{
    uint64_t ms;

    if (timeout_s)
        return timeout_s * 1000;
    if (!known->baseline_us)
        return FIRST_MS;
    ms = (uint64_t)known->baseline_us * BASELINES *
         (script->weight > PLAIN_STEPS ? script->weight : PLAIN_STEPS) /
         PLAIN_STEPS / 1000;
    return ms < LEAST_MS ? LEAST_MS : ms > 3600000 ? 3600000 : (unsigned)ms;
}

unsigned lca_second_look(unsigned deadline_ms)
{
    unsigned beyond = deadline_ms + BEYOND_MS;

    return deadline_ms > beyond / SECOND_LOOK ? beyond
                                              : deadline_ms * SECOND_LOOK;
}

unsigned lca_second_look_of(unsigned lasts_ms)
{
    unsigned tenth = lasts_ms / SECOND_LOOK;

    return tenth + BEYOND_MS < lasts_ms ? lasts_ms - BEYOND_MS : tenth;
}

static struct lca_result play(struct work *w, const struct lca_case *c,
                              unsigned cell, const struct lca_probes *probes)
{
    struct lca_result r = lca_script_build(c, cell, probes, &w->script);

    if (r.code)
        return r;
    return lca_pool_play(w->pool, &w->script,
                         lca_deadline(&w->out->known, &w->script,
                                      w->timeout_s), &w->record);
}

static int find_op(const struct lca_script *s, enum lca_op op)
{
    for (unsigned i = 0; i < s->count; i++)
        if (s->steps[i].op == op)
            return (int)i;
    return -1;
}

/* Those of the end; what a session's life has belongs to nobody. */
static void read_plain_errors(struct work *w)
{
    struct lca_calibration *k = &w->out->known;

    k->error_count = 0;
    for (unsigned i = 0; i < w->record.error_count; i++) {
        const struct lca_error *e = &w->record.errors[i];
        enum lca_op op = e->step < w->script.count
                       ? w->script.steps[e->step].op : LCA_END;

        if (!lca_op_ends(op))
            continue;
        k->error_ops[k->error_count] = op;
        k->errors[k->error_count++] = *e;
    }
}

/* The first plain trial: can it be logged on to, and where does it end? */
static void read_plain(struct work *w)
{
    struct lca_calibration *k = &w->out->known;
    const struct lca_record *r = &w->record;
    unsigned logon = (unsigned)find_op(&w->script, LCA_LOGON);
    unsigned logoff = (unsigned)find_op(&w->script, LCA_LOGOFF);

    w->out->plain = *r;
    k->fatal = LCA_END;
    k->fatal_ending = r->ending;
    k->strays = r->refused || r->twice;
    read_plain_errors(w);
    if (r->ending != LCA_RETURNED && r->count < w->script.count)
        k->fatal = w->script.steps[r->count].op;
    k->fatal_late = r->ending != LCA_RETURNED && k->fatal == LCA_END;
    if (r->count <= logon || lca_code_failed(r->answers[logon].code)) {
        k->no_logon = true;
        k->logon = r->count > logon ? r->answers[logon].code : 0;
    }
    k->plain = r->count > logoff ? r->answers[logoff].code : 0;
}

static struct lca_result measure_plain(struct work *w)
{
    struct lca_calibration *k = &w->out->known;
    struct lca_result r = lca_ok();
    unsigned slowest = 0;

    for (unsigned i = 0; !r.code && i < PLAIN_TRIALS; i++) {
        r = play(w, &lca_plain_trial, w->kind, &no_probes);
        if (!r.code && i == 0)
            read_plain(w);
        if (r.code || w->record.ending == LCA_LOST)
            break;              /* it was played twice already */
        if (w->record.us > slowest)
            slowest = w->record.us;
        if (!k->quickest_us || w->record.us < k->quickest_us)
            k->quickest_us = w->record.us;
        if (w->record.ending == LCA_HUNG)
            break;              /* three such baselines would tell nothing */
    }
    k->baseline_us = slowest;
    k->lost = slowest == 0;
    return r;
}

/* Does the session outlive a Release while a reference is held? */
static struct lca_result measure_reference(struct work *w)
{
    struct lca_result r = play(w, &lca_reference_trial, w->kind, &no_probes);
    int touch = find_op(&w->script, LCA_TOUCH);
    const struct lca_record *record = &w->record;

    if (r.code || record->ending == LCA_LOST)
        return r;
    if (record->count > (unsigned)touch)
        w->out->known.consumed = !(record->answers[touch].marks &
                                   LCA_LIVE_TABLE);
    else
        w->out->known.consumed = record->count == (unsigned)touch;
    return r;
}

/* A bad end after the call that the plain trial does not have. */
static bool spoiled(const struct work *w)
{
    return w->record.ending != LCA_RETURNED &&
           w->record.count < w->script.count &&
           w->script.steps[w->record.count].op != LCA_TIDY &&
           !w->out->known.consumed && w->out->known.fatal == LCA_END;
}

static enum lca_life life_of(const struct work *w, const char **why)
{
    const struct lca_record *r = &w->record;
    int call = find_op(&w->script, LCA_CALL);

    *why = "";
    if (call < 0 || r->ending == LCA_LOST)
        return LCA_LIFE_UNKNOWN;
    if (r->count > (unsigned)call) {
        const struct lca_answer *a = &r->answers[call];

        *why = r->note;
        return a->marks & LCA_UNPREPARED    ? LCA_LIFE_UNPREPARED
             : spoiled(w)                   ? LCA_LIFE_SPOILED
             : a->successes                 ? LCA_LIFE_SUCCEEDED
                                            : LCA_LIFE_REFUSED;
    }
    if (r->count == (unsigned)call && r->ending == LCA_HUNG)
        return LCA_LIFE_HUNG;
    if (r->count == (unsigned)call)
        return LCA_LIFE_CRASHED;
    *why = "the steps before it failed";
    return LCA_LIFE_UNPREPARED;
}

/* Did the call itself, on a dead session, err in the subject's memory? */
static bool is_unsound(const struct work *w)
{
    int call = find_op(&w->script, LCA_CALL);
    bool any = false;

    for (unsigned i = 0; i < w->record.error_count; i++)
        any |= lca_error_is_unsound(&w->record.errors[i]) &&
               w->record.errors[i].step == (uint32_t)call;
    return any;
}

static struct lca_result ask_methods(struct work *w)
{
    struct lca_calibration *k = &w->out->known;
    struct lca_result r = lca_ok();
    const char *why;

    for (unsigned i = 0; !r.code && i < LCA_COUNT_every; i++) {
        enum lca_method m = lca_values_every[i].value;
        unsigned cell = i + LCA_COUNT_every * w->kind;

        r = play(w, &lca_live_trial, cell, &no_probes);
        k->live[m] = life_of(w, &why);
        snprintf(k->why[m], sizeof k->why[m], "%.110s", why);
        if (!r.code)
            r = play(w, &lca_dead_trial, cell, &no_probes);
        k->dead[m] = life_of(w, &why);
        k->unsound[m] = is_unsound(w);
        w->out->dead[m] = w->record;
        w->out->dead_scripts[m] = w->script;
    }
    return r;
}

static void drop(struct lca_probes *probes, enum lca_method method)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < probes->count; i++)
        if (probes->methods[i] != method)
            probes->methods[kept++] = probes->methods[i];
    probes->count = kept;
}

/* Does Logoff work after all of them were asked on a live session? */
static void note_wear(struct work *w)
{
    int logoff = find_op(&w->script, LCA_LOGOFF);

    w->out->known.worn = logoff >= 0 && w->record.count > (unsigned)logoff &&
                         lca_code_failed(w->record.answers[logoff].code);
}

/*
 * Asked one after the other, twice, each must answer as it did alone; who
 * does not is no probe. Unadvise is one that works once, for instance.
 */
static struct lca_result settle(struct work *w, const struct lca_case *c,
                                bool alive)
{
    struct lca_probes *probes = &w->out->known.probes;
    struct lca_result r = lca_ok();
    bool changed = true;

    while (!r.code && changed && probes->count) {
        r = play(w, c, w->kind, probes);
        changed = false;
        for (unsigned i = 0; !r.code && i < w->script.count; i++) {
            const struct lca_step *s = &w->script.steps[i];
            bool there = i < w->record.count;

            if (s->want != LCA_WANT_PROBED && s->op != LCA_CALL)
                continue;
            if (there && !w->record.answers[i].successes == !alive)
                continue;
            drop(probes, s->method);
            changed = true;
            if (!there)
                break;          /* it ended here; what follows may be fine */
        }
    }
    if (!r.code && alive)
        note_wear(w);
    return r;
}

static void candidates(struct lca_calibration *k)
{
    for (unsigned i = 0; i < LCA_COUNT_method; i++) {
        enum lca_method m = lca_values_method[i].value;

        if (k->live[m] != LCA_LIFE_SUCCEEDED)
            continue;
        if (k->dead[m] == LCA_LIFE_REFUSED)
            k->probes.methods[k->probes.count++] = m;
        k->survivors += k->dead[m] == LCA_LIFE_SUCCEEDED;
    }
}

struct lca_result lca_calibrate(struct lca_pool *pool,
                                enum lca_session_kind kind,
                                enum lca_init_kind init, unsigned timeout_s,
                                struct lca_calibrated *out)
{
    struct work *w = calloc(1, sizeof *w);
    struct lca_result r = lca_ok();

    memset(out, 0, sizeof *out);
    out->dead = calloc(LCA_SESSION_METHODS_END, sizeof *out->dead);
    out->dead_scripts = calloc(LCA_SESSION_METHODS_END,
                               sizeof *out->dead_scripts);
    if (!w || !out->dead || !out->dead_scripts) {
        r = lca_fail(LCA_SYSTEM, "no memory to calibrate with");
        goto done;
    }
    *w = (struct work){ .pool = pool, .timeout_s = timeout_s, .out = out,
                        .kind = kind + LCA_COUNT_session * init };
    r = measure_plain(w);
    if (!r.code && !out->known.no_logon && !out->known.lost)
        r = measure_reference(w);
    if (!r.code && !out->known.no_logon && !out->known.lost)
        r = ask_methods(w);
    candidates(&out->known);
    if (!r.code)
        r = settle(w, &lca_live_probes_trial, true);
    if (!r.code)
        r = settle(w, &lca_dead_probes_trial, false);
    out->known.ready = !r.code && !out->known.lost;
done:
    free(w);
    return r;
}

void lca_calibrated_free(struct lca_calibrated *c)
{
    free(c->dead);
    free(c->dead_scripts);
    c->dead = NULL;
    c->dead_scripts = NULL;
}
