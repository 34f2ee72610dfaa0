#include "harness/run/faulted.h"

#include "cases/catalogue.h"
#include "harness/model/trial.h"
#include "harness/oracle/faults.h"
#include "harness/run/calibrate.h"
#include "harness/run/symbols.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define USUAL_WINDOWS (1u << LCA_WINDOW_logoff | 1u << LCA_WINDOW_release)
/* A logon may wait for its server, each time: it has cases of its own. */
#define OTHER_WINDOWS (USUAL_WINDOWS | 1u << LCA_WINDOW_initialise |        \
                       1u << LCA_WINDOW_use | 1u << LCA_WINDOW_uninitialise)

/* What was swept for one list of steps, with one choice of arguments. */
struct lca_swept {
    struct lca_swept *next;
    const struct lca_step *steps;
    unsigned cell;
    struct lca_sweep sweep;
};

bool lca_runner_is_faulted(const struct lca_runner *runner,
                           const struct lca_cell *cell)
{
    return cell->c->sweep || runner->selection.plan.count;
}

/* A fault may keep it from being undone, and each trial would leave more. */
static bool lasts(const struct lca_step *steps)
{
    while (steps->op != LCA_END && !lca_op_lasts(steps->op))
        steps++;
    return steps->op != LCA_END;
}

bool lca_runner_is_swept_too(const struct lca_runner *runner,
                             const struct lca_cell *cell)
{
    return runner->options->tier == LCA_RUN_FULL &&
           runner->options->faults && !cell->c->sweep &&
           !cell->c->recorded && !cell->c->raced && !cell->c->machine &&
           cell->cell == 0 && !lasts(cell->c->steps);
}

bool lca_trouble_concerns(const struct lca_trouble *t,
                          const struct lca_case *c)
{
    if (c->raced || t->walked)
        return !t->dismissed;
    if (t->dismissed || (c->sweep && !(t->sweep & c->sweep)))
        return false;
    if (!c->sweep)
        return lca_faults_always_wrong(t->what.symptom);
    return lca_faults_break(c->clause, t->what.symptom, t->sweep);
}

static unsigned depth_of(const struct lca_options *o)
{
    return o->depth ? o->depth : o->tier == LCA_RUN_FULL ? 2 : 1;
}

/* All that selected cases with the same steps look at. */
static unsigned looked_at(const struct lca_runner *runner,
                          const struct lca_cell *cell)
{
    /* What IPC a case has outside Logoff takes long: who asks gets it. */
    unsigned sweeps = cell->c->sweep              ? 0
                    : runner->options->windows    ? LCA_SWEEP_ALL &
                                                    ~LCA_SWEEP_PEER
                                                  : LCA_SWEEP_MEMORY;

    for (unsigned i = 0; i < runner->selection.count; i++) {
        const struct lca_cell *o = &runner->selection.cells[i];

        if (o->c->steps == cell->c->steps && o->cell == cell->cell)
            sweeps |= o->c->sweep;
    }
    if (cell->c->sweep && depth_of(runner->options) > 1)    /* one leads on */
        sweeps |= LCA_SWEEP_MEMORY | LCA_SWEEP_IPC;
    if (!(runner->options->faults & LCA_MEMORY))
        sweeps &= ~(unsigned)LCA_SWEEP_MEMORY;
    if (!(runner->options->faults & LCA_IPC))
        sweeps &= LCA_SWEEP_MEMORY;
    if (!*runner->options->info.peer)
        sweeps &= ~(unsigned)LCA_SWEEP_PEER;
    return sweeps;
}

static struct lca_swept *find(const struct lca_runner *runner,
                              const struct lca_cell *cell)
{
    struct lca_swept *s = runner->swept;

    while (s && (s->steps != cell->c->steps || s->cell != cell->cell))
        s = s->next;
    return s;
}

unsigned lca_runner_windows(const struct lca_runner *runner,
                            const struct lca_cell *cell)
{
    return cell->c->windows            ? cell->c->windows
         : runner->options->windows    ? runner->options->windows
         : cell->c->sweep              ? USUAL_WINDOWS
                                       : OTHER_WINDOWS;
}

