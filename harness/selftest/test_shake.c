/* shake: what a seed makes of a schedule. */

#include "harness/selftest/suites.h"

#include "harness/fault/shake.h"

#include <string.h>
#include <time.h>

enum { CALLS = 200 };

/* What is left of the seed at each call. */
static void follow(uint32_t seed, unsigned number, uint64_t *left)
{
    lca_shake_begin(seed, number);
    lca_shake_wait();
    for (int i = 0; i < CALLS; i++) {
        lca_shake();
        left[i] = lca_shaken;
    }
    lca_shake_end();
}

static void a_seed_is_a_schedule(void)
{
    static uint64_t one[CALLS], same[CALLS], other[CALLS], seed[CALLS];

    follow(17, 0, one);
    follow(17, 0, same);
    follow(17, 1, other);
    follow(18, 0, seed);
    CU_ASSERT(memcmp(one, same, sizeof one) == 0);
    for (int i = 0; i < CALLS; i++)
        CU_ASSERT(one[i] && one[i] != other[i] && one[i] != seed[i]);
    CU_ASSERT_EQUAL(lca_shaken, 0);
}

static void without_a_seed_nothing_is_shaken(void)
{
    static uint64_t left[CALLS];

    follow(0, 3, left);
    for (int i = 0; i < CALLS; i++)
        CU_ASSERT_EQUAL(left[i], 0);
}

/* A round has to stay short: all that is drawn adds up to little, of the
   process's own time, for on a busy machine others have the rest. */
static void no_seed_waits_long(void)
{
    static uint64_t left[CALLS];
    clock_t from = clock();

    for (uint32_t seed = 1; seed <= 20; seed++)
        follow(seed * 1000003u, seed % 4, left);
    CU_ASSERT(clock() - from < 2 * CLOCKS_PER_SEC);
}

CU_TestInfo lca_shake_tests[] = {
    { "a seed is a schedule", a_seed_is_a_schedule },
    { "without a seed nothing is shaken", without_a_seed_nothing_is_shaken },
    { "no seed waits long", no_seed_waits_long },
    CU_TEST_INFO_NULL,
};
