#include "harness/selftest/suites.h"

CU_TestInfo lca_catalogue_tests[] = { CU_TEST_INFO_NULL };
