/* selftest_wrappers: the wrappers, in a program that is linked as a host is. */

#include "harness/fault/strike.h"

#include <CUnit/Basic.h>
#include <stdio.h>

extern CU_TestInfo lca_wrappers_tests[], lca_wrappers_effects_tests[],
    lca_callers_tests[], lca_ledger_tests[], lca_locks_tests[],
    lca_guard_tests[];

int main(void)
{
    CU_SuiteInfo suites[] = {
        { .pName = "wrappers", .pTests = lca_wrappers_tests },
        { .pName = "effects", .pTests = lca_wrappers_effects_tests },
        { .pName = "callers", .pTests = lca_callers_tests },
        { .pName = "ledger", .pTests = lca_ledger_tests },
        { .pName = "locks", .pTests = lca_locks_tests },
        { .pName = "guard", .pTests = lca_guard_tests },
        CU_SUITE_INFO_NULL,
    };
    struct lca_result r = lca_strike_start();
    unsigned failed;

    if (r.code) {
        fprintf(stderr, "%s\n", r.text);
        return 2;
    }
    if (CU_initialize_registry() || CU_register_suites(suites))
        return 2;
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    failed = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failed != 0;
}
