#include "harness/run/tell.h"

#include "harness/model/trial.h"
#include "harness/oracle/judge.h"
#include "cases/catalogue.h"
#include "harness/run/cores.h"
#include "harness/run/describe.h"
#include "harness/run/faulted.h"
#include "harness/run/walked.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What it printed; what was too much of it; and what it left running. */
static void quote_said(const struct lca_record *r, struct lca_text *said)
{
    if (r->said_length)
        lca_text_clean(said, r->said, r->said_length);
    if (r->unsaid)
        lca_text_print(said, "\nlastcall: %" PRIu64 " more bytes were "
                       "printed\n", r->unsaid);
    if (r->orphans)
        lca_text_print(said, "lastcall: %u processes were left behind, and "
                       "ended\n", (unsigned)r->orphans);
}

/* What is told of a cell, in words; empty for want of memory. */
enum words { TRIAL, CLASSNAME, BODY, REPEAT, SAID, WORDS };

static const char *bytes(const struct lca_text *text)
{
    return text->bytes ? text->bytes : "";
}

static void name(const struct lca_cell *cell, const struct lca_trouble *t,
                 struct lca_text *text)
{
    lca_trial_name(cell->c, t->walked ? t->walked->cell : cell->cell, text);
    lca_trouble_plan(t, text);
}

static void repeat(const struct lca_runner *runner,
                   const struct lca_cell *cell, const struct lca_trouble *t,
                   struct lca_text *text)
{
    struct lca_text trial = { 0 };

    name(cell, t, &trial);
    lca_describe_repeat(runner->options, bytes(&trial), text);
    text->failed |= trial.failed;
    lca_text_free(&trial);
}

static void keep_core(const struct lca_runner *runner,
                      const struct lca_cell *cell,
                      const struct lca_trouble *t, struct lca_text *body)
{
    struct lca_text trial = { 0 };

    name(cell, t, &trial);
    lca_cores_keep(lca_pool_cores(runner->pool), t->record, bytes(&trial),
                   body);
    body->failed |= trial.failed;
    lca_text_free(&trial);
}

/* Of each trouble: what it is, the trial, the command; then the clause. */
static void describe_sweep(const struct lca_runner *runner,
                           const struct lca_cell *cell,
                           const struct lca_clause *clause,
                           const struct lca_sweep *s, struct lca_text *body)
{
    const char *path = runner->options->info.path;
    unsigned count = 0;

    for (unsigned i = 0; i < s->count; i++)
        count += lca_trouble_concerns(&s->troubles[i], cell->c);
    lca_text_print(body, "%u trials, %u findings%s\n", s->played, count,
                   s->varies ? "; the calls are not the same each time" : "");
    for (unsigned i = 0; i < s->count; i++) {
        const struct lca_trouble *t = &s->troubles[i];
        struct lca_script script = t->walked ? t->walked->script : s->script;

        if (!lca_trouble_concerns(t, cell->c))
            continue;
        script.orders = t->orders;
        lca_text_print(body, "\n");
        lca_trouble_print(t, path, body);
        lca_text_print(body, " (%u trials)\n", t->trials);
        lca_describe(path, NULL, &script, t->record, body);
        keep_core(runner, cell, t, body);
        if (t->walked)
            lca_walked_describe(path, t->walked, body);
        repeat(runner, cell, t, body);
        lca_text_print(body, "\n");
    }
    lca_text_print(body, "\n");
    lca_describe_clause(clause, body);
}

/* What a process holds is told though nothing is wrong with it (RSD-010). */
static bool is_for_the_record(const struct lca_clause *clause,
                              const struct lca_record *r)
{
    return clause->level == LCA_INFO && (r->thing_count || r->held_count);
}

static bool find_words(const struct lca_runner *runner,
                       const struct lca_cell *cell,
                       const struct lca_hearing *h,
                       const struct lca_sweep *sweep, bool finding,
                       struct lca_text *words)
{
    const struct lca_clause *clause = lca_clause_find(cell->c->clause);
    bool failed = false;

