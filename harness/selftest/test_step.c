/* step: what people are told of a step. */

#include "harness/base/text.h"
#include "harness/model/step.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <string.h>

static const struct { struct lca_step step; const char *text; } told[] = {
    { { LCA_END },                          "end" },
    { { LCA_INITIALIZE },                   "MAPIInitialize(NULL)" },
    { { LCA_INITIALIZE, .init = LCA_INIT_SINGLE },
      "MAPIInitialize(MAPIINIT_0)" },
    { { LCA_INITIALIZE, .init = LCA_INIT_MULTI },
      "MAPIInitialize(MAPI_MULTITHREAD_NOTIFICATIONS)" },
    { { LCA_UNINITIALIZE },                 "MAPIUninitialize" },
    { { LCA_LOGON },
      "MAPILogonEx(a session of its own)" },
    { { LCA_LOGON, .kind = LCA_OFFERED },
      "MAPILogonEx(offered for sharing)" },
    { { LCA_LOGON, .kind = LCA_NO_MAIL, .session = 1 },
      "MAPILogonEx(MAPI_NO_MAIL), session 2" },
    { { LCA_LOGOFF },                       "Logoff(0, 0, 0)" },
    { { LCA_LOGOFF, .flags = 1 },
      "Logoff(0, MAPI_LOGOFF_SHARED, 0)" },
    { { LCA_LOGOFF, .flags = 2 },           "Logoff(0, MAPI_LOGOFF_UI, 0)" },
    { { LCA_LOGOFF, .flags = 3 },
      "Logoff(0, MAPI_LOGOFF_SHARED|MAPI_LOGOFF_UI, 0)" },
    { { LCA_LOGOFF, .flags = 4 },           "Logoff(0, 0x4, 0)" },
    { { LCA_LOGOFF, .flags = UINT32_MAX },  "Logoff(0, 0xFFFFFFFF, 0)" },
    { { LCA_LOGOFF, .reserved = 1 },        "Logoff(0, 0, 1)" },
    { { LCA_LOGOFF, .reserved = 0x80000000 }, "Logoff(0, 0, 0x80000000)" },
    { { LCA_LOGOFF, .ui = LCA_UI_ONE },     "Logoff(1, 0, 0)" },
    { { LCA_LOGOFF, .ui = LCA_UI_ONES },    "Logoff(all ones, 0, 0)" },
    { { LCA_LOGOFF, .ui = LCA_UI_FREED, .flags = 8 },
      "Logoff(a freed address, 0x8, 0)" },
    { { LCA_LOGOFF, .ui = LCA_UI_HIGH, .flags = 2, .reserved = 255 },
      "Logoff(0x100000001, MAPI_LOGOFF_UI, 0xFF)" },
    { { LCA_LOGOFF, .session = 1, .via = true, .actor = 1 },
      "Logoff(0, 0, 0), session 2, through the queried pointer, on thread 2" },
    { { LCA_CALL, .method = LCA_IMAPISession_OpenEntry }, "OpenEntry" },
    { { LCA_CALL, .method = LCA_IMAPISession_OpenEntry,
        .recipe = LCA_NULL_OUTPUTS },       "OpenEntry with NULL outputs" },
    { { LCA_CALL, .method = LCA_IMAPISession_Advise,
        .recipe = LCA_NULL_INPUTS },        "Advise with NULL inputs" },
    { { LCA_CALL, .method = LCA_IMAPISession_Advise, .recipe = LCA_HOSTILE,
        .times = 1000 },        "Advise with hostile values, 1000 times" },
    { { LCA_CALL, .method = LCA_IMAPISession_Advise, .times = 1 }, "Advise" },
    { { LCA_CALL, .method = LCA_IMAPISession_GetLastError,
        .flags = 0x80000000 },          "GetLastError with flags 0x80000000" },
    { { LCA_CALL, .method = LCA_IUnknown_QueryInterface },
      "QueryInterface(IID_IUnknown)" },
    { { LCA_CALL, .method = LCA_IUnknown_QueryInterface,
        .iid = LCA_IID_SESSION },       "QueryInterface(IID_IMAPISession)" },
    { { LCA_CALL, .method = LCA_IUnknown_QueryInterface,
        .iid = LCA_IID_RANDOM, .recipe = LCA_NULL_OUTPUTS },
      "QueryInterface(an unknown IID) with NULL outputs" },
    { { LCA_OPEN },                         "open (stores table)" },
    { { LCA_OPEN, .object = LCA_STORE },    "open (message store)" },
    { { LCA_ASK, .object = LCA_SERVICES },  "ask (service administration)" },
    { { LCA_QUESTION, .object = LCA_FOLDER,
        .method = LCA_IMAPIProp_GetProps },     "GetProps (folder)" },
    { { LCA_DROP, .object = LCA_PROFILES },
      "release object (profile administration)" },
    { { LCA_LOOP, .times = 20 },            "repeat, 20 times" },
    { { LCA_RELEASE, .session = 1 },        "Release, session 2" },
    { { LCA_RELEASE, .actor = 1 },          "Release, on thread 2" },
    { { LCA_LOGOFF, .actor = 4, .together = true },
      "Logoff(0, 0, 0), on thread 5, at once" },
    { { LCA_LOGOFF, .session = 1, .process = 1 },
      "Logoff(0, 0, 0), session 2, in process B" },
    { { LCA_KILL, .process = 2 },           "SIGKILL to process C" },
    { { LCA_CONTINUE, .process = 1 },       "SIGCONT to process B" },
    { { LCA_ADDREF, .via = true },
      "AddRef, through the queried pointer" },
};

