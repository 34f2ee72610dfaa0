/* Displays that are reached, and servers that are called again. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>

#define OP(op, wish)  { { op, wish } }
#define LOGOFF(wish)  OP(LCA_LOGOFF, wish)

#define ASK { LCA_ASK, .object = LCA_STORE }
#define LEFT                                                                \
    { { LCA_LOGON }, ASK, ASK, { LCA_LOGOFF },                              \
      { LCA_ASK, LCA_WANT_LEFT_ALONE, .object = LCA_STORE } }
#define JOIN(wish) { LCA_LOGON, LCA_WANT_##wish, .kind = LCA_JOINED }
#define JOINED                                                              \
    { { LCA_LOGON }, JOIN(SURVIVE),                                         \
      { LCA_ASK, LCA_WANT_LEFT_ALONE, .object = LCA_STORE },                \
      JOIN(VANISHED) }
#define OK     LCA_ROW_OK
#define DEAD   LCA_ROW_CODE(MAPI_E_INVALID_OBJECT)
#define FIRST  LCA_ROW_MARK(LCA_CONNECTED)
#define SECOND LCA_ROW_MARK(LCA_CONNECTED | LCA_AGAIN)

static const struct lca_row left[] = {
    { "refused here", LCA_PASS, NULL, LEFT, { FIRST, OK, OK, OK, DEAD } },
    { "refused there", LCA_FAIL, "the message store that was left open over "
      "Logoff connected", LEFT, { FIRST, OK, OK, OK, SECOND } },
    { "one connection each", LCA_FAIL, "connected to the server again", LEFT,
      { FIRST, SECOND, OK, OK, SECOND } },
    { "one connection a call", LCA_SKIP, "each time", LEFT,
      { FIRST, SECOND, SECOND, OK, SECOND } },
    { "another server at last", LCA_PASS, NULL, LEFT,
      { FIRST, OK, OK, OK, FIRST } },
    { "no connection was ever seen", LCA_SKIP, "no connection", LEFT,
      { OK, OK, OK, OK, DEAD } },
    { "there is no such object", LCA_SKIP, "because", LEFT,
      { OK, LCA_ROW_NONE, LCA_ROW_NONE, OK, LCA_ROW_NONE },
      .note = "because" },
    { "the session is gone", LCA_PASS, NULL, JOINED,
      { FIRST, DEAD, DEAD, DEAD } },
    { "the session is back", LCA_FAIL, "when the message store that was left",
      JOINED, { FIRST, DEAD, DEAD, OK } },
    { "a session is always there", LCA_PASS, "works anyway", JOINED,
      { FIRST, OK, DEAD, OK } },
};

static const struct lca_row rows[] = {
    { "no display", LCA_PASS, NULL, LOGOFF(LCA_WANT_NO_DISPLAY),
      { LCA_ROW_OK } },
    { "a display", LCA_FAIL, "reach a display", LOGOFF(LCA_WANT_NO_DISPLAY),
      { LCA_ROW_MARK(LCA_DISPLAY) } },
    { "a display for a service", LCA_FAIL, "a session of MAPI_NT_SERVICE",
      { { LCA_LOGOFF, LCA_WANT_NO_DISPLAY, .flags = MAPI_LOGOFF_UI } },
      { LCA_ROW_MARK(LCA_DISPLAY) } },
    { "a session for a service", LCA_PASS, NULL,
      OP(LCA_LOGON, LCA_WANT_GRANTED), { LCA_ROW_OK } },
    { "none", LCA_SKIP, "MAPI_NT_SERVICE is refused",
      OP(LCA_LOGON, LCA_WANT_GRANTED),
      { LCA_ROW_CODE(MAPI_E_UNKNOWN_FLAGS) } },
    { "a refusal is another clause's", LCA_SKIP, "SES-004",
      LOGOFF(LCA_WANT_NO_DISPLAY), { LCA_ROW_CODE(MAPI_E_UNKNOWN_FLAGS) } },
    { "a display, and a refusal", LCA_FAIL, "reach a display",
      LOGOFF(LCA_WANT_NO_DISPLAY),
      { { .code = MAPI_E_CALL_FAILED, .calls = 1, .marks = LCA_DISPLAY } } },
};

void lca_judge_outside_cover(unsigned seen[LCA_WANT_COUNT])
{
    lca_rows_cover(rows, sizeof rows / sizeof *rows, seen);
    lca_rows_cover(left, sizeof left / sizeof *left, seen);
}

void lca_judge_outside(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(rows));
    CU_ASSERT(LCA_ROWS_HOLD(left));
}