    lca_trial_name(cell->c, cell->cell, &words[TRIAL]);
    if (runner->selection.plan.count) {
        lca_text_print(&words[TRIAL], "{");
        lca_plan_print(&runner->selection.plan, &words[TRIAL]);
        lca_text_print(&words[TRIAL], "}");
    }
    if (runner->selection.seed)
        lca_text_print(&words[TRIAL], "~%u",
                       (unsigned)runner->selection.seed);
    lca_text_print(&words[CLASSNAME], "session.%s", clause->id);
    if (h->record && (finding || is_for_the_record(clause, h->record)))
        lca_describe(runner->options->info.path, clause, h->script,
                     h->record, &words[BODY]);
    if (h->record && finding)
        lca_cores_keep(lca_pool_cores(runner->pool), h->record,
                       bytes(&words[TRIAL]), &words[BODY]);
    if (finding && sweep)
        describe_sweep(runner, cell, clause, sweep, &words[BODY]);
    if (finding)
        lca_describe_repeat(runner->options, bytes(&words[TRIAL]),
                            &words[REPEAT]);
    if (h->record)
        quote_said(h->record, &words[SAID]);
    for (unsigned i = 0; i < WORDS; i++)
        failed |= words[i].failed;
    return !failed;
}

static void lack_memory(struct lca_runner *runner, const char *what)
{
    if (!runner->trouble.code)
        runner->trouble = lca_fail(LCA_SYSTEM, "no memory for %s", what);
}

/* A finding for each; false: it has none, or they are no findings. */
static bool add_troubles(struct lca_runner *runner,
                         const struct lca_cell *cell,
                         const struct lca_sweep *s, const struct lca_event *e)
{
    bool any = false;

    for (unsigned i = 0; e->opinion.verdict == LCA_FAIL && i < s->count;
         i++) {
        const struct lca_trouble *t = &s->troubles[i];
        struct lca_text text = { 0 }, trial = { 0 }, command = { 0 };
        struct lca_event one = *e;

        if (!lca_trouble_concerns(t, cell->c))
            continue;
        lca_trouble_print(t, runner->options->info.path, &text);
        name(cell, t, &trial);
        repeat(runner, cell, t, &command);
        snprintf(one.opinion.text, sizeof one.opinion.text, "%s",
                 bytes(&text));
        one.trial = bytes(&trial);
        one.repeat = bytes(&command);
        lca_findings_add(&runner->findings, &one, t->trials);
        runner->findings.failed |= text.failed | trial.failed |
                                   command.failed;
        lca_text_free(&text);
        lca_text_free(&trial);
        lca_text_free(&command);
        any = true;
    }
    return any;
}

struct lca_opinion lca_runner_tell(struct lca_runner *runner,
                                   const struct lca_cell *cell,
                                   const struct lca_hearing *h,
                                   const struct lca_sweep *sweep,
                                   struct lca_opinion opinion)
{
    struct lca_text words[WORDS] = { { 0 } };
    const struct lca_clause *clause = lca_clause_find(cell->c->clause);
    struct lca_event e = {
        .number = ++runner->told, .chapter = cell->chapter->name,
        .clause = clause, .title = cell->c->title,
        .opinion = lca_mercy(clause->level, runner->options->profile,
                             &opinion),
        .us = h->record ? h->record->us : 0,
    };

    if (!find_words(runner, cell, h, sweep,
                    e.opinion.verdict >= LCA_BROKEN, words)) {
        lack_memory(runner, "what is told of a cell");
        if (e.opinion.verdict < LCA_BROKEN)
            e.opinion = lca_judge_say(LCA_BROKEN, "%s", runner->trouble.text);
    }
    e.trial = words[TRIAL].failed ? cell->c->id : bytes(&words[TRIAL]);
    e.name = strncmp(e.trial, "session/", 8) ? e.trial : e.trial + 8;
    e.classname = bytes(&words[CLASSNAME]);
    e.body = bytes(&words[BODY]);
    e.repeat = bytes(&words[REPEAT]);
    e.said = bytes(&words[SAID]);
    runner->count[e.opinion.verdict]++;
    if (!sweep || !add_troubles(runner, cell, sweep, &e))
        lca_findings_add(&runner->findings, &e, 1);
    if (runner->findings.failed)
        lack_memory(runner, "findings");
    for (unsigned i = 0; i < runner->output_count; i++)
        runner->outputs[i].writer->event(runner->outputs[i].state, &e);
    for (unsigned i = 0; i < WORDS; i++)
        lca_text_free(&words[i]);
    return e.opinion;
}
