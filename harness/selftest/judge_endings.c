/* How a trial ended, whose finding that is, and what it left unsaid. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>
#include <signal.h>

#define OK LCA_ROW_OK

/* Logon, a wish, Release and MAPIUninitialize: the shape of most cases. */
#define WISH   { LCA_LOGOFF, LCA_WANT_SUCCEED }
#define TAIL   { LCA_RELEASE }, { LCA_UNINITIALIZE }
#define SHORT  { { LCA_LOGON }, WISH, TAIL }
#define LATER  { { LCA_LOGON }, { LCA_LOGOFF }, { LCA_RELEASE },              \
                 { LCA_FREE_NULL, LCA_WANT_SUCCEED } }
#define CRASH  .ending = LCA_CRASHED, .number = SIGSEGV
#define HANG   .ending = LCA_HUNG
#define EXIT   .ending = LCA_LEFT, .number = 7
#define AFTER(n) .missing = 4 - (n)

static const struct lca_row endings[] = {
    { "in a wish", LCA_FAIL,
      "Logoff crashed with signal 11 (SIGSEGV) in subject.so+0x0", SHORT,
      { OK }, AFTER(1), CRASH, .module = "subject.so" },
    { "in a wish", LCA_FAIL, "Logoff did not return", SHORT, { OK }, AFTER(1),
      HANG },
    { "in a wish", LCA_FAIL, "Logoff ended the process with status 7", SHORT,
      { OK }, AFTER(1), EXIT },
    { "in set-up", LCA_FAIL, "MAPILogonEx crashed", SHORT, { OK }, AFTER(0),
      CRASH },
    { "in set-up", LCA_FAIL, "MAPILogonEx did not return", SHORT, { OK },
      AFTER(0), HANG },
    { "in set-up", LCA_FAIL, "MAPILogonEx ended", SHORT, { OK }, AFTER(0),
      EXIT },
    { "in the tail", LCA_FAIL, "Release crashed", SHORT, { OK, OK }, AFTER(2),
      CRASH },
    { "in the tail", LCA_FAIL, "MAPIUninitialize did not return", SHORT,
      { OK, OK, OK }, AFTER(3), HANG },
    { "in the tail", LCA_FAIL, "Release ended", SHORT, { OK, OK }, AFTER(2),
      EXIT },
    { "after the last step", LCA_FAIL, "after the last step", SHORT,
      { OK, OK, OK, OK }, CRASH },
    { "after the last step", LCA_FAIL, "after the last step", SHORT,
      { OK, OK, OK, OK }, EXIT },
    { "a failure goes before how it ended", LCA_FAIL, "0x80004005", SHORT,
      { OK, LCA_ROW_CODE(MAPI_E_CALL_FAILED) }, AFTER(2), CRASH },
    { "broken goes before how it ended", LCA_BROKEN, "other trials", SHORT,
      { LCA_ROW_CODE(MAPI_E_LOGON_FAILED) }, AFTER(1), CRASH },
    { "objects that were left open", LCA_PASS, NULL,
      { { LCA_LOGON }, WISH, { LCA_TIDY }, { LCA_RELEASE } }, { OK, OK },
      AFTER(2), CRASH },
    { "objects that hang", LCA_PASS, NULL,
      { { LCA_LOGON }, WISH, { LCA_TIDY }, { LCA_RELEASE } }, { OK, OK },
      AFTER(2), HANG },
    { "objects that were left open, and a failure", LCA_FAIL, "0x80004005",
      { { LCA_LOGON }, WISH, { LCA_TIDY }, { LCA_RELEASE } },
      { OK, LCA_ROW_CODE(MAPI_E_CALL_FAILED) }, AFTER(2), CRASH },
    { "objects that were left open, and no wish", LCA_FAIL, "crashed",
      { { LCA_LOGON }, { LCA_LOGOFF }, { LCA_TIDY }, { LCA_RELEASE } },
      { OK, OK }, AFTER(2), CRASH },
    { "objects that the harness tripped over", LCA_BROKEN, "harness itself",
      { { LCA_LOGON }, WISH, { LCA_TIDY }, { LCA_RELEASE } }, { OK, OK },
      AFTER(2), CRASH, .module = "lastcall-host" },
    { "objects that were left open, and a wish to come", LCA_FAIL, "crashed",
      { { LCA_LOGON }, { LCA_TIDY }, WISH, { LCA_RELEASE } }, { OK },
      AFTER(1), CRASH },
};

