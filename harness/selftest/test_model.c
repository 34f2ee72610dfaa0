#include "harness/selftest/suites.h"

CU_TestInfo lca_model_tests[] = { CU_TEST_INFO_NULL };
