#include "harness/selftest/catalogue_matrix.h"
#include "harness/selftest/catalogue_measures.h"
#include "harness/selftest/suites.h"

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/model/script.h"
#include "harness/model/trial.h"
#include "harness/run/select.h"

#include <stdio.h>
#include <string.h>

/* What is asked of each case, with its chapter. */
typedef void visit(const struct lca_chapter *chapter,
                   const struct lca_case *c);

static void each_case(visit *look)
{
    for (unsigned i = 0; lca_chapters[i]; i++)
        for (const struct lca_case *c = lca_chapters[i]->cases; c->id; c++)
            look(lca_chapters[i], c);
}

/* The most probes there can be: no script is longer than with these. */
static struct lca_probes all_probes(void)
{
    struct lca_probes p = { 0 };

    for (unsigned i = 0; i < LCA_COUNT_method; i++)
        p.methods[p.count++] = lca_values_method[i].value;
    return p;
}

static void look_at_names(const struct lca_chapter *chapter,
                          const struct lca_case *c)
{
    size_t length = strlen(chapter->name);
    unsigned others = 0;

    CU_ASSERT(strncmp(c->id, chapter->name, length) == 0);
    CU_ASSERT_EQUAL(c->id[length], '/');
    CU_ASSERT(strlen(c->id) > length + 1);
    CU_ASSERT_EQUAL(strspn(c->id, "abcdefghijklmnopqrstuvwxyz0123456789-/"),
                    strlen(c->id));
    CU_ASSERT(c->title && *c->title);
    for (unsigned i = 0; lca_chapters[i]; i++)
        for (const struct lca_case *o = lca_chapters[i]->cases; o->id; o++)
            others += strcmp(o->id, c->id) == 0;
    CU_ASSERT_EQUAL(others, 1);
    CU_ASSERT_PTR_EQUAL(lca_case_find(c->id), c);
    CU_ASSERT_PTR_NOT_NULL(lca_clause_find(c->clause));
}

static void ids_are_unique_and_well_formed(void)
{
    each_case(look_at_names);
    CU_ASSERT_PTR_NULL(lca_case_find("session/logoff"));
    CU_ASSERT_PTR_NULL(lca_clause_find("SES-021"));
}

static bool has_case(const char *clause)
{
    for (unsigned i = 0; lca_chapters[i]; i++)
        for (const struct lca_case *c = lca_chapters[i]->cases; c->id; c++)
            if (strcmp(c->clause, clause) == 0)
                return true;
    return false;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0 && text[strlen(with)];
}

/* A clause is tested or says why it is not: never both, never neither. */
static void clauses_are_tested_or_say_why(void)
{
    for (unsigned i = 0; i < LCA_CLAUSES; i++) {
        const char *reason = lca_clauses[i].reason;
        bool said = begins(reason, "not yet: ") ||
                    begins(reason, "untestable: ");

        CU_ASSERT_EQUAL(has_case(lca_clauses[i].id), *reason == '\0');
        CU_ASSERT_EQUAL(said, *reason != '\0');
    }
}

/* As the catalogue of the contract counts them. */
static const struct {
    const char *name;
    unsigned level[LCA_INFO + 1];       /* MUST, SHOULD, MAY, INFO */
} groups[] = {
    { "SES", { 6, 9, 0, 5 } },  { "POST", { 3, 11, 0, 1 } },
    { "OBJ", { 7, 8, 0, 3 } },  { "SHR", { 9, 7, 0, 3 } },
    { "UI", { 1, 5, 2, 0 } },   { "RES", { 2, 6, 0, 0 } },
    { "REF", { 2, 7, 0, 2 } },  { "PRO", { 14, 2, 0, 2 } },
    { "MS", { 15, 8, 0, 2 } },  { "AB", { 5, 5, 0, 2 } },
    { "XP", { 10, 4, 0, 2 } },  { "SUP", { 7, 5, 0, 2 } },
    { "MEM", { 6, 10, 0, 2 } }, { "FLT", { 2, 12, 0, 1 } },
    { "THR", { 5, 6, 0, 2 } },  { "RSD", { 0, 9, 0, 1 } },
};

/* In order and without a gap, so that no id is there twice. */
static void clauses_are_those_of_the_contract(void)
{
    const struct lca_clause *c = lca_clauses;

    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        unsigned counts[LCA_INFO + 1] = { 0 }, all = 0;

        for (int level = LCA_MUST; level <= LCA_INFO; level++)
            all += groups[g].level[level];
        for (unsigned n = 1; n <= all; n++, c++) {
            char id[16];

            snprintf(id, sizeof id, "%s-%03u", groups[g].name, n);
            CU_ASSERT_STRING_EQUAL_FATAL(c->id, id);
            CU_ASSERT_PTR_EQUAL(lca_clause_find(id), c);
            CU_ASSERT(*c->statement && *c->source);
            counts[c->level]++;
        }
        for (int level = LCA_MUST; level <= LCA_INFO; level++)
            CU_ASSERT_EQUAL(counts[level], groups[g].level[level]);
    }
    CU_ASSERT_EQUAL(c - lca_clauses, LCA_CLAUSES);
}

