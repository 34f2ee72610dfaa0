/* What Valgrind found: whose finding it is, and in what words. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"
#include "harness/oracle/errors.h"

#include <CUnit/CUnit.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define OK     LCA_ROW_OK
#define GONE   LCA_ROW_CODE(MAPI_E_INVALID_OBJECT)
#define CASE   { { LCA_LOGON }, { LCA_LOGOFF, LCA_WANT_SUCCEED },           \
                 { LCA_RELEASE }, { LCA_UNINITIALIZE } }
#define DEAD   { { LCA_LOGON }, { LCA_LOGOFF },                             \
                 { LCA_CALL, LCA_WANT_SURVIVE, LCA_ROW_METHOD },            \
                 { LCA_RELEASE } }
#define ALL    { OK, OK, OK, OK }
#define AT(n)  .from = { "subject.so", n }
#define MINE   .subjects = 1, AT(16)
#define ERR(...) .error = &(const struct lca_error){ __VA_ARGS__ }
#define READ(n)  ERR(.step = n, .kind = LCA_ERROR_InvalidRead, MINE)

static const struct lca_row errors[] = {
    { "in Logoff", LCA_FAIL, "Logoff: subject.so+0x10 read memory that is "
      "not its own", CASE, ALL, READ(1) },
    { "in Release", LCA_FAIL, "Release: subject.so+0x10 read", CASE, ALL,
      READ(2) },
    { "in MAPIUninitialize", LCA_FAIL, "MAPIUninitialize: subject.so", CASE,
      ALL, READ(3) },
    { "in MAPILogonEx", LCA_PASS, NULL, CASE, ALL, READ(0) },
    { "behind the last step", LCA_PASS, NULL, CASE, ALL, READ(4) },
    { "in a step that is none", LCA_PASS, NULL, CASE, ALL, READ(UINT32_MAX) },
    { "in a method of a live session", LCA_PASS, NULL,
      { { LCA_LOGON }, { LCA_CALL, LCA_WANT_SURVIVE, LCA_ROW_METHOD },
        { LCA_LOGOFF } }, ALL, READ(1) },
    { "in a method of a session whose Logoff was refused", LCA_PASS, NULL,
      { { LCA_LOGON }, { LCA_LOGOFF, LCA_WANT_SURVIVE },
        { LCA_CALL, LCA_WANT_SURVIVE, LCA_ROW_METHOD } },
      { OK, LCA_ROW_CODE(MAPI_E_UNKNOWN_FLAGS), OK }, READ(2) },
    { "in a method of a dead one", LCA_FAIL, "QueryIdentity: subject.so",
      DEAD, { OK, OK, GONE, OK }, READ(2) },
    { "in a method of another that is alive", LCA_PASS, NULL,
      { { LCA_LOGON }, { LCA_LOGON, .session = 1 }, { LCA_LOGOFF },
        { LCA_CALL, LCA_WANT_SURVIVE, LCA_ROW_METHOD, .session = 1 } },
      ALL, READ(3) },
    { "it goes before what is asked for", LCA_FAIL, "read memory", CASE,
      { OK, LCA_ROW_CODE(MAPI_E_CALL_FAILED), OK, OK }, READ(1) },
    { "and behind how it ended", LCA_FAIL, "Release crashed", CASE,
      { OK, OK }, READ(1), .missing = 2, .ending = LCA_CRASHED,
      .number = SIGSEGV },
    { "of a trial that was lost", LCA_BROKEN, NULL, CASE, { OK }, READ(1),
      .missing = 3, .ending = LCA_LOST },
    { "nobody's", LCA_PASS, NULL, CASE, ALL,
      ERR(.step = 1, .kind = LCA_ERROR_InvalidRead, AT(16)) },
    { "nobody's, in the client", LCA_PASS, NULL, CASE, ALL,
      ERR(.step = 1, .kind = LCA_ERROR_InvalidRead, .clients = 1) },
};

/* A kind is a finding, or is told in passing, as races are. */
static void kinds_are_findings_or_not(void)
{
    static const enum lca_verdict verdicts[] = {
        [LCA_ABOUT_MEMORY] = LCA_FAIL, [LCA_ABOUT_LEAK]  = LCA_PASS,
        [LCA_ABOUT_RACE]   = LCA_PASS, [LCA_ABOUT_LOCK]  = LCA_FAIL,
        [LCA_ABOUT_OTHER]  = LCA_PASS,
    };
    unsigned seen = 0;

    for (unsigned i = 0; i < LCA_ERROR_KIND_COUNT + 1; i++) {
        struct lca_error error = { .step = 1, .kind = i, MINE };
        const struct lca_row row = {
            lca_error_name(i), verdicts[lca_error_about(i)], NULL, CASE, ALL,
            .error = &error,
        };

        CU_ASSERT(lca_rows_hold(&row, 1));
        seen |= 1u << lca_error_about(i);
    }
    CU_ASSERT_EQUAL(seen, 31);
    CU_ASSERT_EQUAL(lca_error_about(LCA_ERROR_UnsetBytes), LCA_ABOUT_OTHER);
    CU_ASSERT_EQUAL(lca_error_about(LCA_ERROR_Race), LCA_ABOUT_RACE);
}

/* What the plain trial has too, and a method that errs on dead sessions. */
#define KNOWN  .known = LCA_KNOWN_ERRS
#define METHOD .known = LCA_KNOWN_UNSOUND