/* The plain trial ends badly: that finding is made once. */
#define ENDED { { LCA_INITIALIZE }, { LCA_LOGON }, { LCA_LOGOFF },            \
                { LCA_UNINITIALIZE, LCA_WANT_SURVIVE } }

static const struct lca_row plain_ends[] = {
    { "as the plain trial, by its clause", LCA_FAIL, "Logoff crashed", SHORT,
      { OK }, AFTER(1), CRASH, .known = LCA_KNOWN_BAD_LOGOFF,
      .clause = "SES-001" },
    { "as the plain trial, though asked for", LCA_SKIP,
      "Logoff crashed with signal 11 (SIGSEGV), which is SES-001's finding",
      SHORT, { OK }, AFTER(1), CRASH, .known = LCA_KNOWN_BAD_LOGOFF },
    { "as the plain trial, in set-up", LCA_SKIP, "SES-001's finding", LATER,
      { OK }, AFTER(1), CRASH, .known = LCA_KNOWN_BAD_LOGOFF },
    { "otherwise than the plain trial", LCA_FAIL, "Logoff did not return",
      LATER, { OK }, AFTER(1), HANG, .known = LCA_KNOWN_BAD_LOGOFF },
    { "elsewhere than the plain trial", LCA_FAIL, "Release crashed", LATER,
      { OK, OK }, AFTER(2), CRASH, .known = LCA_KNOWN_BAD_LOGOFF },
    { "as the plain trial, with nothing left to ask", LCA_PASS, NULL, SHORT,
      { OK, OK }, AFTER(2), HANG, .known = LCA_KNOWN_BAD_RELEASE },
    { "as the plain trial, with something to ask", LCA_SKIP, "POST-001's",
      LATER, { OK, OK }, AFTER(2), HANG, .known = LCA_KNOWN_BAD_RELEASE },
    { "as the plain trial, by another word", LCA_SKIP, "POST-001's",
      { { LCA_LOGON }, { LCA_LOGOFF }, { LCA_RELEASE_ALL },
        { LCA_FREE_NULL, LCA_WANT_SUCCEED } }, { OK, OK }, AFTER(2), HANG,
      .known = LCA_KNOWN_BAD_RELEASE },
    { "in the tail, with nothing left to ask", LCA_PASS, NULL, SHORT,
      { OK, OK, OK }, AFTER(3), CRASH, .known = LCA_KNOWN_BAD_END },
    { "in the tail, by its clause", LCA_FAIL, "MAPIUninitialize crashed",
      ENDED, { OK, OK, OK }, AFTER(3), CRASH, .known = LCA_KNOWN_BAD_END,
      .clause = "PRO-012" },
    { "in the tail, though asked for", LCA_SKIP, "PRO-012's finding", ENDED,
      { OK, OK, OK }, AFTER(3), CRASH, .known = LCA_KNOWN_BAD_END },
    { "in the tail, with something to ask", LCA_SKIP, "PRO-012's",
      { { LCA_LOGON }, { LCA_LOGOFF }, { LCA_UNINITIALIZE },
        { LCA_ADMIN, LCA_WANT_UNINITIALIZED } }, { OK, OK }, AFTER(2), CRASH,
      .known = LCA_KNOWN_BAD_END },
    { "as the plain trial, by its clause", LCA_FAIL, "Release did not return",
      SHORT, { OK, OK }, AFTER(2), HANG, .known = LCA_KNOWN_BAD_RELEASE,
      .clause = "POST-001" },
    { "one clause's end is not another's", LCA_SKIP, "SES-001's", SHORT,
      { OK }, AFTER(1), CRASH, .known = LCA_KNOWN_BAD_LOGOFF,
      .clause = "POST-001" },
    { "and a failure before it stays one", LCA_FAIL, "0x80004005", SHORT,
      { OK, LCA_ROW_CODE(MAPI_E_CALL_FAILED) }, AFTER(2), HANG,
      .known = LCA_KNOWN_BAD_RELEASE },
    { "and a skip before it stays one", LCA_SKIP, "0x80040111",
      { { LCA_LOGON, LCA_WANT_SURVIVE }, { LCA_ADMIN, LCA_WANT_SUCCEED },
        { LCA_RELEASE }, { LCA_UNINITIALIZE } }, { OK, LCA_ROW_NONE },
      AFTER(2), HANG, .known = LCA_KNOWN_BAD_RELEASE, .note = "0x80040111" },
};

