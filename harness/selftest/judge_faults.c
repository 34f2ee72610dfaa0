/* faults: what goes wrong while calls fail, in tables of two records. */

#include "harness/selftest/apart.h"
#include "harness/selftest/faults_desk.h"
#include "harness/selftest/judge_desk.h"
#include "harness/selftest/suites.h"

#include "harness/mapi/mapi.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define S(name) 1u << LCA_SYMPTOM_##name

#define MEMORY  { LCA_ONCE(malloc, ENOMEM) }
#define NEVER   { LCA_FOR_EVER(malloc, ENOMEM) }
#define SERVER  { LCA_ONCE(send, ECONNRESET) }
#define KILLED  { LCA_ONCE(recv, kill) }
#define EINTR_  { LCA_ONCE(recv, EINTR) }

#define OK      LCA_ROW_OK
#define CODE(c) LCA_ROW_CODE(c)
#define NONE    { .marks = LCA_NOT_PLAYED }
#define POOR    CODE(MAPI_E_NOT_ENOUGH_MEMORY)
#define CUT     CODE(MAPI_E_NETWORK_ERROR)
#define GONE    CODE(MAPI_E_INVALID_OBJECT)

#define STRUCK  { LCA_LOGOFF, LCA_WANT_STRUCK }
#define LOGOFF  { STRUCK }
#define PROBED(wish) { STRUCK, LCA_ROW_PROBES(LCA_WANT_##wish) }
#define AGAIN(wish)                                                         \
    { STRUCK, { LCA_LOGOFF, LCA_WANT_SURVIVE, .if_refused = true },         \
      LCA_ROW_PROBES(LCA_WANT_##wish) }

/* It went well, or as it should: Logoff, the marker, two probes. */
#define WELL    { { OK } }
#define DEAD    { { OK, OK, GONE, GONE } }

#define AT(place) .from = { "subject.so", place }

static const struct lca_error freed = {
    .kind = LCA_ERROR_InvalidRead, .subjects = 1, AT(16),
    .other = LCA_OTHER_FREED, .other_from = { "subject.so", 32 },
};
static const struct lca_error elsewhere = {
    .kind = LCA_ERROR_InvalidRead, .subjects = 1, AT(17),
};
static const struct lca_error foreign = {
    .kind = LCA_ERROR_InvalidRead, AT(16),
};
static const struct lca_error lost = {
    .kind = LCA_ERROR_Leak_DefinitelyLost, .subjects = 1, AT(16),
};

static const struct lca_fault_row errors[] = {
    { "it read what was freed", S(UNSOUND), "Logoff: subject.so+0x10 read "
      "memory that is not its own, in a block that was freed in "
      "subject.so+0x20", MEMORY, LOGOFF, { { OK }, .error = &freed }, WELL },
    { "at another place than usual", S(UNSOUND), NULL, SERVER, LOGOFF,
      { { OK }, .error = &freed }, { { OK }, .error = &elsewhere } },
    { "as usual", 0, NULL, MEMORY, LOGOFF, { { OK }, .error = &freed },
      { { OK }, .error = &freed } },
    { "not the subject's", 0, NULL, MEMORY, LOGOFF,
      { { OK }, .error = &foreign }, WELL },
    { "a loss is counted elsewhere", 0, NULL, MEMORY, LOGOFF,
      { { OK }, .error = &lost }, WELL },
    { "a crash says it all", S(ENDED), NULL, MEMORY, LOGOFF,
      { .ending = LCA_CRASHED, .number = SIGSEGV, .missing = 1,
        .error = &freed }, WELL },
};

static const struct lca_fault_row endings[] = {
    { "it crashed", S(ENDED), "Logoff crashed with signal 11 (SIGSEGV)",
      MEMORY, LOGOFF,
      { .ending = LCA_CRASHED, .number = SIGSEGV, .missing = 1 }, WELL },
    { "it crashed after the last step", S(ENDED),
      "after the last step the process crashed", MEMORY, LOGOFF,
      { { OK }, .ending = LCA_CRASHED, .number = SIGSEGV }, WELL },
    { "it left", S(ENDED), "Logoff ended the process with status 0", SERVER,
      LOGOFF, { .ending = LCA_LEFT, .missing = 1 }, WELL },
    { "its child came back", S(ENDED), "its child came back", MEMORY, LOGOFF,
      { { OK }, .twice = 1 }, WELL },
    { "it signalled a stranger", S(ENDED), "not its own", SERVER, LOGOFF,
      { { OK }, .refused = SIGTERM }, WELL },
    { "it hung", S(HUNG), "Logoff did not return", SERVER, LOGOFF,
      { .ending = LCA_HUNG, .missing = 1 }, WELL },
    { "it aborted for want of memory", S(ABORTED), "aborted-by-policy",
      MEMORY, LOGOFF,
      { .ending = LCA_CRASHED, .number = SIGABRT, .missing = 1,
        .said = "terminate called after throwing 'std::bad_alloc'\n" }, WELL },
    { "so does who says nothing", S(ABORTED), NULL, NEVER, LOGOFF,
      { .ending = LCA_CRASHED, .number = SIGABRT, .missing = 1 }, WELL },
    { "it was not short of memory", S(ENDED), "signal 6 (SIGABRT)", SERVER,
      LOGOFF,
      { .ending = LCA_CRASHED, .number = SIGABRT, .missing = 1 }, WELL },
    { "nor then", S(ENDED), "signal 6 (SIGABRT)", EINTR_, LOGOFF,
      { .ending = LCA_CRASHED, .number = SIGABRT, .missing = 1 }, WELL },
    { "nor when the server was killed", S(ENDED), "signal 6 (SIGABRT)",
      KILLED, LOGOFF,
      { .ending = LCA_CRASHED, .number = SIGABRT, .missing = 1 }, WELL },
    { "what is short of memory is the second fault's trial", S(ABORTED), NULL,
      { LCA_ONCE(send, ECONNRESET), LCA_ONCE(malloc, ENOMEM) }, LOGOFF,
      { .ending = LCA_CRASHED, .number = SIGABRT, .missing = 1 }, WELL },
};

/* What the state of the session is, and what Logoff said. */
static const struct lca_fault_row states[] = {
    { "it refused, and all is alive", 0, NULL, MEMORY, PROBED(WHOLE),
      { { POOR, OK, OK, OK } }, DEAD },
    { "it refused, and all is dead", 0, NULL, MEMORY, PROBED(WHOLE),
      { { POOR, OK, GONE, GONE } }, DEAD },
    { "it succeeded, and all is dead", 0, NULL, MEMORY, PROBED(WHOLE),
      DEAD, DEAD },
    { "there was nothing to ask with", 0, NULL, MEMORY, PROBED(WHOLE),
      { { POOR, OK, LCA_ROW_NONE, LCA_ROW_NONE } }, DEAD },
    { "it succeeded, and all is alive", S(HOLLOW), "is still alive: ",
      MEMORY, PROBED(WHOLE), { { OK, OK, OK, OK } }, DEAD },
    { "it succeeded, and one is alive", S(HOLLOW),
      "half dead: GetStatusTable answers, QueryIdentity refuses", SERVER,
      PROBED(WHOLE), { { OK, OK, GONE, OK } }, DEAD },
    { "it refused, and one is alive", S(HALF),
      "half dead: QueryIdentity answers, GetStatusTable refuses", MEMORY,
      PROBED(WHOLE), { { POOR, OK, OK, GONE } }, DEAD },
    { "one could not be asked", 0, NULL, MEMORY, PROBED(WHOLE),
      { { POOR, OK, OK, LCA_ROW_NONE } }, DEAD },
    { "a flag is refused, and all is alive", 0, NULL, MEMORY,
      PROBED(UNTOUCHED), { { POOR, OK, OK, OK } },
      { { CODE(MAPI_E_UNKNOWN_FLAGS), OK, OK, OK } } },
    { "a flag is refused, and all is dead", S(SPOILT), "all the same", MEMORY,
      PROBED(UNTOUCHED), { { POOR, OK, GONE, GONE } },
      { { CODE(MAPI_E_UNKNOWN_FLAGS), OK, OK, OK } } },
    { "the flag was not what it refused", 0, NULL, MEMORY, PROBED(UNTOUCHED),
      { { POOR, OK, GONE, GONE } }, DEAD },
    { "a flag is refused, and one is alive", S(HALF), NULL, MEMORY,
      PROBED(UNTOUCHED), { { POOR, OK, OK, GONE } },
      { { CODE(MAPI_E_UNKNOWN_FLAGS), OK, OK, OK } } },
    { "a second Logoff ends it", 0, NULL, MEMORY, AGAIN(ENDED),
      { { POOR, OK, OK, GONE, GONE } }, { { OK, NONE, OK, GONE, GONE } } },
    { "a second Logoff is refused by the dead", 0, NULL, MEMORY, AGAIN(ENDED),
      { { POOR, GONE, OK, GONE, GONE } }, { { OK, NONE, OK, GONE, GONE } } },
    { "a second Logoff does not end it", S(STUCK),
      "answers 0x8007000E, GetStatusTable still answers", MEMORY,
      AGAIN(ENDED), { { POOR, POOR, OK, OK, OK } },
      { { OK, NONE, OK, GONE, GONE } } },
    { "a second Logoff ends half of it", S(STUCK), "QueryIdentity still",
      MEMORY, AGAIN(ENDED), { { POOR, OK, OK, OK, GONE } },
      { { OK, NONE, OK, GONE, GONE } } },
    { "the second was not played", 0, NULL, MEMORY, AGAIN(ENDED),
      { { OK, NONE, OK, OK, OK } }, { { OK, NONE, OK, GONE, GONE } } },
};

#define LOGON_AGAIN { STRUCK, { LCA_LOGON, LCA_WANT_AGAIN } }
#define UNCOUNTED   { { LCA_INITIALIZE, LCA_WANT_STRUCK },                  \
                      { LCA_LOGON, LCA_WANT_UNCOUNTED } }
#define NO_LOGON    CODE(MAPI_E_LOGON_FAILED)
#define NO_MAPI     CODE(MAPI_E_NOT_INITIALIZED)
#define LAST_ERROR                                                          \
    { STRUCK, { LCA_CALL, LCA_WANT_LAST_WORDS,                              \
                LCA_IMAPISession_GetLastError } }
#define CHAIN       { { LCA_CHAIN, LCA_WANT_STRUCK } }
#define LOGON       { { LCA_LOGON, LCA_WANT_STRUCK } }
#define MARKED(c, m) { .code = c, .calls = 1, .marks = m }

/* Where the shared Logoff of a row is struck. */
#define NOTICED     { STRUCK, { LCA_LOGOFF, LCA_WANT_NOTICED } }
#define PLACE       .frame_count = 1, .frames = { { "s.so", 0x40 } }
#define NOTICE(at)  .hit = { 1, at, { PLACE } }
#define ONCE_THERE  { { OK, OK }, .sites = { { .count = 1, PLACE } } }

static const struct lca_fault_row answers[] = {
    { "no new session", S(BARRED), "MAPILogonEx of a new session answers",
      MEMORY, LOGON_AGAIN, { { OK, NO_LOGON } }, { { OK, OK } } },
    { "it was not asked for", 0, NULL, MEMORY, LOGON_AGAIN,
      { { OK, NONE } }, { { OK, OK } } },
    { "there never was one", 0, NULL, MEMORY, LOGON_AGAIN,
      { { OK, NO_LOGON } }, { { OK, CODE(MAPI_E_FAILONEPROVIDER) } } },
    { "a failed MAPIInitialize was counted", S(COUNTED),
      "after the last MAPIUninitialize MAPILogonEx answers 0x00000000",
      MEMORY, UNCOUNTED, { { POOR, OK } }, { { OK, NO_MAPI } } },
    { "a failed MAPIInitialize was not", 0, NULL, MEMORY, UNCOUNTED,
      { { POOR, NO_MAPI } }, { { OK, NO_MAPI } } },
    { "nobody counts", 0, NULL, MEMORY, UNCOUNTED, { { POOR, OK } },
      { { OK, NO_LOGON } } },
    { "what is told of it is torn", S(TORN), "not well formed", MEMORY,
      LAST_ERROR, { { POOR, MARKED(S_OK, LCA_BAD_ERROR) } }, { { OK, NONE } } },
    { "a code of its own", S(FACILITY),
      "Logoff answers 0x80030005, which is no", MEMORY, LOGOFF,
      { { CODE((HRESULT)0x80030005) } }, WELL },
    { "a pointer to nowhere", S(DIRTY), "MAPILogonEx fails and leaves",
      MEMORY, LOGON, { { MARKED(MAPI_E_NOT_ENOUGH_MEMORY, LCA_DIRTY) } },
      WELL },
    { "a pointer to a session", 0, NULL, MEMORY, LOGON,
      { { MARKED(S_OK, LCA_DIRTY) } }, WELL },
    { "no buffer, and no good reason", S(MISCODED), "0x80004005", MEMORY,
      CHAIN, { { CODE(MAPI_E_CALL_FAILED) } }, WELL },
    { "no buffer, and the reason", 0, NULL, MEMORY, CHAIN, { { POOR } },
      WELL },
    { "it needs memory", S(NEEDY), "0x8007000E while no memory", NEVER,
      LOGOFF, { { POOR } }, WELL },
    { "it needs memory once", 0, NULL, MEMORY, LOGOFF, { { POOR } }, WELL },
    { "it had a little memory", 0, NULL,
      { { LCA_FAULTY_malloc, LCA_KIND_ENOMEM, 8, 2, UINT32_MAX } }, LOGOFF,
      { { POOR } }, WELL },
    { "it had none for a while", 0, NULL,
      { { LCA_FAULTY_malloc, LCA_KIND_ENOMEM, 8, 1, 3 } }, LOGOFF,
      { { POOR } }, WELL },
    { "it was not memory that it lacked", 0, NULL,
      { LCA_FOR_EVER(send, ECONNRESET) }, LOGOFF, { { CUT } }, WELL },
    { "nor is a Release a Logoff", 0, NULL, NEVER,
      { { LCA_RELEASE, LCA_WANT_STRUCK } }, { { POOR } }, WELL },
    { "others cannot be told", S(HELD_UP), "0x8007000E when there is no",
      MEMORY, NOTICED, { { OK, POOR }, NOTICE(1) }, ONCE_THERE },
    { "others cannot be told, and are not", 0, NULL, MEMORY, NOTICED,
      { { OK, OK }, NOTICE(1) }, ONCE_THERE },
    { "the first Logoff was struck", 0, NULL, MEMORY, NOTICED,
      { { OK, POOR }, NOTICE(0) }, ONCE_THERE },
    { "the first Logoff calls there, too", 0, NULL, MEMORY, NOTICED,
      { { OK, POOR }, NOTICE(1) },
      { { OK, OK }, .sites = { { .count = 2, PLACE } } } },
    { "nobody calls there else", 0, NULL, MEMORY, NOTICED,
      { { OK, POOR }, NOTICE(1) }, { { OK, OK } } },
    { "another code than a lost server's", S(CODED), "Logoff answers 0x8007",
      SERVER, LOGOFF, { { POOR } }, WELL },
    { "so when it was killed", S(CODED), NULL, KILLED, LOGOFF,
      { { CODE(MAPI_E_CALL_FAILED + 1) } }, WELL },
    { "a lost server's code", 0, NULL, SERVER, LOGOFF, { { CUT } }, WELL },
    { "another", 0, NULL, KILLED, LOGOFF,
      { { CODE(MAPI_E_END_OF_SESSION) } }, WELL },
    { "nobody lost it", 0, NULL, EINTR_, LOGOFF, { { POOR } }, { { POOR } } },
};

#define SENT(n) { { .calls = 1, .successes = 1, .sent = n } }
/* The strike is a row's, not a word: errno.h would read it. */
#define CHANGE(what, strike, symptoms)                                      \
    { what " changes the answer", symptoms, NULL, { strike }, LOGOFF,       \
      { { CUT } }, WELL },                                                  \
    { what " leaves bytes unsent", symptoms, NULL, { strike }, LOGOFF,      \
      { SENT(9) }, { SENT(10) } },                                          \
    { what " sends more than that", 0, NULL, { strike }, LOGOFF,            \
      { SENT(11) }, { SENT(10) } }

static const struct lca_fault_row changes[] = {
    CHANGE("an interrupt", LCA_ONCE(send, EINTR), S(CHANGED)),
    CHANGE("one byte", LCA_ONCE(send, one), S(CHANGED)),
    CHANGE("all but one", LCA_ONCE(write, less), S(CHANGED)),
    CHANGE("no room", LCA_ONCE(send, EAGAIN), 0),
    CHANGE("being late", LCA_ONCE(recv, late), 0),
    CHANGE("a reset", LCA_ONCE(send, ECONNRESET), 0),
    CHANGE("a lost server", LCA_ONCE(recv, kill), 0),
    { "the words for a code", S(CHANGED),
      "Logoff answers 0x80040115, and 0x00000000 without it", EINTR_, LOGOFF,
      { { CUT } }, WELL },
    { "the words for bytes", S(CHANGED), "Logoff sends 9 of 10 bytes",
      EINTR_, LOGOFF, { SENT(9) }, { SENT(10) } },
    { "something else failed, too", 0, NULL,
      { LCA_ONCE(recv, EINTR), LCA_ONCE(send, ECONNRESET) }, LOGOFF,
      { { CUT } }, WELL },
    { "there is nothing to compare with", 0, NULL, EINTR_, LOGOFF,
      { { CUT } }, { { NONE } } },
};

#define TABLES(X) X(errors) X(endings) X(states) X(answers) X(changes)

static void each_symptom_is_seen(void)
{
    uint32_t seen = 0;

#define X(table) LCA_FAULT_ROWS_HOLD(table);
    TABLES(X)
#undef X
    lca_fault_rows_hold(lca_fault_left, lca_fault_left_count);
#define X(table)                                                            \
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)               \
        seen |= table[i].symptoms;
    TABLES(X)
#undef X
    for (size_t i = 0; i < lca_fault_left_count; i++)
        seen |= lca_fault_left[i].symptoms;
    for (unsigned i = 0; i < LCA_SYMPTOM_COUNT; i++)
        CU_ASSERT(seen & 1u << i);
}

