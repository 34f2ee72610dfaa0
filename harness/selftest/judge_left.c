/* What is left behind under a fault, in tables of two records. */

#include "harness/selftest/faults_desk.h"
#include "harness/selftest/judge_desk.h"

#include <CUnit/CUnit.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define S(name) 1u << LCA_SYMPTOM_##name

#define MEMORY { LCA_ONCE(malloc, ENOMEM) }
#define SERVER { LCA_ONCE(recv, ECONNRESET) }
#define LOGOFF { { LCA_LOGOFF, LCA_WANT_STRUCK } }
#define WELL   { { LCA_ROW_OK } }

/* A Logoff, and the second count. */
#define COUNT { { LCA_LOGOFF, LCA_WANT_STRUCK },                            \
                { LCA_CENSUS, LCA_WANT_AS_BEFORE } }
#define HELD(fds, threads, lost)                                            \
    { { LCA_ROW_OK, LCA_ROW_VALUE(1) },                                     \
      .census = { { 0 }, { fds, threads, lost, 0 } } }
#define KEPT(blocks, offset, module)                                        \
    { { LCA_ROW_OK }, .left = { { blocks, 8, { module, offset } } } }

#define LOCKED(kind, step, at)                                              \
    .held = { { LCA_LOCK_##kind, step, { .frame_count = 2,                  \
                .frames = { { "s.so", at }, { "s.so", 0x80 } } } } }
#define HOLDS(kind, step, at) { { LCA_ROW_OK }, LOCKED(kind, step, at) }

/* A function that sends, and what called it. */
#define FROM(call, window, kept, ...)                                       \
    { LCA_FAULTY_##call, LCA_ON_SOCKET | (kept), LCA_WINDOW_##window, 1, 1, \
      3, { __VA_ARGS__ } }
#define AT(offset) { "s.so", offset }

/* Of a logon: a greeting and a wish; of a Logoff: another wish. */
#define GREETS(call, window, last)                                          \
    FROM(call, window, LCA_ON_KEPT, AT(0x10), AT(0x20), AT(last))
#define ENTERS(window)                                                      \
    FROM(send, window, LCA_ON_KEPT, AT(0x10), AT(0x40), AT(0x50))
#define LEAVES(window)                                                      \
    FROM(send, window, LCA_ON_KEPT, AT(0x10), AT(0x40), AT(0x60))
#define SITES(...) { { LCA_ROW_OK }, .sites = { __VA_ARGS__ } }
#define USUAL SITES(GREETS(send, logon, 0x30), ENTERS(logon), LEAVES(logoff))

