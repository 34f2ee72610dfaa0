/* Displays that are reached, and servers that are called again. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>

#define OP(op, wish)  { { op, wish } }
#define LOGOFF(wish)  OP(LCA_LOGOFF, wish)

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
}

void lca_judge_outside(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(rows));
}
