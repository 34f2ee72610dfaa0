/* Are the combinations all there? Counted in the scripts, not in the axes. */

#include "harness/selftest/catalogue_matrix.h"

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/mapi.h"
#include "harness/model/script.h"
#include "harness/run/select.h"

#include <CUnit/CUnit.h>
#include <string.h>

static const struct lca_probes no_probes;
static struct lca_script script;

/* Every script of a chapter, with its cell's case. */
static void each_script(const struct lca_chapter *chapter,
                        void (*look)(const struct lca_script *))
{
    for (const struct lca_case *c = chapter->cases; c->id; c++)
        for (unsigned i = 0; i < lca_matrix_size(c->axes); i++) {
            struct lca_result r = lca_script_build(c, i, &no_probes, &script);

            CU_ASSERT_EQUAL_FATAL(r.code, LCA_OK);
            look(&script);
        }
}

/* The 36 values of ulFlags, or 36 for another. */
static unsigned flags_index(uint32_t flags)
{
    unsigned bit = 0;

    if (flags < 4)
        return flags;
    if (flags == 0xFFFFFFFC || flags == 0xFFFFFFFF)
        return flags == 0xFFFFFFFC ? 34 : 35;
    if (flags & (flags - 1))
        return 36;
    while (flags >>= 1)
        bit++;
    return bit + 2;             /* bit 2 is the first that is undefined */
}

static unsigned reserved_index(uint32_t reserved)
{
    static const uint32_t values[] = { 0, 1, 0x80000000, 0xFFFFFFFF };
    unsigned i = 0;

    while (i < 4 && values[i] != reserved)
        i++;
    return i;
}

static bool logoffs[36][4][LCA_UIS][LCA_SESSION_KINDS][LCA_INIT_KINDS];

/* The first Logoff after a logon ends, or does not end, a live session. */
static void see_logoff(const struct lca_script *s)
{
    bool live = false;

    for (unsigned i = 0; i < s->count; i++) {
        const struct lca_step *step = &s->steps[i];
        unsigned flags = flags_index(step->flags);
        unsigned reserved = reserved_index(step->reserved);

        if (step->op == LCA_LOGOFF && live && flags < 36 && reserved < 4)
            logoffs[flags][reserved][step->ui][s->kind][s->init] = true;
        if (step->session == 0)
            live = step->op == LCA_LOGON || (live && step->op != LCA_LOGOFF);
    }
}

void lca_matrix_of_logoff(void)
{
    unsigned missing = 0;

    memset(logoffs, 0, sizeof logoffs);
    each_script(&lca_chapter_logoff, see_logoff);
    for (unsigned f = 0; f < 36; f++)
        for (unsigned r = 0; r < 4; r++)
            for (unsigned u = 0; u < LCA_UIS; u++)
                for (unsigned k = 0; k < LCA_SESSION_KINDS; k++)
                    missing += !logoffs[f][r][u][k][LCA_INIT_NULL] +
                               !logoffs[f][r][u][k][LCA_INIT_MULTI];
    CU_ASSERT_EQUAL(missing, 0);
}

static bool windows[2][LCA_UIS][LCA_SESSION_KINDS][LCA_INIT_KINDS];

/* Two Logoffs of one code are alike but for the window, and one has none. */
static void see_windows(const struct lca_script *s)
{
    const struct lca_step *pair[2];
    unsigned count = 0;

    for (unsigned i = 0; i < s->count && count < 2; i++)
        if (s->steps[i].want == LCA_WANT_SAME_CODE)
            pair[count++] = &s->steps[i];
    if (count == 0)
        return;
    CU_ASSERT_EQUAL_FATAL(count, 2);
    CU_ASSERT_EQUAL(pair[0]->ui, LCA_UI_NULL);
    CU_ASSERT_EQUAL(pair[0]->flags, pair[1]->flags);
    CU_ASSERT_EQUAL(pair[0]->reserved, pair[1]->reserved);
    CU_ASSERT_FATAL(pair[1]->flags < 2);
    windows[pair[1]->flags][pair[1]->ui][s->kind][s->init] = true;
}

/* Where MAPI_LOGOFF_UI is not set, every window that is not zero. */
void lca_matrix_of_windows(void)
{
    unsigned missing = 0;

    memset(windows, 0, sizeof windows);
    each_script(&lca_chapter_logoff, see_windows);
    for (unsigned f = 0; f < 2; f++)
        for (unsigned u = LCA_UI_NULL + 1; u < LCA_UIS; u++)
            for (unsigned k = 0; k < LCA_SESSION_KINDS; k++)
                missing += !windows[f][u][k][LCA_INIT_NULL] +
                           !windows[f][u][k][LCA_INIT_MULTI];
    CU_ASSERT_EQUAL(missing, 0);
}