static struct lca_sweep_wish wish_of(const struct lca_runner *runner,
                                     const struct lca_cell *cell,
                                     const struct lca_hearing *h)
{
    const struct lca_options *o = runner->options;
    struct lca_sweep_wish w = {
        .sweeps = looked_at(runner, cell),
        .windows = lca_runner_windows(runner, cell),
        .depth = cell->c->sweep ? depth_of(o) : 1,
        .all_threads = o->all_threads,
        .full = o->tier == LCA_RUN_FULL && cell->c->sweep,
        .before = runner->swept ? &runner->swept->sweep : NULL,
        .deadline_ms = lca_deadline(h->calibration, h->script, o->timeout_s),
        .stall_ms = (o->stall_s ? o->stall_s : LCA_STALL_S) * 1000,
    };

    if (runner->selection.plan.count)
        w.plan = &runner->selection.plan;
    return w;
}

static struct lca_swept *sweep(struct lca_runner *runner,
                               const struct lca_cell *cell,
                               const struct lca_hearing *h)
{
    struct lca_swept *s = calloc(1, sizeof *s);
    struct lca_sweep_wish wish = wish_of(runner, cell, h);

    if (!s) {
        runner->trouble = lca_fail(LCA_SYSTEM, "no memory for a sweep");
        return NULL;
    }
    s->steps = cell->c->steps;
    s->cell = cell->cell;
    s->next = runner->swept;
    runner->swept = s;
    runner->trouble = lca_sweep_run(runner->pool, h->script, h->calibration,
                                    &wish, &s->sweep);
    return s;
}

struct lca_result lca_runner_sweep_dry(struct lca_runner *runner,
                                       const struct lca_cell *cell,
                                       const struct lca_hearing *h,
                                       struct lca_sweep *sweep)
{
    struct lca_sweep_wish wish = wish_of(runner, cell, h);

    wish.dry = true;
    return lca_sweep_run(runner->pool, h->script, h->calibration, &wish,
                         sweep);
}

void lca_runner_sweeps_free(struct lca_runner *runner)
{
    while (runner->swept) {
        struct lca_swept *s = runner->swept;

        runner->swept = s->next;
        lca_sweep_close(&s->sweep);
        free(s);
    }
}

static const char *ordinal(unsigned n)
{
    return n % 100 / 10 == 1 ? "th"
         : n % 10 == 1       ? "st"
         : n % 10 == 2       ? "nd"
         : n % 10 == 3       ? "rd" : "th";
}

static void print_strike(const struct lca_order *o, struct lca_text *text)
{
    lca_text_print(text, "%s failing (%s) %s the %u%s call%s",
                   lca_faulty[o->call].name, lca_kind_name(o->kind),
                   o->last == UINT32_MAX ? "from" : "at", o->first,
                   ordinal(o->first), o->last == UINT32_MAX ? " on" : "");
    if (o->last != UINT32_MAX && o->last > o->first)
        lca_text_print(text, " and the next %u", o->last - o->first);
}

static void print_place(const struct lca_site *site, const char *subject,
                        struct lca_text *text)
{
    const struct lca_frame *f = &site->frames[0];
    struct lca_text known = { 0 };
    struct lca_symbols symbols;

    if (!site->frame_count)
        return;
    lca_text_print(text, ", from %s+0x%" PRIx64, f->module, f->offset);
    lca_symbols_open(&symbols, subject);
    lca_symbols_describe(&symbols, f->offset - 1, &known);
    lca_symbols_close(&symbols);
    if (known.length > 1)
        lca_text_print(text, " (%.*s)", (int)strcspn(known.bytes + 1, "+ "),
                       known.bytes + 1);
    lca_text_free(&known);
}

void lca_trouble_print(const struct lca_trouble *t, const char *subject,
                       struct lca_text *text)
{
    if (t->rounds) {
        lca_text_print(text, "%s, in %u of %u %s", t->what.text, t->trials,
                       t->rounds, t->walked ? "walks" : "rounds");
        return;
    }
    lca_text_print(text, "with ");
    for (unsigned i = 0; i < t->orders.count; i++) {
        lca_text_print(text, "%s", i ? ", and " : "");
        print_strike(&t->orders.order[i], text);
        if (i < t->record->hit_count && t->record->hits[i].calls)
            print_place(&t->record->hits[i].site, subject, text);
    }
    lca_text_print(text, ": %s", t->what.text);
}