/* So is the finding of a method that ends badly on any dead session. */
#define NEVER(m) { { LCA_LOGON }, { LCA_LOGOFF, .want = LCA_WANT_EITHER },    \
                   { LCA_CALL, LCA_WANT_NEVER, LCA_##m }, { LCA_RELEASE } }
#define HARM { { LCA_LOGON }, { LCA_LOGOFF, .want = LCA_WANT_EITHER },     \
               { LCA_CALL, LCA_WANT_SURVIVE, LCA_ROW_METHOD },              \
               { LCA_FREE_NULL, LCA_WANT_SUCCEED } }
#define GONE LCA_ROW_CODE(MAPI_E_INVALID_OBJECT)
#define DEADLY  .known = LCA_KNOWN_DEAD_CRASHES
#define HARMFUL .known = LCA_KNOWN_DEAD_SPOILS

static const struct lca_row dead_ends[] = {
    { "left to its clause", LCA_SKIP, "QueryIdentity crashed with signal 11 "
      "(SIGSEGV), which is POST-002's", NEVER(IMAPISession_QueryIdentity),
      { OK, OK }, AFTER(2), CRASH, DEADLY },
    { "left to its clause", LCA_SKIP, "POST-002's",
      NEVER(IMAPISession_QueryIdentity), { OK, OK }, AFTER(2), HANG,
      .known = LCA_KNOWN_DEAD_HANGS },
    { "left to its clause", LCA_SKIP, "POST-007's",
      NEVER(IUnknown_QueryInterface), { OK, OK }, AFTER(2), CRASH, DEADLY },
    { "left to its clause", LCA_SKIP, "POST-008's", NEVER(IUnknown_AddRef),
      { OK, OK }, AFTER(2), CRASH, DEADLY },
    { "left to its clause", LCA_SKIP, "POST-001's", NEVER(IUnknown_Release),
      { OK, OK }, AFTER(2), CRASH, DEADLY },
    { "left to its clause", LCA_SKIP, "POST-006's",
      NEVER(IMAPISession_GetLastError), { OK, OK }, AFTER(2), CRASH, DEADLY },
    { "left to its clause", LCA_SKIP, "POST-005's",
      NEVER(IMAPISession_Logoff), { OK, OK }, AFTER(2), CRASH, DEADLY },
    { "its own clause", LCA_FAIL, "QueryIdentity crashed",
      NEVER(IMAPISession_QueryIdentity), { OK, OK }, AFTER(2), CRASH, DEADLY,
      .clause = "POST-002" },
    { "of a session that Logoff did not end", LCA_FAIL, NULL,
      NEVER(IMAPISession_QueryIdentity),
      { OK, LCA_ROW_CODE(MAPI_E_UNKNOWN_FLAGS) }, AFTER(2), CRASH, DEADLY },
    { "of another session than was ended", LCA_FAIL, NULL,
      { { LCA_LOGON }, { LCA_LOGOFF, .session = 1 },
        { LCA_CALL, LCA_WANT_NEVER, LCA_ROW_METHOD }, { LCA_RELEASE } },
      { OK, OK }, AFTER(2), CRASH, DEADLY },
    { "of a method that refuses otherwise", LCA_FAIL, NULL,
      NEVER(IMAPISession_QueryIdentity), { OK, OK }, AFTER(2), CRASH },
    { "hung where it crashed before", LCA_SKIP, "did not return, which is",
      NEVER(IMAPISession_QueryIdentity), { OK, OK }, AFTER(2), HANG, DEADLY },
    { "a Logoff that is no call of its method", LCA_FAIL, "Logoff crashed",
      { { LCA_LOGON }, { LCA_LOGOFF }, { LCA_LOGOFF, LCA_WANT_INERT },
        { LCA_RELEASE } }, { OK, OK }, AFTER(2), CRASH, DEADLY },
    { "with every wish seen before", LCA_PASS, NULL,
      { { LCA_LOGON }, WISH, { LCA_CALL, .method = LCA_ROW_METHOD },
        { LCA_RELEASE } }, { OK, OK }, AFTER(2), CRASH, DEADLY },
    { "it returned, and what came after it crashed", LCA_FAIL, "MAPIFreeBuf",
      HARM, { OK, OK, GONE }, AFTER(3), CRASH, DEADLY },
};

