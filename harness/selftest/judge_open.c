/* What is left open over Logoff, and asked afterwards. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>

#define GONE       LCA_ROW_CODE(MAPI_E_INVALID_OBJECT)
#define LEFT(wish) { { LCA_ASK, wish } }
#define ITS        { LCA_QUESTION, LCA_WANT_LEFT_DEAD_TOO,                  \
                     .object = LCA_FOLDER, .method = LCA_IMAPIProp_GetProps }
#define EACH       { { LCA_ASK, LCA_WANT_SURVIVE }, ITS }
#define AGAIN      { { LCA_REREAD, LCA_WANT_AS_SAVED } }
#define LATE       { { LCA_LINGER, LCA_WANT_SILENT } }

static const struct lca_row rows[] = {
    { "left open, and dead", LCA_PASS, NULL, LEFT(LCA_WANT_LEFT_DEAD),
      { GONE } },
    { "left open, and alive", LCA_FAIL, "stores table that was left open",
      LEFT(LCA_WANT_LEFT_DEAD), { LCA_ROW_OK } },
    { "Logoff does nothing", LCA_SKIP, "no-op", LEFT(LCA_WANT_LEFT_DEAD),
      { LCA_ROW_OK }, .known = LCA_KNOWN_NO_OP },
    { "never opened", LCA_SKIP, "because", LEFT(LCA_WANT_LEFT_DEAD),
      { LCA_ROW_NONE }, .note = "because" },
    { "each method, and dead", LCA_PASS, NULL, EACH, { GONE, GONE } },
    { "one method, and alive", LCA_FAIL, "folder that was left open over "
      "Logoff still answers GetProps", EACH, { GONE, LCA_ROW_OK } },
    { "all methods, and alive", LCA_SKIP, "(OBJ-002)", EACH,
      { LCA_ROW_OK, LCA_ROW_OK } },
    { "alive before Logoff, dead after it", LCA_PASS, NULL,
      { { LCA_ASK }, { LCA_LOGOFF }, { LCA_ASK, LCA_WANT_SURVIVE }, ITS },
      { LCA_ROW_OK, LCA_ROW_OK, GONE, GONE } },
    { "what it needs is not there", LCA_SKIP, "because", EACH,
      { GONE, LCA_ROW_NONE }, .note = "because" },
    { "with a code that is foreseen", LCA_PASS, NULL,
      LEFT(LCA_WANT_LEFT_CODE), { LCA_ROW_CODE(MAPI_E_NETWORK_ERROR) } },
    { "with another code", LCA_FAIL, "refuses with 0x80070005",
      LEFT(LCA_WANT_LEFT_CODE), { LCA_ROW_CODE(MAPI_E_NO_ACCESS) } },
    { "without a code", LCA_SKIP, "OBJ-002", LEFT(LCA_WANT_LEFT_CODE),
      { LCA_ROW_OK } },
    { "without an object", LCA_SKIP, "because", LEFT(LCA_WANT_LEFT_CODE),
      { LCA_ROW_NONE }, .note = "because" },
    { "nothing is given", LCA_PASS, NULL, LEFT(LCA_WANT_LEFT_CLEAN),
      { GONE } },
    { "something is given", LCA_FAIL, "stores table left open over Logoff ref",
      LEFT(LCA_WANT_LEFT_CLEAN),
      { { .code = MAPI_E_INVALID_OBJECT, .calls = 1, .marks = LCA_DIRTY } } },
    { "it does not refuse", LCA_SKIP, "OBJ-002", LEFT(LCA_WANT_LEFT_CLEAN),
      { LCA_ROW_OK } },
    { "it is not to be had", LCA_SKIP, "because", LEFT(LCA_WANT_LEFT_CLEAN),
      { LCA_ROW_NONE }, .note = "because" },
    { "what was saved", LCA_PASS, NULL, AGAIN, { LCA_ROW_VALUE(0) } },
    { "what was never saved", LCA_FAIL, "never saved is there", AGAIN,
      { LCA_ROW_VALUE(1) } },
    { "half of it", LCA_FAIL, "neither what was saved", AGAIN,
      { LCA_ROW_VALUE(2) } },
    { "nothing can be saved", LCA_SKIP, "because", AGAIN, { LCA_ROW_NONE },
      .note = "because" },
    { "nothing comes late", LCA_PASS, NULL, LATE, { LCA_ROW_VALUE(0) } },
    { "a notification comes late", LCA_FAIL, "after the last MAPIUn", LATE,
      { LCA_ROW_VALUE(1) } },
    { "the sink was never kept", LCA_SKIP, "because", LATE,
      { LCA_ROW_NONE }, .note = "because" },
};

void lca_judge_open_cover(unsigned seen[LCA_WANT_COUNT])
{
    lca_rows_cover(rows, sizeof rows / sizeof *rows, seen);
}

void lca_judge_open(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(rows));
}
