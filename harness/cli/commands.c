#include "harness/cli/commands.h"

#include "cases/catalogue.h"
#include "harness/cli/nearest.h"
#include "harness/cli/wrap.h"
#include "harness/model/trial.h"
#include "harness/run/learn.h"
#include "harness/run/select.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STDOUT = 1, USUAL = 80 };

/* The graph for a program, and a line beside it for who waits. */
struct lca_result lca_command_learn(struct lca_arguments *a, int *status)
{
    struct lca_learnt *learnt = calloc(1, sizeof *learnt);
    struct lca_text graph = { 0 }, line = { 0 };
    struct lca_result r = lca_fail(LCA_SYSTEM, "no memory for a machine");

    if (learnt)
        r = lca_learn(&a->options, learnt);
    if (!r.code) {
        const char *slash = strrchr(a->options.subject, '/');

        lca_learnt_draw(learnt, slash ? slash + 1 : a->options.subject,
                        &graph);
        lca_learnt_print(learnt, &line);
        if (graph.failed || line.failed)
            r = lca_fail(LCA_SYSTEM, "no memory for a graph");
    }
    if (!r.code) {
        fputs(graph.bytes, stdout);
        fputs(line.bytes, stderr);
        *status = learnt->broken != 0;
    }
    lca_text_free(&graph);
    lca_text_free(&line);
    free(learnt);
    return r;
}

/* The dry run: what --faults would make fail in this SUBJECT. */
static struct lca_result list_places(struct lca_arguments *a)
{
    struct lca_text text = { 0 };
    struct lca_result r = lca_run_dry(&a->options, &text);

    if (!r.code && text.failed)
        r = lca_fail(LCA_SYSTEM, "no memory for a list");
    if (!r.code && text.bytes)
        fputs(text.bytes, stdout);
    lca_text_free(&text);
    return r;
}

/* With a SUBJECT that could not be judged there is nothing to list. */
struct lca_result lca_command_list(struct lca_arguments *a)
{
    struct lca_selection s = { 0 };
    struct lca_text name = { 0 };
    struct lca_result r = lca_ok();

    if (a->word_count)
        r = lca_arguments_subject(a, a->words[0]);
    if (!r.code && a->word_count && lca_arguments_given(a, "faults"))
        return list_places(a);
    if (!r.code)
        r = lca_select(&a->options, &s);
    for (unsigned i = 0; !r.code && i < s.count; i++) {
        lca_text_clear(&name);
        lca_trial_name(s.cells[i].c, s.cells[i].cell, &name);
        if (name.failed)
            r = lca_fail(LCA_SYSTEM, "no memory for a name");
        else if (puts(name.bytes) == EOF)
            break;              /* main tells why */
    }
    lca_text_free(&name);
    lca_selection_free(&s);
    return r;
}

static void line(unsigned indent, struct lca_text *text)
{
    struct lca_wrap wrap = { .out = stdout, .indent = indent,
                             .width = lca_wrap_width(STDOUT, USUAL) };

    lca_wrap_line(&wrap, text->bytes ? text->bytes : "");
    lca_text_clear(text);
}

static void explain_case(const struct lca_case *c)
{
    struct lca_text text = { 0 };

    printf("%s\n", c->id);
    lca_text_print(&text, "  %s", c->title);
    line(2, &text);
    lca_text_print(&text, "  clause %s, %u cells%s", c->clause,
                   lca_matrix_size(c->axes),
                   c->tier == LCA_FULL ? ", in the full tier alone" : "");
    line(2, &text);
    for (const struct lca_axis *axis = c->axes; axis && axis->name; axis++) {
        lca_text_print(&text, "  %s:", axis->name);
        for (unsigned i = 0; i < axis->count; i++)
            lca_text_print(&text, " %s", axis->values[i].label);
        line(4, &text);
    }
    for (const struct lca_step *s = c->steps; s->op != LCA_END; s++) {
        lca_text_print(&text, "  - ");
        if (s->op == LCA_CALL && s->method == LCA_NO_METHOD)
            lca_text_print(&text, "the method of the cell");
        else
            lca_step_describe(s, &text);
        line(4, &text);
    }
    lca_text_free(&text);
}

static void explain_clause(const struct lca_clause *clause)
{
    struct lca_text text = { 0 };
    bool tested = false;

    printf("%s (%s)\n", clause->id, lca_level_name(clause->level));
    lca_text_print(&text, "%s", clause->statement);
    line(0, &text);
    lca_text_print(&text, "source: %s", clause->source);
    line(2, &text);
    for (const struct lca_chapter *const *chapter = lca_chapters; *chapter;
         chapter++)
        for (const struct lca_case *c = (*chapter)->cases; c->id; c++)
            if (strcmp(c->clause, clause->id) == 0) {
                printf("%s", tested ? "" : "tested by:\n");
                explain_case(c);
                tested = true;
            }
    lca_text_print(&text, "%s", tested ? "" : clause->reason);
    if (!tested)
        line(0, &text);
    lca_text_free(&text);
}

/* As people type it: in any case. */
static const struct lca_clause *clause_of(const char *word)
{
    for (size_t i = 0; i < LCA_CLAUSES; i++)
        if (lca_same_word(lca_clauses[i].id, word))
            return &lca_clauses[i];
    return NULL;
}

static struct lca_result unknown(const char *word)
{
    struct lca_nearest near = { .word = word };

    for (size_t i = 0; i < LCA_CLAUSES; i++)
        lca_nearest_try(&near, lca_clauses[i].id);
    for (const struct lca_chapter *const *chapter = lca_chapters; *chapter;
         chapter++)
        for (const struct lca_case *c = (*chapter)->cases; c->id; c++)
            lca_nearest_try(&near, c->id);
    return lca_fail(LCA_USAGE, "there is no clause and no case '%.200s' (%s)",
                    word, lca_nearest_hint(&near, "try POST-002 or "
                                           "session/logoff/plain; lastcall "
                                           "list has the cases"));
}

struct lca_result lca_command_explain(struct lca_arguments *a)
{
    static const char surface[] = "session.";   /* in JUnit's classnames */
    const char *word = a->words[0];
    const struct lca_case *c = NULL;
    const struct lca_clause *clause;
    struct lca_trial trial;

    if (strncmp(word, surface, sizeof surface - 1) == 0)
        word += sizeof surface - 1;
    clause = clause_of(word);
    if (clause) {
        explain_clause(clause);
        return lca_ok();
    }
    if (!lca_trial_parse(word, &trial).code)
        c = lca_case_find(trial.id);
    if (!c)
        return unknown(word);
    explain_case(c);
    explain_clause(lca_clause_find(c->clause));
    return lca_ok();
}
