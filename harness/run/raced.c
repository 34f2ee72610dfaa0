#include "harness/run/raced.h"

#include "harness/platform/interrupt.h"
#include "harness/run/calibrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STANDARD = 50, FULL = 1000, UNDER_A_TOOL = 10,
       LOOKS = 100, HANGS_ENOUGH = 3 };

/* A race in the making. */
struct race {
    struct lca_runner *runner;
    struct lca_sweep *out;
    struct lca_hearing h;       /* of the round in hand */
    unsigned rounds;
    unsigned before;            /* the batch in hand */
    unsigned deadline_ms;       /* of a round */
    unsigned hangs;             /* that are findings */
    unsigned quick;             /* rounds before this one had no more time
                                   than usual */
    bool slow;                  /* one hung that did not hang again */
    unsigned passed;
    struct lca_opinion skip;    /* the first that was no PASS and no FAIL */
    struct lca_script script;   /* of the round in hand */
    struct lca_record record;
};

/* One seed alone: chance has to bring the same about once more. */
static unsigned rounds_of(const struct lca_options *o, uint32_t seed)
{
    unsigned rounds = o->tier == LCA_RUN_FULL || seed ? FULL : STANDARD;

    return lca_watch_has_tool(o->info.watch) ? rounds / UNDER_A_TOOL : rounds;
}

static bool source(void *context, unsigned index, struct lca_script *script,
                   unsigned *deadline_ms)
{
    struct race *race = context;
    uint32_t seed = race->runner->selection.seed;

    *script = race->out->script;
    script->orders.seed = seed ? seed : race->before + index + 1;
    *deadline_ms = race->slow ? lca_second_look(race->deadline_ms)
                              : race->deadline_ms;
    if (!race->slow)
        race->quick = race->before + index + 1;
    return race->hangs < HANGS_ENOUGH;
}

static struct lca_trouble *find(const struct lca_sweep *s, const char *text)
{
    for (unsigned i = 0; i < s->count; i++)
        if (strncmp(s->troubles[i].what.text, text,
                    sizeof s->troubles[i].what.text - 1) == 0)
            return &s->troubles[i];
    return NULL;
}

static struct lca_result add(struct race *race, const char *text)
{
    struct lca_trouble *old = find(race->out, text);
    struct lca_trouble t = { .orders = race->script.orders, .trials = 1 };

    if (old) {
        old->trials++;
        return lca_ok();
    }
    snprintf(t.what.text, sizeof t.what.text, "%.179s", text);
    return lca_sweep_add(race->out, &t, &race->record);
}

/* Another record of the round in hand; what it says counts from now on. */
static struct lca_result play_again(struct race *race)
{
    return lca_pool_play(race->runner->pool, &race->script,
                         lca_second_look(race->deadline_ms), &race->record);
}

/*
 * Chance has to bring it about once more: so there are many looks, which are
 * quick when it does not. The first that hangs for so long is believed.
 */
static struct lca_result look_again(struct race *race)
{
    struct lca_result r = lca_ok();

    for (int i = 0; !r.code && i < LOOKS && !race->hangs; i++) {
        r = lca_interrupted();
        if (!r.code)
            r = play_again(race);
        if (!r.code && race->record.ending == LCA_HUNG)
            break;
    }
    race->slow |= race->record.ending != LCA_HUNG;
    race->hangs += race->record.ending == LCA_HUNG;
    return r;
}

/* Of the round in hand, which is the index-th. */
static struct lca_result note(struct race *race, unsigned index)
{
    const struct lca_record *record = &race->record;
    struct lca_opinion o;
    struct lca_result r = lca_ok();

    if (record->ending == LCA_HUNG && index < race->quick)
        r = look_again(race);
    else
        race->hangs += record->ending == LCA_HUNG;
    if (!r.code)
        r = lca_runner_retry_logon(race->runner, &race->script, &record);
    if (r.code)
        return r;
    if (record != &race->record)
        race->record = *record;
    race->out->played++;
    o = lca_judge(&race->h);
    race->passed += o.verdict == LCA_PASS;
    if (o.verdict == LCA_FAIL)
        return add(race, o.text);
    if (o.verdict > race->skip.verdict)
        race->skip = o;
    return r;
}

/* So many that every host has one in hand, and few that may hang in vain. */
static struct lca_result play_some(struct race *race, unsigned rounds)
{
    struct lca_pool *pool = race->runner->pool;
    struct lca_result r = lca_ok();

