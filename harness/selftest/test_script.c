/* script: what a host is told to play, from a row and its axes. */

#include "harness/base/text.h"
#include "harness/mapi/mapi.h"
#include "harness/model/script.h"
#include "harness/model/wire.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <stddef.h>
#include <string.h>

static const struct lca_probes none;
static const struct lca_probes two = {
    2, { LCA_IMAPISession_GetMsgStoresTable, LCA_IMAPISession_QueryIdentity },
};

/* Was something else before: nothing of that may stay. */
static struct lca_script build(const struct lca_case *c, unsigned cell,
                               const struct lca_probes *probes)
{
    struct lca_script s;

    memset(&s, 0x7F, sizeof s);
    s.destructive = true;
    CU_ASSERT_EQUAL(lca_script_build(c, cell, probes, &s).code, LCA_OK);
    return s;
}

/* "MAPIInitialize MAPILogonEx call ": what is done, in order. */
static void check_ops(const struct lca_script *s, const char *should)
{
    struct lca_text text = { 0 };

    lca_text_add(&text, "", 0);
    for (unsigned i = 0; i < s->count; i++)
        lca_text_print(&text, "%s ", lca_op_name(s->steps[i].op));
    CU_ASSERT_STRING_EQUAL(text.bytes, should);
    lca_text_free(&text);
}

/* The fields of a step that travel, as one word. */
static void check_step(const char *row, const struct lca_step *is,
                       const struct lca_step *should)
{
    struct lca_text a = { 0 }, b = { 0 };

    lca_wire_step(is, &a);
    lca_wire_step(should, &b);
    LCA_ROW(row, strcmp(a.bytes, b.bytes) == 0);
    CU_ASSERT_EQUAL(is->want, should->want);
    CU_ASSERT_EQUAL(is->group, should->group);
    lca_text_free(&a);
    lca_text_free(&b);
}

static const struct {
    const char *name;
    unsigned field;
    struct lca_step step;       /* one that has 2 there */
} fields[] = {
    { "flags",    LCA_SET_FLAGS,    { LCA_CALL, .flags = 2 } },
    { "flags2",   LCA_SET_FLAGS2,   { LCA_CALL, .flags = 2 } },
    { "reserved", LCA_SET_RESERVED, { LCA_CALL, .reserved = 2 } },
    { "ui",       LCA_SET_UI,       { LCA_CALL, .ui = LCA_UI_ONES } },
    { "kind",     LCA_SET_KIND,     { LCA_CALL, .kind = LCA_NO_MAIL } },
    { "init",     LCA_SET_INIT,     { LCA_CALL, .init = LCA_INIT_MULTI } },
    { "method",   LCA_SET_METHOD,   { LCA_CALL, .method = 2 } },
    { "recipe",   LCA_SET_RECIPE,   { LCA_CALL, .recipe = LCA_NULL_INPUTS } },
    { "times",    LCA_SET_TIMES,    { LCA_CALL, .times = 2 } },
    { "iid",      LCA_SET_IID,      { LCA_CALL, .iid = LCA_IID_RANDOM } },
    { "object",   LCA_SET_OBJECT,   { LCA_CALL, .object = LCA_STORE } },
    { "asked",    LCA_SET_ASKED,    { LCA_CALL, .method = 2 } },
};

