/* Reports: the same run, read back from every format. */

#include "harness/base/text.h"
#include "harness/selftest/report_files.h"
#include "harness/selftest/report_read.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONG = 100 * 1024 };

/* What becomes of each verdict, by the level of its clause. */
static const struct {
    enum lca_level level;
    enum lca_verdict verdict;
    const char *text;
    enum lca_verdict shown;
    const char *element;
    const char *type;
} rows[] = {
    { LCA_MUST,   LCA_PASS,   "",       LCA_PASS,   "",        "" },
    { LCA_MUST,   LCA_PASS,   "warm",   LCA_PASS,   "",        "" },
    { LCA_MUST,   LCA_SKIP,   "no UI",  LCA_SKIP,   "skipped", "" },
    { LCA_MUST,   LCA_WAIVED, "known",  LCA_WAIVED, "skipped", "" },
    { LCA_MUST,   LCA_BROKEN, "lost",   LCA_BROKEN, "error",   "BROKEN" },
    { LCA_MUST,   LCA_FAIL,   "S_OK",   LCA_FAIL,   "failure", "MUST" },
    { LCA_SHOULD, LCA_FAIL,   "leaks",  LCA_FAIL,   "failure", "SHOULD" },
    { LCA_INFO,   LCA_PASS,   "",       LCA_PASS,   "",        "" },
    { LCA_INFO,   LCA_PASS,   "noted",  LCA_SKIP,   "skipped", "" },
    { LCA_MAY,    LCA_FAIL,   "does",   LCA_SKIP,   "skipped", "" },
    { LCA_INFO,   LCA_FAIL,   "",       LCA_SKIP,   "skipped", "" },
    { LCA_MAY,    LCA_BROKEN, "lost",   LCA_BROKEN, "error",   "BROKEN" },
};
enum { ROWS = sizeof rows / sizeof *rows };

static void check_rows(xmlDocPtr doc, const json_t *lines)
{
    for (unsigned i = 0; i < ROWS; i++) {
        const json_t *opinion = json_object_get(json_array_get(lines, i + 1),
                                                "opinion");
        char path[64];

        snprintf(path, sizeof path, "name(//testcase[%u]/*)", i + 1);
        CU_ASSERT(lca_read_says(doc, path, rows[i].element));
        snprintf(path, sizeof path, "string(//testcase[%u]/*/@type)", i + 1);
        CU_ASSERT(lca_read_says(doc, path, rows[i].type));
        snprintf(path, sizeof path, "//testcase[%u]/*/@message", i + 1);
        CU_ASSERT(!*rows[i].element || lca_read_says(doc, path, rows[i].text));
        CU_ASSERT_STRING_EQUAL(lca_read_text(lines, i + 1, "event"), "case");
        CU_ASSERT_STRING_EQUAL(
            json_string_value(json_object_get(opinion, "verdict")),
            lca_verdict_name(rows[i].verdict));
    }
}

/* JSON's last line, which the other formats are compared with. */
static void check_end(const json_t *end, unsigned count[LCA_VERDICT_COUNT])
{
    const json_t *counts = json_object_get(end, "count");
    const char *event = "", *clause = "";
    int clauses = 0, events = 0;

    CU_ASSERT_EQUAL_FATAL(json_object_size(counts), LCA_VERDICT_COUNT);
    for (int v = 0; v < LCA_VERDICT_COUNT; v++)
        count[v] = (unsigned)json_integer_value(
            json_object_get(counts, lca_verdict_name(v)));
    CU_ASSERT_EQUAL(json_unpack((json_t *)end,
                                "{s:s,s:{s:i},s:[{s:i,s:{s:s}}]}",
                                "event", &event,
                                "coverage", "clauses", &clauses,
                                "findings", "events", &events,
                                "clause", "id", &clause), 0);
    CU_ASSERT_STRING_EQUAL(event, "end");
    CU_ASSERT_STRING_EQUAL(clause, "POST-002");
    CU_ASSERT_EQUAL(clauses, 240);
    CU_ASSERT_EQUAL(events, 2);
}