/* So is what a method does to a session that others use after it. */
static const struct lca_row harm[] = {
    { "left to its clause", LCA_SKIP, "MAPIFreeBuffer(NULL) crashed with "
      "signal 11 (SIGSEGV), which is POST-002's finding", HARM,
      { OK, OK, GONE }, AFTER(3), CRASH, HARMFUL },
    { "left to its clause", LCA_SKIP, "did not return, which is POST-002's",
      HARM, { OK, OK, GONE }, AFTER(3), HANG, HARMFUL },
    { "its own clause", LCA_FAIL, "MAPIFreeBuffer(NULL) crashed", HARM,
      { OK, OK, GONE }, AFTER(3), CRASH, HARMFUL, .clause = "POST-002" },
    { "some calls later", LCA_SKIP, "POST-008's finding",
      { { LCA_LOGON }, { LCA_LOGOFF },
        { LCA_CALL, LCA_WANT_SURVIVE, LCA_IUnknown_AddRef }, { LCA_TOUCH },
        { LCA_FREE_NULL, LCA_WANT_SUCCEED } }, { OK, OK, OK, OK },
      .missing = 1, CRASH, HARMFUL },
    { "the last of two is blamed", LCA_SKIP, "POST-007's finding",
      { { LCA_LOGON }, { LCA_LOGOFF },
        { LCA_CALL, LCA_WANT_SURVIVE, LCA_IUnknown_AddRef },
        { LCA_CALL, LCA_WANT_SURVIVE, LCA_IUnknown_QueryInterface },
        { LCA_FREE_NULL, LCA_WANT_SUCCEED } }, { OK, OK, OK, OK },
      .missing = 1, CRASH, HARMFUL },
    { "one of two is of this clause", LCA_SKIP, "POST-008's finding",
      { { LCA_LOGON }, { LCA_LOGOFF },
        { LCA_CALL, LCA_WANT_SURVIVE, LCA_IUnknown_AddRef },
        { LCA_CALL, LCA_WANT_SURVIVE, LCA_IUnknown_QueryInterface },
        { LCA_FREE_NULL, LCA_WANT_SUCCEED } }, { OK, OK, OK, OK },
      .missing = 1, CRASH, HARMFUL, .clause = "POST-007" },
    { "with every wish seen before", LCA_SKIP, "does harm after Logoff",
      NEVER(IMAPISession_QueryIdentity), { OK, OK, GONE }, AFTER(3), CRASH,
      HARMFUL },
    { "in the call itself", LCA_FAIL, "QueryIdentity crashed",
      NEVER(IMAPISession_QueryIdentity), { OK, OK }, AFTER(2), CRASH,
      HARMFUL },
    { "to a session that is alive", LCA_FAIL, "MAPIFreeBuffer",
      { { LCA_LOGON }, { LCA_CALL, LCA_WANT_SURVIVE, LCA_ROW_METHOD },
        { LCA_LOGOFF }, { LCA_FREE_NULL, LCA_WANT_SUCCEED } }, { OK, OK, OK },
      AFTER(3), CRASH, HARMFUL },
    { "to a session that Logoff did not end", LCA_FAIL, "MAPIFreeBuffer",
      HARM, { OK, LCA_ROW_CODE(MAPI_E_UNKNOWN_FLAGS), GONE }, AFTER(3), CRASH,
      HARMFUL },
};

/* And so is what Logoff does when it takes the caller's reference. */
#define TAKEN .known = LCA_KNOWN_CONSUMED