static void an_axis_fills_what_takes_it(void)
{
    static const struct lca_value value = { "2", 2 };
    static const struct lca_step plain = { LCA_CALL };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        unsigned takes = LCA_TAKES(fields[i].field);
        const struct lca_axis axes[] = {
            { fields[i].name, fields[i].field, &value, 1 }, { 0 },
        };
        const struct lca_step steps[] = {
            { LCA_CALL }, { LCA_CALL, .takes = takes },
            { LCA_CALL, .takes = ~takes }, { LCA_LOGON }, { LCA_END },
        };
        const struct lca_case c = { .id = "x", .axes = axes, .steps = steps };
        struct lca_step initialize = { LCA_INITIALIZE };
        struct lca_step logon = { LCA_LOGON };
        struct lca_script s = build(&c, 0, &none);

        if (fields[i].field == LCA_SET_INIT)    /* these go without saying */
            initialize.init = LCA_INIT_MULTI;
        if (fields[i].field == LCA_SET_KIND)
            logon.kind = LCA_NO_MAIL;
        CU_ASSERT_EQUAL_FATAL(s.count, 6);
        check_step(fields[i].name, &s.steps[0], &initialize);
        check_step(fields[i].name, &s.steps[1], &plain);
        check_step(fields[i].name, &s.steps[2], &fields[i].step);
        check_step(fields[i].name, &s.steps[3], &plain);
        check_step(fields[i].name, &s.steps[4], &logon);
        CU_ASSERT_EQUAL(s.init, initialize.init);
        CU_ASSERT_EQUAL(s.kind, logon.kind);
    }
}

static void a_cell_picks_a_value_of_each_axis(void)
{
    static const struct lca_value flags[] = { { "a", 5 }, { "b", 6 } };
    static const struct lca_value uis[] = { { "a", 3 }, { "b", 1 },
                                            { "c", 4 } };
    static const struct lca_axis axes[] = {
        { "flags", LCA_SET_FLAGS, flags, 2 }, { "ui", LCA_SET_UI, uis, 3 },
        { "kind", LCA_SET_KIND, flags, 1 }, { "f", LCA_SET_FLAGS2, uis, 2 },
        { 0 },
    };
    static const struct lca_step steps[] = {
        { LCA_LOGOFF, .reserved = 9, .want = LCA_WANT_EITHER,
          .takes = LCA_TAKES(LCA_SET_FLAGS) | LCA_TAKES(LCA_SET_UI) },
        { LCA_LOGOFF, .takes = LCA_TAKES(LCA_SET_FLAGS2) },
        { LCA_END },
    };
    const struct lca_case c = { .id = "x", .bare = true, .axes = axes,
                                .steps = steps };

    for (unsigned cell = 0; cell < 12; cell++) {
        struct lca_script s = build(&c, cell, &none);
        unsigned digits[LCA_AXES_MAX];

        lca_matrix_cell(axes, cell, digits);
        CU_ASSERT_EQUAL_FATAL(s.count, 2);
        CU_ASSERT_EQUAL(s.steps[0].flags, flags[digits[0]].value);
        CU_ASSERT_EQUAL(s.steps[0].ui, uis[digits[1]].value);
        CU_ASSERT_EQUAL(s.steps[0].reserved, 9);
        CU_ASSERT_EQUAL(s.steps[0].want, LCA_WANT_EITHER);
        CU_ASSERT_EQUAL(s.steps[1].flags, uis[digits[3]].value);
        CU_ASSERT_EQUAL(s.steps[1].ui, 0);
    }
}

static void mapi_is_initialised_unless_the_case_is_bare(void)
{
    static const struct lca_step steps[] = { { LCA_LOGON }, { LCA_RELEASE },
                                             { LCA_END } };
    struct lca_case c = { .id = "x", .steps = steps };
    struct lca_script s = build(&c, 0, &two);

    check_ops(&s, "MAPIInitialize MAPILogonEx Release MAPIUninitialize ");
    CU_ASSERT_EQUAL(s.kind, LCA_PRIVATE);
    CU_ASSERT_EQUAL(s.init, LCA_INIT_NULL);
    c.bare = true;
    s = build(&c, 0, &two);
    check_ops(&s, "MAPILogonEx Release ");
}