const struct lca_fault_row lca_fault_left[] = {
    { "as many as before", 0, NULL, MEMORY, COUNT, HELD(5, 2, 1),
      HELD(5, 2, 1) },
    { "fewer than before", 0, NULL, MEMORY, COUNT, HELD(3, 1, 0),
      HELD(5, 2, 1) },
    { "descriptors", S(FDS), "left open", MEMORY, COUNT, HELD(7, 2, 0),
      HELD(5, 2, 0), .amount = 2 },
    { "a thread", S(THREADS), "left running", MEMORY, COUNT, HELD(5, 3, 0),
      HELD(5, 2, 0), .amount = 1 },
    { "one's own was closed", S(FOREIGN), "of its caller", MEMORY, COUNT,
      HELD(5, 2, 1), HELD(5, 2, 0) },
    { "all of it", S(FDS) | S(THREADS) | S(FOREIGN), NULL, MEMORY, COUNT,
      HELD(6, 3, 1), HELD(5, 2, 0) },
    { "the first count is not asked about", 0, NULL, MEMORY, COUNT,
      { { LCA_ROW_OK, LCA_ROW_VALUE(1) }, .census = { { 99, 9, 9, 0 } } },
      HELD(5, 2, 0) },
    { "a count that was never made", 0, NULL, MEMORY, COUNT,
      { { LCA_ROW_OK, LCA_ROW_VALUE(UINT64_MAX) },
        .census = { { 0 }, { 9, 9, 9, 0 } } }, HELD(5, 2, 0) },
    { "closed twice", S(TWICE), "closed again", SERVER, LOGOFF,
      { { LCA_ROW_OK }, .closed_twice = 2 },
      { { LCA_ROW_OK }, .closed_twice = 1 } },
    { "a block", S(BLOCKS), "taken at s.so+0x1f40 is not given back", MEMORY,
      LOGOFF, KEPT(1, 0x1F40, "s.so"), WELL, .amount = 1 },
    { "blocks, more than before", S(BLOCKS), NULL, MEMORY, LOGOFF,
      KEPT(7, 0x1F40, "s.so"), KEPT(3, 0x1F40, "s.so"), .amount = 4 },
    { "blocks, fewer than before", 0, NULL, MEMORY, LOGOFF,
      KEPT(2, 0x1F40, "s.so"), KEPT(3, 0x1F40, "s.so") },
    { "taken elsewhere", S(BLOCKS), NULL, MEMORY, LOGOFF,
      KEPT(1, 0x1F40, "s.so"), KEPT(1, 0x1F48, "s.so"), .amount = 1 },
    { "taken by another module", S(BLOCKS), NULL, MEMORY, LOGOFF,
      KEPT(1, 0x1F40, "s.so"), KEPT(1, 0x1F40, "t.so"), .amount = 1 },
    { "who crashed could give nothing back", S(ENDED), NULL, MEMORY, LOGOFF,
      { .ending = LCA_CRASHED, .number = SIGSEGV, .missing = 1,
        .left = { { 1, 8, { "s.so", 0x1F40 } } } }, WELL },
    { "a lock", S(LOCKED), "Logoff returned and still holds a mutex taken at "
      "s.so+0x1f40, called from s.so+0x80", MEMORY, LOGOFF,
      HOLDS(MUTEX, 0, 0x1F40), WELL },
    { "a lock, and no return", S(LOCKED) | S(HUNG), NULL, MEMORY, COUNT,
      { { LCA_ROW_OK }, .ending = LCA_HUNG, .missing = 1,
        LOCKED(READ, 0, 0x1F40) }, { { LCA_ROW_OK, LCA_ROW_VALUE(0) } } },
    { "a lock that is held without it, too", 0, NULL, MEMORY, LOGOFF,
      HOLDS(MUTEX, 0, 0x1F40), HOLDS(MUTEX, 0, 0x1F40) },
    { "a lock from elsewhere", S(LOCKED), NULL, MEMORY, LOGOFF,
      HOLDS(MUTEX, 0, 0x1F40), HOLDS(MUTEX, 0, 0x1F48) },
    { "another kind of lock", S(LOCKED), NULL, MEMORY, LOGOFF,
      HOLDS(WRITE, 0, 0x1F40), HOLDS(READ, 0, 0x1F40) },
    { "a lock in a step that there is not", 0, NULL, MEMORY, LOGOFF,
      HOLDS(MUTEX, 9, 0x1F40), WELL },
    { "it does what it always does", 0, NULL, SERVER, LOGOFF,
      SITES(LEAVES(logoff)), USUAL },
    { "all of a logon", S(RELOGON), "logged on afresh", SERVER, LOGOFF,
      SITES(GREETS(send, logoff, 0x70), ENTERS(logoff), LEAVES(logoff)),
      USUAL },
    { "a greeting is no logon", 0, NULL, SERVER, LOGOFF,
      SITES(GREETS(send, logoff, 0x70), LEAVES(logoff)), USUAL },
    { "nor is a wish", 0, NULL, SERVER, LOGOFF,
      SITES(ENTERS(logoff), LEAVES(logoff)), USUAL },
    { "where it was called from is of no matter there", S(RELOGON), NULL,
      SERVER, LOGOFF,
      SITES(GREETS(send, logoff, 0x30), ENTERS(logoff)), USUAL },
    { "a logon in the logon", 0, NULL, SERVER, LOGOFF,
      SITES(GREETS(send, logon, 0x30), ENTERS(logon)), USUAL },
    { "another way to send", 0, NULL, SERVER, LOGOFF,
      SITES(GREETS(write, logoff, 0x70), ENTERS(logoff)), USUAL },
    { "what is no way to send", 0, NULL, SERVER, LOGOFF,
      SITES(GREETS(recv, logoff, 0x70)), SITES(GREETS(recv, logon, 0x30)) },
    { "by what a Logoff sends, too, nothing is told", 0, NULL, SERVER,
      LOGOFF, SITES(LEAVES(logoff)), SITES(LEAVES(logon), LEAVES(logoff)) },
    { "nor on what a logon does not keep", 0, NULL, SERVER, LOGOFF,
      SITES(FROM(send, logoff, 0, AT(0x10), AT(0x20), AT(0x30))),
      SITES(FROM(send, logon, 0, AT(0x10), AT(0x20), AT(0x30))) },
    { "nor where a logon sends nothing", 0, NULL, SERVER, LOGOFF,
      SITES(GREETS(send, logoff, 0x70), ENTERS(logoff)), WELL },
};

