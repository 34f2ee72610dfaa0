#include "harness/run/run.h"

#include "harness/model/trial.h"
#include "harness/run/describe.h"
#include "harness/run/faulted.h"
#include "harness/run/runner.h"

#include <stdlib.h>

/* One before it has the same steps and arguments: the same sweep. */
static bool told_already(const struct lca_runner *runner, unsigned index)
{
    const struct lca_cell *cell = &runner->selection.cells[index];

    for (unsigned i = 0; i < index; i++) {
        const struct lca_cell *o = &runner->selection.cells[i];

        if (o->c->steps == cell->c->steps && o->cell == cell->cell)
            return true;
    }
    return false;
}

static void tell_site(const struct lca_runner *runner,
                      const struct lca_site *s, struct lca_text *text)
{
    lca_text_print(text, "%s/%s: reached %u time%s, first as its %u. call\n",
                   lca_window_name((enum lca_window)s->window),
                   lca_faulty[s->call].name, s->count,
                   s->count == 1 ? "" : "s", s->first);
    lca_describe_stack(runner->options->info.path, s->frames, s->frame_count,
                       true, text);
}

static bool is_asked_for(const struct lca_runner *runner,
                         const struct lca_cell *cell,
                         const struct lca_site *s)
{
    unsigned windows = lca_runner_windows(runner, cell);

    return windows & 1u << s->window &&
           lca_faulty[s->call].family & runner->options->faults;
}

/* *trials: that a run would make of it. */
static struct lca_result tell_sweep(struct lca_runner *runner, unsigned index,
                                    unsigned *trials, struct lca_text *text)
{
    const struct lca_cell *cell = &runner->selection.cells[index];
    struct lca_hearing h = { .c = cell->c, .script = &runner->script };
    struct lca_sweep sweep = { .planned = 0 };
    struct lca_result r = lca_runner_spell_out(runner, index,
                                               &runner->script);

    if (r.code)
        return r;
    h.calibration = &lca_runner_known(runner, h.script)->known;
    r = lca_runner_sweep_dry(runner, cell, &h, &sweep);
    if (!r.code) {
        lca_text_print(text, "%s", text->length ? "\n" : "");
        lca_trial_name(cell->c, cell->cell, text);
        lca_text_print(text, ": %u trials%s%s\n", sweep.planned,
                       *sweep.why ? ", none: " : "", sweep.why);
        for (unsigned i = 0; i < sweep.plain->site_count; i++)
            if (is_asked_for(runner, cell, &sweep.plain->sites[i]))
                tell_site(runner, &sweep.plain->sites[i], text);
        if (sweep.varies)
            lca_text_print(text, "not the same calls each time: the sweep "
                           "goes on until nothing strikes\n");
        *trials += sweep.planned;
    }
    lca_sweep_close(&sweep);
    return r;
}

struct lca_result lca_run_dry(const struct lca_options *options,
                              struct lca_text *text)
{
    struct lca_runner *runner = calloc(1, sizeof *runner);
    unsigned sweeps = 0, trials = 0, us = 0;
    struct lca_result r;

    if (!runner)
        return lca_fail(LCA_SYSTEM, "no memory for a run");
    runner->options = options;
    r = lca_runner_open(runner);
    for (unsigned i = 0; !r.code && i < runner->selection.count; i++) {
        const struct lca_cell *cell = &runner->selection.cells[i];

        if (!cell->c->sweep || told_already(runner, i))
            continue;
        r = tell_sweep(runner, i, &trials, text);
        us = lca_runner_known(runner, &runner->script)->known.baseline_us;
        sweeps++;
    }
    if (!r.code && sweeps == 0)
        r = lca_fail(LCA_USAGE, "no case with faults is selected: they are "
                     "session/faults/*, and not in the smoke tier");
    if (!r.code)
        lca_text_print(text, "\n%u sweeps, %u trials, about %.0f s with %u "
                       "jobs, if nothing hangs\n", sweeps, trials,
                       (double)trials * us / 1e6 / options->jobs + 0.5,
                       options->jobs);
    lca_runner_close(runner);
    return r;
}