static const struct lca_row owners[] = {
    { "the plain trial's own, by its clause", LCA_FAIL, "Logoff: subject.so",
      CASE, ALL, READ(1), KNOWN, .clause = "SES-001" },
    { "the plain trial's own", LCA_PASS, NULL, CASE, ALL, READ(1), KNOWN },
    { "the same place in another call", LCA_PASS, NULL, CASE, ALL, READ(2),
      KNOWN, .clause = "POST-001" },
    { "the same place on a dead session", LCA_PASS, NULL, DEAD, ALL, READ(2),
      KNOWN, .clause = "POST-002" },
    { "another place", LCA_FAIL, "subject.so+0x11", CASE, ALL,
      ERR(.step = 1, .kind = LCA_ERROR_InvalidRead, .subjects = 1, AT(17)),
      KNOWN },
    { "another module", LCA_FAIL, "plug.so+0x10", CASE, ALL,
      ERR(.step = 1, .kind = LCA_ERROR_InvalidRead, .subjects = 1,
          .from = { "plug.so", 16 }), KNOWN },
    { "another kind", LCA_FAIL, "subject.so+0x10 wrote", CASE, ALL,
      ERR(.step = 1, .kind = LCA_ERROR_InvalidWrite, MINE), KNOWN },
    { "a release's, by its clause", LCA_FAIL, "Release: plug.so+0x20", CASE,
      ALL, ERR(.step = 2, .kind = LCA_ERROR_InvalidFree, .subjects = 1,
               .from = { "plug.so", 32 }), KNOWN, .clause = "POST-001" },
    { "a release's, in Logoff", LCA_PASS, NULL, CASE, ALL,
      ERR(.step = 1, .kind = LCA_ERROR_InvalidFree, .subjects = 1,
          .from = { "plug.so", 32 }), KNOWN, .clause = "SES-001" },
    { "a method's, by its clause", LCA_FAIL, "QueryIdentity: subject", DEAD,
      ALL, READ(2), METHOD, .clause = "POST-002" },
    { "a method's", LCA_PASS, NULL, DEAD, ALL, READ(2), METHOD },
    { "in Logoff, where a method errs too", LCA_FAIL, "Logoff: subject.so",
      DEAD, ALL, READ(1), METHOD },
    { "nothing is known", LCA_FAIL, "Logoff: subject.so", CASE, ALL, READ(1),
      .known = LCA_KNOWN_NOT },
};

#define MADE(k, ...) ERR(.step = 1, .kind = LCA_ERROR_##k, MINE, __VA_ARGS__)

#define LONGEST                                                             \
    { "01234567890123456789012345678901234567890123456", UINT64_MAX }

static const struct lca_row words[] = {
    { "what it freed", LCA_FAIL, "Logoff: subject.so+0x10 read memory that "
      "is not its own, in a block that was freed in subject.so+0x20", CASE,
      ALL, MADE(InvalidRead, .other = LCA_OTHER_FREED,
                .other_from = { "subject.so", 32 }) },
    { "beyond what it took", LCA_FAIL, "wrote to memory that is not its own, "
      "in or beside a block that was taken in plug.so+0x20", CASE, ALL,
      MADE(InvalidWrite, .other = LCA_OTHER_TAKEN,
           .other_from = { "plug.so", 32 }) },
    { "what somebody else freed", LCA_FAIL, "freed what is not to be freed",
      CASE, ALL, MADE(InvalidFree, .other = LCA_OTHER_FREED) },
    { "a relation that is none", LCA_FAIL, "freed what is not to be freed",
      CASE, ALL, MADE(InvalidFree, .other = 77,
                      .other_from = { "subject.so", 32 }) },
    { "the client reads it", LCA_FAIL, "Logoff: the client read memory that "
      "is not its own, in a block that was freed in subject.so+0x20", CASE,
      ALL, MADE(InvalidRead, .clients = 1, .other = LCA_OTHER_FREED,
                .other_from = { "subject.so", 32 }) },
    { "names as long as they can be", LCA_FAIL, "Logoff: 0123456789", CASE,
      ALL, ERR(.step = 1, .kind = LCA_ERROR_InvalidRead, .subjects = 1,
               .other = LCA_OTHER_TAKEN, .from = LONGEST,
               .other_from = LONGEST) },
};

/* The most of what was lost explains what grows. */
static void losses_are_explained(void)
{
    static const struct {
        struct lca_error errors[3];
        unsigned count;
        const char *says;
    } rows[] = {
        { .says = "" },
        { { { .kind = LCA_ERROR_Leak_DefinitelyLost, MINE, .blocks = 7 } }, 1,
          ": blocks from subject.so+0x10 are lost" },
        { { { .kind = LCA_ERROR_Leak_StillReachable, MINE, .blocks = 2 },
            { .kind = LCA_ERROR_Leak_DefinitelyLost, .subjects = 1, AT(17),
              .blocks = 3 },
            { .kind = LCA_ERROR_Leak_DefinitelyLost, AT(18), .blocks = 9 } },
          3, ": blocks from subject.so+0x11 are lost" },
        { { { .kind = LCA_ERROR_Leak_StillReachable, MINE, .blocks = 2 },
            { .kind = LCA_ERROR_InvalidRead, .subjects = 1, AT(17),
              .blocks = 3 } }, 2, ": blocks from subject.so+0x10 are kept" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static struct lca_record record;
        char text[160] = "before";

        record.error_count = rows[i].count;
        memcpy(record.errors, rows[i].errors, sizeof rows[i].errors);
        lca_judge_loss(&record, text, sizeof text);
        CU_ASSERT_STRING_EQUAL(text, rows[i].says);
    }
}

void lca_judge_valgrind(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(errors));
    CU_ASSERT(LCA_ROWS_HOLD(owners));
    CU_ASSERT(LCA_ROWS_HOLD(words));
    kinds_are_findings_or_not();
    losses_are_explained();
}