void lca_trouble_plan(const struct lca_trouble *t, struct lca_text *text)
{
    struct lca_plan plan = { .count = t->orders.count };

    if (t->orders.seed)
        lca_text_print(text, "~%u", (unsigned)t->orders.seed);
    if (!plan.count)
        return;
    for (unsigned i = 0; i < plan.count; i++) {
        const struct lca_order *o = &t->orders.order[i];
        struct lca_strike *s = &plan.strikes[i];
        unsigned w = 0;

        while (w < LCA_WINDOW_COUNT && o->windows != 1u << w)
            w++;
        if (w < LCA_WINDOW_COUNT)
            snprintf(s->window, sizeof s->window, "%s", lca_window_name(w));
        snprintf(s->call, sizeof s->call, "%s", lca_faulty[o->call].name);
        snprintf(s->kind, sizeof s->kind, "%s", lca_kind_name(o->kind));
        s->first = o->first;
        s->last = o->last;
    }
    lca_text_print(text, "{");
    lca_plan_print(&plan, text);
    lca_text_print(text, "}");
}

static unsigned struck(const struct lca_sweep *s, unsigned sweeps)
{
    unsigned n = 0;

    for (unsigned i = 0; i < 4; i++)
        n += sweeps >> i & 1 ? s->struck[i] : 0;
    return n;
}

/* Why nothing was to be struck, if that is how it is. */
static struct lca_opinion vacuous(const struct lca_runner *runner,
                                  const struct lca_cell *cell)
{
    if (cell->c->sweep == LCA_SWEEP_PEER && !*runner->options->info.peer)
        return lca_judge_say(LCA_SKIP, "there is no server to hurt: needs "
                             "[peer] in a manifest");
    if (runner->selection.plan.count)
        return lca_judge_say(LCA_SKIP, "vacuous: no call of the subject's was "
                             "there for the fault to strike");
    return lca_judge_say(LCA_SKIP, "vacuous: the subject makes no such call "
                         "there, so none can fail");
}

/* All is well: what happened, for who wants to know. */
static struct lca_opinion note(const struct lca_cell *cell,
                               const struct lca_sweep *s)
{
    const unsigned *n = s->outcomes;
    const char *varies = s->varies ? "; the calls are not the same each time"
                                   : "";
    enum lca_level level = lca_clause_find(cell->c->clause)->level;

    if (level != LCA_MUST && level != LCA_SHOULD)
        return lca_judge_say(LCA_PASS, "%s", "");
    if (n[LCA_OUTCOME_ENDED] + n[LCA_OUTCOME_ALIVE] + n[LCA_OUTCOME_DEAD] == 0)
        return lca_judge_say(LCA_PASS, "%u trials%s", s->played, varies);
    return lca_judge_say(LCA_PASS, "%u trials: %u S_OK, %u refused and alive, "
                         "%u refused and dead%s", s->played,
                         n[LCA_OUTCOME_ENDED], n[LCA_OUTCOME_ALIVE],
                         n[LCA_OUTCOME_DEAD], varies);
}

static struct lca_opinion judge(const struct lca_runner *runner,
                                const struct lca_cell *cell,
                                const struct lca_sweep *s)
{
    unsigned sweeps = cell->c->sweep ? cell->c->sweep : LCA_SWEEP_ALL;
    struct lca_opinion o = { .verdict = LCA_FAIL };
    struct lca_text text = { 0 };

    for (unsigned i = 0; i < s->count; i++) {
        if (!lca_trouble_concerns(&s->troubles[i], cell->c))
            continue;
        lca_trouble_print(&s->troubles[i], runner->options->info.path, &text);
        snprintf(o.text, sizeof o.text, "%s", text.bytes ? text.bytes : "");
        lca_text_free(&text);
        return o;
    }
    if (s->partial)
        return lca_judge_say(LCA_BROKEN, "partial %u/%u: %s", s->played,
                             s->planned, *s->why ? s->why : "the sweep was "
                             "stopped early");
    if (*s->why)
        return lca_judge_say(LCA_SKIP, "no fault was tried: %s", s->why);
    if (s->skipped && !struck(s, sweeps))
        return lca_judge_say(LCA_SKIP, "not played: these calls were seen to "
                             "hang when they fail, which is another "
                             "finding");
    if (!struck(s, sweeps))
        return vacuous(runner, cell);
    return note(cell, s);
}

struct lca_opinion lca_runner_sweep(struct lca_runner *runner,
                                    const struct lca_cell *cell,
                                    const struct lca_hearing *h,
                                    const struct lca_sweep **out)
{
    struct lca_swept *s = find(runner, cell);

    if (!s)
        s = sweep(runner, cell, h);
    if (runner->trouble.code) {
        runner->unrun++;
        return lca_judge_say(LCA_BROKEN, "partial %u/%u: %s",
                             s ? s->sweep.played : 0,
                             s ? s->sweep.planned : 0, runner->trouble.text);
    }
    *out = &s->sweep;
    return judge(runner, cell, &s->sweep);
}