static void check_totals(xmlDocPtr doc, const struct lca_points *p,
                         const unsigned count[LCA_VERDICT_COUNT])
{
    unsigned fail = count[LCA_FAIL], broken = count[LCA_BROKEN];
    unsigned skip = count[LCA_SKIP], waived = count[LCA_WAIVED];
    const struct { const char *path; unsigned total; } totals[] = {
        { "//testsuite/@tests",    ROWS },
        { "//testsuite/@failures", fail },
        { "//testsuite/@errors",   broken },
        { "//testsuite/@skipped",  skip + waived },
        { "count(//testcase)",     ROWS },
        { "count(//failure)",      fail },
        { "count(//error)",        broken },
        { "count(//skipped)",      skip + waived },
        { "count(//testcase[not(*)])", count[LCA_PASS] },
    };

    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        CU_ASSERT_EQUAL(lca_read_number(doc, totals[i].path),
                        totals[i].total);
    CU_ASSERT_EQUAL(p->plan, ROWS);
    CU_ASSERT_EQUAL(p->ok, count[LCA_PASS] + skip);
    CU_ASSERT_EQUAL(p->skip, skip);
    CU_ASSERT_EQUAL(p->not_ok, waived + fail + broken);
    CU_ASSERT_EQUAL(p->todo, waived);
    CU_ASSERT_EQUAL(p->blocks, fail + broken);
    CU_ASSERT_EQUAL(p->odd, 0);
}

static void totals_agree_in_every_format(void)
{
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(ROWS);
    struct lca_finding finding = { .events = 2 };
    struct lca_summary s = { .planned = ROWS, .findings = &finding,
                             .finding_count = 1, .seconds = 0.25,
                             .status = 1, .coverage.clauses = 240 };
    unsigned count[LCA_VERDICT_COUNT];
    struct lca_event events[ROWS];
    struct lca_points points;
    json_t *lines;
    xmlDocPtr doc;

    for (unsigned i = 0; i < ROWS; i++) {
        events[i] = lca_desk_event(i + 1, rows[i].level, rows[i].verdict,
                                   rows[i].text);
        s.count[rows[i].shown]++;
    }
    finding.clause = events[0].clause;
    lca_desk_write_all(&d, &run, events, ROWS, &s);
    doc = lca_read_junit(&d);
    lines = lca_read_json(&d);
    points = lca_read_tap(&d);

    CU_ASSERT_EQUAL(json_array_size(lines), ROWS + 2);
    CU_ASSERT_STRING_EQUAL(lca_read_text(lines, 0, "event"), "begin");
    CU_ASSERT_EQUAL(json_integer_value(json_object_get(
        json_array_get(lines, 0), "planned")), ROWS);
    check_rows(doc, lines);
    check_end(json_array_get(lines, ROWS + 1), count);
    check_totals(doc, &points, count);
    CU_ASSERT(lca_read_says(doc, "//testsuite/@time", "0.018"));
    CU_ASSERT(lca_read_says(doc, "//testcase[1]/@time", "0.002"));

    json_decref(lines);
    xmlFreeDoc(doc);
    lca_desk_close(&d);
}

/* As TAP has it: on one line, and without its backslashes. */
static bool tap_names(const char *line, const char *name)
{
    for (; *name; name++, line++) {
        line += *line == '\\';
        if (*line != (*name == '\n' || *name == '\t' ? ' ' : *name))
            return false;
    }
    return *line == '\n';
}

static void check_hostile(const struct lca_desk *d, const char *bytes,
                          const char *body)
{
    xmlDocPtr doc = lca_read_junit(d);
    json_t *lines = lca_read_json(d);
    struct lca_points p = lca_read_tap(d);
    char *tap = lca_read_file(d->path[LCA_TAP]);
    const char *line = strstr(tap, "not ok 2 - POST-002 ");
    struct lca_text clean = { 0 };

    lca_text_clean(&clean, bytes, strlen(bytes));
    CU_ASSERT(lca_read_says(doc, "//testsuite/@name", clean.bytes));
    CU_ASSERT(lca_read_says(doc, "//testsuite/@hostname", clean.bytes));
    CU_ASSERT(lca_read_says(doc, "//testcase[1]/@name", clean.bytes));
    CU_ASSERT(lca_read_says(doc, "//property[@name='subject']/@value",
                            clean.bytes));
    CU_ASSERT_STRING_EQUAL(lca_read_text(lines, 1, "name"), clean.bytes);
    CU_ASSERT_STRING_EQUAL(lca_read_text(lines, 0, "subject"), clean.bytes);
    CU_ASSERT_PTR_NOT_NULL_FATAL(line);
    CU_ASSERT(tap_names(strchr(line, 'P') + 9, clean.bytes));
    CU_ASSERT_EQUAL(json_array_size(lines), 4);
    CU_ASSERT_EQUAL(p.ok + p.not_ok, 2);
    CU_ASSERT_EQUAL(p.odd + p.bailed, 0);

    lca_text_clear(&clean);
    lca_text_clean(&clean, body, strlen(body));
    CU_ASSERT_STRING_EQUAL(lca_read_text(lines, 2, "body"), clean.bytes);
    lca_text_print(&clean, "\nrepeat: lastcall\n");
    CU_ASSERT(lca_read_says(doc, "//failure", clean.bytes));
    lca_text_free(&clean);
    free(tap);
    json_decref(lines);
    xmlFreeDoc(doc);
}

