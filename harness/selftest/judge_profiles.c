/* Profiles that were changed while in use. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>

#define THERE     LCA_ROW_OK
#define NOT_THERE LCA_ROW_CODE(MAPI_E_NOT_FOUND)
#define UNKNOWN   { LCA_ROW_NONE }, .note = "because"

#define FIND(wish, new) { { LCA_FIND_PROFILE, LCA_WANT_##wish, .flags = new } }
#define AFTER_LOGOFF(wish, new)                                             \
    { { LCA_LOGOFF }, { LCA_FIND_PROFILE, LCA_WANT_##wish, .flags = new } }
#define AFTER_RENAMING                                                      \
    { { LCA_RENAME_PROFILE }, { LCA_FIND_PROFILE, LCA_WANT_MISSING } }
#define LOGON   { { LCA_LOGON, LCA_WANT_MISSING, .kind = LCA_SCRATCH } }
#define SECTION { { LCA_FIND_SECTION, LCA_WANT_MISSING } }
#define SHUTDOWN { { LCA_ASK_SHUTDOWN, LCA_WANT_YES_OR_NO } }
#define COUNTED { { LCA_COUNT_SERVICES, LCA_WANT_SURVIVE },                 \
                  { LCA_COUNT_SERVICES, LCA_WANT_MORE } }

static const struct lca_row rows[] = {
    { "its old name while in use", LCA_PASS, NULL, FIND(FOUND, 0), { THERE } },
    { "its old name is lost", LCA_FAIL, "lost its name before",
      FIND(FOUND, 0), { NOT_THERE } },
    { "its new name is not there", LCA_FAIL, "has not its new name",
      FIND(FOUND, 1), { NOT_THERE } },
    { "a Logoff that does nothing keeps its name", LCA_SKIP, "(POST-002)",
      AFTER_LOGOFF(FOUND, 1), { LCA_ROW_OK, NOT_THERE },
      .known = LCA_KNOWN_NO_OP },
    { "names cannot be read", LCA_SKIP, "because", FIND(FOUND, 1), UNKNOWN },

    { "a doomed one is hidden", LCA_PASS, NULL, FIND(MISSING, 0),
      { NOT_THERE } },
    { "a doomed one is shown", LCA_FAIL, "marked for deletion",
      FIND(MISSING, 0), { THERE } },
    { "its new name too early", LCA_FAIL, "new name before the last",
      FIND(MISSING, 1), { THERE } },
    { "its old name for ever", LCA_FAIL, "keeps its old name",
      AFTER_RENAMING, { THERE, THERE } },
    { "a Logoff that does nothing keeps it", LCA_SKIP, "(POST-002)",
      AFTER_LOGOFF(MISSING, 0), { LCA_ROW_OK, THERE },
      .known = LCA_KNOWN_NO_OP },
    { "before Logoff it may do nothing", LCA_FAIL, "marked for deletion",
      FIND(MISSING, 0), { THERE }, .known = LCA_KNOWN_NO_OP },
    { "what cannot be read", LCA_SKIP, "because", FIND(MISSING, 0), UNKNOWN },
    { "a deleted one is gone", LCA_PASS, NULL, LOGON, { NOT_THERE } },
    { "a deleted one stays", LCA_FAIL, "can be logged on to", LOGON,
      { THERE } },
    { "a temporary section is gone", LCA_PASS, NULL, SECTION, { NOT_THERE } },
    { "a temporary section stays", LCA_FAIL, "section of a temporary store",
      SECTION, { THERE } },

    { "one more service", LCA_PASS, NULL, COUNTED,
      { LCA_ROW_VALUE(2), LCA_ROW_VALUE(3) } },
    { "no service more", LCA_FAIL, "not there in the next session", COUNTED,
      { LCA_ROW_VALUE(2), LCA_ROW_VALUE(2) } },
    { "a fast shutdown", LCA_PASS, NULL, SHUTDOWN, { LCA_ROW_OK } },
    { "no fast shutdown", LCA_PASS, NULL, SHUTDOWN,
      { LCA_ROW_CODE(MAPI_E_NO_SUPPORT) } },
    { "something else", LCA_FAIL, "QueryFastShutdown answered 0x80004005",
      SHUTDOWN, { LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "a success of another kind", LCA_FAIL, "answered 0x00040380", SHUTDOWN,
      { LCA_ROW_CODE(MAPI_W_ERRORS_RETURNED) } },
    { "nobody can be asked", LCA_SKIP, "because", SHUTDOWN, UNKNOWN },
    { "services cannot be counted", LCA_SKIP, "because", COUNTED,
      { LCA_ROW_NONE, LCA_ROW_VALUE(2) }, .note = "because" },
};

void lca_judge_profiles_cover(unsigned seen[LCA_WANT_COUNT])
{
    lca_rows_cover(rows, sizeof rows / sizeof *rows, seen);
}

void lca_judge_profiles(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(rows));
}
