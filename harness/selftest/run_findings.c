#include "harness/selftest/run_findings.h"

#include "cases/catalogue.h"
#include "harness/run/findings.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

static void add(struct lca_findings *f, const char *clause,
                enum lca_verdict verdict, const char *text, const char *trial)
{
    struct lca_event e = {
        .clause = lca_clause_find(clause), .opinion = { .verdict = verdict },
        .trial = trial, .repeat = trial,
    };

    snprintf(e.opinion.text, sizeof e.opinion.text, "%s", text);
    lca_findings_add(f, &e, 1);
}

static struct lca_findings opened(void)
{
    struct lca_findings f;

    CU_ASSERT_EQUAL_FATAL(lca_findings_open(&f).code, LCA_OK);
    return f;
}

void lca_findings_are_grouped(void)
{
    struct lca_findings f = opened();

    add(&f, "SES-001", LCA_FAIL, "Logoff did not return", "first");
    add(&f, "SES-001", LCA_FAIL, "Logoff did not return", "second");
    add(&f, "SES-001", LCA_FAIL, "Logoff crashed", "third");
    add(&f, "SES-005", LCA_FAIL, "Logoff did not return", "fourth");
    add(&f, "SES-001", LCA_BROKEN, "Logoff did not return", "fifth");
    add(&f, "SES-001", LCA_PASS, "", "sixth");
    add(&f, "SES-001", LCA_SKIP, "Logoff crashed", "seventh");
    add(&f, "SES-001", LCA_WAIVED, "Logoff crashed", "eighth");
    CU_ASSERT_EQUAL(f.count, 4);
    CU_ASSERT_EQUAL(f.rows[0].events, 2);
    CU_ASSERT_STRING_EQUAL(f.rows[0].trial, "first");
    CU_ASSERT_EQUAL(f.rows[1].events, 1);
    CU_ASSERT_STRING_EQUAL(f.rows[2].clause->id, "SES-005");
    CU_ASSERT_EQUAL(f.rows[3].opinion.verdict, LCA_BROKEN);
    CU_ASSERT(!f.failed);
    lca_findings_close(&f);
    CU_ASSERT_PTR_NULL(f.rows);
}

void lca_findings_are_ordered(void)
{
    static const char *const order[] = {
        "must 1", "must 2, a", "must 2, b", "should 1", "should 2", "broken",
    };
    struct lca_findings f = opened();

    lca_findings_sort(&f);              /* nothing is in order */
    add(&f, "SES-001", LCA_BROKEN, "7", "broken");
    add(&f, "POST-003", LCA_FAIL, "6", "should 2");
    add(&f, "SES-002", LCA_FAIL, "5", "should 1");
    add(&f, "POST-002", LCA_FAIL, "4", "must 2, b");
    add(&f, "POST-002", LCA_FAIL, "3", "must 2, a");
    add(&f, "SES-003", LCA_FAIL, "2", "must 1");
    lca_findings_sort(&f);
    CU_ASSERT_EQUAL_FATAL(f.count, 6);
    for (unsigned i = 0; i < f.count; i++)
        CU_ASSERT_STRING_EQUAL(f.rows[i].trial, order[i]);
    lca_findings_close(&f);
}

void lca_findings_keep_copies(void)
{
    struct lca_findings f = opened();
    char text[16];

    for (unsigned i = 0; i < 500; i++) {
        snprintf(text, sizeof text, "%u", i);
        add(&f, "SES-001", LCA_FAIL, text, text);
    }
    CU_ASSERT_EQUAL_FATAL(f.count, 500);
    for (unsigned i = 0; i < f.count; i++) {
        snprintf(text, sizeof text, "%u", i);
        CU_ASSERT_STRING_EQUAL(f.rows[i].trial, text);
        CU_ASSERT_STRING_EQUAL(f.rows[i].repeat, text);
        CU_ASSERT_STRING_EQUAL(f.rows[i].opinion.text, text);
    }
    lca_findings_close(&f);
}

void lca_findings_cover_clauses(void)
{
    struct lca_findings f = opened();
    struct lca_coverage c = lca_findings_coverage(&f);
    unsigned tested = 0;

    for (unsigned i = 0; i < LCA_CLAUSES; i++)
        tested += *lca_clauses[i].reason == '\0';
    CU_ASSERT_EQUAL(c.clauses, LCA_CLAUSES);
    CU_ASSERT_EQUAL(c.not_yet + c.untestable + tested, LCA_CLAUSES);
    CU_ASSERT_EQUAL(c.tested + c.passed + c.failed + c.skipped, 0);

    add(&f, "SES-001", LCA_PASS, "", "a");      /* passed */
    add(&f, "SES-001", LCA_SKIP, "", "b");
    add(&f, "SES-002", LCA_PASS, "", "c");      /* failed */
    add(&f, "SES-002", LCA_FAIL, "", "d");
    add(&f, "SES-003", LCA_SKIP, "", "e");      /* skipped */
    add(&f, "SES-004", LCA_PASS, "", "f");      /* not decided */
    add(&f, "SES-004", LCA_BROKEN, "", "g");
    add(&f, "SES-005", LCA_FAIL, "", "h");      /* failed */
    add(&f, "SES-005", LCA_BROKEN, "", "i");
    c = lca_findings_coverage(&f);
    CU_ASSERT_EQUAL(c.tested, 5);
    CU_ASSERT_EQUAL(c.passed, 1);
    CU_ASSERT_EQUAL(c.failed, 2);
    CU_ASSERT_EQUAL(c.skipped, 2);
    CU_ASSERT_EQUAL(c.passed + c.failed + c.skipped, c.tested);
    lca_findings_close(&f);
}

void lca_findings_may_be_undecided(void)
{
    enum { P = 1 << LCA_PASS, S = 1 << LCA_SKIP, W = 1 << LCA_WAIVED,
           B = 1 << LCA_BROKEN, F = 1 << LCA_FAIL };
    static const struct { unsigned verdicts; bool undecided; } rows[] = {
        { 0, false },           /* nobody asked */
        { P, false }, { F, false }, { P | S, false }, { S | F, false },
        { B | P, false }, { S, true }, { B, true }, { S | B, true },
        { W, true },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_findings f = opened();

        add(&f, "SES-001", LCA_PASS, "", "another");
        for (int v = 0; v < LCA_VERDICT_COUNT; v++)
            if (rows[i].verdicts & 1u << v)
                add(&f, "POST-002", v, "", "it");
        CU_ASSERT_EQUAL(lca_findings_undecided(&f, "POST-002"),
                        rows[i].undecided);
        lca_findings_close(&f);
    }
}
