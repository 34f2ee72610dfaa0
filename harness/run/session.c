#include "harness/run/run.h"

#include "harness/mapi/abi.h"
#include "harness/platform/clock.h"
#include "harness/platform/interrupt.h"
#include "harness/platform/system.h"
#include "harness/run/faulted.h"
#include "harness/run/foreign.h"
#include "harness/run/logon.h"
#include "harness/run/pairs.h"
#include "harness/run/raced.h"
#include "harness/run/runner.h"
#include "reports/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef LCA_VERSION
# define LCA_VERSION "0"
#endif

enum { STATUS_OK = 0, STATUS_FAIL = 1, STATUS_BROKEN = 3 };

/* What each kind of session means, for the kinds that are selected. */
static struct lca_result calibrate(struct lca_runner *runner)
{
    static const struct lca_probes none;
    const struct lca_calibrated *first = NULL;
    bool logged_on = false;
    struct lca_result r = lca_ok();

    for (unsigned i = 0; !r.code && i < runner->selection.count; i++) {
        const struct lca_cell *cell = &runner->selection.cells[i];
        struct lca_calibrated *c;

        r = lca_script_build(cell->c, cell->cell, &none, &runner->script);
        c = lca_runner_known(runner, &runner->script);
        if (!r.code && !c->known.ready && !c->known.lost) {
            r = lca_calibrate(runner->pool, runner->script.kind,
                              runner->script.init, runner->options->timeout_s,
                              c);
            first = first ? first : c;
            logged_on |= !c->known.no_logon;
            if (!r.code && first->known.lost)
                return lca_logon_failed(runner->options, &first->plain);
        }
    }
    if (r.code || logged_on)
        return r;
    return lca_logon_failed(runner->options, &first->plain);
}

/* Where logging on is slow, every pair of arguments has to do. */
static struct lca_result cut(struct lca_runner *runner)
{
    enum { SLOW_US = 50000 };
    unsigned before = runner->selection.count;
    bool slow = false;
    struct lca_result r = lca_ok();

    for (unsigned i = 0; i < LCA_SESSION_KINDS; i++)
        for (unsigned j = 0; j < LCA_INIT_KINDS; j++)
            slow |= runner->known[i][j].known.quickest_us > SLOW_US;
    if (slow && runner->options->tier == LCA_RUN_STANDARD &&
        !runner->options->trial)
        r = lca_pairs_cut(&runner->selection);
    runner->cut = runner->selection.count < before;
    return r;
}

/* Seconds: a plain trial for each time that a cell logs on. */
static double estimate(struct lca_runner *runner)
{
    double us = 0;

    for (unsigned i = 0; i < runner->selection.count; i++) {
        const struct lca_script *s = &runner->script;
        unsigned deadline;

        if (lca_runner_source(runner, i, &runner->script, &deadline))
            us += (double)lca_runner_known(runner, s)->known.baseline_us *
                  (s->logons ? s->logons : 1);
    }
    return us / 1e6 / runner->options->jobs;
}

static struct lca_result open_outputs(struct lca_runner *runner)
{
    static const char *const tiers[] = { "smoke", "standard", "full" };
    const struct lca_options *o = runner->options;
    char hostname[256], stamp[32], tier[64];
    struct lca_run_info info = {
        .subject = o->subject, .abi = lca_abi_name(o->info.abi),
        .tier = tier,
        .profile = o->profile == LCA_STRICT ? "strict" : "documented",
        .host = o->host ? o->host : "lastcall-host", .version = LCA_VERSION,
        .hostname = hostname, .timestamp = stamp, .jobs = o->jobs,
        .planned = runner->selection.count,
        .estimate = runner->trouble.code ? 0 : estimate(runner),
    };
    struct lca_result r = lca_ok();

    snprintf(tier, sizeof tier, "%s%s", tiers[o->tier],
             runner->cut ? ", arguments cut to all pairs" : "");
    lca_system_hostname(hostname, sizeof hostname);
    lca_clock_stamp(stamp, sizeof stamp);
    for (unsigned i = 0; !r.code && i < runner->output_count; i++) {
        struct lca_output *out = &runner->outputs[i];

        out->state = NULL;
        r = out->writer->open(out->path, &info, &out->state);
    }
    if (r.code)
        r.code = LCA_USAGE;     /* another path has to be given */
    return r;
}

/* Old reports go first, so that no failure at the door leaves one there. */
static struct lca_result prepare_outputs(struct lca_runner *runner)
{
    struct lca_result r = lca_ok();

    for (unsigned i = 0; !r.code && i < runner->output_count; i++)
        if (*runner->outputs[i].path)
            r = lca_output_prepare(runner->outputs[i].path);
    if (r.code)
        r.code = LCA_USAGE;     /* another path has to be given */
    return r;
}