const size_t lca_fault_left_count = sizeof lca_fault_left /
                                    sizeof *lca_fault_left;

/* More places than there is room for; the last of them gives way. */
void lca_faults_of_many(void)
{
    static struct lca_record record, plain;
    static const struct lca_script script = {
        .orders = { .count = 1, .order = MEMORY },
    };
    const struct lca_hearing hearing = { .script = &script,
                                         .record = &record };
    struct lca_complaint c[LCA_COMPLAINTS_MAX + 1];
    char last[32];

    memset(c, 0x55, sizeof c);
    for (uint32_t count = 0; count <= LCA_LEFT_MAX; count++) {
        unsigned room = count < LCA_COMPLAINTS_MAX ? count
                                                   : LCA_COMPLAINTS_MAX;

        record.left_count = count;
        CU_ASSERT_EQUAL(lca_faults_judge(&hearing, &plain, c), room);
        CU_ASSERT_EQUAL(c[LCA_COMPLAINTS_MAX].amount, 0x55555555);
        for (unsigned i = 0; i + 1 < room; i++)
            CU_ASSERT_EQUAL(c[i].amount, i + 1);
        snprintf(last, sizeof last, "s.so+0x%x ", (unsigned)count);
        CU_ASSERT(count == 0 || strstr(c[room - 1].text, last));
        if (count < LCA_LEFT_MAX)
            record.left[count] = (struct lca_left){
                count + 1, 1, { "s.so", count + 1 },
            };
    }
}

/* More places than a record has room for: those with most are told. */
void lca_faults_of_many_places(void)
{
    static struct lca_record record, plain;
    static const struct lca_script script = {
        .orders = { .count = 1, .order = MEMORY },
    };
    const struct lca_hearing hearing = { .script = &script,
                                         .record = &record };
    struct lca_complaint c[LCA_COMPLAINTS_MAX];

    record.left_count = 1;
    plain.left_count = LCA_LEFT_MAX;
    for (uint32_t i = 0; i < LCA_LEFT_MAX; i++)
        plain.left[i] = (struct lca_left){ 20 - i, 1, { "s.so", i + 1 } };
    for (uint32_t blocks = 1; blocks < 10; blocks++) {
        unsigned more = blocks > 5 ? blocks - 5 : 0;

        record.left[0] = (struct lca_left){ blocks, 1, { "s.so", 0x99 } };
        CU_ASSERT_EQUAL(lca_faults_judge(&hearing, &plain, c), more > 0);
        CU_ASSERT(!more || c[0].amount == more);
    }
    plain.left_count--;
    record.left[0].blocks = 1;
    CU_ASSERT_EQUAL(lca_faults_judge(&hearing, &plain, c), 1);
}
