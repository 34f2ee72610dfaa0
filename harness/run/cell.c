#include "harness/run/runner.h"

#include "harness/mapi/code.h"
#include "harness/model/trial.h"
#include "harness/oracle/judge.h"
#include "cases/catalogue.h"
#include "harness/platform/clock.h"
#include "harness/platform/interrupt.h"
#include "harness/run/faulted.h"
#include "harness/run/cover.h"
#include "harness/run/raced.h"
#include "harness/run/tell.h"
#include "harness/run/walked.h"


enum { HANGS_ENOUGH = 3, ROUNDS_ENOUGH = 60 };

struct lca_calibrated *lca_runner_known(struct lca_runner *runner,
                                        const struct lca_script *script)
{
    return &runner->known[script->kind][script->init];
}

/* A step at a place that hung three times: not played any more. */
static const struct lca_step *hanging(const struct lca_runner *runner,
                                      const struct lca_script *script)
{
    for (unsigned i = 0; i < script->count; i++)
        if (lca_pool_hangs(runner->pool, &script->steps[i]) >= HANGS_ENOUGH)
            return &script->steps[i];
    return NULL;
}

static bool forbidden(const struct lca_runner *runner,
                      const struct lca_script *script)
{
    return script->destructive &&
           !(runner->options->allow & LCA_ALLOW_SHARED_LOGOFF);
}

/*
 * What waits for a client that is gone or stands still may wait as long as
 * for a server that does not answer, when it is looked at again.
 */
static unsigned deadline_of(struct lca_runner *runner,
                            const struct lca_script *script)
{
    const struct lca_options *o = runner->options;
    unsigned ms = lca_deadline(&lca_runner_known(runner, script)->known,
                               script, o->timeout_s);
    unsigned stall = (o->stall_s ? o->stall_s : LCA_STALL_S) * 1000;
    bool struck = false;

    for (unsigned i = 0; i < script->count; i++)
        struck |= lca_op_strikes(script->steps[i].op);
    return struck && !o->timeout_s && lca_second_look(ms) < stall
           ? lca_second_look_of(stall) : ms;
}

/* A cell's script is built with the probes of its kind of session. */
struct lca_result lca_runner_spell_out(struct lca_runner *runner,
                                       unsigned index,
                                       struct lca_script *script)
{
    static const struct lca_probes none;
    const struct lca_cell *cell = &runner->selection.cells[index];
    struct lca_result r = lca_script_build(cell->c, cell->cell, &none,
                                           script);

    if (r.code || cell->c->need != LCA_NEEDS_PROBES)
        return r;
    return lca_script_build(cell->c, cell->cell,
                            &lca_runner_known(runner, script)->known.probes,
                            script);
}

/* Residue is not seen by those who do not watch for it. */
static bool unseen(const struct lca_runner *runner,
                   const struct lca_script *script)
{
    bool counted = false;

    for (unsigned i = 0; i < script->count; i++)
        counted |= script->steps[i].op == LCA_CENSUS ||
                   script->steps[i].want == LCA_WANT_UNLOCKED;
    return counted && runner->options->info.watch == LCA_WATCH_NONE;
}

static bool playable(struct lca_runner *runner, unsigned index,
                     const struct lca_script *script)
{
    const struct lca_case *c = runner->selection.cells[index].c;
    struct lca_calibrated *known = lca_runner_known(runner, script);
    const struct lca_calibration *k = &known->known;

    return !c->recorded && !c->raced && !k->lost &&
           !lca_cover_is_random(c, runner->selection.cells[index].cell) &&
           (!c->machine || lca_walk_asks(script)) &&
           !lca_runner_is_faulted(runner, &runner->selection.cells[index]) &&
           !forbidden(runner, script) &&
           !unseen(runner, script) && !k->no_logon &&
           !(c->need == LCA_NEEDS_PROBES && !k->probes.count) &&
           !hanging(runner, script);
}

/* Spells the cell out; false: it is not to be played. */
static bool stage(struct lca_runner *runner, unsigned index,
                  struct lca_script *script, unsigned *deadline_ms)
{
    struct lca_result r = lca_runner_spell_out(runner, index, script);

    if (r.code) {
        runner->trouble = r;
        return false;
    }
    *deadline_ms = deadline_of(runner, script);
    return playable(runner, index, script);
}

/* What is played alone waits for its turn. */
bool lca_runner_source(void *context, unsigned index,
                       struct lca_script *script, unsigned *deadline_ms)
{
    struct lca_runner *runner = context;

    return stage(runner, index, script, deadline_ms) &&
           !runner->selection.cells[index].c->alone;
}

/* Servers limit sessions: a logon that worked before is tried again. */
static bool refused_logon(const struct lca_script *s,
                          const struct lca_record *r)
{
    for (unsigned i = 0; i < s->count && i < r->count; i++)
        if (s->steps[i].op == LCA_LOGON &&
            s->steps[i].want == LCA_WANT_SETUP &&
            !(r->answers[i].marks & LCA_NOT_PLAYED) &&
            r->answers[i].successes < r->answers[i].calls)
            return true;
    return false;
}