/* Wishes that ask the calibration, which a case has to say it needs. */
static enum lca_need need_of(enum lca_want want)
{
    switch (want) {
    case LCA_WANT_REFUSE: case LCA_WANT_STILL_REFUSE: case LCA_WANT_NEVER:
    case LCA_WANT_REFUSE_INERT: case LCA_WANT_KNOWN_CODE:
    case LCA_WANT_CLEAN:
        return LCA_NEEDS_DEAD;
    case LCA_WANT_ALIVE: case LCA_WANT_DEAD: case LCA_WANT_DECIDED:
    case LCA_WANT_WHOLE: case LCA_WANT_ENDED: case LCA_WANT_UNTOUCHED:
    case LCA_WANT_GONE:
        return LCA_NEEDS_PROBES;
    default:
        return LCA_NEEDS_NOTHING;
    }
}

/* Probes have a wish that asks them, and a case has a wish at all. */
static void look_at_wishes(const struct lca_chapter *chapter,
                           const struct lca_case *c)
{
    bool wished = false;

    (void)chapter;
    for (const struct lca_step *s = c->steps; s->op != LCA_END; s++) {
        enum lca_need need = need_of(s->want);

        wished |= s->want != LCA_WANT_SETUP && s->want != LCA_WANT_OFFERED;
        CU_ASSERT(!need || c->need == need);
        CU_ASSERT_EQUAL(s->op == LCA_PROBE, need == LCA_NEEDS_PROBES);
        CU_ASSERT(s->session < LCA_SESSIONS && s->slot < LCA_SLOTS &&
                  s->actor < LCA_ACTORS && s->process < LCA_PROCESSES);
        CU_ASSERT(!s->process || !s->actor);    /* threads are the first's */
        CU_ASSERT(!lca_op_strikes(s->op) || s->process);
        CU_ASSERT(s->op != LCA_CENSUS || !s->process);
    }
    for (unsigned i = 0; c->machine && i < c->machine->count; i++)
        wished |= strcmp(c->machine->edges[i].clause, c->clause) == 0;
    CU_ASSERT(wished);
}

static void cases_say_what_they_need(void)
{
    each_case(look_at_wishes);
}

static void cases_measure_enough(void)
{
    each_case(lca_catalogue_measures);
}

/* An axis that sets nothing would multiply cells that are all alike. */
static void look_at_axes(const struct lca_chapter *chapter,
                         const struct lca_case *c)
{
    unsigned taken = 0;

    (void)chapter;
    for (const struct lca_step *s = c->steps; s->op != LCA_END; s++)
        taken |= s->takes | (s->op == LCA_LOGON ? LCA_TAKES(LCA_SET_KIND) : 0);
    taken |= LCA_TAKES(LCA_SET_INIT);
    if (c->machine)
        return;                 /* each of its axes is a call */
    for (const struct lca_axis *a = c->axes; a && a->name; a++) {
        CU_ASSERT(a - c->axes < LCA_AXES_MAX);
        CU_ASSERT(taken & LCA_TAKES(a->field));
        taken &= ~LCA_TAKES(a->field);  /* no other axis sets it too */
    }
}

static void every_axis_sets_something(void)
{
    each_case(look_at_axes);
}

static struct lca_script script;

/*
 * Is a session asked by probes after it was prepared and before it is tidied,
 * and does it give its last reference only after it was tidied?
 */
static bool probes_are_prepared(const struct lca_script *s)
{
    bool prepared[LCA_SESSIONS] = { false }, asked[LCA_SESSIONS] = { false };
    bool fit = true;

    for (unsigned i = 0; i < s->count; i++) {
        const struct lca_step *step = &s->steps[i];
        bool *ready = &prepared[step->session];

        if (step->op == LCA_PREPARE || step->op == LCA_TIDY)
            *ready = step->op == LCA_PREPARE;
        if (step->want == LCA_WANT_PROBED) {
            fit &= *ready;
            asked[step->session] = true;
        }
        if (step->op == LCA_RELEASE || step->op == LCA_RELEASE_ALL)
            fit &= !(asked[step->session] && *ready);
    }
    return fit;
}

/* Of walks there are half a million: one in a prime number of them. */
static unsigned stride(const struct lca_case *c)
{
    return c->machine ? 997 : 1;
}

