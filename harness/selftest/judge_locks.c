/* Who returns with a lock that it took. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>
#include <signal.h>

#define OK    LCA_ROW_OK
#define FULL  { { LCA_INITIALIZE }, { LCA_LOGON },                          \
                { LCA_LOGOFF, LCA_WANT_UNLOCKED } }
#define ALL   { OK, OK, OK }
#define SEEN  .locks = LCA_LOCKS_SEEN
#define HELD(kind, step, ...)                                               \
    { LCA_LOCK_##kind, step, { .frame_count = 2, .frames = { __VA_ARGS__ } } }
#define AT    { "s.so", 0x1F40 }, { "s.so", 0x80 }

static const struct lca_row locks[] = {
    { "no lock is held", LCA_PASS, NULL, FULL, ALL, SEEN },
    { "a code is of no matter", LCA_PASS, NULL, FULL,
      { OK, OK, LCA_ROW_CODE(MAPI_E_CALL_FAILED) }, SEEN },
    { "no lock was seen at all", LCA_SKIP, "no lock was seen", FULL, ALL },
    { "a mutex", LCA_FAIL, "Logoff returned and still holds a mutex taken at "
      "s.so+0x1f40, called from s.so+0x80", FULL, ALL, SEEN,
      .held = { HELD(MUTEX, 2, AT) } },
    { "a read lock", LCA_FAIL, "holds a read lock taken", FULL, ALL, SEEN,
      .held = { HELD(READ, 2, AT) } },
    { "a write lock", LCA_FAIL, "holds a write lock taken", FULL, ALL, SEEN,
      .held = { HELD(WRITE, 2, AT) } },
    { "a spinlock", LCA_FAIL, "holds a spinlock taken", FULL, ALL, SEEN,
      .held = { HELD(SPIN, 2, AT) } },
    { "a semaphore is noted", LCA_PASS, NULL, FULL, ALL, SEEN,
      .held = { HELD(SEMAPHORE, 2, AT) } },
    { "nobody called who took it", LCA_FAIL, "at s.so+0x10", FULL, ALL, SEEN,
      .held = { { LCA_LOCK_MUTEX, 2, { .frame_count = 1,
                                       .frames = { { "s.so", 0x10 } } } } } },
    { "logon is asked, too", LCA_FAIL, "MAPILogonEx returned and still",
      FULL, ALL, SEEN, .held = { HELD(MUTEX, 1, AT) } },
    { "MAPIInitialize may keep one", LCA_PASS, NULL, FULL, ALL, SEEN,
      .held = { HELD(READ, 0, AT) } },
    { "not the first of them", LCA_FAIL, "Logoff returned and still", FULL,
      ALL, SEEN, .held = { HELD(READ, 0, AT), HELD(MUTEX, 2, AT) } },
    { "what a later step holds is not this one's", LCA_PASS, NULL, FULL, ALL,
      SEEN, .held = { HELD(MUTEX, 3, AT) } },
    { "too many to know", LCA_SKIP, "not known", FULL, ALL,
      .locks = LCA_LOCKS_SEEN | LCA_LOCKS_TOO_MANY },
    { "too many later on", LCA_FAIL, "Logoff returned", FULL, ALL,
      .locks = LCA_LOCKS_SEEN | LCA_LOCKS_TOO_MANY,
      .held = { HELD(MUTEX, 2, AT) } },
    { "it was not called", LCA_SKIP, "because", FULL,
      { OK, OK, LCA_ROW_NONE }, SEEN, .note = "because" },
};

static const struct lca_row ends[] = {
    { "a crash is not about locks", LCA_SKIP, "Logoff crashed", FULL,
      { OK, OK }, SEEN, .missing = 1, .ending = LCA_CRASHED,
      .number = SIGSEGV },
    { "who waits for a lock that was kept", LCA_FAIL,
      "Logoff returned and still holds a mutex",
      { { LCA_LOGON }, { LCA_LOGOFF, LCA_WANT_UNLOCKED },
        { LCA_RELEASE, LCA_WANT_UNLOCKED } }, { OK, OK }, SEEN,
      .missing = 1, .ending = LCA_HUNG, .held = { HELD(MUTEX, 1, AT) } },
};

void lca_judge_locks_cover(unsigned seen[LCA_WANT_COUNT])
{
    lca_rows_cover(locks, sizeof locks / sizeof *locks, seen);
}

void lca_judge_locks(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(locks));
    CU_ASSERT(LCA_ROWS_HOLD(ends));
}