struct lca_result lca_runner_retry_logon(struct lca_runner *runner,
                                         const struct lca_script *script,
                                         const struct lca_record **record)
{
    static const unsigned pauses[] = { 50, 200, 800 };
    unsigned deadline = deadline_of(runner, script);
    struct lca_result r = lca_ok();

    for (unsigned i = 0; !r.code && i < 3 && refused_logon(script, *record);
         i++) {
        lca_clock_sleep(pauses[i]);
        r = lca_pool_play(runner->pool, script, deadline, &runner->record);
        *record = &runner->record;
    }
    return r;
}

/* The record of a cell: of the pool, of the calibration, or played now. */
static struct lca_result fetch(struct lca_runner *runner, unsigned index,
                               const struct lca_script **script,
                               const struct lca_record **record)
{
    const struct lca_case *c = runner->selection.cells[index].c;
    struct lca_result r = lca_ok();
    unsigned deadline;

    *script = NULL;
    *record = NULL;
    if (runner->ahead)
        r = lca_pool_take(runner->pool, script, record);
    if (r.code || *record)
        return r;
    r = lca_runner_spell_out(runner, index, &runner->script);
    *script = &runner->script;
    if (r.code)
        return r;
    if (c->recorded) {
        int call = 0;

        while (runner->script.steps[call].op != LCA_CALL)
            call++;
        *record = &lca_runner_known(runner, *script)
                       ->dead[runner->script.steps[call].method];
    } else if ((!runner->ahead || c->alone) &&
               stage(runner, index, &runner->script, &deadline)) {
        r = lca_pool_play(runner->pool, *script, deadline, &runner->record);
        *record = &runner->record;
    }
    return r;
}

/* Why a cell was not played, without a record; PASS: it can be. */
static struct lca_opinion excuse(struct lca_runner *runner,
                                 const struct lca_hearing *h, bool random)
{
    const struct lca_step *step = hanging(runner, h->script);
    struct lca_opinion o;

    if (forbidden(runner, h->script))
        return lca_judge_say(LCA_SKIP, "MAPI_LOGOFF_SHARED on a session that "
                             "others may share: needs --allow shared-logoff");
    if (unseen(runner, h->script))
        return lca_judge_say(LCA_SKIP, "what is left behind is not looked "
                             "for: needs --watch residue");
    if (lca_runner_known(runner, h->script)->known.lost)
        return lca_judge_say(LCA_BROKEN, "not played: the plain trial of this "
                             "kind of session was lost");
    if (step)
        return lca_judge_say(LCA_SKIP, "not played: %s was seen to hang "
                             "three times", lca_judge_call(step));
    o = lca_judge_unmet(h);
    if (o.verdict == LCA_PASS && h->c->machine && !random &&
        !lca_walk_asks(h->script))
        return lca_judge_say(LCA_SKIP, "vacuous: this walk comes to nothing "
                             "that the case judges");
    return o;
}

/*
 * Of a case that passed, an empty sweep takes nothing away; and hundreds of
 * rounds, in which nothing is new, are not swept.
 */
static struct lca_opinion sweep_it(struct lca_runner *runner,
                                   const struct lca_cell *cell,
                                   struct lca_hearing *h,
                                   const struct lca_sweep **sweep)
{
    struct lca_opinion o, passed = { .verdict = LCA_PASS };
    bool beside = !lca_runner_is_faulted(runner, cell);

    if (beside && h->script->weight > ROUNDS_ENOUGH)
        return passed;
    runner->script = *h->script;        /* the pool's goes with its batch */
    h->script = &runner->script;
    o = lca_runner_sweep(runner, cell, h, sweep);
    if (beside && o.verdict < LCA_BROKEN) {
        *sweep = NULL;
        return passed;
    }
    h->record = NULL;
    return o;
}

struct lca_opinion lca_runner_cell(struct lca_runner *runner, unsigned index)
{
    const struct lca_cell *cell = &runner->selection.cells[index];
    struct lca_hearing h = { .c = cell->c };
    const struct lca_sweep *sweep = NULL;
    bool random = lca_cover_is_random(cell->c, cell->cell);
    struct lca_opinion opinion;

    if (!runner->trouble.code)
        runner->trouble = lca_interrupted();
    if (!runner->trouble.code)
        runner->trouble = fetch(runner, index, &h.script, &h.record);
    if (!runner->trouble.code && h.record && !cell->c->recorded)
        runner->trouble = lca_runner_retry_logon(runner, h.script, &h.record);
    if (runner->trouble.code) {
        h.record = NULL;
        runner->unrun++;
        opinion = lca_judge_say(LCA_BROKEN, "not run: %s",
                                runner->trouble.text);
        return lca_runner_tell(runner, cell, &h, NULL, opinion);
    }
    h.calibration = &lca_runner_known(runner, h.script)->known;
    opinion = h.record ? lca_judge(&h) : excuse(runner, &h, random);
    if (opinion.verdict == LCA_PASS &&
        (lca_runner_is_faulted(runner, cell) ||
         lca_runner_is_swept_too(runner, cell)))
        opinion = sweep_it(runner, cell, &h, &sweep);
    else if (opinion.verdict == LCA_PASS && cell->c->raced)
        opinion = lca_runner_race(runner, cell, &h, &sweep);
    else if (opinion.verdict == LCA_PASS && random)
        opinion = lca_runner_walk(runner, cell, &h, &sweep);
    return lca_runner_tell(runner, cell, &h, sweep, opinion);
}