static struct lca_result close_outputs(struct lca_runner *runner,
                                       const struct lca_summary *summary)
{
    struct lca_result all = lca_ok();

    for (unsigned i = 0; i < runner->output_count; i++) {
        struct lca_output *out = &runner->outputs[i];
        struct lca_result r = lca_ok();

        if (out->state)
            r = out->writer->close(out->state, summary);
        all = all.code ? all : r;
        out->state = NULL;
    }
    return all;
}

static int status_of(const struct lca_runner *runner)
{
    if (runner->count[LCA_FAIL])
        return STATUS_FAIL;
    if (runner->count[LCA_BROKEN] || runner->findings.failed ||
        lca_findings_undecided(&runner->findings, "SES-001") ||
        lca_findings_undecided(&runner->findings, "POST-002"))
        return STATUS_BROKEN;
    return STATUS_OK;
}

static struct lca_result summarize(struct lca_runner *runner, uint64_t from,
                                   int *status)
{
    struct lca_summary s = {
        .planned = runner->selection.count,
        .unrun = runner->unrun + runner->selection.count - runner->told,
        .trouble = runner->trouble.text,
        .trials = runner->pool ? lca_pool_trials(runner->pool) : 0,
        .seconds = (double)(lca_clock_us() - from) / 1e6,
    };

    *status = s.status = status_of(runner);
    lca_findings_sort(&runner->findings);
    memcpy(s.count, runner->count, sizeof s.count);
    s.coverage = lca_findings_coverage(&runner->findings);
    s.findings = runner->findings.rows;
    s.finding_count = runner->findings.count;
    if (runner->pool)
        s.foreign_count = lca_foreign_tell(lca_pool_foreign(runner->pool),
                                           runner->options->info.path,
                                           &s.foreign);
    return close_outputs(runner, &s);
}

struct lca_result lca_runner_open(struct lca_runner *runner)
{
    struct lca_result r = lca_select(runner->options, &runner->selection);

    if (!r.code)
        r = lca_findings_open(&runner->findings);
    if (!r.code)
        r = lca_pool_open(runner->options, &runner->pool);
    if (!r.code)
        r = calibrate(runner);
    return r.code ? r : cut(runner);
}

void lca_runner_close(struct lca_runner *runner)
{
    for (unsigned i = 0; i < LCA_SESSION_KINDS; i++)
        for (unsigned j = 0; j < LCA_INIT_KINDS; j++)
            lca_calibrated_free(&runner->known[i][j]);
    lca_runner_sweeps_free(runner);
    lca_runner_race_free(runner);
    lca_pool_close(runner->pool);
    lca_findings_close(&runner->findings);
    lca_selection_free(&runner->selection);
    free(runner);
}

struct lca_result lca_run(const struct lca_options *options,
                          struct lca_output *outputs, unsigned count,
                          int *status)
{
    struct lca_runner *runner = calloc(1, sizeof *runner);
    uint64_t from = lca_clock_us();
    struct lca_result r, written;

    if (!runner)
        return lca_fail(LCA_SYSTEM, "no memory for a run");
    runner->options = options;
    runner->outputs = outputs;
    runner->output_count = count;
    runner->ahead = true;
    lca_interrupt_watch();
    r = prepare_outputs(runner);
    if (!r.code)
        r = lca_runner_open(runner);
    if ((r.code == LCA_STOPPED || r.code == LCA_GONE) &&
        runner->selection.count) {
        runner->trouble = r;    /* the reports say so, for each cell */
        r = lca_ok();
    }
    if (!r.code)
        r = open_outputs(runner);
    if (!r.code) {
        if (runner->pool)
            lca_pool_start(runner->pool, runner->selection.count,
                           lca_runner_source, runner);
        r = lca_registry_run(runner);
        if (r.code)             /* CUnit's: the rest was not even told */
            runner->trouble = r;
        r = runner->trouble;
        written = summarize(runner, from, status);
        r = r.code ? r : written;
    } else {
        close_outputs(runner, NULL);
    }
    lca_runner_close(runner);
    return r;
}

struct lca_result lca_run_console(const struct lca_options *options)
{
    struct lca_runner *runner = calloc(1, sizeof *runner);
    struct lca_result r;

    if (!runner)
        return lca_fail(LCA_SYSTEM, "no memory for a run");
    runner->options = options;
    r = lca_runner_open(runner);
    if (!r.code)
        r = lca_registry_console(runner);
    if (!r.code)
        r = runner->trouble;
    lca_runner_close(runner);
    return r;
}