/* What a libc says that aborts of itself: that is no policy. */
static void a_broken_heap_is_no_policy(void)
{
    static const struct { const char *said; uint32_t symptom; } rows[] = {
        { "free(): invalid pointer\n", S(ENDED) },
        { "free(): double free detected in tcache 2\n", S(ENDED) },
        { "double free or corruption (fasttop)\n", S(ENDED) },
        { "malloc(): corrupted top size\n", S(ENDED) },
        { "malloc(): unaligned tcache chunk detected\n", S(ENDED) },
        { "malloc_consolidate(): invalid chunk size\n", S(ENDED) },
        { "realloc(): invalid next size\n", S(ENDED) },
        { "munmap_chunk(): invalid pointer\n", S(ENDED) },
        { "mremap_chunk(): invalid pointer\n", S(ENDED) },
        { "corrupted size vs. prev_size\n", S(ENDED) },
        { "tcache_thread_shutdown(): unaligned tcache chunk\n", S(ENDED) },
        { "Fatal glibc error: malloc assertion failure in sysmalloc: x\n",
          S(ENDED) },
        { "host: s.c:7: end: Assertion `p' failed.\n", S(ENDED) },
        { "*** stack smashing detected ***: terminated\n", S(ENDED) },
        { "*** buffer overflow detected ***: terminated\n", S(ENDED) },
        { "words before\nfree(): invalid size\nwords after\n", S(ENDED) },
        { "", S(ABORTED) },
        { "out of memory\n", S(ABORTED) },
        { "GLib-ERROR: failed to allocate 24 bytes\n", S(ABORTED) },
        { "xmalloc: cannot allocate\n", S(ABORTED) },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_fault_row row = {
            rows[i].said, 0, NULL, MEMORY, LOGOFF,
            { .ending = LCA_CRASHED, .number = SIGABRT, .missing = 1,
              .said = rows[i].said }, WELL,
        };
        struct lca_complaint c[LCA_COMPLAINTS_MAX];
        uint32_t symptoms;

        LCA_ROW(row.what, lca_fault_row_judge(&row, &row.it, &row.plain, c,
                                              &symptoms) == 1);
        LCA_ROW(row.what, symptoms == rows[i].symptom);
    }
}