static void build_cells(const struct lca_chapter *chapter,
                        const struct lca_case *c)
{
    struct lca_probes probes = all_probes();

    (void)chapter;
    for (unsigned i = 0; i < lca_matrix_size(c->axes); i += stride(c)) {
        CU_ASSERT_EQUAL(lca_script_build(c, i, &probes, &script).code, LCA_OK);
        CU_ASSERT(script.count <= LCA_STEPS_MAX);
        for (unsigned s = 0; s < script.count; s++)
            CU_ASSERT(script.steps[s].op != LCA_LOOP ||
                      (script.steps[s].back && script.steps[s].back <= s));
        CU_ASSERT(probes_are_prepared(&script));
    }
}

static void every_cell_is_spelled_out(void)
{
    static const struct lca_case *const calibrations[] = {
        &lca_plain_trial, &lca_live_trial, &lca_dead_trial,
        &lca_live_probes_trial, &lca_dead_probes_trial, NULL,
    };

    each_case(build_cells);
    for (unsigned i = 0; calibrations[i]; i++)
        build_cells(NULL, calibrations[i]);
}

/* A recorded case is judged on the dead trial's record: step for step. */
static void look_at_recorded(const struct lca_chapter *chapter,
                             const struct lca_case *c)
{
    static struct lca_script dead;
    struct lca_probes probes = all_probes();

    (void)chapter;
    if (!c->recorded)
        return;
    CU_ASSERT_EQUAL(lca_script_build(c, 0, &probes, &script).code, LCA_OK);
    lca_script_build(&lca_dead_trial, 0, &probes, &dead);
    CU_ASSERT_EQUAL(script.count, dead.count);
    for (unsigned i = 0; i < script.count; i++)
        CU_ASSERT_EQUAL(script.steps[i].op, dead.steps[i].op);
}

static void recorded_cases_are_the_dead_trial(void)
{
    each_case(look_at_recorded);
}

static void find_cells(const struct lca_chapter *chapter,
                       const struct lca_case *c)
{
    struct lca_text name = { 0 };
    struct lca_trial trial;

    (void)chapter;
    for (unsigned i = 0; i < lca_matrix_size(c->axes); i += stride(c)) {
        unsigned cell = i + 1;

        lca_text_clear(&name);
        lca_trial_name(c, i, &name);
        CU_ASSERT_EQUAL_FATAL(lca_trial_parse(name.bytes, &trial).code,
                              LCA_OK);
        CU_ASSERT_STRING_EQUAL(trial.id, c->id);
        CU_ASSERT_EQUAL(lca_matrix_find(c->axes, trial.cell,
                                        strlen(trial.cell), &cell).code,
                        LCA_OK);
        CU_ASSERT_EQUAL(cell, i);
    }
    lca_text_free(&name);
}

/* One name leads to one cell, so no two cells have one name. */
static void every_cell_is_found_by_its_name(void)
{
    each_case(find_cells);
}

/* A sweep or a race alone would take more trials than smoke may. */
static bool needs_many(const char *clause)
{
    for (unsigned i = 0; lca_chapters[i]; i++)
        for (const struct lca_case *c = lca_chapters[i]->cases; c->id; c++)
            if (strcmp(c->clause, clause) == 0 && !c->sweep && !c->raced)
                return false;
    return true;
}

static void smoke_touches_every_tested_clause(void)
{
    const struct lca_options options = { .tier = LCA_RUN_SMOKE };
    struct lca_selection s;
    bool touched[LCA_CLAUSES] = { false };

    CU_ASSERT_EQUAL_FATAL(lca_select(&options, &s).code, LCA_OK);
    CU_ASSERT(s.count <= 300);
    for (unsigned i = 0; i < s.count; i++)
        touched[lca_clause_find(s.cells[i].c->clause) - lca_clauses] = true;
    for (unsigned i = 0; i < LCA_CLAUSES; i++)
        CU_ASSERT_EQUAL(touched[i], *lca_clauses[i].reason == '\0' &&
                                    !needs_many(lca_clauses[i].id));
    lca_selection_free(&s);
}

CU_TestInfo lca_catalogue_tests[] = {
    { "ids are unique and well-formed", ids_are_unique_and_well_formed },
    { "clauses are tested or say why not", clauses_are_tested_or_say_why },
    { "clauses are those of the contract", clauses_are_those_of_the_contract },
    { "cases say what they need", cases_say_what_they_need },
    { "cases measure enough to compare", cases_measure_enough },
    { "every axis sets something", every_axis_sets_something },
    { "every cell is spelled out", every_cell_is_spelled_out },
    { "recorded cases are the dead trial", recorded_cases_are_the_dead_trial },
    { "every cell is found by its name", every_cell_is_found_by_its_name },
    { "smoke touches every tested clause", smoke_touches_every_tested_clause },
    { "Logoff has every combination", lca_matrix_of_logoff },
    { "windows are all compared with none", lca_matrix_of_windows },
    { "calls after Logoff have every way", lca_matrix_of_calls },
    { "calls follow one another in every order", lca_matrix_of_sequences },
    { "two Logoffs have every pair of flags", lca_matrix_of_two_logoffs },
    CU_TEST_INFO_NULL,
};