static const struct lca_row taken[] = {
    { "left to its clause", LCA_SKIP, "Release crashed with signal 11 "
      "(SIGSEGV), which is REF-001's finding", LATER, { OK, OK }, AFTER(2),
      CRASH, TAKEN },
    { "left to its clause", LCA_SKIP, "REF-001's", LATER, { OK, OK, OK },
      AFTER(3), HANG, TAKEN },
    { "with every wish seen before", LCA_PASS, NULL, SHORT, { OK, OK },
      AFTER(2), CRASH, TAKEN },
    { "its own clause", LCA_FAIL, "Release crashed", LATER, { OK, OK },
      AFTER(2), CRASH, TAKEN, .clause = "REF-001" },
    { "that of extra references", LCA_FAIL, "Release crashed", LATER,
      { OK, OK }, AFTER(2), CRASH, TAKEN, .clause = "REF-003" },
    { "that of Release", LCA_FAIL, "Release crashed", LATER, { OK, OK },
      AFTER(2), CRASH, TAKEN, .clause = "POST-001" },
    { "a method that crashes has its own", LCA_SKIP, "POST-002's finding",
      NEVER(IMAPISession_QueryIdentity), { OK, OK }, AFTER(2), CRASH, TAKEN },
    { "before it could", LCA_FAIL, "Logoff crashed", LATER, { OK }, AFTER(1),
      CRASH, TAKEN },
    { "a Logoff that was refused took nothing", LCA_FAIL, "Release crashed",
      { { LCA_LOGON }, { LCA_LOGOFF, LCA_WANT_EITHER }, { LCA_RELEASE },
        { LCA_FREE_NULL, LCA_WANT_SUCCEED } },
      { OK, LCA_ROW_CODE(MAPI_E_UNKNOWN_FLAGS) }, AFTER(2), CRASH, TAKEN },
    { "not from another session", LCA_FAIL, "Release crashed",
      { { LCA_LOGON }, { LCA_LOGOFF, .session = 1 }, { LCA_RELEASE },
        { LCA_FREE_NULL, LCA_WANT_SUCCEED } }, { OK, OK }, AFTER(2), CRASH,
      TAKEN },
};

/* Who is to blame when the innermost frame is the harness's. */
static const struct lca_row blame[] = {
    { "the harness crashed by itself", LCA_BROKEN, "harness itself", SHORT,
      { OK }, AFTER(1), CRASH, .module = "lastcall-host" },
    { "the harness read what the subject gave", LCA_FAIL,
      "Logoff crashed with signal 11 (SIGSEGV) in lastcall-host", SHORT, { OK },
      AFTER(1), CRASH, .module = "lastcall-host", .reading = true },
    { "a module with a like name", LCA_FAIL, NULL, SHORT, { OK }, AFTER(1),
      CRASH, .module = "lastcall-host.so" },
    { "no frames", LCA_FAIL, "crashed with signal 11", SHORT, { OK },
      AFTER(1), CRASH },
    { "a hang in the harness is not told from others", LCA_FAIL,
      "did not return", SHORT, { OK }, AFTER(1), HANG,
      .module = "lastcall-host" },
};

/* Set-up that only uses a live session: a bad end there is not judged. */
static bool only_uses(enum lca_op op)
{
    switch (op) {
    case LCA_PREPARE: case LCA_READ: case LCA_READ_PROFILE: case LCA_HOLD:
    case LCA_OPEN: case LCA_ASK: case LCA_QUESTION: case LCA_SAVE:
    case LCA_LISTEN: case LCA_BIND: case LCA_STIR:
        return true;
    default:
        return false;
    }
}

static void ends_in(enum lca_op op, enum lca_ending ending)
{
    const struct lca_row rows[] = {
        { lca_op_name(op), only_uses(op) ? LCA_SKIP : LCA_FAIL,
          only_uses(op) ? "on a live session" : NULL,
          { { LCA_LOGON }, { op }, WISH }, { OK }, .missing = 2,
          .ending = ending },
        { "beside a dead one", only_uses(op) ? LCA_SKIP : LCA_FAIL, NULL,
          { { LCA_LOGON }, { LCA_LOGOFF, .session = 1 }, { op }, WISH },
          { OK, OK }, .missing = 2, .ending = ending },
        { "after a Logoff that was refused",
          only_uses(op) ? LCA_SKIP : LCA_FAIL, NULL,
          { { LCA_LOGON }, { LCA_LOGOFF, LCA_WANT_EITHER }, { op }, WISH },
          { OK, LCA_ROW_CODE(MAPI_E_UNKNOWN_FLAGS) }, .missing = 2,
          .ending = ending },
        { "it is what was asked for", LCA_FAIL, NULL,
          { { LCA_LOGON }, { op, LCA_WANT_SURVIVE }, WISH }, { OK },
          .missing = 2, .ending = ending },
        { "the session is dead", LCA_FAIL, NULL,
          { { LCA_LOGON }, { LCA_LOGOFF }, { op }, WISH }, { OK, OK },
          .missing = 2, .ending = ending },
        { "it failed before", LCA_FAIL, "0x80004005",
          { { LCA_LOGON }, { LCA_FREE_NULL, LCA_WANT_SUCCEED }, { op }, WISH },
          { OK, LCA_ROW_CODE(MAPI_E_CALL_FAILED) }, .missing = 2,
          .ending = ending },
        { "it was the harness", LCA_BROKEN, "harness itself",
          { { LCA_LOGON }, { op }, WISH }, { OK }, .missing = 2, CRASH,
          .module = "lastcall-host" },
    };

    CU_ASSERT(LCA_ROWS_HOLD(rows));
}

