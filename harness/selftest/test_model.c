/* model: matrix, plan and trial, read and written; and the names of things. */

#include "harness/model/clause.h"
#include "harness/model/record.h"
#include "harness/model/trial.h"
#include "harness/model/verdict.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

/* Labels that begin alike, and an axis that begins as another does. */
static const struct lca_value flags[] = {
    { "0", 0 }, { "0x1", 1 }, { "ui", 8 }, { "ui+shared", 9 },
};
static const struct lca_value more[] = { { "ui", 8 }, { "0", 0 } };
static const struct lca_value one[] = { { "only", 1 } };
static const struct lca_value three[] = { { "a", 0 }, { "b", 1 }, { "c", 2 } };
static const struct lca_axis axes[] = {
    { "flags",  LCA_SET_FLAGS,    flags, 4 },
    { "flags2", LCA_SET_FLAGS2,   more,  2 },
    { "one",    LCA_SET_RESERVED, one,   1 },
    { "f",      LCA_SET_UI,       three, 3 },
    { 0 },
};
enum { AXES = 4, CELLS = 24 };

/* The words of a cell's name, the last axis first. */
static void backwards(const unsigned *digits, struct lca_text *text)
{
    lca_text_clear(text);
    for (int i = AXES - 1; i >= 0; i--)
        lca_text_print(text, "%s=%s%s", axes[i].name,
                       axes[i].values[digits[i]].label, i ? "," : "");
}

static void every_cell_has_a_name(void)
{
    struct lca_text text = { 0 };
    char names[CELLS][64];

    CU_ASSERT_EQUAL_FATAL(lca_matrix_size(axes), CELLS);
    for (unsigned cell = 0; cell < CELLS; cell++) {
        unsigned digits[LCA_AXES_MAX], found = 99;

        lca_text_clear(&text);
        lca_matrix_name(axes, cell, &text);
        snprintf(names[cell], sizeof names[cell], "%s", text.bytes);
        for (unsigned i = 0; i < cell; i++)
            CU_ASSERT_STRING_NOT_EQUAL(names[i], names[cell]);
        lca_text_print(&text, ",z=1");          /* beyond what is told of */
        LCA_ROW(names[cell],
                !lca_matrix_find(axes, text.bytes, strlen(names[cell]),
                                 &found).code && found == cell);
        lca_matrix_cell(axes, cell, digits);
        for (unsigned i = 0; i < AXES; i++)
            CU_ASSERT_FATAL(digits[i] < axes[i].count);
        found = 99;
        backwards(digits, &text);
        LCA_ROW(text.bytes, !lca_matrix_find(axes, text.bytes, text.length,
                                             &found).code && found == cell);
    }
    CU_ASSERT_STRING_EQUAL(names[0], "flags=0,flags2=ui,one=only,f=a");
    CU_ASSERT_STRING_EQUAL(names[CELLS - 1],
                           "flags=ui+shared,flags2=0,one=only,f=c");
    lca_text_free(&text);
}

static void a_matrix_without_axes_has_one_cell(void)
{
    struct lca_text text = { 0 };
    unsigned cell = 99;

    CU_ASSERT_EQUAL(lca_matrix_size(NULL), 1);
    lca_matrix_name(NULL, 0, &text);
    CU_ASSERT_EQUAL(text.length, 0);
    CU_ASSERT_EQUAL(lca_matrix_find(NULL, "", 0, &cell).code, LCA_OK);
    CU_ASSERT_EQUAL(cell, 0);
    CU_ASSERT_EQUAL(lca_matrix_find(NULL, "f=a", 3, &cell).code, LCA_USAGE);
    lca_text_free(&text);
}