    lca_pool_start(pool, rounds, source, race);
    for (unsigned i = 0; !r.code && i < rounds; i++) {
        const struct lca_script *script;
        const struct lca_record *record;

        r = lca_interrupted();
        if (!r.code)
            r = lca_pool_take(pool, &script, &record);
        if (!r.code && record) {
            race->script = *script;
            race->record = *record;
            r = note(race, race->before + i);
        }
    }
    race->before += rounds;
    return r;
}

/* What is repeated by its seed has been seen when it is seen. */
static bool is_enough(const struct race *race)
{
    return race->hangs >= HANGS_ENOUGH ||
           (race->runner->selection.seed && race->out->count);
}

static struct lca_result play(struct race *race)
{
    struct lca_pool *pool = race->runner->pool;
    unsigned some = 2 * race->runner->options->jobs;
    struct lca_batch *kept;
    struct lca_result r = lca_pool_aside(pool, &kept), back;

    if (r.code)
        return r;
    while (!r.code && race->before < race->rounds && !is_enough(race)) {
        unsigned left = race->rounds - race->before;

        r = play_some(race, left < some ? left : some);
    }
    back = lca_pool_back(pool, kept);
    return r.code ? r : back;
}

static struct lca_opinion judge(const struct race *race)
{
    struct lca_sweep *s = race->out;
    struct lca_opinion o = { .verdict = LCA_FAIL };
    struct lca_text text = { 0 };

    for (unsigned i = 0; i < s->count; i++)
        s->troubles[i].rounds = s->played;
    if (s->count) {
        lca_text_print(&text, "%s, in %u of %u rounds",
                       s->troubles[0].what.text, s->troubles[0].trials,
                       s->played);
        snprintf(o.text, sizeof o.text, "%s", text.bytes ? text.bytes : "");
        lca_text_free(&text);
        return o;
    }
    if (race->skip.verdict == LCA_BROKEN)
        return lca_judge_say(LCA_BROKEN, "partial %u/%u: %.180s",
                             race->passed, race->rounds, race->skip.text);
    if (!race->passed)
        return race->skip;
    return lca_judge_say(LCA_PASS, "%u rounds%s", race->passed, race->slow
                         ? "; one took long, and not once more" : "");
}

/* Cells of a case share what they may hang in. */
static bool hangs(const struct lca_runner *runner, const struct lca_case *c)
{
    return runner->hung == c && runner->hung_cells >= HANGS_ENOUGH;
}

static void remember(struct lca_runner *runner, const struct lca_case *c)
{
    runner->hung_cells = runner->hung == c ? runner->hung_cells + 1 : 1;
    runner->hung = c;
}

static struct race *begin(struct lca_runner *runner,
                          const struct lca_hearing *h)
{
    struct race *race = calloc(1, sizeof *race);

    lca_runner_race_free(runner);
    runner->race = calloc(1, sizeof *runner->race);
    if (!race || !runner->race) {
        free(race);
        return NULL;
    }
    race->runner = runner;
    race->out = runner->race;
    race->out->script = *h->script;
    race->rounds = rounds_of(runner->options, runner->selection.seed);
    race->deadline_ms = lca_deadline(h->calibration, h->script,
                                     runner->options->timeout_s);
    race->h = *h;
    race->h.script = &race->script;
    race->h.record = &race->record;
    return race;
}

struct lca_opinion lca_runner_race(struct lca_runner *runner,
                                   const struct lca_cell *cell,
                                   struct lca_hearing *h,
                                   const struct lca_sweep **out)
{
    struct race *race;
    struct lca_opinion o;

    if (hangs(runner, cell->c))
        return lca_judge_say(LCA_SKIP, "not played: other cells of this race "
                             "were seen to hang, which is another finding");
    race = begin(runner, h);
    runner->trouble = race ? play(race)
                           : lca_fail(LCA_SYSTEM, "no memory for a race");
    if (runner->trouble.code) {
        runner->unrun++;
        o = lca_judge_say(LCA_BROKEN, "partial %u/%u: %.180s",
                          race ? race->out->played : 0,
                          race ? race->rounds : 0, runner->trouble.text);
    } else {
        o = judge(race);
        *out = race->out;
        if (race->hangs)
            remember(runner, cell->c);
    }
    free(race);
    return o;
}

void lca_runner_race_free(struct lca_runner *runner)
{
    if (runner->race)
        lca_sweep_close(runner->race);
    free(runner->race);
    runner->race = NULL;
}
