/* Are the combinations all there? Counted in the scripts, not in the axes. */

#include "harness/selftest/catalogue_matrix.h"

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/mapi.h"
#include "harness/model/script.h"

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

static bool pairs[LCA_COUNT_every][LCA_COUNT_every];
static bool triples[LCA_COUNT_every][LCA_COUNT_every][LCA_COUNT_every];

static unsigned every_index(enum lca_method method)
{
    unsigned i = 0;

    while (i < LCA_COUNT_every && lca_values_every[i].value != method)
        i++;
    return i;
}

/* Calls that follow one another: two are a pair, three a triple. */
static void see_sequence(const struct lca_script *s)
{
    unsigned methods[3], count = 0;

    for (unsigned i = 0; i < s->count; i++)
        if (s->steps[i].op == LCA_CALL && count < 3)
            methods[count++] = every_index(s->steps[i].method);
    for (unsigned i = 0; i < count; i++)
        CU_ASSERT_FATAL(methods[i] < LCA_COUNT_every);
    if (count == 2)
        pairs[methods[0]][methods[1]] = true;
    if (count == 3)
        triples[methods[0]][methods[1]][methods[2]] = true;
}

void lca_matrix_of_sequences(void)
{
    const unsigned all = LCA_COUNT_every;
    unsigned missing = 0;

    CU_ASSERT_EQUAL(all, 22);
    memset(pairs, 0, sizeof pairs);
    memset(triples, 0, sizeof triples);
    each_script(&lca_chapter_sequence, see_sequence);
    for (unsigned i = 0; i < all; i++)
        for (unsigned j = 0; j < all; j++) {
            missing += !pairs[i][j];
            for (unsigned k = 0; k < all; k++)
                missing += !triples[i][j][k];
        }
    CU_ASSERT_EQUAL(missing, 0);
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