/* How a method is called after Logoff. */
enum way { ONCE, THOUSAND, BESIDE, ALIAS, WAYS };

static bool calls[LCA_COUNT_method][LCA_RECIPES][WAYS];

static void see_call(const struct lca_script *s)
{
    bool beside = false, over = false;

    for (unsigned i = 0; i < s->count; i++) {
        const struct lca_step *step = &s->steps[i];

        beside |= step->op == LCA_LOGON && step->session == 1;
        over |= step->op == LCA_LOGOFF && step->session == 0;
        for (unsigned m = 0; step->op == LCA_CALL && over &&
                             m < LCA_COUNT_method; m++)
            if (lca_values_method[m].value == step->method) {
                bool *ways = calls[m][step->recipe];

                ways[ONCE] |= step->times < 2;
                ways[THOUSAND] |= step->times == 1000;
                ways[BESIDE] |= beside;
                ways[ALIAS] |= step->via;
            }
    }
}

void lca_matrix_of_calls(void)
{
    unsigned missing = 0;

    memset(calls, 0, sizeof calls);
    each_script(&lca_chapter_after, see_call);
    each_script(&lca_chapter_beside, see_call);
    each_script(&lca_chapter_sequence, see_call);
    for (unsigned m = 0; m < LCA_COUNT_method; m++)
        for (unsigned r = 0; r < LCA_RECIPES; r++)
            for (unsigned w = 0; w < WAYS; w++)
                missing += !calls[m][r][w];
    CU_ASSERT_EQUAL(missing, 0);
}

enum { CALLS = LCA_COUNT_walk, PLACES = 4 };

static bool together[PLACES * PLACES * PLACES][CALLS][CALLS][CALLS];

/* What a cell has at each three of its places, or two: then z is 0 there. */
static void see_places(const unsigned *digits, unsigned strength)
{
    for (unsigned x = 0; x < PLACES; x++)
        for (unsigned y = x + 1; y < PLACES; y++)
            for (unsigned z = strength == 3 ? y + 1 : 0;
                 z < (strength == 3 ? PLACES : 1); z++)
                together[(x * PLACES + y) * PLACES + z][digits[x]][digits[y]]
                        [strength == 3 ? digits[z] : 0] = true;
}

static unsigned count_together(void)
{
    const bool *at = &together[0][0][0][0];
    unsigned count = 0;

    for (size_t i = 0; i < sizeof together / sizeof *at; i++)
        count += at[i];
    return count;
}

/* Six pairs of places, four triples; with and without a call at each. */
static void look_at_cover(enum lca_tier_choice tier, unsigned strength,
                          unsigned least, unsigned most_cells)
{
    const struct lca_options o = {
        .tier = tier, .only = { { "session/walks/dead*" }, 1 },
    };
    unsigned digits[LCA_AXES_MAX];
    struct lca_selection s;

    memset(together, 0, sizeof together);
    CU_ASSERT_EQUAL_FATAL(lca_select(&o, &s).code, LCA_OK);
    CU_ASSERT(s.count <= most_cells);
    for (unsigned i = 0; i < s.count; i++) {
        CU_ASSERT(i == 0 || s.cells[i].cell != s.cells[i - 1].cell);
        lca_matrix_cell(s.cells[i].c->axes, s.cells[i].cell, digits);
        see_places(digits, strength);
    }
    CU_ASSERT(count_together() >= least);
    lca_selection_free(&s);
}

void lca_matrix_of_sequences(void)
{
    const unsigned calls = CALLS - 1;   /* the first value is none */

    CU_ASSERT_EQUAL(calls, 27);
    look_at_cover(LCA_RUN_STANDARD, 2, 6 * calls * calls, 900);
    look_at_cover(LCA_RUN_FULL, 3, 4 * calls * calls * calls, 25000);
}

static bool twice[4][4];

static void see_twice(const struct lca_script *s)
{
    uint32_t flags[2];
    unsigned count = 0;

    for (unsigned i = 0; i < s->count && count < 2; i++)
        if (s->steps[i].op == LCA_LOGOFF && s->steps[i].session == 0)
            flags[count++] = s->steps[i].flags;
    if (count == 2 && flags[0] < 4 && flags[1] < 4)
        twice[flags[0]][flags[1]] = true;
}

void lca_matrix_of_two_logoffs(void)
{
    memset(twice, 0, sizeof twice);
    each_script(&lca_chapter_after, see_twice);
    for (unsigned i = 0; i < 16; i++)
        CU_ASSERT(twice[i / 4][i % 4]);
}
