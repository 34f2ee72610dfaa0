#include "harness/selftest/judge_desk.h"
#include "harness/selftest/suites.h"

#include "harness/mapi/mapi.h"
#include "harness/oracle/mercy.h"

#include <string.h>

#define CALL(wish)   { { LCA_CALL, wish, .method = LCA_ROW_METHOD } }
#define LOGOFF(wish) { { LCA_LOGOFF, wish } }
#define OP(op, wish) { { op, wish } }

/* Set-up that fails judges nothing. */
static const struct lca_row setups[] = {
    { "it works", LCA_PASS, NULL, OP(LCA_PREPARE, LCA_WANT_SETUP),
      { LCA_ROW_OK } },
    { "a warning is a success", LCA_PASS, NULL, OP(LCA_LOGON, LCA_WANT_SETUP),
      { { .code = MAPI_W_NO_SERVICE, .calls = 1, .successes = 1 } } },
    { "a refused Logoff is SES-001's", LCA_SKIP, "SES-001",
      LOGOFF(LCA_WANT_SETUP), { LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "what is not to be had is not judged", LCA_SKIP, "no message",
      OP(LCA_PREPARE, LCA_WANT_SETUP), { LCA_ROW_NONE },
      .note = "no message" },
    { "an object that is refused", LCA_SKIP, "the case needs it",
      OP(LCA_ASK, LCA_WANT_SETUP), { LCA_ROW_CODE(MAPI_E_NO_SUPPORT) } },
    { "logging on works in other trials", LCA_BROKEN, "other trials",
      OP(LCA_LOGON, LCA_WANT_SETUP), { LCA_ROW_CODE(MAPI_E_LOGON_FAILED) } },
    { "a second session may be one too many", LCA_SKIP, "0x80040111",
      { { LCA_LOGON }, { LCA_LOGON, .session = 1 } },
      { LCA_ROW_OK, LCA_ROW_CODE(MAPI_E_LOGON_FAILED) } },
    { "logging on again may be, too", LCA_SKIP, "the case needs it",
      { { LCA_LOGON }, { LCA_LOGOFF }, { LCA_LOGON } },
      { LCA_ROW_OK, LCA_ROW_OK, LCA_ROW_CODE(MAPI_E_LOGON_FAILED) } },
    { "a round of many may be", LCA_SKIP, "0x80040111",
      OP(LCA_LOGON, LCA_WANT_SETUP),
      { { .odd = MAPI_E_LOGON_FAILED, .calls = 20, .successes = 1 } } },
    { "what was logged on later does not count", LCA_BROKEN, "other trials",
      { { LCA_LOGON }, { LCA_LOGON, .session = 1 } },
      { LCA_ROW_CODE(MAPI_E_LOGON_FAILED), LCA_ROW_OK } },
    { "nor does what was not logged on", LCA_BROKEN, "other trials",
      { { LCA_PREPARE }, { LCA_LOGON } },
      { LCA_ROW_OK, LCA_ROW_CODE(MAPI_E_LOGON_FAILED) } },
    { "what comes after it is not judged", LCA_SKIP, "SES-001",
      { { LCA_LOGOFF }, { LCA_FREE_NULL, LCA_WANT_SUCCEED } },
      { LCA_ROW_CODE(MAPI_E_CALL_FAILED), LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "what is not offered is left out", LCA_PASS, NULL,
      OP(LCA_OPEN, LCA_WANT_OFFERED), { LCA_ROW_NONE } },
};

/* What a call answers. */
static const struct lca_row answers[] = {
    { "success", LCA_PASS, NULL, LOGOFF(LCA_WANT_SUCCEED), { LCA_ROW_OK } },
    { "failure", LCA_FAIL, "Logoff answered 0x80004005",
      LOGOFF(LCA_WANT_SUCCEED), { LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "the plain Logoff fails as well", LCA_SKIP, "SES-001",
      LOGOFF(LCA_WANT_SUCCEED), { LCA_ROW_CODE(MAPI_E_CALL_FAILED) },
      .known = LCA_KNOWN_REFUSED_PLAIN },
    { "the plain Logoff fails, and is asked for", LCA_FAIL, "0x80004005",
      LOGOFF(LCA_WANT_SUCCEED), { LCA_ROW_CODE(MAPI_E_CALL_FAILED) },
      .known = LCA_KNOWN_REFUSED_PLAIN, .clause = "SES-001" },
    { "the plain Logoff fails, this one does not", LCA_PASS, NULL,
      LOGOFF(LCA_WANT_SUCCEED), { LCA_ROW_OK },
      .known = LCA_KNOWN_REFUSED_PLAIN },
    { "a plain Logoff that warns is none that fails", LCA_FAIL, "0x80004005",
      LOGOFF(LCA_WANT_SUCCEED), { LCA_ROW_CODE(MAPI_E_CALL_FAILED) },
      .known = LCA_KNOWN_ODD_PLAIN },
    { "the plain Logoff has no say in others", LCA_FAIL, "0x80004005",
      OP(LCA_FREE_NULL, LCA_WANT_SUCCEED),
      { LCA_ROW_CODE(MAPI_E_CALL_FAILED) },
      .known = LCA_KNOWN_REFUSED_PLAIN },
    { "one failure of many", LCA_FAIL, "0x80040115",
      OP(LCA_CHAIN, LCA_WANT_SUCCEED),
      { { .odd = MAPI_E_NETWORK_ERROR, .calls = 20, .successes = 19 } } },
    { "no MAPIFreeBuffer to call", LCA_SKIP, "exports no",
      OP(LCA_FREE_NULL, LCA_WANT_SUCCEED), { LCA_ROW_NONE },
      .note = "the subject exports no MAPIFreeBuffer" },
    { "S_OK", LCA_PASS, NULL, LOGOFF(LCA_WANT_EXACT), { LCA_ROW_OK } },
    { "another success", LCA_FAIL, "0x00000001 S_FALSE",
      LOGOFF(LCA_WANT_EXACT),
      { { .code = S_FALSE, .calls = 1, .successes = 1 } } },
    { "another success, once", LCA_FAIL, NULL, LOGOFF(LCA_WANT_EXACT),
      { { .odd = S_FALSE, .calls = 9, .successes = 9 } } },
    { "a Logoff that fails is not inexact", LCA_SKIP, "SES-001",
      LOGOFF(LCA_WANT_EXACT), { LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "freeing NULL fails", LCA_FAIL, "0x80004005",
      OP(LCA_FREE_NULL, LCA_WANT_EXACT),
      { LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "a refusal", LCA_PASS, NULL, LOGOFF(LCA_WANT_REFUSAL),
      { LCA_ROW_CODE(MAPI_E_INVALID_PARAMETER) } },
    { "no refusal to look at", LCA_SKIP, "Logoff was not refused",
      LOGOFF(LCA_WANT_REFUSAL), { LCA_ROW_OK } },
    { "no refusal, with a warning", LCA_SKIP, "was not refused",
      LOGOFF(LCA_WANT_REFUSAL),
      { { .code = MAPI_W_NO_SERVICE, .calls = 1, .successes = 1 } } },
    { "any code", LCA_PASS, NULL, LOGOFF(LCA_WANT_EITHER),
      { LCA_ROW_CODE(MAPI_E_UNKNOWN_FLAGS) } },
    { "any code", LCA_PASS, NULL, CALL(LCA_WANT_SURVIVE),
      { LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "nothing to ask with", LCA_SKIP, NULL, CALL(LCA_WANT_SURVIVE),
      { LCA_ROW_NONE } },
    { "nothing to ask with", LCA_SKIP, NULL, CALL(LCA_WANT_EITHER),
      { LCA_ROW_NONE } },
    { "says that it is not initialized", LCA_PASS, NULL,
      OP(LCA_LOGON, LCA_WANT_UNINITIALIZED),
      { LCA_ROW_CODE(MAPI_E_NOT_INITIALIZED) } },
    { "says something else", LCA_FAIL, "0x80004005",
      OP(LCA_ADMIN, LCA_WANT_UNINITIALIZED),
      { LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "works uninitialized", LCA_FAIL, "S_OK",
      OP(LCA_LOGON, LCA_WANT_UNINITIALIZED), { LCA_ROW_OK } },
    { "is not there", LCA_SKIP, NULL, OP(LCA_ADMIN, LCA_WANT_UNINITIALIZED),
      { LCA_ROW_NONE } },
};

/* Methods of a session that was logged off. */
#define GONE LCA_ROW_CODE(MAPI_E_INVALID_OBJECT)
#define ODD  LCA_ROW_CODE(MAPI_E_NETWORK_ERROR)
#define TALK(c, n, s) { .code = c, .calls = 1, .successes = s, .ipc = n }

static const struct lca_row refusals[] = {
    { "refused", LCA_PASS, NULL, CALL(LCA_WANT_REFUSE), { GONE } },
    { "nobody knows whether it lives", LCA_BROKEN, "was lost",
      CALL(LCA_WANT_REFUSE), { GONE }, .known = LCA_KNOWN_LIVE_UNKNOWN },
    { "crashes when alive too", LCA_SKIP, "does not return on a live",
      CALL(LCA_WANT_REFUSE), { GONE }, .known = LCA_KNOWN_LIVE_CRASHES },
    { "does harm when alive too", LCA_SKIP, "does not return on a live",
      CALL(LCA_WANT_REFUSE), { GONE }, .known = LCA_KNOWN_LIVE_SPOILS },
    { "refused, and did harm", LCA_PASS, NULL, CALL(LCA_WANT_REFUSE),
      { GONE }, .known = LCA_KNOWN_DEAD_SPOILS },
    { "not refused", LCA_FAIL, "QueryIdentity after Logoff answered 0x0000",
      CALL(LCA_WANT_REFUSE), { LCA_ROW_OK }, .known = LCA_KNOWN_DEAD_ANSWERS },
    { "refuses when alive too", LCA_SKIP, "proves nothing",
      CALL(LCA_WANT_REFUSE), { GONE }, .known = LCA_KNOWN_LIVE_REFUSES },
    { "cannot be asked", LCA_SKIP, "cannot be asked", CALL(LCA_WANT_REFUSE),
      { LCA_ROW_NONE }, .known = LCA_KNOWN_LIVE_UNPREPARED },
    { "could be asked before", LCA_SKIP, "not to be had",
      CALL(LCA_WANT_REFUSE), { LCA_ROW_NONE } },
    { "hangs when alive too", LCA_SKIP, "does not return on a live",
      CALL(LCA_WANT_REFUSE), { GONE }, .known = LCA_KNOWN_LIVE_HANGS },
    { "always", LCA_PASS, NULL, CALL(LCA_WANT_NEVER),
      { { .code = MAPI_E_INVALID_OBJECT, .calls = 1000 } } },
    { "not always", LCA_FAIL, "1 of 1000", CALL(LCA_WANT_NEVER),
      { { .code = MAPI_E_INVALID_OBJECT, .calls = 1000, .successes = 1 } } },
    { "left to POST-002", LCA_SKIP, "answers after Logoff (POST-002)",
      CALL(LCA_WANT_NEVER), { LCA_ROW_OK }, .known = LCA_KNOWN_DEAD_ANSWERS },
    { "left to POST-002, though it refused now", LCA_SKIP, "crashes after",
      CALL(LCA_WANT_NEVER), { GONE }, .known = LCA_KNOWN_DEAD_CRASHES },
    { "left to POST-002, though it returned", LCA_SKIP, "hangs after",
      CALL(LCA_WANT_NEVER), { GONE }, .known = LCA_KNOWN_DEAD_HANGS },
    { "left to POST-002, though it did harm", LCA_SKIP, "does harm after",
      CALL(LCA_WANT_NEVER), { GONE }, .known = LCA_KNOWN_DEAD_SPOILS },
    { "nobody knows whether it lives", LCA_BROKEN, "was lost",
      CALL(LCA_WANT_NEVER), { GONE }, .known = LCA_KNOWN_LIVE_UNKNOWN },
    { "POST-002 could not be asked", LCA_FAIL, "1 of 1",
      CALL(LCA_WANT_NEVER), { LCA_ROW_OK }, .known = LCA_KNOWN_DEAD_UNKNOWN },
    { "POST-002 could not ask", LCA_SKIP, "is not asked",
      CALL(LCA_WANT_NEVER), { GONE }, .known = LCA_KNOWN_DEAD_UNPREPARED },
    { "nothing to ask with", LCA_SKIP, NULL, CALL(LCA_WANT_NEVER),
      { LCA_ROW_NONE } },
    { "a method in a sequence", LCA_PASS, NULL, CALL(LCA_WANT_STILL_REFUSE),
      { GONE } },
    { "a method revived by a sequence", LCA_FAIL, "succeeded after Logoff",
      CALL(LCA_WANT_STILL_REFUSE), { LCA_ROW_OK } },
    { "left to POST-002 in a sequence", LCA_SKIP, "POST-002",
      CALL(LCA_WANT_STILL_REFUSE), { LCA_ROW_OK },
      .known = LCA_KNOWN_DEAD_ANSWERS },
    { "AddRef may succeed", LCA_PASS, NULL,
      { { LCA_CALL, LCA_WANT_STILL_REFUSE, LCA_IUnknown_AddRef } },
      { LCA_ROW_OK } },
    { "Logoff has a clause of its own", LCA_PASS, NULL,
      { { LCA_CALL, LCA_WANT_STILL_REFUSE, LCA_IMAPISession_Logoff } },
      { LCA_ROW_OK } },
    { "so has GetLastError", LCA_PASS, NULL,
      { { LCA_CALL, LCA_WANT_STILL_REFUSE, LCA_IMAPISession_GetLastError } },
      { LCA_ROW_OK } },
    { "refused in silence", LCA_PASS, NULL, CALL(LCA_WANT_REFUSE_INERT),
      { GONE } },
    { "refused, yet told the server", LCA_FAIL, "3 IPC calls",
      CALL(LCA_WANT_REFUSE_INERT), { TALK(MAPI_E_INVALID_OBJECT, 3, 0) } },
    { "not even refused", LCA_FAIL, "succeeded", CALL(LCA_WANT_REFUSE_INERT),
      { TALK(S_OK, 3, 1) } },
    { "left to POST-002, with its words", LCA_SKIP, "POST-002",
      CALL(LCA_WANT_REFUSE_INERT), { TALK(S_OK, 3, 1) },
      .known = LCA_KNOWN_DEAD_ANSWERS },
    { "a second Logoff fails", LCA_PASS, NULL, LOGOFF(LCA_WANT_INERT),
      { TALK(MAPI_E_INVALID_OBJECT, 2, 0) } },
    { "a second Logoff does nothing", LCA_PASS, NULL, LOGOFF(LCA_WANT_INERT),
      { LCA_ROW_OK } },
    { "the first one did nothing either", LCA_SKIP, "no-op (POST-002)",
      LOGOFF(LCA_WANT_INERT), { LCA_ROW_OK }, .known = LCA_KNOWN_NO_OP },
    { "a second Logoff logs off again", LCA_FAIL, "2 IPC calls",
      LOGOFF(LCA_WANT_INERT), { TALK(S_OK, 2, 1) } },
    { "nobody knows whether it lives", LCA_BROKEN, "was lost",
      CALL(LCA_WANT_STILL_REFUSE), { GONE }, .known = LCA_KNOWN_LIVE_UNKNOWN },
    { "nobody knows whether it lives", LCA_BROKEN, "was lost",
      CALL(LCA_WANT_REFUSE_INERT), { GONE }, .known = LCA_KNOWN_LIVE_UNKNOWN },
    { "nobody knows whether it lives", LCA_BROKEN, "was lost",
      CALL(LCA_WANT_KNOWN_CODE), { GONE }, .known = LCA_KNOWN_LIVE_UNKNOWN },
    { "nobody knows whether it lives", LCA_BROKEN, "was lost",
      CALL(LCA_WANT_CLEAN), { GONE }, .known = LCA_KNOWN_LIVE_UNKNOWN },
    { "a usual code", LCA_PASS, NULL, CALL(LCA_WANT_KNOWN_CODE), { GONE } },
    { "another usual code", LCA_PASS, NULL, CALL(LCA_WANT_KNOWN_CODE),
      { LCA_ROW_CODE(MAPI_E_END_OF_SESSION) } },
    { "an unusual code is noted", LCA_SKIP, "noted", CALL(LCA_WANT_KNOWN_CODE),
      { ODD } },
    { "no code, for it succeeds", LCA_SKIP, "POST-002",
      CALL(LCA_WANT_KNOWN_CODE), { LCA_ROW_OK },
      .known = LCA_KNOWN_DEAD_ANSWERS },
    { "outputs as they were", LCA_PASS, NULL, CALL(LCA_WANT_CLEAN), { GONE } },
    { "outputs of somebody", LCA_FAIL, "changed an output",
      CALL(LCA_WANT_CLEAN),
      { { .code = MAPI_E_INVALID_OBJECT, .calls = 1, .marks = LCA_DIRTY } } },
    { "outputs of a call that succeeds", LCA_SKIP, "POST-002",
      CALL(LCA_WANT_CLEAN), { LCA_ROW_OK }, .known = LCA_KNOWN_DEAD_ANSWERS },
};

/* Marks that the host made. */
#define QUERY(wish) { { LCA_CALL, wish, LCA_IUnknown_QueryInterface } }
#define NO_SUCH     LCA_ROW_CODE(MAPI_E_INTERFACE_NOT_SUPPORTED)

static const struct lca_row marks[] = {
    { "no error to tell", LCA_PASS, NULL, CALL(LCA_WANT_LAST_ERROR),
      { LCA_ROW_OK } },
    { "an error that is none", LCA_FAIL, "well formed",
      CALL(LCA_WANT_LAST_ERROR), { LCA_ROW_MARK(LCA_BAD_ERROR) } },
    { "QueryInterface refuses", LCA_PASS, NULL, QUERY(LCA_WANT_QUERIED),
      { GONE } },
    { "QueryInterface answers", LCA_PASS, NULL, QUERY(LCA_WANT_QUERIED),
      { LCA_ROW_VALUE(0x1000) } },
    { "QueryInterface gives nothing", LCA_FAIL, "gave no pointer",
      QUERY(LCA_WANT_QUERIED), { LCA_ROW_OK } },
    { "QueryInterface does both", LCA_FAIL, "all the same",
      QUERY(LCA_WANT_QUERIED),
      { { .code = MAPI_E_INVALID_OBJECT, .calls = 1, .marks = LCA_DIRTY } } },
    { "no such interface", LCA_PASS, NULL, QUERY(LCA_WANT_NO_INTERFACE),
      { NO_SUCH } },
    { "every interface", LCA_FAIL, "S_OK", QUERY(LCA_WANT_NO_INTERFACE),
      { LCA_ROW_OK } },
    { "another refusal", LCA_FAIL, "0x80004005", QUERY(LCA_WANT_NO_INTERFACE),
      { LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "no such interface, but here it is", LCA_FAIL, "all the same",
      QUERY(LCA_WANT_NO_INTERFACE),
      { { .code = MAPI_E_INTERFACE_NOT_SUPPORTED, .calls = 1,
          .marks = LCA_DIRTY } } },
    { "an object", LCA_PASS, NULL, OP(LCA_TOUCH, LCA_WANT_INTACT),
      { LCA_ROW_MARK(LCA_LIVE_TABLE) } },
    { "freed memory", LCA_FAIL, "no object any more",
      OP(LCA_TOUCH, LCA_WANT_INTACT), { LCA_ROW_OK } },
    { "buffers as they were", LCA_PASS, NULL, OP(LCA_VERIFY, LCA_WANT_KEPT),
      { LCA_ROW_MARK(LCA_KEPT) } },
    { "buffers of somebody", LCA_FAIL, "was changed",
      OP(LCA_VERIFY, LCA_WANT_KEPT), { LCA_ROW_OK } },
    { "a sink that is held", LCA_PASS, NULL, OP(LCA_SINK, LCA_WANT_BALANCED),
      { LCA_ROW_VALUE(1) } },
    { "a sink let go once too often", LCA_FAIL, "more often",
      OP(LCA_SINK, LCA_WANT_BALANCED), { LCA_ROW_VALUE(0) } },
    { "a sink let go twice too often", LCA_FAIL, "more often",
      OP(LCA_SINK, LCA_WANT_BALANCED), { LCA_ROW_VALUE(0xFFFFFFFF) } },
    { "nothing was heard", LCA_PASS, NULL, OP(LCA_SINK, LCA_WANT_QUIET),
      { LCA_ROW_VALUE(1) } },
    { "something was heard", LCA_FAIL, "notification",
      OP(LCA_SINK, LCA_WANT_QUIET),
      { { .odd = 1, .calls = 1, .successes = 1, .value = 1 } } },
    { "it was not refused, so nobody asks", LCA_PASS, NULL,
      OP(LCA_SINK, LCA_WANT_QUIET), { { .odd = 1, .marks = LCA_NOT_PLAYED } } },
};

static void wishes_are_judged(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(setups));
    CU_ASSERT(LCA_ROWS_HOLD(answers));
    CU_ASSERT(LCA_ROWS_HOLD(refusals));
    CU_ASSERT(LCA_ROWS_HOLD(marks));
}

enum { P = 1 << LCA_PASS, S = 1 << LCA_SKIP, B = 1 << LCA_BROKEN,
       F = 1 << LCA_FAIL };

/* What a wish can come to, apart from how the trial ended: all of it. */
static const unsigned possible[LCA_WANT_COUNT] = {
    [LCA_WANT_SETUP] = P | S | B,           [LCA_WANT_OFFERED] = P,
    [LCA_WANT_SUCCEED] = P | S | F,         [LCA_WANT_EXACT] = P | S | F,
    [LCA_WANT_SAME_CODE] = P | F,           [LCA_WANT_EITHER] = P | S,
    [LCA_WANT_REFUSAL] = P | S,             [LCA_WANT_SURVIVE] = P | S,
    [LCA_WANT_REFUSE] = P | S | B | F,
    [LCA_WANT_STILL_REFUSE] = P | S | B | F,
    [LCA_WANT_NEVER] = P | S | B | F,
    [LCA_WANT_REFUSE_INERT] = P | S | B | F,
    [LCA_WANT_INERT] = P | S | F,           [LCA_WANT_KNOWN_CODE] = P | S | B,
    [LCA_WANT_CLEAN] = P | S | B | F,       [LCA_WANT_LAST_ERROR] = P | F,
    [LCA_WANT_QUERIED] = P | F,             [LCA_WANT_NO_INTERFACE] = P | F,
    [LCA_WANT_UNINITIALIZED] = P | S | F,   [LCA_WANT_PROBED] = P | S | B | F,
    [LCA_WANT_ALIVE] = P | S | F,           [LCA_WANT_DEAD] = P | S | F,
    [LCA_WANT_DECIDED] = P | S | B | F,     [LCA_WANT_SAME_CHOICE] = P | F,
    [LCA_WANT_SAME_VALUE] = P | S | F,      [LCA_WANT_INTACT] = P | F,
    [LCA_WANT_KEPT] = P | F,                [LCA_WANT_BALANCED] = P | F,
    [LCA_WANT_QUIET] = P | F,               [LCA_WANT_NO_DISPLAY] = P | S | F,
    [LCA_WANT_NO_NEW_FDS] = P | B | F,
    [LCA_WANT_NO_NEW_THREADS] = P | B | F,
    [LCA_WANT_NO_CIRCLE] = P | S | B | F,
    [LCA_WANT_NO_NEW_HEAP] = P | B | F,     [LCA_WANT_NO_GROWTH] = P | B | F,
    [LCA_WANT_OWN_FDS] = P | B | F,         [LCA_WANT_UNLOCKED] = P | S | F,
    [LCA_WANT_NO_MORE] = P | B | F,
    [LCA_WANT_RESTORED] = P | B | F,
    [LCA_WANT_LASTING] = P | S | B | F,     [LCA_WANT_OVER] = P | S | B | F,
    [LCA_WANT_NOTED] = P | B | F,
    [LCA_WANT_HELD] = P | S | F,            [LCA_WANT_OWN_THREAD] = P | S | F,
    [LCA_WANT_LEFT_DEAD] = P | S | F,
    [LCA_WANT_LEFT_DEAD_TOO] = P | S | F,   [LCA_WANT_LEFT_CODE] = P | S | F,
    [LCA_WANT_GONE] = P | S | F,            [LCA_WANT_LEFT_ALONE] = P | S | F,
    [LCA_WANT_ATTACHED] = P | S,            [LCA_WANT_GRANTED] = P | S,
    [LCA_WANT_ALONE] = P | S,               [LCA_WANT_DISTINCT] = P | S | F,
    [LCA_WANT_TOLD] = P | S | F,            [LCA_WANT_UNTOLD] = P | S | F,
    [LCA_WANT_TOLD_ERROR] = P | S | F,      [LCA_WANT_TOLD_ENTRY] = P | S | F,
    [LCA_WANT_TOLD_EXTENDED] = P | S | F,   [LCA_WANT_TOLD_CODE] = P | S,
    [LCA_WANT_FOUND] = P | S | F,           [LCA_WANT_MISSING] = P | S | F,
    [LCA_WANT_YES_OR_NO] = P | S | F,
    [LCA_WANT_MORE] = P | S | F,
    [LCA_WANT_TOLD_ANYWAY] = P | S | F,     [LCA_WANT_VANISHED] = P | F,
    [LCA_WANT_ONE_SUCCEEDS] = P | S | F,    [LCA_WANT_SILENT] = P | S | F,
    [LCA_WANT_LEFT_CLEAN] = P | S | F,      [LCA_WANT_AS_SAVED] = P | S | F,
};

static void every_wish_has_rows(void)
{
    unsigned seen[LCA_WANT_COUNT] = { 0 };

    lca_rows_cover(setups, sizeof setups / sizeof *setups, seen);
    lca_rows_cover(answers, sizeof answers / sizeof *answers, seen);
    lca_rows_cover(refusals, sizeof refusals / sizeof *refusals, seen);
    lca_rows_cover(marks, sizeof marks / sizeof *marks, seen);
    lca_judge_states_cover(seen);
    lca_judge_locks_cover(seen);
    lca_judge_residue_cover(seen);
    lca_judge_races_cover(seen);
    lca_judge_shared_cover(seen);
    lca_judge_open_cover(seen);
    lca_judge_profiles_cover(seen);
    lca_judge_outside_cover(seen);
    /* What comes after these is compared with a trial without faults. */
    for (int want = 0; want < LCA_WANT_STRUCK; want++) {
        CU_ASSERT(lca_rules[want] != NULL);
        CU_ASSERT(possible[want] != 0);
        CU_ASSERT_EQUAL(seen[want], possible[want]);
    }
}

static void mercy_follows_level_and_profile(void)
{
    static const enum lca_verdict strict[] = {
        [LCA_MUST] = LCA_FAIL, [LCA_SHOULD] = LCA_FAIL,
        [LCA_MAY] = LCA_SKIP, [LCA_INFO] = LCA_SKIP,
    };
    static const enum lca_verdict documented[] = {
        [LCA_MUST] = LCA_FAIL, [LCA_SHOULD] = LCA_SKIP,
        [LCA_MAY] = LCA_SKIP, [LCA_INFO] = LCA_SKIP,
    };

    for (int level = LCA_MUST; level <= LCA_INFO; level++)
        for (int v = 0; v < LCA_VERDICT_COUNT; v++) {
            struct lca_opinion said = { v, "Logoff did not return" };
            struct lca_opinion s = lca_mercy(level, LCA_STRICT, &said);
            struct lca_opinion d = lca_mercy(level, LCA_DOCUMENTED, &said);
            bool failed = v == LCA_FAIL, noted = d.verdict != said.verdict;

            CU_ASSERT_EQUAL(s.verdict, failed ? strict[level]
                                              : said.verdict);
            CU_ASSERT_EQUAL(d.verdict, failed ? documented[level]
                                              : said.verdict);
            CU_ASSERT(strstr(d.text, said.text) != NULL);
            CU_ASSERT_EQUAL(strncmp(d.text, "noted (", 7) == 0, noted);
            CU_ASSERT_EQUAL(strstr(d.text, lca_level_name(level)) != NULL,
                            noted);
        }
}

CU_TestInfo lca_judge_tests[] = {
    { "every wish has a rule and rows", every_wish_has_rows },
    { "a wish is judged by its answer", wishes_are_judged },
    { "probes and memories are judged together", lca_judge_states },
    { "growth is growth in each third", lca_judge_growth },
    { "what is left has a name", lca_judge_residue },
    { "endings are told apart, and blamed", lca_judge_endings },
    { "what only uses a live session is not judged", lca_judge_live_ends },
    { "silence is not success", lca_judge_silence },
    { "what is done to processes is told", lca_judge_cage },
    { "who returns with a lock is told", lca_judge_locks },
    { "what Valgrind finds is judged", lca_judge_valgrind },
    { "what is played together is judged together", lca_judge_races },
    { "clients of one session hear of each other", lca_judge_shared },
    { "what is left open refuses", lca_judge_open },
    { "profiles change after the session", lca_judge_profiles },
    { "who is called outside is told", lca_judge_outside },
    { "what a case needs is asked first", lca_judge_needs },
    { "a no-op Logoff is one finding", lca_judge_no_op },
    { "mercy follows level and profile", mercy_follows_level_and_profile },
    CU_TEST_INFO_NULL,
};