static void any_bytes_make_valid_reports(void)
{
    struct lca_desk d = lca_desk_open();
    char *bytes = lca_desk_hostile(1000), *body = lca_desk_hostile(LONG);
    struct lca_run_info run = {
        bytes, bytes, bytes, bytes, bytes, bytes, bytes,
        "2026-01-31T12:00:00", .planned = 2,
    };
    struct lca_summary s = { .count[LCA_FAIL] = 1, .count[LCA_BROKEN] = 1,
                             .planned = 2 };
    struct lca_event events[2];

    for (int i = 0; i < 2; i++) {
        events[i] = lca_desk_event((unsigned)i + 1, LCA_MUST, LCA_FAIL,
                                   bytes + (i ? 0 : 200));
        events[i].chapter = events[i].trial = events[i].title = bytes;
        events[i].classname = events[i].name = bytes;
        events[i].body = events[i].said = body;
        events[i].repeat = "lastcall";
    }
    events[0].opinion.verdict = LCA_BROKEN;
    lca_desk_write_all(&d, &run, events, 2, &s);
    check_hostile(&d, bytes, body);
    free(bytes);
    free(body);
    lca_desk_close(&d);
}

static void chapters_may_take_turns(void)
{
    static const char *const chapters[] = { "b/one", "a/two", "b/one", "" };
    static const char order[] = "name package id timestamp hostname tests "
                                "failures errors skipped time ";
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(4);
    struct lca_summary s = { .count[LCA_FAIL] = 2, .count[LCA_PASS] = 2,
                             .planned = 4, .unrun = 1,
                             .trouble = "interrupted by SIGINT" };
    struct lca_event events[4];
    struct lca_text names = { 0 };
    xmlDocPtr doc;
    xmlAttrPtr a;

    for (unsigned i = 0; i < 4; i++) {
        events[i] = lca_desk_event(i + 1, LCA_MUST,
                                   i % 2 ? LCA_PASS : LCA_FAIL, "no");
        events[i].chapter = chapters[i];
        events[i].name = i == 2 ? "later" : "first";
        events[i].said = i == 1 ? "hello" : "";
    }
    lca_desk_write_all(&d, &run, events, 4, &s);
    doc = lca_read_junit(&d);
    CU_ASSERT_EQUAL(lca_read_number(doc, "count(//testsuite)"), 3);
    CU_ASSERT(lca_read_says(doc, "//testsuite[1]/@name", "b/one"));
    CU_ASSERT(lca_read_says(doc, "//testsuite[1]/@package", "b"));
    CU_ASSERT(lca_read_says(doc, "//testsuite[2]/@name", "a/two"));
    CU_ASSERT_EQUAL(lca_read_number(doc, "//testsuite[1]/@id"), 0);
    CU_ASSERT_EQUAL(lca_read_number(doc, "//testsuite[3]/@id"), 2);
    CU_ASSERT_EQUAL(lca_read_number(doc, "//testsuite[1]/@tests"), 2);
    CU_ASSERT_EQUAL(lca_read_number(doc, "//testsuite[1]/@failures"), 2);
    CU_ASSERT_EQUAL(lca_read_number(doc, "//testsuite[2]/@failures"), 0);
    CU_ASSERT(lca_read_says(doc, "//testsuite[1]/testcase[2]/@name", "later"));
    CU_ASSERT(lca_read_says(doc, "//testsuite[1]/system-out", ""));
    CU_ASSERT(lca_read_says(doc, "//testsuite[2]/system-out",
                            "== session/logoff/plain\nhello\n"));
    CU_ASSERT(lca_read_says(doc, "//testsuite[2]/system-err", ""));
    CU_ASSERT(lca_read_says(doc, "//testsuite[3]/system-err",
                            "The run was cut short (interrupted by SIGINT): "
                            "1 of 4 testcases were not run.\n"));

    for (a = xmlDocGetRootElement(doc)->children->next->properties; a;
         a = a->next)
        lca_text_print(&names, "%s ", (const char *)a->name);
    CU_ASSERT_STRING_EQUAL(names.bytes, order);
    lca_text_free(&names);
    xmlFreeDoc(doc);
    lca_desk_close(&d);
}

