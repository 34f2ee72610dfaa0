/* What the clients of a shared session are to each other. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>

#define OK       LCA_ROW_OK
#define REFUSED  LCA_ROW_CODE(MAPI_E_LOGON_FAILED)
#define HEARD(n) LCA_ROW_VALUE(n)

#define ERROR    LCA_TOLD_ERROR
#define EXTENDED LCA_TOLD_EXTENDED

#define JOIN(wish)                                                          \
    { { LCA_LOGON }, { LCA_LOGON, LCA_WANT_##wish, .kind = LCA_JOINED,      \
                       .session = 1 } }
#define HEAR(wish)                                                          \
    { { LCA_LOGOFF }, { LCA_HEAR, LCA_WANT_##wish, .session = 1 } }
#define HEAR_TWO                                                            \
    { { LCA_HEAR, LCA_WANT_SURVIVE, .session = 2 },                         \
      { LCA_HEAR, LCA_WANT_TOLD_ANYWAY, .session = 1 } }

static const struct lca_row rows[] = {
    { "nobody to attach to", LCA_PASS, NULL, JOIN(ALONE), { OK, REFUSED } },
    { "any logon works", LCA_SKIP, "who attaches cannot be told", JOIN(ALONE),
      { OK, OK } },
    { "attached", LCA_PASS, NULL, JOIN(ATTACHED), { OK, OK } },
    { "nothing is shared", LCA_SKIP, "0x80040111", JOIN(ATTACHED),
      { OK, REFUSED } },
    { "a pointer of its own", LCA_PASS, NULL, JOIN(DISTINCT), { OK, OK } },
    { "the other's pointer", LCA_FAIL, "another client of the session has",
      JOIN(DISTINCT), { OK, HEARD(1) } },
    { "no sharing, no pointer", LCA_SKIP, "0x80040111", JOIN(DISTINCT),
      { OK, REFUSED } },
    { "the session is gone", LCA_PASS, NULL, JOIN(VANISHED), { OK, REFUSED } },
    { "the session stays", LCA_FAIL, "is there when all", JOIN(VANISHED),
      { OK, OK } },

    { "no sink", LCA_SKIP, "because", HEAR(TOLD), { OK, LCA_ROW_NONE },
      .note = "because" },
    { "no sink for an error", LCA_SKIP, "because", HEAR(TOLD_ERROR),
      { OK, LCA_ROW_NONE }, .note = "because" },
    { "no sink for any mask", LCA_SKIP, "because", HEAR_TWO,
      { HEARD(ERROR), LCA_ROW_NONE }, .note = "because" },
    { "any logon works, and nobody is told", LCA_SKIP, "cannot be told",
      { { LCA_LOGON, LCA_WANT_ALONE, .kind = LCA_JOINED },
        { LCA_HEAR, LCA_WANT_TOLD } }, { OK, OK } },
    { "nothing is shared, and nobody is told", LCA_SKIP, "is refused",
      { { LCA_LOGON, LCA_WANT_ATTACHED, .kind = LCA_JOINED },
        { LCA_HEAR, LCA_WANT_TOLD } }, { REFUSED, OK } },
    { "told with a code", LCA_PASS, "scode 0x80040108", HEAR(TOLD_CODE),
      { OK, { .calls = 1, .successes = 1, .value = ERROR,
              .odd = MAPI_E_INVALID_OBJECT } } },
    { "told without a code", LCA_SKIP, "alone has an scode", HEAR(TOLD_CODE),
      { OK, HEARD(EXTENDED) } },
    { "no code, since not told", LCA_SKIP, "SHR-002", HEAR(TOLD_CODE),
      { OK, OK } },
    { "told", LCA_PASS, NULL, HEAR(TOLD), { OK, HEARD(ERROR) } },
    { "told of something else", LCA_PASS, NULL, HEAR(TOLD),
      { OK, HEARD(LCA_TOLD_OTHER) } },
    { "not told", LCA_FAIL, "was not told", HEAR(TOLD), { OK, OK } },
    { "a Logoff that does nothing", LCA_SKIP, "no-op", HEAR(TOLD), { OK, OK },
      .known = LCA_KNOWN_NO_OP },
    { "nobody else is told", LCA_PASS, NULL, HEAR(UNTOLD), { OK, OK } },
    { "who is told of other things", LCA_SKIP, "of other things",
      { { LCA_HEAR, LCA_WANT_SURVIVE, .session = 1 },
        { LCA_HEAR, LCA_WANT_UNTOLD, .session = 1 } },
      { HEARD(EXTENDED), HEARD(EXTENDED) } },
    { "somebody else is", LCA_FAIL, "a client of another session",
      HEAR(UNTOLD), { OK, HEARD(EXTENDED) } },

    { "an error", LCA_PASS, NULL, HEAR(TOLD_ERROR), { OK, HEARD(ERROR) } },
    { "both", LCA_PASS, NULL, HEAR(TOLD_ERROR),
      { OK, HEARD(ERROR | EXTENDED) } },
    { "no error, the other kind", LCA_SKIP, "SHR-004", HEAR(TOLD_ERROR),
      { OK, HEARD(EXTENDED) } },
    { "neither kind", LCA_FAIL, "as another event", HEAR(TOLD_ERROR),
      { OK, HEARD(LCA_TOLD_OTHER) } },
    { "a wild error", LCA_FAIL, "memory that is not there",
      HEAR(TOLD_ERROR), { OK, HEARD(ERROR | LCA_TORN_ERROR) } },
    { "a wild entry is another's", LCA_PASS, NULL, HEAR(TOLD_ERROR),
      { OK, HEARD(ERROR | LCA_TORN_ENTRY) } },
    { "silence is another's", LCA_SKIP, "SHR-002", HEAR(TOLD_ERROR),
      { OK, OK } },

    { "no entry", LCA_PASS, NULL, HEAR(TOLD_ENTRY), { OK, HEARD(ERROR) } },
    { "a wild entry", LCA_FAIL, "counts the bytes of an entry",
      HEAR(TOLD_ENTRY), { OK, HEARD(ERROR | LCA_TORN_ENTRY) } },
    { "no error, no entry", LCA_SKIP, "SHR-003", HEAR(TOLD_ENTRY),
      { OK, HEARD(EXTENDED) } },
    { "nothing to look at", LCA_SKIP, "SHR-002", HEAR(TOLD_ENTRY),
      { OK, OK } },

    { "extended", LCA_PASS, NULL, HEAR(TOLD_EXTENDED),
      { OK, HEARD(EXTENDED) } },
    { "an error will do", LCA_PASS, NULL, HEAR(TOLD_EXTENDED),
      { OK, HEARD(ERROR) } },
    { "wild bytes", LCA_FAIL, "counts bytes", HEAR(TOLD_EXTENDED),
      { OK, HEARD(ERROR | EXTENDED | LCA_TORN_EXTENDED) } },
    { "neither is another's", LCA_SKIP, "SHR-003", HEAR(TOLD_EXTENDED),
      { OK, HEARD(LCA_TOLD_OTHER) } },
    { "nor silence", LCA_SKIP, "SHR-002", HEAR(TOLD_EXTENDED), { OK, OK } },

    { "told whatever the mask", LCA_PASS, NULL, HEAR_TWO,
      { HEARD(ERROR), HEARD(ERROR) } },
    { "the mask decides", LCA_FAIL, "the mask 0", HEAR_TWO,
      { HEARD(ERROR), OK } },
    { "extended alone is no error", LCA_FAIL, "the mask 0", HEAR_TWO,
      { HEARD(ERROR), HEARD(EXTENDED) } },
    { "there is no error to be told of", LCA_SKIP, "SHR-003", HEAR_TWO,
      { HEARD(EXTENDED), OK } },
};

/* What a client does afterwards says whether it could be told. */
static const struct lca_row afterwards[] = {
    { "who is dead is not told", LCA_SKIP, "SHR-019",
      { { LCA_HEAR, LCA_WANT_TOLD, .session = 1 },
        { LCA_LOGOFF, LCA_WANT_SURVIVE, .session = 1 } },
      { OK, LCA_ROW_CODE(MAPI_E_INVALID_OBJECT) } },
    { "who lives is", LCA_FAIL, "was not told",
      { { LCA_HEAR, LCA_WANT_TOLD, .session = 1 },
        { LCA_LOGOFF, LCA_WANT_SURVIVE, .session = 1 } }, { OK, OK } },
};