static void steps_are_told_to_people(void)
{
    struct lca_text text = { 0 };

    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        lca_text_clear(&text);
        lca_step_describe(&told[i].step, &text);
        LCA_ROW(text.bytes, strcmp(text.bytes, told[i].text) == 0);
    }
    lca_text_free(&text);
}

static void neighbours_are_played_together(void)
{
    static const struct lca_step steps[] = {
        { LCA_LOGON }, { LCA_LOGOFF, .together = true },
        { LCA_LOGOFF, .together = true }, { LCA_RELEASE },
        { LCA_CALL, .together = true },
    };
    static const unsigned first[] = { 0, 1, 1, 3, 4 };
    static const unsigned end[] = { 1, 3, 3, 4, 5 };

    for (unsigned i = 0; i < 5; i++) {
        CU_ASSERT_EQUAL(lca_steps_first(steps, i), first[i]);
        CU_ASSERT_EQUAL(lca_steps_end(steps, 5, i), end[i]);
    }
}

static void what_lasts_is_known(void)
{
    static const enum lca_op lasting[] = {
        LCA_LISTEN, LCA_STIR, LCA_DRAFT, LCA_COPY_PROFILE, LCA_OP_COUNT,
    };
    unsigned seen = 0;

    for (int op = 0; op < LCA_OP_COUNT; op++)
        seen += lca_op_lasts((enum lca_op)op);
    CU_ASSERT_EQUAL(seen, 4);
    for (unsigned i = 0; i < seen && i < 4; i++)
        CU_ASSERT(lca_op_lasts(lasting[i]));
}

/* An enum and its words side by side: each has one, and one of its own. */
static void check_words(const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        CU_ASSERT_PTR_NOT_NULL_FATAL(words[i]);
        LCA_ROW(words[i], *words[i] != '\0');
        for (int j = 0; j < i; j++)
            LCA_ROW(words[i], strcmp(words[i], words[j]) != 0);
    }
}

static void each_has_a_word_of_its_own(void)
{
    const char *words[LCA_OP_COUNT];

    for (int i = 0; i < LCA_OP_COUNT; i++)
        words[i] = lca_op_name((enum lca_op)i);
    check_words(words, LCA_OP_COUNT);
    CU_ASSERT_STRING_EQUAL(words[LCA_LOGOFF], "Logoff");
    CU_ASSERT_STRING_EQUAL(words[LCA_SINK], "count the sink's references");
    for (int i = 0; i < LCA_OBJECTS; i++)
        words[i] = lca_object_name((enum lca_object)i);
    check_words(words, LCA_OBJECTS);
    CU_ASSERT_STRING_EQUAL(words[LCA_STORE], "message store");
    CU_ASSERT_STRING_EQUAL(words[LCA_PROFILES], "profile administration");
    for (int i = 0; i < LCA_RECIPES; i++)
        words[i] = lca_recipe_name((enum lca_recipe)i);
    check_words(words, LCA_RECIPES);
    CU_ASSERT_STRING_EQUAL(words[LCA_HOSTILE], "hostile values");
}

static void every_step_that_can_be_is_told(void)
{
    struct lca_text text = { 0 };

    for (int op = 0; op < LCA_OP_COUNT; op++)
        for (int method = 0; method < LCA_METHOD_COUNT; method++) {
            struct lca_step step = { (enum lca_op)op,
                                     .method = (enum lca_method)method };

            lca_text_clear(&text);
            lca_step_describe(&step, &text);
            /* LCA_NO_METHOD has an empty name: only a call shows it. */
            LCA_ROW(lca_op_name(step.op),
                    text.length > 0 || (op == LCA_CALL && method == 0));
        }
    lca_text_free(&text);
}

CU_TestInfo lca_step_tests[] = {
    { "steps are told to people", steps_are_told_to_people },
    { "neighbours are played together", neighbours_are_played_together },
    { "what lasts is known", what_lasts_is_known },
    { "each has a word of its own", each_has_a_word_of_its_own },
    { "every step can be told", every_step_that_can_be_is_told },
    CU_TEST_INFO_NULL,
};
