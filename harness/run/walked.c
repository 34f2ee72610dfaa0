#include "harness/run/walked.h"

#include "harness/platform/interrupt.h"
#include "harness/run/describe.h"
#include "harness/run/raced.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL = 100,             /* walks, where nobody said how many */
       TRIES = 400, TRIES_HUNG = 20 };  /* trials to shrink one with */

/* Walks in the making. */
struct walks {
    struct lca_runner *runner;
    struct lca_sweep *out;
    struct lca_hearing h;       /* of the walk in hand */
    unsigned total;
    unsigned passed;
    struct lca_opinion skip;    /* the first that was no PASS and no FAIL */
    struct lca_opinion failed;  /* what the one in hand failed with */
    bool barred;                /* a logon stays refused, however often */
    unsigned tries;             /* left to shrink it with */
    struct lca_walk walk;       /* ... and what is left of it */
    struct lca_script script, tried;
    struct lca_record record, answer;
};

static uint32_t seed_of(const struct walks *w, unsigned index)
{
    uint32_t seed = w->runner->selection.seed;

    return seed ? seed : index + 1;
}

static struct lca_result spell_out(const struct walks *w,
                                   const struct lca_walk *walk,
                                   struct lca_script *script)
{
    return lca_walk_build(w->h.c, walk, &w->h.calibration->probes, script);
}

static void draw(const struct walks *w, unsigned index, struct lca_walk *walk)
{
    bool shared = w->runner->options->allow & LCA_ALLOW_SHARED_LOGOFF;

    lca_walk_random(w->h.c, seed_of(w, index), shared,
                    &w->h.calibration->probes, walk);
}

static unsigned deadline_of(const struct walks *w,
                            const struct lca_script *script)
{
    return lca_deadline(w->h.calibration, script,
                        w->runner->options->timeout_s);
}

static bool source(void *context, unsigned index, struct lca_script *script,
                   unsigned *deadline_ms)
{
    struct walks *w = context;
    struct lca_walk walk;

    draw(w, index, &walk);
    if (spell_out(w, &walk, script).code || !lca_walk_asks(script))
        return false;
    *deadline_ms = deadline_of(w, script);
    return true;
}

static struct lca_trouble *find(const struct lca_sweep *s, const char *text)
{
    for (unsigned i = 0; i < s->count; i++)
        if (strncmp(s->troubles[i].what.text, text,
                    sizeof s->troubles[i].what.text - 1) == 0)
            return &s->troubles[i];
    return NULL;
}

/* Does a walk without these calls fail in the same words? Then it is kept. */
static struct lca_result try_without(struct walks *w, unsigned at,
                                     unsigned size, bool *shorter)
{
    struct lca_walk walk = w->walk;
    struct lca_hearing h = w->h;
    struct lca_opinion o = { .verdict = LCA_PASS };
    struct lca_result r;

    memmove(walk.calls + at, walk.calls + at + size,
            (walk.count - at - size) * sizeof *walk.calls);
    walk.count -= size;
    h.script = &w->tried;
    h.record = &w->answer;
    r = spell_out(w, &walk, &w->tried);
    if (!r.code)
        r = lca_interrupted();
    if (!r.code)
        r = lca_pool_play(w->runner->pool, &w->tried,
                          deadline_of(w, &w->tried), &w->answer);
    if (!r.code)
        o = lca_judge(&h);
    w->tries--;
    *shorter = o.verdict == LCA_FAIL && strcmp(o.text, w->failed.text) == 0;
    if (*shorter) {
        w->walk = walk;
        w->script = w->tried;
        w->record = w->answer;
    }
    return r;
}

/* Once along the walk; *any: something could go. */
static struct lca_result shrink_by(struct walks *w, unsigned size, bool *any)
{
    struct lca_result r = lca_ok();
    unsigned at = 0;

    *any = false;
    while (!r.code && w->tries && at + size <= w->walk.count) {
        bool shorter;

        r = try_without(w, at, size, &shorter);
        *any |= shorter;
        at += shorter ? 0 : size;
    }
    return r;
}

static struct lca_result shrink(struct walks *w)
{
    struct lca_result r = lca_ok();
    bool any = true;

    w->tries = w->record.ending == LCA_HUNG ? TRIES_HUNG : TRIES;
    for (unsigned size = w->walk.count / 2; !r.code && size; size /= 2)
        r = shrink_by(w, size, &any);
    while (!r.code && any && w->tries)
        r = shrink_by(w, 1, &any);
    return r;
}

/* A walk that failed as none before it; what it comes to is a trouble. */
static struct lca_result add(struct walks *w, unsigned index)
{
    struct lca_walked *walked = calloc(1, sizeof *walked);
    struct lca_trouble t = { .trials = 1, .walked = walked };
    struct lca_result r;

