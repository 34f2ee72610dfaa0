#include "harness/selftest/run_deadlines.h"
#include "harness/selftest/run_findings.h"
#include "harness/selftest/suites.h"

#include "cases/catalogue.h"
#include "harness/model/trial.h"
#include "harness/run/calibrate.h"
#include "harness/run/describe.h"
#include "harness/run/pairs.h"
#include "harness/run/select.h"
#include "harness/run/sites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a case with walks: those of the tier, and random ones in full alone. */
static unsigned cells_of_case(const struct lca_case *c,
                              enum lca_tier_choice tier)
{
    const struct lca_options o = { .tier = tier, .only = { { c->id }, 1 } };
    struct lca_selection s = { 0 };
    unsigned count = lca_matrix_size(c->axes);
    char covered[80];

    if (!c->machine)
        return count;
    snprintf(covered, sizeof covered, "%s[*", c->id);
    count = tier == LCA_RUN_FULL;
    if (c->cover) {
        struct lca_options cover = o;

        cover.only.patterns[0] = covered;
        CU_ASSERT_EQUAL(lca_select(&cover, &s).code, LCA_OK);
        count += s.count;
        lca_selection_free(&s);
    }
    return count;
}

/* Cells of the cases and clauses whose name begins so; NULL: of all. */
static unsigned cells_of(const char *id, const char *clause,
                         enum lca_tier_choice tier)
{
    unsigned n = 0;

    for (unsigned i = 0; lca_chapters[i]; i++)
        for (const struct lca_case *c = lca_chapters[i]->cases; c->id; c++)
            if ((!id || strncmp(c->id, id, strlen(id)) == 0) &&
                (!clause || strcmp(c->clause, clause) == 0) &&
                (c->tier != LCA_FULL || tier == LCA_RUN_FULL))
                n += cells_of_case(c, tier);
    return n;
}

static struct lca_options with(const char *only, const char *skip)
{
    return (struct lca_options){
        .tier = LCA_RUN_STANDARD, .faults = LCA_MEMORY | LCA_IPC,
        .only = { { only }, only != NULL }, .skip = { { skip }, skip != NULL },
    };
}

