/* Errors that are not the subject's: a place once, and who is told. */

#include "harness/run/foreign.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/report_desk.h"
#include "harness/selftest/report_read.h"
#include "harness/selftest/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READ(at)                                                            \
    { .kind = LCA_ERROR_InvalidRead, .what = "Invalid read of size 4",      \
      .frame_count = 2,                                                     \
      .frames = { { .module = "libother.so", .offset = at },                \
                  { .module = "subject.so", .offset = 7 } } }

static void meet(struct lca_foreigners *f, struct lca_error error,
                 unsigned times)
{
    struct lca_record *r = calloc(1, sizeof *r);

    CU_ASSERT_PTR_NOT_NULL_FATAL(r);
    r->error_count = times;
    for (unsigned i = 0; i < times; i++)
        r->errors[i] = error;
    lca_foreign_meet(f, r);
    free(r);
}

static void a_place_is_one(void)
{
    struct lca_error own = READ(1), kept = READ(1), race = READ(1);
    struct lca_error jump = READ(1), deeper = READ(1), outer = READ(1);
    const struct { struct lca_error error; unsigned times, count, trials; }
    rows[] = {
        { READ(1), 1, 1, 1 },   { READ(1), 1, 1, 2 },
        { READ(1), 2, 1, 3 },   { READ(2), 1, 2, 3 },
        { own, 1, 2, 3 },       { kept, 1, 2, 3 },
        { race, 1, 2, 3 },      { jump, 1, 3, 3 },
        { deeper, 1, 4, 3 },    { outer, 1, 5, 3 },
    };
    struct lca_foreigners f = { 0 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_error e = rows[i].error;
        char name[8];

        e.subjects = i == 4;
        e.kind = i == 5 ? LCA_ERROR_Leak_StillReachable
               : i == 6 ? LCA_ERROR_Race
               : i == 7 ? LCA_ERROR_InvalidJump : e.kind;
        e.frame_count = i == 8 ? 1 : e.frame_count;
        e.frames[1].offset += i == 9;
        snprintf(name, sizeof name, "%zu", i);
        meet(&f, e, rows[i].times);
        LCA_ROW(name, f.count == rows[i].count);
        LCA_ROW(name, f.rows[0].trials == rows[i].trials);
    }
    lca_foreign_free(&f);
}

static void room_is_bounded(void)
{
    struct lca_foreigners f = { 0 };
    const struct lca_foreign *told;

    for (unsigned i = 0; i < LCA_FOREIGN_ROOM + 3; i++) {
        struct lca_error e = READ(i);

        meet(&f, e, 1);
    }
    CU_ASSERT_EQUAL(f.count, LCA_FOREIGN_ROOM);
    CU_ASSERT_EQUAL(f.more, 3);
    CU_ASSERT_EQUAL(lca_foreign_tell(&f, "/subject.so", &told),
                    LCA_FOREIGN_ROOM);
    CU_ASSERT_STRING_EQUAL(told[0].error, "InvalidRead");
    CU_ASSERT_STRING_EQUAL(told[0].what, "Invalid read of size 4");
    CU_ASSERT_PTR_NOT_NULL(strstr(told[0].stack, "#0 libother.so+0x0"));
    lca_foreign_free(&f);
}

static void reports_have_them(void)
{
    const struct lca_foreign row = {
        "InvalidRead", "Invalid read of size 4", "  #0 libother.so+0x1\n", 3,
    };
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(1);
    struct lca_event event = lca_desk_event(1, LCA_MUST, LCA_PASS, "");
    struct lca_summary s = { .count[LCA_PASS] = 1, .planned = 1,
                             .foreign = &row, .foreign_count = 1 };
    json_t *lines, *all, *one;
    xmlDocPtr doc;

    lca_desk_write_all(&d, &run, &event, 1, &s);
    doc = lca_read_junit(&d);
    lines = lca_read_json(&d);
    all = json_object_get(json_array_get(lines, json_array_size(lines) - 1),
                          "foreign");
    one = json_array_get(all, 0);
    CU_ASSERT_EQUAL(json_array_size(all), 1);
    CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(one, "stack")),
                           row.stack);
    CU_ASSERT_EQUAL(json_integer_value(json_object_get(one, "trials")), 3);
    CU_ASSERT_EQUAL(lca_read_number(doc, "count(//system-err[starts-with(., "
                                    "'Foreign, in 3 trials: Invalid read')])"),
                    1);
    CU_ASSERT_EQUAL(lca_read_number(doc, "sum(//@failures | //@errors)"), 0);
    json_decref(lines);
    xmlFreeDoc(doc);
    lca_desk_close(&d);
}

CU_TestInfo lca_foreign_tests[] = {
    { "a place is one", a_place_is_one },
    { "room is bounded", room_is_bounded },
    { "reports have them", reports_have_them },
    CU_TEST_INFO_NULL,
};