/* Sessions that are asked are prepared, each time they are logged on to. */
static void a_probe_becomes_a_call_for_each(void)
{
    static const struct lca_step steps[] = {
        { LCA_LOGON },
        { LCA_LOGON, .session = 1 },
        { LCA_PROBE, .session = 1, .want = LCA_WANT_DEAD },
        { LCA_LOGON, .session = 1 },
        { LCA_PROBE, .session = 1, .want = LCA_WANT_DECIDED,
          .if_refused = true, .actor = 1 },
        { LCA_END },
    };
    const struct lca_case c = { .id = "x", .bare = true, .steps = steps };
    struct lca_script s = build(&c, 0, &two);

    check_ops(&s, "MAPILogonEx MAPILogonEx prepare probe call call "
                  "MAPILogonEx prepare probe call call ");
    for (unsigned i = 2; i < s.count && s.count == 11; i++)
        CU_ASSERT_EQUAL(s.steps[i].session, 1);
    for (unsigned round = 0; round < 2; round++) {
        const struct lca_step *from = &steps[round ? 4 : 2];
        const struct lca_step *marker = &s.steps[round ? 8 : 3];

        CU_ASSERT_EQUAL(marker->group, round + 1);
        CU_ASSERT_EQUAL(marker->want, from->want);
        for (unsigned i = 0; i < two.count; i++) {
            struct lca_step should = *from;

            should.op = LCA_CALL;
            should.want = LCA_WANT_PROBED;
            should.method = two.methods[i];
            should.group = (unsigned char)(round + 1);
            check_step("a probe", &marker[1 + i], &should);
        }
    }
    s = build(&c, 0, &none);
    check_ops(&s, "MAPILogonEx MAPILogonEx prepare probe MAPILogonEx "
                  "prepare probe ");
}

/* Each process begins and ends with MAPI, unless it cannot end any more. */
static void every_process_has_mapi_of_its_own(void)
{
    static const struct lca_value multi = { "multi", LCA_INIT_MULTI };
    static const struct lca_axis inits[] = {
        { "init", LCA_SET_INIT, &multi, 1, false }, { 0 },
    };
    static const struct lca_step steps[] = {
        { LCA_LOGON }, { LCA_LOGON, .session = 1, .process = 1 },
        { LCA_LOGON, .session = 2, .process = 2 },
        { LCA_PROBE, .session = 1, .process = 1 }, { LCA_KILL, .process = 2 },
        { LCA_RELEASE, .session = 1, .process = 1 }, { LCA_END },
    };
    static const unsigned processes[] = { 0, 1, 2, 0, 1, 1, 2, 1, 2, 1, 1, 1,
                                          0 };
    struct lca_case c = { .id = "x", .steps = steps, .axes = inits };
    struct lca_script s = build(&c, 0, &none);

    check_ops(&s, "MAPIInitialize MAPIInitialize MAPIInitialize MAPILogonEx "
                  "MAPILogonEx prepare MAPILogonEx probe SIGKILL "
                  "release what was prepared Release MAPIUninitialize "
                  "MAPIUninitialize ");
    for (unsigned i = 0; i < s.count && s.count == 13; i++)
        CU_ASSERT_EQUAL(s.steps[i].process, processes[i]);
    for (unsigned i = 0; i < 3; i++)
        CU_ASSERT_EQUAL(s.steps[i].init, LCA_INIT_MULTI);
    c.bare = true;
    s = build(&c, 0, &none);
    CU_ASSERT_EQUAL(s.steps[0].op, LCA_LOGON);
}

/* What was prepared is given back before its session, where nobody says. */
static void what_was_prepared_is_tidied(void)
{
    static const struct lca_step steps[] = {
        { LCA_LOGON }, { LCA_LOGON, .session = 1 },
        { LCA_PROBE, .session = 1 },
        { LCA_RELEASE, .session = 1 }, { LCA_RELEASE },
        { LCA_RELEASE_ALL, .session = 1 }, { LCA_END },
    };
    static const struct lca_step said[] = {
        { LCA_LOGON }, { LCA_PROBE }, { LCA_TIDY }, { LCA_CENSUS },
        { LCA_RELEASE }, { LCA_END },
    };
    struct lca_case c = { .id = "x", .bare = true, .steps = steps };
    struct lca_script s = build(&c, 0, &none);

    check_ops(&s, "MAPILogonEx MAPILogonEx prepare probe "
                  "release what was prepared Release Release "
                  "release what was prepared Release, until balanced ");
    CU_ASSERT(s.steps[4].session == 1 && s.steps[7].session == 1);
    c.steps = said;
    s = build(&c, 0, &none);
    check_ops(&s, "MAPILogonEx prepare probe release what was prepared "
                  "count what the process holds Release ");
}