static void what_a_subject_says_is_capped(void)
{
    struct lca_desk d = lca_desk_open();
    char *said = lca_desk_hostile(LONG);
    unsigned length;
    struct lca_run_info run = lca_desk_run(4);
    struct lca_summary s = { .count[LCA_PASS] = 4, .planned = 4 };
    struct lca_event events[4];
    xmlDocPtr doc;

    for (unsigned i = 0; i < 4; i++) {
        events[i] = lca_desk_event(i + 1, LCA_MUST, LCA_PASS, "");
        events[i].said = said;
    }
    lca_desk_write_all(&d, &run, events, 4, &s);
    doc = lca_read_junit(&d);
    length = lca_read_number(doc, "string-length(//system-out)");
    CU_ASSERT(length > 2 * LONG && length < 3 * LONG);
    CU_ASSERT(lca_read_number(doc, "string-length(//system-err)") > 0);
    xmlFreeDoc(doc);
    free(said);
    lca_desk_close(&d);
}

static void an_empty_run_is_a_report(void)
{
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(0);
    struct lca_summary s = { 0 };
    json_t *lines;
    xmlDocPtr doc;
    char *tap;

    lca_desk_write_all(&d, &run, NULL, 0, &s);
    doc = lca_read_junit(&d);
    lines = lca_read_json(&d);
    tap = lca_read_file(d.path[LCA_TAP]);
    CU_ASSERT_EQUAL(lca_read_number(doc, "count(//*)"), 1);
    CU_ASSERT_EQUAL(json_array_size(lines), 2);
    CU_ASSERT_STRING_EQUAL(tap, "TAP version 14\n"
                                "1..0 # nothing was selected\n");
    free(tap);
    json_decref(lines);
    xmlFreeDoc(doc);
    lca_desk_close(&d);
}

/* A schema that refused nothing would prove nothing. */
static void schema_refuses_what_others_refuse(void)
{
    static const struct { const char *from, *to; } edits[] = {
        { "<testsuites>", "<testsuites name=\"x\">" },
        { " id=\"0\"", "" },
        { " id=\"0\"", " id=\"0\" file=\"x\"" },
        { " tests=\"1\"", " tests=\"one\"" },
        { "T12:00:00", "T12:00:00Z" },
        { " time=\"0.002\"", " time=\"0,002\"" },
        { " package=\"session\"", " package=\" \"" },
        { "<properties>", "<properties/><properties>" },
        { "<property ", "<property id=\"x\" " },
        { "<testcase ", "<system-out/><testcase " },
        { "<testcase ", "<testcase status=\"run\" " },
        { "<failure ", "<skipped message=\"\"/><failure " },
        { " type=\"MUST\"", "" },
        { "</failure>", "</failure><system-out/>" },
        { "</testcase>", "</testcase><testcase name=\"x\" time=\"0.000\"/>" },
        { "<system-err></system-err>", "" },
    };
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(1);
    struct lca_event e = lca_desk_event(1, LCA_MUST, LCA_FAIL, "no");
    struct lca_summary s = { .count[LCA_FAIL] = 1, .planned = 1 };
    char *text;

    lca_desk_write_all(&d, &run, &e, 1, &s);
    xmlFreeDoc(lca_read_junit(&d));
    text = lca_read_file(d.path[LCA_JUNIT]);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct lca_text edited = { 0 };
        const char *at = strstr(text, edits[i].from);
        xmlDocPtr doc;

        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        lca_text_add(&edited, text, (size_t)(at - text));
        lca_text_print(&edited, "%s%s", edits[i].to,
                       at + strlen(edits[i].from));
        doc = xmlReadMemory(edited.bytes, (int)edited.length, NULL, NULL, 0);
        CU_ASSERT_PTR_NOT_NULL(doc);
        CU_ASSERT(!lca_read_valid(doc));
        xmlFreeDoc(doc);
        lca_text_free(&edited);
    }
    free(text);
    lca_desk_close(&d);
}

CU_TestInfo lca_report_tests[] = {
    { "totals agree in every format", totals_agree_in_every_format },
    { "any bytes make valid reports", any_bytes_make_valid_reports },
    { "chapters may take turns", chapters_may_take_turns },
    { "what a subject says is capped", what_a_subject_says_is_capped },
    { "an empty run is a report", an_empty_run_is_a_report },
    { "the schema refuses", schema_refuses_what_others_refuse },
    { "streams are seen at once", lca_reports_stream },
    { "giving up is no report", lca_reports_give_up },
    { "what cannot be written is told", lca_reports_tell_what_fails },
    { "a name taken meanwhile is told", lca_reports_meet_a_taken_name },
    { "a full disk leaves no report", lca_reports_meet_a_full_disk },
    { "a dash is standard output", lca_reports_use_standard_output },
    CU_TEST_INFO_NULL,
};