static void globs_select_cells(void)
{
    const unsigned all = cells_of(NULL, NULL, LCA_RUN_STANDARD);
    const unsigned plain = cells_of("session/logoff/plain", NULL, 0);
    const struct { const char *only, *skip; unsigned count; } rows[] = {
        { NULL, NULL, all },
        { "*", NULL, all },
        { "session/logoff/plain*", NULL, plain },
        { "session/logoff/plain[*]", NULL, plain },
        { "session/logoff/plain[session=private,init=null]", NULL, 1 },
        { "session/logoff/plain[session=private,init=?u*]", NULL, 2 },
        { "session/logoff/pl[a]in*", "*", 0 },
        { "session/life/too-early-logon", NULL, 1 },
        { "SES-001", NULL, cells_of(NULL, "SES-001", 0) },
        { "session/after/*", NULL, cells_of("session/after/", NULL, 0) },
        { NULL, "session/logoff/plain*", all - plain },
        { NULL, "SES-005", all - cells_of(NULL, "SES-005", 0) },
        { "session/logoff/*", "session/logoff/plain*",
          cells_of("session/logoff/", NULL, 0) - plain },
        { "session/logoff/plain*", "*init=null*", plain * 2 / 3 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_options o = with(rows[i].only, rows[i].skip);
        struct lca_selection s;

        CU_ASSERT_EQUAL(lca_select(&o, &s).code,
                        rows[i].count ? LCA_OK : LCA_USAGE);
        CU_ASSERT_EQUAL(s.count, rows[i].count);
        CU_ASSERT_EQUAL(s.cells != NULL, rows[i].count != 0);
        for (unsigned j = 0; j < s.count; j++)
            CU_ASSERT(strncmp(s.cells[j].c->id, s.cells[j].chapter->name,
                              strlen(s.cells[j].chapter->name)) == 0);
        lca_selection_free(&s);
    }
}

static void several_globs_add_up(void)
{
    struct lca_options o = {
        .tier = LCA_RUN_STANDARD,
        .only = { { "SES-001", "session/life/too-*" }, 2 },
        .skip = { { "*-admin", "PRO-001" }, 2 },
    };
    struct lca_selection s;

    CU_ASSERT_EQUAL(lca_select(&o, &s).code, LCA_OK);
    CU_ASSERT_EQUAL(s.count, cells_of(NULL, "SES-001", 0) +
                             cells_of("session/life/too-", NULL, 0) - 1);
    lca_selection_free(&s);
}

static void a_glob_that_matches_nothing_is_told(void)
{
    static const struct { const char *only, *skip, *says; } rows[] = {
        { "SES-999", NULL, "--only 'SES-999' matches" },
        { NULL, "nonsense", "--skip 'nonsense' matches" },
        { "", NULL, "--only ''" },
        { "SES-001", "session/logof/*", "--skip 'session/logof/*'" },
        { "SES-001", "SES-001", "nothing is selected" },
        { "SES-001", "*", "nothing is selected" },
        { "session/walks/again", NULL, "nothing is selected" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_options o = with(rows[i].only, rows[i].skip);
        struct lca_selection s;
        struct lca_result r = lca_select(&o, &s);

        CU_ASSERT_EQUAL(r.code, LCA_USAGE);
        CU_ASSERT(strstr(r.text, rows[i].says) != NULL);
        CU_ASSERT(s.cells == NULL && s.count == 0);
    }
}

static void tiers_hold_one_another(void)
{
    struct lca_selection smoke, standard, full;
    struct lca_options o = { .tier = LCA_RUN_SMOKE,
                             .faults = LCA_MEMORY | LCA_IPC };

    CU_ASSERT_EQUAL(lca_select(&o, &smoke).code, LCA_OK);
    o.tier = LCA_RUN_STANDARD;
    CU_ASSERT_EQUAL(lca_select(&o, &standard).code, LCA_OK);
    o.tier = LCA_RUN_FULL;
    CU_ASSERT_EQUAL(lca_select(&o, &full).code, LCA_OK);
    CU_ASSERT_EQUAL(full.count, cells_of(NULL, NULL, LCA_RUN_FULL));
    CU_ASSERT(smoke.count < standard.count && standard.count < full.count);
    for (unsigned i = 0, j = 0; i < smoke.count; i++) {
        while (j < standard.count && (standard.cells[j].c != smoke.cells[i].c ||
               standard.cells[j].cell != smoke.cells[i].cell))
            j++;
        CU_ASSERT(j < standard.count);
    }
    lca_selection_free(&smoke);
    lca_selection_free(&standard);
    lca_selection_free(&full);
}

#define PLAIN "session/logoff/plain"

static const struct { const char *text, *name, *says; } trials[] = {
    { PLAIN "[session=private,init=null]",
      PLAIN "[session=private,init=null]" },
    { PLAIN "[init=multi,session=no-mail]",
      PLAIN "[session=no-mail,init=multi]" },
    { "session/life/too-early-logon", "session/life/too-early-logon" },
    { "session/walks/dead[first=Logoff,second=AddRef,third=Advise]",
      "session/walks/dead[first=Logoff,second=AddRef,third=Advise]" },
    { "session/walks/dead", "session/walks/dead" },
    { "session/walks/dead~17", "session/walks/dead" },
    { "session/walks/dead[second=Advise]~17", NULL, "only a race and a" },
    { "session/walks/dead{malloc@1}", NULL, "nothing is made to fail in" },
    { "", NULL, "not a trial" },
    { "nonsense", NULL, "there is no case 'nonsense'" },
    { "session/logoff", NULL, "there is no case" },
    { PLAIN, PLAIN "[session=private,init=null]" },
    { PLAIN "[]", NULL, "not a trial" },
    { PLAIN "[init=multi]", PLAIN "[session=private,init=multi]" },
    { PLAIN "[session=shared,init=null]", NULL, "has no value 'shared'" },
    { PLAIN "[session=private,init=null,x=y]", NULL, "no axis for 'x=y'" },
    { PLAIN "[session=private,session=offered,init=null]", NULL, "twice" },
    { PLAIN "[session=private,init=null", NULL, "not a trial" },
    { PLAIN "[session=private,init=null] ", NULL, "not a trial" },
    { "session/life/too-early-logon[x=y]", NULL, "no axis" },
    { PLAIN "{malloc@3+;logoff/send:EPIPE@1}",
      PLAIN "[session=private,init=null]" },
    { PLAIN "{malloc}", NULL, "not a fault plan" },
    { PLAIN "{frob@1}", NULL, "no call 'frob' can be made to fail" },
    { PLAIN "{malloc@1;send:ENOMEN@1}", NULL,
      "send cannot fail with 'ENOMEN', but with ECONNRESET" },
    { PLAIN "[session=private,init=null]~7", NULL,
      "only a race and a random walk take a seed" },
    { "session/races/two-logoffs~17",
      "session/races/two-logoffs[init=null]" },
    { "session/races/two-logoffs[init=multi]{malloc@1}~17", NULL,
      "nothing is made to fail in a race" },
    { PLAIN "[session=private,init=null]~x", NULL, "not a trial" },
};

static void one_trial_is_selected(void)
{
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        const struct lca_options o = { .trial = trials[i].text };
        struct lca_text name = { 0 };
        struct lca_selection s;
        struct lca_result r = lca_select(&o, &s);

        CU_ASSERT_EQUAL(r.code, trials[i].name ? LCA_OK : LCA_USAGE);
        CU_ASSERT_EQUAL(s.count, trials[i].name ? 1 : 0);
        CU_ASSERT(!trials[i].says || strstr(r.text, trials[i].says));
        if (s.count) {
            lca_trial_name(s.cells->c, s.cells->cell, &name);
            CU_ASSERT_STRING_EQUAL(name.bytes, trials[i].name);
            CU_ASSERT_PTR_NOT_NULL(s.cells->chapter);
        }
        lca_text_free(&name);
        lca_selection_free(&s);
    }
}

/* Is there a cell with value a on axis i and value b on axis j? */
static bool has_pair(const struct lca_selection *s, unsigned i, unsigned a,
                     unsigned j, unsigned b)
{
    unsigned digits[LCA_AXES_MAX];

    for (unsigned n = 0; n < s->count; n++) {
        lca_matrix_cell(s->cells[n].c->axes, s->cells[n].cell, digits);
        if (digits[i] == a && digits[j] == b)
            return true;
    }
    return false;
}

static void pairs_are_all_kept(void)
{
    struct lca_options o = with("session/logoff/reserved*", NULL);
    struct lca_selection s;
    unsigned before, missing = 0;

    CU_ASSERT_EQUAL_FATAL(lca_select(&o, &s).code, LCA_OK);
    before = s.count;
    CU_ASSERT_EQUAL(lca_pairs_cut(&s).code, LCA_OK);
    CU_ASSERT(s.count < before / 4);
    for (unsigned i = 0; s.cells->c->axes[i].name; i++)
        for (unsigned j = 0; j < i; j++)
            for (unsigned a = 0; a < s.cells->c->axes[i].count; a++)
                for (unsigned b = 0; b < s.cells->c->axes[j].count; b++)
                    missing += !has_pair(&s, i, a, j, b);
    CU_ASSERT_EQUAL(missing, 0);
    lca_selection_free(&s);
}

/* A walked axis asks each value something of its own; two axes are pairs. */
static void cases_without_pairs_are_not_cut(void)
{
    static const char *const globs[] = {
        "session/after/method*", "session/logoff/plain*",
        "session/life/cycles*",
    };

    for (size_t i = 0; i < sizeof globs / sizeof *globs; i++) {
        struct lca_options o = with(globs[i], NULL);
        struct lca_selection s;
        unsigned before;

        CU_ASSERT_EQUAL_FATAL(lca_select(&o, &s).code, LCA_OK);
        before = s.count;
        CU_ASSERT_EQUAL(lca_pairs_cut(&s).code, LCA_OK);
        CU_ASSERT_EQUAL(s.count, before);
        lca_selection_free(&s);
    }
}

static void hangs_are_counted_by_site(void)
{
    static struct lca_sites sites;
    const struct lca_step logoff = { LCA_LOGOFF };
    struct lca_step call = { LCA_CALL, .method = LCA_IMAPISession_ShowForm };
    struct lca_step other = { LCA_CALL, .method = LCA_IMAPISession_Advise };

    CU_ASSERT_EQUAL(lca_sites_hangs(&sites, &logoff), 0);
    lca_sites_hung(&sites, &logoff);
    lca_sites_hung(&sites, &call);
    lca_sites_hung(&sites, &call);
    CU_ASSERT_EQUAL(lca_sites_hangs(&sites, &logoff), 1);
    CU_ASSERT_EQUAL(lca_sites_hangs(&sites, &call), 2);
    CU_ASSERT_EQUAL(lca_sites_hangs(&sites, &other), 0);
    for (int m = 1; m < LCA_SITES_MAX + 9; m++) {
        call.method = m;
        lca_sites_hung(&sites, &call);
    }
    CU_ASSERT_EQUAL(sites.count, LCA_SITES_MAX);
    CU_ASSERT_EQUAL(lca_sites_hangs(&sites, &logoff), 1);
}

/* The words that a shell makes of a command, each closed by a \1. */
static void shell_reads(const char *command, char *words, size_t size)
{
    struct lca_text line = { 0 };
    FILE *shell;
    size_t n;

    lca_text_print(&line, "set -- %s\nfor w; do printf '%%s\\001' \"$w\"; done",
                   command);
    shell = popen(line.bytes, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(shell);
    n = fread(words, 1, size - 1, shell);
    words[n] = '\0';
    CU_ASSERT_EQUAL(pclose(shell), 0);
    lca_text_free(&line);
}

static void repeat_commands_survive_a_shell(void)
{
    static const char *const hard[] = {
        "/opt/vendor.so", "./my mapi.so", "it's", "$HOME/`id`.so", "a\\b\"c",
        "*", "~", "#x", "a;b&c|d", "two\nlines", "tab\there", "{a,b}", "!x",
        "(x)", "<y>", "caf\303\251.ini", "", "''",
    };

    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++) {
        struct lca_text repeat = { 0 }, command = { 0 }, expected = { 0 };
        struct lca_options o = { .program = hard[i], .subject = hard[i],
                                 .repeat = &repeat };
        char words[400];

        lca_text_print(&repeat, " --host ");
        lca_text_quote(&repeat, hard[i]);
        lca_describe_repeat(&o, PLAIN "[init=null]{a/b:C@1..2}~7", &command);
        lca_text_print(&expected, "%s\1run\1--trial\1" PLAIN
                       "[init=null]{a/b:C@1..2}~7\1--host\1%s\1%s\1", hard[i],
                       hard[i], hard[i]);
        shell_reads(command.bytes, words, sizeof words);
        CU_ASSERT_STRING_EQUAL(words, expected.bytes);
        lca_text_free(&repeat);
        lca_text_free(&command);
        lca_text_free(&expected);
    }
}

CU_TestInfo lca_run_tests[] = {
    { "globs select cells", globs_select_cells },
    { "several globs add up", several_globs_add_up },
    { "a glob that matches nothing is told",
      a_glob_that_matches_nothing_is_told },
    { "tiers hold one another", tiers_hold_one_another },
    { "one trial is selected by its text", one_trial_is_selected },
    { "a cut matrix keeps every pair", pairs_are_all_kept },
    { "what has no pairs is not cut", cases_without_pairs_are_not_cut },
    { "hangs are counted by site", hangs_are_counted_by_site },
    { "deadlines follow the baseline", lca_run_deadlines },
    { "a second look is longer", lca_run_second_looks },
    { "repeat commands survive a shell", repeat_commands_survive_a_shell },
    { "opinions with one cause are one finding", lca_findings_are_grouped },
    { "the most serious finding is first", lca_findings_are_ordered },
    { "findings keep copies, and any number", lca_findings_keep_copies },
    { "coverage adds up", lca_findings_cover_clauses },
    { "what decides nothing is undecided", lca_findings_may_be_undecided },
    CU_TEST_INFO_NULL,
};
