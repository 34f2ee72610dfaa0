#include "harness/run/runner.h"

#include "harness/model/trial.h"

#include <CUnit/Basic.h>
#include <CUnit/Console.h>
#include <stdio.h>
#include <stdlib.h>

/* CUnit compares a new test with each of its suite: suites are kept short. */
enum { CELLS_A_SUITE = 100 };

/* A test takes no argument: the trampoline finds its cell here. */
static struct {
    struct lca_runner *runner;
    CU_pTest *tests;            /* by cell */
    unsigned at;                /* where the next one probably is */
} registry;

static void trampoline(void)
{
    CU_pTest test = CU_get_current_test();
    unsigned count = registry.runner->selection.count;
    unsigned at = registry.at;
    struct lca_opinion opinion;

    for (unsigned i = 0; i < count && registry.tests[at] != test; i++)
        at = at + 1 < count ? at + 1 : 0;
    registry.at = at + 1 < count ? at + 1 : 0;
    opinion = lca_runner_cell(registry.runner, at);
    /* CU_ASSERT would show its own words; these are for the console. */
    CU_assertImplementation(opinion.verdict < LCA_BROKEN, at + 1,
                            opinion.text,
                            registry.runner->selection.cells[at].c->clause,
                            "", CU_FALSE);
}

static struct lca_result refused(const char *what)
{
    return lca_fail(LCA_SYSTEM, "CUnit refused %s: %s", what,
                    CU_get_error_msg());
}

static struct lca_result add_cells(void)
{
    const struct lca_selection *s = &registry.runner->selection;
    CU_pSuite suite = NULL;
    unsigned in_suite = 0, part = 0;
    struct lca_text name = { 0 };
    struct lca_result r = lca_ok();

    for (unsigned i = 0; !r.code && i < s->count; i++) {
        const struct lca_cell *cell = &s->cells[i];
        bool new_chapter = i == 0 || cell->chapter != s->cells[i - 1].chapter;

        if (new_chapter || in_suite == CELLS_A_SUITE) {
            part = new_chapter ? 1 : part + 1;
            lca_text_clear(&name);
            lca_text_print(&name, "%s (%u)", cell->chapter->name, part);
            suite = CU_add_suite(name.bytes ? name.bytes : "", NULL, NULL);
            in_suite = 0;
        }
        lca_text_clear(&name);
        lca_trial_name(cell->c, cell->cell, &name);
        if (suite)
            registry.tests[i] = CU_add_test(suite, name.bytes ? name.bytes
                                                              : "",
                                            trampoline);
        if (!suite || !registry.tests[i])
            r = refused(name.bytes ? name.bytes : "a test");
        in_suite++;
    }
    lca_text_free(&name);
    return r;
}

static struct lca_result open_registry(struct lca_runner *runner)
{
    registry.runner = runner;
    registry.at = 0;
    registry.tests = calloc(runner->selection.count, sizeof *registry.tests);
    if (!registry.tests)
        return lca_fail(LCA_SYSTEM, "no memory for tests");
    if (CU_initialize_registry() != CUE_SUCCESS)
        return refused("a registry");
    return add_cells();
}

static void close_registry(void)
{
    CU_cleanup_registry();
    free(registry.tests);
    registry.tests = NULL;
}

struct lca_result lca_registry_run(struct lca_runner *runner)
{
    struct lca_result r = open_registry(runner);

    if (!r.code && CU_run_all_tests() != CUE_SUCCESS)
        r = refused("to run");
    close_registry();
    return r;
}

struct lca_result lca_registry_console(struct lca_runner *runner)
{
    struct lca_result r = open_registry(runner);

    if (!r.code)
        CU_console_run_tests();
    close_registry();
    return r;
}
