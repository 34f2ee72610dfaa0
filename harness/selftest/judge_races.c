/* What several threads play together. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>
#include <signal.h>

#define OK      LCA_ROW_OK
#define GONE    LCA_ROW_CODE(MAPI_E_INVALID_OBJECT)
#define BUSY    LCA_ROW_CODE(MAPI_E_BUSY)
#define NONE    LCA_ROW_NONE
#define NOTHING { .calls = 0 }

#define AT_ONCE .together = true
#define LOGOFF(n, wish)                                                     \
    { LCA_LOGOFF, LCA_WANT_##wish, .actor = n, AT_ONCE }
#define METHOD                                                              \
    { LCA_CALL, LCA_WANT_SURVIVE, LCA_ROW_METHOD, .actor = 1, AT_ONCE }
#define TWO  { { LCA_LOGON }, LOGOFF(0, ONE_SUCCEEDS),                      \
               LOGOFF(1, ONE_SUCCEEDS) }
#define OVER { LOGOFF(0, SURVIVE), LOGOFF(1, SURVIVE),                      \
               LCA_ROW_PROBES(LCA_WANT_GONE) }
#define INSIDE { { LCA_END_INSIDE, LCA_WANT_SURVIVE },                      \
                 LCA_ROW_PROBES(LCA_WANT_GONE) }
#define OUTSIDE { { LCA_LOGOFF, LCA_WANT_SURVIVE },                         \
                  { LCA_OUTSIDE, LCA_WANT_HELD } }
#define BOUND { { LCA_LOGOFF, LCA_WANT_SURVIVE },                            \
                { LCA_BOUND, LCA_WANT_OWN_THREAD } }
#define BESIDE { { LCA_LOGON }, LOGOFF(0, SURVIVE), METHOD,                 \
                 { LCA_RELEASE, LCA_WANT_SURVIVE } }

static const struct lca_row rows[] = {
    { "both succeed", LCA_PASS, NULL, TWO, { OK, OK, OK } },
    { "the first alone", LCA_PASS, NULL, TWO, { OK, OK, GONE } },
    { "the second alone", LCA_PASS, NULL, TWO, { OK, BUSY, OK } },
    { "neither", LCA_FAIL, "of 2 calls of Logoff at once none succeeded: "
      "0x80040108", TWO, { OK, BUSY, GONE } },
    { "Logoff is refused anyway", LCA_SKIP, "SES-001", TWO,
      { OK, BUSY, BUSY }, .known = LCA_KNOWN_REFUSED_PLAIN },
    { "the second could not be asked", LCA_SKIP, "because", TWO,
      { OK, BUSY, NONE }, .note = "because" },
    { "dead after two", LCA_PASS, NULL, OVER, { OK, GONE, OK, GONE, GONE } },
    { "dead after the second", LCA_PASS, NULL, OVER,
      { BUSY, OK, OK, GONE, GONE } },
    { "alive after the first", LCA_FAIL, "is still alive", OVER,
      { OK, BUSY, OK, OK, OK } },
    { "half dead", LCA_FAIL, "half dead", OVER, { OK, OK, OK, GONE, OK } },
    { "none succeeded: alive", LCA_PASS, NULL, OVER,
      { BUSY, BUSY, OK, OK, OK } },
    { "none succeeded: dead, another clause's affair", LCA_PASS, NULL, OVER,
      { BUSY, BUSY, OK, GONE, GONE } },
    { "ended in OnNotify", LCA_PASS, NULL, INSIDE, { OK, OK, GONE, GONE } },
    { "alive after OnNotify", LCA_FAIL, "is still alive", INSIDE,
      { OK, OK, OK, OK } },
    { "refused in OnNotify", LCA_PASS, NULL, INSIDE, { BUSY, OK, OK, OK } },
    { "the sink is held", LCA_PASS, NULL, OUTSIDE, { OK, LCA_ROW_VALUE(1) } },
    { "the sink is let go", LCA_FAIL, "released while another thread",
      OUTSIDE, { OK, OK } },
    { "nobody was in OnNotify", LCA_SKIP, "because", OUTSIDE, { OK, NONE },
      .note = "because" },
    { "told on its own thread", LCA_PASS, NULL, BOUND, { OK, OK } },
    { "told on another", LCA_FAIL, "on another thread", BOUND,
      { OK, LCA_ROW_VALUE(2) } },
    { "told of nothing", LCA_SKIP, "because", BOUND, { OK, NONE },
      .note = "because" },
    { "nobody can be asked", LCA_SKIP, "not to be had", OVER,
      { OK, OK, OK, NONE, NONE } },
};

#define CRASHED .ending = LCA_CRASHED, .number = SIGSEGV, .module = "s.so"
#define HUNG    .ending = LCA_HUNG

static const struct lca_row ends[] = {
    { "the second crashes, the first is back", LCA_FAIL,
      "Logoff beside Logoff crashed with signal 11 (SIGSEGV) in s.so", TWO,
      { OK, OK, NOTHING }, .missing = 1, .begun = 3, CRASHED },
    { "the second crashes, the first is not", LCA_FAIL,
      "Logoff beside Logoff crashed", TWO, { OK, NOTHING, NOTHING },
      .missing = 1, .begun = 3, CRASHED },
    { "neither returns", LCA_FAIL, "Logoff beside Logoff did not return",
      TWO, { OK, NOTHING, NOTHING }, .missing = 2, .begun = 3, HUNG },
    { "the first does not return, the second is refused", LCA_FAIL,
      "Logoff beside Logoff did not return", TWO, { OK, NOTHING, GONE },
      .missing = 2, .begun = 3, HUNG },
    { "the method crashes", LCA_FAIL,
      "QueryIdentity beside Logoff crashed", BESIDE, { OK, NOTHING, NOTHING },
      .missing = 2, .begun = 3, CRASHED },
    { "Logoff does", LCA_FAIL, "Logoff beside QueryIdentity crashed", BESIDE,
      { OK, NOTHING, OK }, .missing = 3, .begun = 3, CRASHED },
    { "what crashes on a dead session has its own clause", LCA_SKIP,
      "QueryIdentity crashed with signal 11 (SIGSEGV) in s.so+0x0, which is "
      "POST-002's", BESIDE, { OK, NOTHING, NOTHING }, .missing = 2,
      .begun = 3, CRASHED, .known = LCA_KNOWN_DEAD_CRASHES },
    { "so has a second Logoff", LCA_SKIP, "POST-005's", TWO,
      { OK, OK, NOTHING }, .missing = 1, .begun = 3, CRASHED,
      .known = LCA_KNOWN_DEAD_CRASHES },
    { "and what does harm there", LCA_SKIP, "POST-002's", BESIDE,
      { OK, OK, OK, NOTHING }, .missing = 1, CRASHED,
      .known = LCA_KNOWN_DEAD_SPOILS },
    { "afterwards it is one alone", LCA_FAIL, "Release crashed", BESIDE,
      { OK, OK, OK, NOTHING }, .missing = 1, CRASHED },
    { "before it, silence is no answer", LCA_BROKEN, "step 1 left no answer",
      TWO, { NOTHING, OK, NOTHING }, .missing = 1, .begun = 3, CRASHED },
    { "nor when all are said to be back", LCA_BROKEN, "step 2 left no answer",
      TWO, { OK, NOTHING, OK } },
};

void lca_judge_races_cover(unsigned seen[LCA_WANT_COUNT])
{
    lca_rows_cover(rows, sizeof rows / sizeof *rows, seen);
}

void lca_judge_races(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(rows));
    CU_ASSERT(LCA_ROWS_HOLD(ends));
}