static void steps_and_logons_are_counted(void)
{
    static const struct {
        const char *name;
        struct lca_step steps[8];
        unsigned weight, logons;
    } rows[] = {
        { "nothing",   { { LCA_END } },                               0, 0 },
        { "one",       { { LCA_LOGON } },                             1, 1 },
        { "two",       { { LCA_LOGON }, { LCA_LOGON, .session = 1 },
                         { LCA_RELEASE } },                           3, 2 },
        { "many",      { { LCA_LOGON }, { LCA_CALL, .times = 1000 },
                         { LCA_CALL, .times = 1 } },               1002, 1 },
        { "rounds",    { { LCA_LOGON }, { LCA_LOGOFF }, { LCA_RELEASE },
                         { LCA_LOOP, .back = 3, .times = 20 } },     60, 20 },
        { "one round", { { LCA_LOGON }, { LCA_RELEASE },
                         { LCA_LOOP, .back = 2, .times = 1 } },       2, 1 },
        { "no times",  { { LCA_LOGON }, { LCA_RELEASE },
                         { LCA_LOOP, .back = 2 } },                   2, 1 },
        { "not all",   { { LCA_LOGON }, { LCA_CALL },
                         { LCA_LOOP, .back = 1, .times = 5 },
                         { LCA_LOGON } },                             7, 2 },
        { "times in rounds",
          { { LCA_LOGON }, { LCA_CALL, .times = 10 },
            { LCA_LOOP, .back = 1, .times = 5 } },                   51, 1 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct lca_case c = { .id = "x", .bare = true,
                                    .steps = rows[i].steps };
        struct lca_script s = build(&c, 0, &none);

        LCA_ROW(rows[i].name, s.weight == rows[i].weight);
        LCA_ROW(rows[i].name, s.logons == rows[i].logons);
    }
}

static void what_would_hurt_others_is_known(void)
{
    static const struct {
        const char *name;
        struct lca_step steps[5];
        bool destructive;
    } rows[] = {
#define LOGOFF(n) { LCA_LOGOFF, .flags = n }
#define OFFERED   { LCA_LOGON, .kind = LCA_OFFERED }
        { "offered, shared",   { OFFERED, LOGOFF(1) },               true },
        { "offered, both",     { OFFERED, LOGOFF(3) },               true },
        { "offered, all",      { OFFERED, LOGOFF(0xFFFFFFFF) },      true },
        { "offered, later",    { OFFERED, LOGOFF(0), LOGOFF(1) },    true },
        { "offered, plain",    { OFFERED, LOGOFF(0) },               false },
        { "offered, UI",       { OFFERED, LOGOFF(2) },               false },
        { "offered, the rest", { OFFERED, LOGOFF(0xFFFFFFFE) },      false },
        { "offered, a call",   { OFFERED, { LCA_CALL, .flags = 1 } }, false },
        { "private, shared",   { { LCA_LOGON }, LOGOFF(1) },         false },
        { "no mail, shared",   { { LCA_LOGON, .kind = LCA_NO_MAIL },
                                 LOGOFF(1) },                        false },
        { "another, offered",
          { { LCA_LOGON }, { LCA_LOGON, .kind = LCA_OFFERED, .session = 1 },
            { LCA_LOGOFF, .flags = 1, .session = 1 } },              true },
        { "again, offered",
          { { LCA_LOGON }, LOGOFF(0), OFFERED, LOGOFF(1) },          true },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct lca_case c = { .id = "x", .steps = rows[i].steps };
        struct lca_script s = build(&c, 0, &none);

        LCA_ROW(rows[i].name, s.destructive == rows[i].destructive);
        CU_ASSERT_EQUAL(s.kind, rows[i].steps[0].kind);
    }
}

static void the_first_of_a_kind_names_the_script(void)
{
    static const struct lca_step steps[] = {
        { LCA_FREE_NULL },
        { LCA_INITIALIZE, .init = LCA_INIT_MULTI },
        { LCA_INITIALIZE, .init = LCA_INIT_SINGLE },
        { LCA_LOGON, .kind = LCA_NO_MAIL },
        { LCA_LOGON, .kind = LCA_OFFERED, .session = 1 },
        { LCA_END },
    };
    const struct lca_case c = { .id = "x", .bare = true, .steps = steps };
    struct lca_script s = build(&c, 0, &none);

    CU_ASSERT_EQUAL(s.kind, LCA_NO_MAIL);
    CU_ASSERT_EQUAL(s.init, LCA_INIT_MULTI);
}

static void a_script_has_an_end(void)
{
    static struct lca_step steps[LCA_STEPS_MAX + 40];
    struct { struct lca_script script; unsigned char guard[256]; } room;
    struct lca_case c = { .id = "s/too/long", .bare = true, .steps = steps };
    static const struct { unsigned steps; bool bare, fits; } rows[] = {
        { LCA_STEPS_MAX,      true,  true  },
        { LCA_STEPS_MAX + 1,  true,  false },
        { LCA_STEPS_MAX + 39, true,  false },
        { LCA_STEPS_MAX - 2,  false, true  },
        { LCA_STEPS_MAX - 1,  false, false },
        { LCA_STEPS_MAX,      false, false },
    };

    memset(&room, 0x5A, sizeof room);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_result r;

        memset(steps, 0, sizeof steps);
        for (unsigned j = 0; j < rows[i].steps; j++)
            steps[j].op = LCA_CENSUS;
        c.bare = rows[i].bare;
        r = lca_script_build(&c, 0, &two, &room.script);
        CU_ASSERT_EQUAL(r.code, rows[i].fits ? LCA_OK : LCA_USAGE);
        CU_ASSERT(rows[i].fits || strstr(r.text, c.id));
    }
    /* A probe and its two calls are what just fits. */
    steps[LCA_STEPS_MAX - 3] = (struct lca_step){ LCA_PROBE };
    steps[LCA_STEPS_MAX - 2] = (struct lca_step){ LCA_END };
    CU_ASSERT_EQUAL(lca_script_build(&c, 0, &two, &room.script).code,
                    LCA_USAGE);
    c.bare = true;
    CU_ASSERT_EQUAL(lca_script_build(&c, 0, &two, &room.script).code, LCA_OK);
    for (size_t i = 0; i < sizeof room.guard; i++)
        CU_ASSERT_EQUAL(room.guard[i], 0x5A);
}

CU_TestInfo lca_script_tests[] = {
    { "an axis fills what takes it", an_axis_fills_what_takes_it },
    { "a cell picks its values", a_cell_picks_a_value_of_each_axis },
    { "MAPI is initialised", mapi_is_initialised_unless_the_case_is_bare },
    { "a probe becomes calls", a_probe_becomes_a_call_for_each },
    { "every process has MAPI of its own", every_process_has_mapi_of_its_own },
    { "what was prepared is tidied", what_was_prepared_is_tidied },
    { "steps and logons are counted", steps_and_logons_are_counted },
    { "what would hurt others is known", what_would_hurt_others_is_known },
    { "the first of a kind counts", the_first_of_a_kind_names_the_script },
    { "a script has an end", a_script_has_an_end },
    CU_TEST_INFO_NULL,
};