    if (!walked)
        return lca_fail(LCA_SYSTEM, "no memory for a walk");
    draw(w, index, &w->walk);
    walked->seed = seed_of(w, index);
    walked->whole = w->script;
    walked->record = w->record;
    r = shrink(w);
    walked->script = w->script;
    walked->calls = w->walk.count;
    if (!lca_walk_cell(w->h.c, &w->walk, &walked->cell))
        walked->cell = 0;
    t.orders.seed = walked->cell ? 0 : walked->seed;
    snprintf(t.what.text, sizeof t.what.text, "%.179s", w->failed.text);
    if (!r.code)
        r = lca_sweep_add(w->out, &t, &w->record);
    if (r.code)
        free(walked);
    return r;
}

static struct lca_result note(struct walks *w, unsigned index)
{
    const struct lca_record *record = &w->record;
    struct lca_trouble *old;
    struct lca_result r = w->barred ? lca_ok()
                        : lca_runner_retry_logon(w->runner, &w->script,
                                                 &record);

    if (r.code)
        return r;
    if (record != &w->record)
        w->record = *record;
    w->out->played++;
    w->failed = lca_judge(&w->h);
    w->barred |= record != &w->record && w->failed.verdict != LCA_PASS;
    w->passed += w->failed.verdict == LCA_PASS;
    if (w->failed.verdict > w->skip.verdict && w->failed.verdict != LCA_FAIL)
        w->skip = w->failed;
    if (w->failed.verdict != LCA_FAIL)
        return r;
    old = find(w->out, w->failed.text);
    if (old)
        old->trials++;
    return old ? r : add(w, index);
}

static struct lca_result play(struct walks *w)
{
    struct lca_pool *pool = w->runner->pool;
    struct lca_batch *kept;
    struct lca_result r = lca_pool_aside(pool, &kept), back;

    if (r.code)
        return r;
    lca_pool_start(pool, w->total, source, w);
    for (unsigned i = 0; !r.code && i < w->total; i++) {
        const struct lca_script *script;
        const struct lca_record *record;

        r = lca_interrupted();
        if (!r.code)
            r = lca_pool_take(pool, &script, &record);
        if (!r.code && record) {
            w->script = *script;
            w->record = *record;
            r = note(w, i);
        }
    }
    back = lca_pool_back(pool, kept);
    return r.code ? r : back;
}

static struct lca_opinion judge(const struct walks *w)
{
    struct lca_sweep *s = w->out;

    for (unsigned i = 0; i < s->count; i++)
        s->troubles[i].rounds = s->played;
    if (s->count)
        return lca_judge_say(LCA_FAIL, "%s, in %u of %u walks",
                             s->troubles[0].what.text, s->troubles[0].trials,
                             s->played);
    if (w->skip.verdict == LCA_BROKEN)
        return lca_judge_say(LCA_BROKEN, "partial %u/%u: %.180s", w->passed,
                             w->total, w->skip.text);
    if (!s->played)
        return lca_judge_say(LCA_SKIP, "vacuous: no walk comes to anything "
                             "that this case judges");
    if (!w->passed)
        return w->skip;
    return lca_judge_say(LCA_PASS, "%u walks", w->passed);
}

static struct walks *begin(struct lca_runner *runner,
                           const struct lca_hearing *h)
{
    struct walks *w = calloc(1, sizeof *w);

    lca_runner_race_free(runner);
    runner->race = calloc(1, sizeof *runner->race);
    if (!w || !runner->race) {
        free(w);
        return NULL;
    }
    w->runner = runner;
    w->out = runner->race;
    w->out->script = *h->script;
    w->total = runner->selection.seed ? 1
             : runner->options->walks ? runner->options->walks : USUAL;
    w->h = *h;
    w->h.script = &w->script;
    w->h.record = &w->record;
    return w;
}

struct lca_opinion lca_runner_walk(struct lca_runner *runner,
                                   const struct lca_cell *cell,
                                   struct lca_hearing *h,
                                   const struct lca_sweep **out)
{
    struct walks *w = begin(runner, h);
    struct lca_opinion o;

    (void)cell;
    runner->trouble = w ? play(w) : lca_fail(LCA_SYSTEM, "no memory for "
                                             "walks");
    if (runner->trouble.code) {
        runner->unrun++;
        o = lca_judge_say(LCA_BROKEN, "partial %u/%u: %.180s",
                          w ? w->out->played : 0, w ? w->total : 0,
                          runner->trouble.text);
    } else {
        o = judge(w);
        *out = w->out;
    }
    free(w);
    return o;
}

void lca_walked_describe(const char *subject, const struct lca_walked *walked,
                         struct lca_text *text)
{
    if (walked->cell)
        lca_text_print(text, "walk %u came to it with all these steps:\n",
                       (unsigned)walked->seed);
    else
        lca_text_print(text, "walk %u came to it, and %u calls of it are "
                       "needed:\n", (unsigned)walked->seed, walked->calls);
    lca_describe(subject, NULL, &walked->whole, &walked->record, text);
}