#define IN_B .session = 1, .process = 1
#define TWO                                                                 \
    { { LCA_LOGON }, { LCA_LOGON, IN_B }, { LCA_LOGOFF, LCA_WANT_SUCCEED },  \
      { LCA_LOGOFF, LCA_WANT_SUCCEED, IN_B } }
#define DIED(number_, many) .missing = many, .ending = LCA_CRASHED,          \
                            .number = number_

/* Of a process beside the trial it is said which. */
static const struct lca_row beside[] = {
    { "all is well", LCA_PASS, NULL, TWO, { OK, OK, OK, OK } },
    { "its answer", LCA_FAIL, "(process B)", TWO,
      { OK, OK, OK, LCA_ROW_CODE(MAPI_E_CALL_FAILED) } },
    { "not another's", LCA_FAIL, "0x80004005 MAPI_E_CALL_FAILED", TWO,
      { OK, OK, LCA_ROW_CODE(MAPI_E_CALL_FAILED), OK } },
    { "its crash", LCA_FAIL, "Logoff in process B crashed with signal 11",
      TWO, { OK, OK, OK }, DIED(11, 1), .process = 1 },
    { "its hang", LCA_FAIL, "Logoff in process B did not return", TWO,
      { OK, OK, OK }, .missing = 1, .ending = LCA_HUNG },
    { "its crash beside another's step", LCA_FAIL,
      "process B crashed with signal 11 (SIGSEGV) while Logoff was played",
      TWO, { OK, OK }, DIED(11, 2), .process = 1 },
    { "it is told late", LCA_FAIL,
      "after the last step process B crashed with signal 9", TWO,
      { OK, OK, OK, OK }, DIED(9, 0), .process = 1 },
    { "its signal to a stranger", LCA_FAIL, "Logoff in process B sent", TWO,
      { OK, OK, OK, OK }, .refused = 15, .at = 3 },
    { "it left", LCA_FAIL, "process B ended the process with status 3", TWO,
      { OK, OK }, .missing = 2, .ending = LCA_LEFT, .number = 3,
      .process = 1 },
};

void lca_judge_shared_cover(unsigned seen[LCA_WANT_COUNT])
{
    lca_rows_cover(rows, sizeof rows / sizeof *rows, seen);
}

void lca_judge_shared(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(rows));
    CU_ASSERT(LCA_ROWS_HOLD(afterwards));
    CU_ASSERT(LCA_ROWS_HOLD(beside));
}
