/* selftest: every self-test that needs no subject. */

#include "harness/selftest/suites.h"

#include <CUnit/Basic.h>

int main(void)
{
    CU_SuiteInfo suites[] = {
#define X(name) { .pName = #name, .pTests = lca_##name##_tests },
        LCA_SUITES(X)
#undef X
        CU_SUITE_INFO_NULL,
    };
    unsigned failed;

    if (CU_initialize_registry() || CU_register_suites(suites))
        return 2;
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    failed = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failed != 0;
}