void lca_judge_live_ends(void)
{
    for (int op = LCA_END + 1; op < LCA_OP_COUNT; op++) {
        ends_in(op, LCA_CRASHED);
        ends_in(op, LCA_HUNG);
        ends_in(op, LCA_LEFT);
    }
}

void lca_judge_endings(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(endings));
    CU_ASSERT(LCA_ROWS_HOLD(plain_ends));
    CU_ASSERT(LCA_ROWS_HOLD(dead_ends));
    CU_ASSERT(LCA_ROWS_HOLD(harm));
    CU_ASSERT(LCA_ROWS_HOLD(taken));
    CU_ASSERT(LCA_ROWS_HOLD(blame));
}

#define LOST    .ending = LCA_LOST
#define REFUSED .ending = LCA_REFUSED

static const struct lca_row unsaid[] = {
    { "a step that says nothing", LCA_BROKEN, "step 2 left no answer", SHORT,
      { OK, { 0 }, OK, OK } },
    { "more answers than steps", LCA_BROKEN, "5 steps were answered, of 4",
      SHORT, { OK, OK, OK, OK, OK }, .missing = -1u },
    { "all was played", LCA_PASS, NULL, SHORT, { OK, OK, OK, OK } },
    { "the last step left nothing", LCA_BROKEN, "step 4 left no record", SHORT,
      { OK, OK, OK }, AFTER(3) },
    { "the wish left nothing", LCA_BROKEN, "step 2", SHORT, { OK }, AFTER(1) },
    { "no step left anything", LCA_BROKEN, "step 1", SHORT, { OK }, AFTER(0) },
    { "the host is gone", LCA_BROKEN, "the host was lost", SHORT, { OK },
      AFTER(1), LOST },
    { "the host is gone, and says why", LCA_BROKEN, "no memory", SHORT,
      { OK }, AFTER(1), LOST, .note = "no memory" },
    { "gone after a failure: it is not to be trusted", LCA_BROKEN, NULL, SHORT,
      { OK, LCA_ROW_CODE(MAPI_E_CALL_FAILED), OK, OK }, LOST },
    { "gone when all was played", LCA_BROKEN, NULL, SHORT,
      { OK, OK, OK, OK }, LOST },
    { "the host could not play", LCA_BROKEN, "cannot open", SHORT,
      { OK, OK, OK, OK }, REFUSED, .note = "cannot open" },
    { "gone, of a subject without sessions", LCA_BROKEN, NULL, SHORT, { OK },
      LOST, .known = LCA_KNOWN_NO_LOGON },
};

/* Whatever is wished, a record that stops short is no success. */
void lca_judge_silence(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(unsaid));
    for (int want = 0; want < LCA_WANT_COUNT; want++)
        for (int ending = 0; ending < LCA_ENDING_COUNT; ending++) {
            const struct lca_row row = {
                .steps = { { LCA_CALL, want, LCA_ROW_METHOD } },
                .ending = ending, .missing = 1,
            };
            bool crash = ending == LCA_CRASHED || ending == LCA_HUNG ||
                         ending == LCA_LEFT || ending == LCA_KILLED;

            CU_ASSERT_EQUAL(lca_row_judge(&row).verdict,
                            !crash ? LCA_BROKEN
                            : want == LCA_WANT_UNLOCKED ? LCA_SKIP
                            : LCA_FAIL);
        }
}
