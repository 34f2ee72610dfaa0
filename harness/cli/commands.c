#include "harness/cli/commands.h"

#include "cases/catalogue.h"
#include "harness/model/trial.h"
#include "harness/run/select.h"

#include <stdio.h>
#include <string.h>

struct lca_result lca_command_list(struct lca_arguments *a)
{
    struct lca_selection s;
    struct lca_text name = { 0 };
    struct lca_result r = lca_select(&a->options, &s);

    for (unsigned i = 0; !r.code && i < s.count; i++) {
        lca_text_clear(&name);
        lca_trial_name(s.cells[i].c, s.cells[i].cell, &name);
        if (name.failed || puts(name.bytes) == EOF)
            r = lca_fail(LCA_SYSTEM, "the list cannot be written");
    }
    lca_text_free(&name);
    lca_selection_free(&s);
    return r;
}

static void explain_case(const struct lca_case *c)
{
    struct lca_text text = { 0 };

    printf("%s\n  %s\n  clause %s, %u cells%s\n", c->id, c->title, c->clause,
           lca_matrix_size(c->axes),
           c->tier == LCA_FULL ? ", in the full tier alone" : "");
    for (const struct lca_axis *axis = c->axes; axis && axis->name; axis++) {
        printf("  %s:", axis->name);
        for (unsigned i = 0; i < axis->count; i++)
            printf(" %s", axis->values[i].label);
        printf("\n");
    }
    for (const struct lca_step *s = c->steps; s->op != LCA_END; s++) {
        lca_text_clear(&text);
        if (s->op == LCA_CALL && s->method == LCA_NO_METHOD)
            lca_text_print(&text, "the method of the cell");
        else
            lca_step_describe(s, &text);
        printf("  - %s\n", text.bytes ? text.bytes : "");
    }
    lca_text_free(&text);
}

static void explain_clause(const struct lca_clause *clause)
{
    bool tested = false;

    printf("%s (%s)\n%s\nsource: %s\n", clause->id,
           lca_level_name(clause->level), clause->statement, clause->source);
    for (const struct lca_chapter *const *chapter = lca_chapters; *chapter;
         chapter++)
        for (const struct lca_case *c = (*chapter)->cases; c->id; c++)
            if (strcmp(c->clause, clause->id) == 0) {
                printf("%s", tested ? "" : "tested by:\n");
                explain_case(c);
                tested = true;
            }
    if (!tested)
        printf("%s\n", clause->reason);
}

struct lca_result lca_command_explain(struct lca_arguments *a)
{
    const char *word = a->word_count ? a->words[0] : "";
    const struct lca_clause *clause = lca_clause_find(word);
    struct lca_trial trial;
    const struct lca_case *c = NULL;

    if (clause) {
        explain_clause(clause);
        return lca_ok();
    }
    if (!lca_trial_parse(word, &trial).code)
        c = lca_case_find(trial.id);
    if (!c)
        return lca_fail(LCA_USAGE, "there is no clause and no case '%s' (try "
                        "POST-002 or session/logoff/plain)", word);
    explain_case(c);
    explain_clause(lca_clause_find(c->clause));
    return lca_ok();
}

struct lca_result lca_command_help(struct lca_arguments *a)
{
    (void)a;
    printf("usage: lastcall COMMAND [option]... [SUBJECT]\n\n"
           "  run SUBJECT          judge a MAPI library, or a manifest "
           "(.ini)\n"
           "  list                 the trials that run would run\n"
           "  explain CLAUSE|CASE  what is asked, where it is written\n"
           "  console SUBJECT      CUnit's console on the same trials\n"
           "  help, version\n"
           "  doctor SUBJECT       not yet\n\n");
    lca_arguments_help(stdout);
    printf("\nexit status: 0 all is well; 1 something failed; 2 usage, or "
           "the subject\ncannot be opened or logged on to; 3 broken, "
           "unfinished or undecided\n");
    return lca_ok();
}