/* Facilities NULL, RPC and ITF, and three codes of WIN32's. */
static void codes_have_a_form(void)
{
    static const struct { uint32_t code; bool good; } rows[] = {
        { 0x80004005, true },   { 0x80000008, true },   { 0x80010108, true },
        { 0x80040108, true },   { 0x80040FFF, true },   { 0x8007000E, true },
        { 0x80070057, true },   { 0x80070005, true },   { 0x80070006, false },
        { 0x80070000, false },  { 0x80020009, false },  { 0x80030005, false },
        { 0x80050000, false },  { 0x80080005, false },  { 0x800A0005, false },
        { 0x84040108, false },  { 0xFFFFFFFF, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_fault_row row = {
            "", 0, NULL, MEMORY, LOGOFF, { { CODE((HRESULT)rows[i].code) } },
            WELL,
        };
        struct lca_complaint c[LCA_COMPLAINTS_MAX];
        uint32_t symptoms;
        char text[16];

        snprintf(text, sizeof text, "0x%08X", (unsigned)rows[i].code);
        lca_fault_row_judge(&row, &row.it, &row.plain, c, &symptoms);
        LCA_ROW(text, symptoms == (rows[i].good ? 0 : S(FACILITY)));
    }
}

CU_TestInfo lca_faults_tests[] = {
    { "each symptom is seen, and blamed on the fault", each_symptom_is_seen },
    { "an abort of libc's is no policy", a_broken_heap_is_no_policy },
    { "error codes have a form", codes_have_a_form },
    { "no more is said than there is room for", lca_faults_of_many },
    { "places that are not told are not blamed", lca_faults_of_many_places },
    { "a symptom breaks its clauses, and no others", lca_faults_of_clauses },
    { "each symptom breaks a clause", lca_faults_of_symptoms },
    { "each clause has a case that would see it", lca_faults_of_cases },
    { "a trial is about what struck last", lca_faults_of_sweeps },
    CU_TEST_INFO_NULL,
};
