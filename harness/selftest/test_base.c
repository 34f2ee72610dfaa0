#include "harness/selftest/suites.h"

CU_TestInfo lca_base_tests[] = { CU_TEST_INFO_NULL };