static void a_cell_that_is_not_there_is_told(void)
{
    static const struct { const char *name, *told; } rows[] = {
        { "flags=no,flags2=0,one=only,f=a",         "0, 0x1, ui, ui+shared" },
        { "flags=0x,flags2=0,one=only,f=a",         "0, 0x1, ui, ui+shared" },
        { "flags=,flags2=0,one=only,f=a",           "0, 0x1, ui, ui+shared" },
        { "flags=0,flags2=0,one=on,f=a",            "only" },
        { "flags=0,flags2=0,one=only,f=d",          "a, b, c" },
        { "flags=0,flags2=0,one=only,f=a,f=a",      "f=a" },
        { "flags=0,flags=0,one=only,f=a",           "flags=0" },
        { "flags=0,flags2=0,one=only,g=a",          "g=a" },
        { "flags=0,flags2=0,one=only,g=a",          "flags2, one, f" },
        { "flags=0,flags2=0,one=only,F=a",          "F=a" },
        { "flags=0,flags2=0,one=only,f",            "f" },
        { "flags,flags2=0,one=only,f=a",            "flags" },
        { "flags=0,flags2=0,one=only, f=a",         " f=a" },
        { "flags=0,,flags2=0,one=only,f=a",         "axis" },
        { ",flags=0,flags2=0,one=only,f=a",         "axis" },
        { "flags=0,flags2=0,one=only,f=a,",         "axis" },
        { "=,flags=0,flags2=0,one=only,f=a",        "=" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned cell;
        struct lca_result r = lca_matrix_find(axes, rows[i].name,
                                              strlen(rows[i].name), &cell);

        LCA_ROW(rows[i].name, r.code == LCA_USAGE);
        LCA_ROW(rows[i].name, strstr(r.text, rows[i].told) != NULL);
    }
}

static const struct { const char *text; struct lca_plan plan; } plans[] = {
    { "",                { .count = 0 } },
    { "malloc@3",        { { { "", "malloc", "", 3, 3 } }, 1 } },
    { "malloc@3+",       { { { "", "malloc", "", 3, UINT_MAX } }, 1 } },
    { "malloc@3..5",     { { { "", "malloc", "", 3, 5 } }, 1 } },
    { "send:EPIPE@1",    { { { "", "send", "EPIPE", 1, 1 } }, 1 } },
    { "logoff/send@2",   { { { "logoff", "send", "", 2, 2 } }, 1 } },
    { "logoff/send:ECONNRESET@2..4",
      { { { "logoff", "send", "ECONNRESET", 2, 4 } }, 1 } },
    { "malloc@4294967294",
      { { { "", "malloc", "", UINT_MAX - 1, UINT_MAX - 1 } }, 1 } },
    { "malloc@1..4294967294",
      { { { "", "malloc", "", 1, UINT_MAX - 1 } }, 1 } },
    { "malloc@1;free_2@2+",
      { { { "", "malloc", "", 1, 1 }, { "", "free_2", "", 2, UINT_MAX } },
        2 } },
    { "use/recv:short@7;release/close@1..2",
      { { { "use", "recv", "short", 7, 7 },
          { "release", "close", "", 1, 2 } }, 2 } },
    { "_234567890123456789012345678901:a2345678901234567890123@1",
      { { { "", "_234567890123456789012345678901",
            "a2345678901234567890123", 1, 1 } }, 1 } },
#define X(name) { #name "/open@1", { { { #name, "open", "", 1, 1 } }, 1 } },
    LCA_WINDOWS(X)
#undef X
};

static void a_plan_reads_what_it_prints(void)
{
    struct lca_text text = { 0 };

    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        const struct lca_plan *should = &plans[i].plan;
        struct lca_plan plan;
        struct lca_result r;

        lca_text_clear(&text);
        lca_text_add(&text, "", 0);
        lca_plan_print(should, &text);
        CU_ASSERT_STRING_EQUAL(text.bytes, plans[i].text);
        lca_text_print(&text, "9");             /* beyond what is told of */
        r = lca_plan_parse(text.bytes, strlen(plans[i].text), &plan);
        LCA_ROW(plans[i].text, !r.code && plan.count == should->count);
        for (unsigned j = 0; j < should->count && !r.code; j++) {
            const struct lca_strike *a = &plan.strikes[j];
            const struct lca_strike *b = &should->strikes[j];

            CU_ASSERT_STRING_EQUAL(a->window, b->window);
            CU_ASSERT_STRING_EQUAL(a->call, b->call);
            CU_ASSERT_STRING_EQUAL(a->kind, b->kind);
            CU_ASSERT_EQUAL(a->first, b->first);
            CU_ASSERT_EQUAL(a->last, b->last);
        }
    }
    lca_text_free(&text);
}

