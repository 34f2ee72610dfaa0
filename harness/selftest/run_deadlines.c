#include "harness/selftest/run_deadlines.h"

#include "harness/run/calibrate.h"

#include <CUnit/CUnit.h>
#include <stddef.h>

void lca_run_deadlines(void)
{
    static const struct { unsigned baseline_us, weight, timeout_s, ms; }
    rows[] = {
        { 0, 5, 0, 10000 },             /* nothing is known yet */
        { 0, 5, 3, 3000 },              /* but a person knows */
        { 100000, 5000, 3, 3000 },
        { 1, 5, 0, 1000 },              /* never under a second */
        { 50000, 5, 0, 1000 },
        { 51000, 5, 0, 1020 },          /* 20 baselines */
        { 100000, 1, 0, 2000 },         /* of a plain trial at least */
        { 100000, 3, 0, 2000 },
        { 100000, 10, 0, 4000 },        /* of longer ones in proportion */
        { 100000, 6000, 0, 2400000 },
        { 4000000, 1000000, 0, 3600000 },       /* never over an hour */
    };
    static struct lca_script script;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct lca_calibration known = {
            .baseline_us = rows[i].baseline_us,
        };

        script.weight = rows[i].weight;
        CU_ASSERT_EQUAL(lca_deadline(&known, &script, rows[i].timeout_s),
                        rows[i].ms);
    }
}

void lca_run_second_looks(void)
{
    static const struct { unsigned ms, lasts; } rows[] = {
        { 1000, 10000 }, { 6666, 66660 }, { 6667, 66667 }, { 57000, 117000 },
        { 3600000, 3660000 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned of = lca_second_look_of(rows[i].lasts);

        CU_ASSERT_EQUAL(lca_second_look(rows[i].ms), rows[i].lasts);
        CU_ASSERT(lca_second_look(of) >= rows[i].lasts - 9);
        CU_ASSERT(of <= rows[i].ms);
    }
}
