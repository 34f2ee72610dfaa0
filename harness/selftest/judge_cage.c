/* What a subject does to processes, its own and others. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>
#include <signal.h>

#define OK    LCA_ROW_OK
#define SHORT { { LCA_LOGON }, { LCA_LOGOFF, LCA_WANT_SUCCEED },            \
                { LCA_RELEASE }, { LCA_UNINITIALIZE } }
#define ALL   { OK, OK, OK, OK }
#define CRASHED .missing = 3, .ending = LCA_CRASHED, .number = SIGSEGV,      \
                .module = "s.so"
#define TAKER { "s.so", 0x10 }
#define GIVER { "s.so", 0x20 }
#define STRAY .refused = SIGTERM, .at = 1

static const struct lca_row cage[] = {
    { "it killed its parent", LCA_FAIL,
      "Logoff sent signal 9 (SIGKILL) to its parent process", SHORT, { OK },
      .missing = 3, .ending = LCA_KILLED, .number = SIGKILL },
    { "it stopped itself", LCA_FAIL, "stopped itself with signal 19 (SIGSTOP)",
      SHORT, { OK }, .missing = 3, .ending = LCA_HUNG, .number = SIGSTOP },
    { "a signal without a name", LCA_FAIL, "crashed with signal 40", SHORT,
      { OK }, .missing = 3, .ending = LCA_CRASHED, .number = 40 },
    { "behind a guarded block", LCA_FAIL, "crashed with signal 11 (SIGSEGV) "
      "in s.so+0x0, at byte 24 of a block of 24 that s.so+0x10 took", SHORT,
      { OK }, CRASHED, .guarded = { LCA_GUARDED_BEHIND, 24, 24, TAKER } },
    { "in one that was freed", LCA_FAIL, "in a block of 24 that s.so+0x10 "
      "took and s.so+0x20 freed", SHORT, { OK }, CRASHED,
      .guarded = { LCA_GUARDED_FREED, 24, 8, TAKER, GIVER } },
    { "behind one that was freed", LCA_FAIL, "at byte 32 of a block of 24 "
      "that s.so+0x10 took and s.so+0x20 freed", SHORT, { OK }, CRASHED,
      .guarded = { LCA_GUARDED_BEHIND, 24, 32, TAKER, GIVER } },
    { "one that was freed twice", LCA_FAIL, "freeing again a block of 24 that "
      "s.so+0x10 took and s.so+0x20 freed", SHORT, { OK }, CRASHED,
      .guarded = { LCA_GUARDED_TWICE, 24, 0, TAKER, GIVER } },
    { "it signalled a stranger, and all else is well", LCA_FAIL,
      "Logoff sent signal 15 (SIGTERM) to a process that is neither", SHORT,
      ALL, STRAY },
    { "it signalled a stranger after the last step", LCA_FAIL,
      "after the last step it sent signal 15", SHORT, ALL, .refused = SIGTERM,
      .at = 4 },
    { "its child came back too", LCA_FAIL, "Logoff came back twice", SHORT,
      ALL, .twice = 2 },
    { "so it does in the plain trial", LCA_PASS, NULL, SHORT, ALL, .twice = 2,
      .known = LCA_KNOWN_STRAYS },
    { "the plain trial does too: not this clause's", LCA_PASS, NULL, SHORT,
      ALL, STRAY, .known = LCA_KNOWN_STRAYS },
    { "the plain trial does too: its own clause's", LCA_FAIL, "Logoff sent",
      SHORT, ALL, STRAY, .known = LCA_KNOWN_STRAYS, .clause = "SES-001" },
    { "nothing is known of the plain trial", LCA_FAIL, "Logoff sent", SHORT,
      ALL, STRAY, .known = LCA_KNOWN_NOT },
    { "the host is gone: it is not to be trusted", LCA_BROKEN, NULL, SHORT,
      { OK }, STRAY, .missing = 3, .ending = LCA_LOST },
};

void lca_judge_cage(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(cage));
}