static void what_is_no_plan_is_refused(void)
{
    static const char *const rows[] = {
        "malloc", "malloc@", "malloc@0", "malloc@0+", "malloc@-1",
        "malloc@+", "malloc@+1", "malloc@x", "malloc@1x", "malloc@ 1",
        " malloc@1", "malloc@1 ", "malloc @1", "malloc@1.", "malloc@1..",
        "malloc@1...2", "malloc@1..0", "malloc@5..3", "malloc@1..-2",
        "malloc@1..2+", "malloc@1+..2", "malloc@1++", "malloc@..2", "@1", "@",
        "malloc@1@2", ":ENOMEM@1", "malloc:@1", "malloc:a:b@1", "malloc:@",
        "/malloc@1", "logoff/@1", "logoff/:EPIPE@1", "logout/malloc@1",
        "Logoff/malloc@1", "logoff/use/malloc@1", "log/malloc@1",
        "uninitialise_and_more/malloc@1", "lib/mm/malloc@1", "malloc-2@1",
        "malloc@4294967295", "malloc@4294967296", "malloc@4294967297",
        "malloc@18446744073709551617", "malloc@99999999999999999999999",
        "malloc@1..4294967295", "malloc@1..4294967297",
        ";", ";malloc@1", "malloc@1;", "malloc@1;;send@1", "malloc@1,send@1",
        "malloc@1;send", "malloc@1;send@0", "malloc@1;send@1;",
        "malloc@1;send@1;recv@1", "malloc@1send@1",
        "a2345678901234567890123456789012@1",
        "malloc:a23456789012345678901234@1",
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_plan plan;
        struct lca_result r = lca_plan_parse(rows[i], strlen(rows[i]), &plan);

        LCA_ROW(rows[i], r.code == LCA_USAGE);
        LCA_ROW(rows[i], strstr(r.text, rows[i]) && strstr(r.text, "(try "));
    }
}

/* The longest plan that there is: each word fills its room. */
#define STRIKE "uninitialise/_234567890123456789012345678901:"              \
               "a2345678901234567890123@4294967293..4294967294"

static void a_trial_is_split(void)
{
    static const struct {
        const char *text, *id, *cell, *plan;
        uint32_t seed;
    } rows[] = {
        { "a", "a", "", "", 0 },
        { "session/logoff/plain", "session/logoff/plain", "", "", 0 },
        { "s/x[f=a]", "s/x", "f=a", "", 0 },
        { "s/x[flags=ui+shared,f=a]", "s/x", "flags=ui+shared,f=a", "", 0 },
        { "s/x{malloc@3+}", "s/x", "", "malloc@3+", 0 },
        { "s/x~1", "s/x", "", "", 1 },
        { "s/x~4294967295", "s/x", "", "", UINT32_MAX },
        { "s/x[f=a]{malloc@3+}", "s/x", "f=a", "malloc@3+", 0 },
        { "s/x[f=a]~7", "s/x", "f=a", "", 7 },
        { "s/x{malloc@1}~7", "s/x", "", "malloc@1", 7 },
        { "s/x[f=a]{logoff/send:EPIPE@2..4;recv@1}~12", "s/x", "f=a",
          "logoff/send:EPIPE@2..4;recv@1", 12 },
        { "s/x{" STRIKE "}", "s/x", "", STRIKE, 0 },
        { "s/x{" STRIKE ";" STRIKE "}", "s/x", "", STRIKE ";" STRIKE, 0 },
    };
    struct lca_text plan = { 0 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_trial trial;
        struct lca_result r = lca_trial_parse(rows[i].text, &trial);

        LCA_ROW(rows[i].text, !r.code);
        CU_ASSERT_STRING_EQUAL(trial.id, rows[i].id);
        CU_ASSERT_STRING_EQUAL(trial.cell, rows[i].cell);
        CU_ASSERT_EQUAL(trial.seed, rows[i].seed);
        lca_text_clear(&plan);
        lca_text_add(&plan, "", 0);
        lca_plan_print(&trial.plan, &plan);
        CU_ASSERT_STRING_EQUAL(plan.bytes, rows[i].plan);
    }
    lca_text_free(&plan);
}

static void what_is_no_trial_is_refused(void)
{
    static const struct { const char *text, *told; } rows[] = {
        { "", "" },                     { "[f=a]", "[f=a]" },
        { "{malloc@1}", "{malloc@1}" }, { "~1", "~1" },
        { "x[", "[" },                  { "x[]", "[]" },
        { "x[f=a", "[f=a" },            { "x[f=a]y", "y" },
        { "x[f=a][f=b]", "[f=b]" },     { "x{", "{" },
        { "x{}", "{}" },                { "x{malloc@1", "{malloc@1" },
        { "x{malloc@1}y", "y" },        { "x{malloc}", "malloc" },
        { "x{malloc@1;}", "malloc@1;" }, { "x{malloc@1}[f=a]", "[f=a]" },
        { "x{malloc@1}{malloc@1}", "{malloc@1}" }, { "x~", "~" },
        { "x~0", "~0" },                { "x~1x", "~1x" },
        { "x~-1", "~-1" },              { "x~+1", "~+1" },
        { "x~ 1", "~ 1" },              { "x~1~2", "~1~2" },
        { "x~4294967296", "~4294967296" },
        { "x~99999999999999999999999", "~9999" },
        { "x~1[f=a]", "~1[f=a]" },      { "x~1{malloc@1}", "~1{" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_trial trial;
        struct lca_result r = lca_trial_parse(rows[i].text, &trial);

        LCA_ROW(rows[i].text, r.code == LCA_USAGE);
        LCA_ROW(rows[i].text, strstr(r.text, rows[i].told) != NULL);
    }
}

static void a_trial_has_room_for_its_parts(void)
{
    struct lca_trial trial;
    char text[512];

    snprintf(text, sizeof text, "%0*d[%0*d]", (int)sizeof trial.id - 1, 1,
             (int)sizeof trial.cell - 1, 2);
    CU_ASSERT_EQUAL(lca_trial_parse(text, &trial).code, LCA_OK);
    CU_ASSERT_EQUAL(strlen(trial.id), sizeof trial.id - 1);
    CU_ASSERT_EQUAL(strlen(trial.cell), sizeof trial.cell - 1);
    snprintf(text, sizeof text, "%0*d", (int)sizeof trial.id, 1);
    CU_ASSERT_EQUAL(lca_trial_parse(text, &trial).code, LCA_USAGE);
    snprintf(text, sizeof text, "x[%0*d]", (int)sizeof trial.cell, 1);
    CU_ASSERT_EQUAL(lca_trial_parse(text, &trial).code, LCA_USAGE);
}

static void a_trial_reads_the_name_of_a_cell(void)
{
    const struct lca_case with = { .id = "s/logoff/flags", .axes = axes };
    const struct lca_case without = { .id = "s/logoff/plain" };
    struct lca_text text = { 0 };
    struct lca_trial trial;

    for (unsigned cell = 0; cell < CELLS; cell++) {
        unsigned found = 99;

        lca_text_clear(&text);
        lca_trial_name(&with, cell, &text);
        CU_ASSERT_EQUAL(lca_trial_parse(text.bytes, &trial).code, LCA_OK);
        CU_ASSERT_STRING_EQUAL(trial.id, with.id);
        LCA_ROW(text.bytes, !lca_matrix_find(axes, trial.cell,
                                             strlen(trial.cell), &found).code);
        CU_ASSERT_EQUAL(found, cell);
    }
    lca_text_clear(&text);
    lca_trial_name(&without, 0, &text);
    CU_ASSERT_STRING_EQUAL(text.bytes, "s/logoff/plain");
    lca_text_free(&text);
}

static void names_are_as_they_were(void)
{
    static const char *const verdicts[] = { "PASS", "SKIP", "WAIVED",
                                            "BROKEN", "FAIL" };
    static const char *const endings[] = { "RETURNED", "CRASHED", "HUNG",
                                           "LEFT", "LOST", "REFUSED",
                                           "KILLED" };
    static const char *const levels[] = { "MUST", "SHOULD", "MAY", "INFO" };

    CU_ASSERT_EQUAL_FATAL(sizeof verdicts / sizeof *verdicts,
                          LCA_VERDICT_COUNT);
    CU_ASSERT_EQUAL_FATAL(sizeof endings / sizeof *endings, LCA_ENDING_COUNT);
    for (int i = 0; i < LCA_VERDICT_COUNT; i++)     /* best to worst */
        CU_ASSERT_STRING_EQUAL(lca_verdict_name((enum lca_verdict)i),
                               verdicts[i]);
    for (int i = 0; i < LCA_ENDING_COUNT; i++)
        CU_ASSERT_STRING_EQUAL(lca_ending_name((enum lca_ending)i),
                               endings[i]);
    CU_ASSERT_STRING_EQUAL(lca_ending_name(LCA_ENDING_COUNT), "?");
    for (int i = LCA_MUST; i <= LCA_INFO; i++)
        CU_ASSERT_STRING_EQUAL(lca_level_name((enum lca_level)i), levels[i]);
}

CU_TestInfo lca_model_tests[] = {
    { "every cell has a name", every_cell_has_a_name },
    { "no axes, one cell", a_matrix_without_axes_has_one_cell },
    { "a cell that is not there is told", a_cell_that_is_not_there_is_told },
    { "a plan reads what it prints", a_plan_reads_what_it_prints },
    { "what is no plan is refused", what_is_no_plan_is_refused },
    { "a trial is split", a_trial_is_split },
    { "what is no trial is refused", what_is_no_trial_is_refused },
    { "a trial's parts have an end", a_trial_has_room_for_its_parts },
    { "a trial reads a cell's name", a_trial_reads_the_name_of_a_cell },
    { "names are as they were", names_are_as_they_were },
    CU_TEST_INFO_NULL,
};
