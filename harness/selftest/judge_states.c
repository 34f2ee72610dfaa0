/* What needs more than one answer: probes, sameness, counts, calibration. */

#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>
#include <string.h>

#define OK   LCA_ROW_OK
#define GONE LCA_ROW_CODE(MAPI_E_INVALID_OBJECT)
#define NONE LCA_ROW_NONE

#define EITHER { LCA_LOGOFF, LCA_WANT_EITHER }
#define DECIDED EITHER, LCA_ROW_PROBES(LCA_WANT_DECIDED)
#define REFUSED LCA_ROW_CODE(MAPI_E_UNKNOWN_FLAGS)

static const struct lca_row probes[] = {
    { "all answer", LCA_PASS, NULL, { LCA_ROW_PROBES(LCA_WANT_ALIVE) },
      { OK, OK, OK } },
    { "none answers", LCA_FAIL, "the session is dead: GetStatusTable refuses",
      { LCA_ROW_PROBES(LCA_WANT_ALIVE) }, { OK, GONE, GONE } },
    { "one of two answers", LCA_FAIL,
      "half dead: QueryIdentity answers, GetStatusTable refuses",
      { LCA_ROW_PROBES(LCA_WANT_ALIVE) }, { OK, OK, GONE } },
    { "one cannot be asked, the other answers", LCA_PASS, NULL,
      { LCA_ROW_PROBES(LCA_WANT_ALIVE) }, { OK, NONE, OK } },
    { "one cannot be asked, the other refuses", LCA_FAIL, "is dead",
      { LCA_ROW_PROBES(LCA_WANT_ALIVE) }, { OK, NONE, GONE } },
    { "all refuse", LCA_PASS, NULL, { LCA_ROW_PROBES(LCA_WANT_DEAD) },
      { OK, GONE, GONE } },
    { "none refuses", LCA_FAIL, "still alive: GetStatusTable answers",
      { LCA_ROW_PROBES(LCA_WANT_DEAD) }, { OK, OK, OK } },
    { "one of two refuses", LCA_FAIL,
      "half dead: GetStatusTable answers, QueryIdentity refuses",
      { LCA_ROW_PROBES(LCA_WANT_DEAD) }, { OK, GONE, OK } },
    { "no pointer to ask through", LCA_PASS, NULL,
      { { LCA_PROBE, LCA_WANT_DEAD, .via = true, .group = 1 },
        { LCA_CALL, LCA_WANT_PROBED, LCA_ROW_METHOD, .group = 1 } },
      { OK, NONE } },
    { "nobody can be asked", LCA_SKIP, "not to be had",
      { LCA_ROW_PROBES(LCA_WANT_DEAD) }, { OK, NONE, NONE } },
    { "nobody can be asked", LCA_SKIP, "not to be had",
      { LCA_ROW_PROBES(LCA_WANT_ALIVE) }, { OK, NONE, NONE } },
    { "nobody can be asked", LCA_SKIP, "not to be had", { DECIDED },
      { OK, OK, NONE, NONE } },
    { "another group does not count", LCA_PASS, NULL,
      { LCA_ROW_PROBES(LCA_WANT_DEAD),
        { LCA_CALL, LCA_WANT_PROBED, .method = LCA_ROW_OTHER, .group = 2 } },
      { OK, GONE, GONE, OK } },
    { "S_OK and dead", LCA_PASS, NULL, { DECIDED }, { OK, OK, GONE, GONE } },
    { "S_OK and alive", LCA_FAIL, "succeeded the session is still alive",
      { DECIDED }, { OK, OK, OK, OK } },
    { "S_OK and half dead", LCA_FAIL, "half dead", { DECIDED },
      { OK, OK, GONE, OK } },
    { "refused and alive", LCA_PASS, NULL, { DECIDED },
      { REFUSED, OK, OK, OK } },
    { "refused and dead", LCA_FAIL, "was refused the session is dead",
      { DECIDED }, { REFUSED, OK, GONE, GONE } },
    { "refused and half dead", LCA_FAIL, "half dead", { DECIDED },
      { REFUSED, OK, OK, GONE } },
    { "the last Logoff decides", LCA_PASS, NULL, { EITHER, DECIDED },
      { REFUSED, OK, OK, GONE, GONE } },
    { "another session's Logoff does not", LCA_FAIL, "still alive",
      { EITHER, { LCA_LOGOFF, LCA_WANT_EITHER, .session = 1 },
        LCA_ROW_PROBES(LCA_WANT_DECIDED) }, { OK, REFUSED, OK, OK, OK } },
    { "no Logoff to decide", LCA_BROKEN, "no Logoff",
      { LCA_ROW_PROBES(LCA_WANT_DECIDED) }, { OK, OK, OK } },
};

#define CHOICE { LCA_LOGOFF, LCA_WANT_SAME_CHOICE }
#define CODE   { LCA_LOGOFF, LCA_WANT_SAME_CODE }
#define WARNS  { .code = MAPI_W_NO_SERVICE, .calls = 1, .successes = 1 }
#define READ   { LCA_READ, LCA_WANT_SAME_VALUE }
#define ASK    { LCA_IDENTIFY, LCA_WANT_SAME_VALUE }

static const struct lca_row sameness[] = {
    { "always refused", LCA_PASS, NULL, { CHOICE, CHOICE, CHOICE },
      { REFUSED, GONE, REFUSED } },
    { "always ignored", LCA_PASS, NULL, { CHOICE, CHOICE },  { OK, OK } },
    { "ignored, then refused", LCA_FAIL, "another is not",
      { CHOICE, CHOICE, CHOICE }, { OK, OK, REFUSED } },
    { "refused, then ignored", LCA_FAIL, "another is not", { CHOICE, CHOICE },
      { REFUSED, OK } },
    { "one code", LCA_PASS, NULL, { CODE, CODE }, { OK, OK } },
    { "one code, and a refusal", LCA_PASS, NULL, { CODE, CODE },
      { REFUSED, REFUSED } },
    { "one code, and a warning", LCA_PASS, NULL, { CODE, CODE },
      { WARNS, WARNS } },
    { "S_OK, then a warning", LCA_FAIL, "from 0x00000000 to 0x00040203",
      { CODE, CODE }, { OK, WARNS } },
    { "a window makes it fail", LCA_FAIL, "to 0x80040106", { CODE, CODE },
      { OK, REFUSED } },
    { "a window makes it work", LCA_FAIL, "to 0x00000000", { CODE, CODE },
      { REFUSED, OK } },
    { "refused with another code", LCA_FAIL, "from 0x80040106 to 0x80040108",
      { CODE, CODE }, { REFUSED, GONE } },
    { "the first is what counts", LCA_FAIL, "from 0x00000000",
      { CODE, CODE, CODE }, { OK, REFUSED, REFUSED } },
    { "the last may differ", LCA_FAIL, "from 0x00000000 to 0x80040106",
      { CODE, CODE, CODE }, { OK, OK, REFUSED } },
    { "another wish's code does not count", LCA_PASS, NULL,
      { EITHER, CODE, CODE }, { REFUSED, OK, OK } },
    { "the same", LCA_PASS, NULL, { READ, READ },
      { LCA_ROW_VALUE(7), LCA_ROW_VALUE(7) } },
    { "something else", LCA_FAIL, "finds something else", { READ, READ },
      { LCA_ROW_VALUE(7), LCA_ROW_VALUE(8) } },
    { "another pointer", LCA_FAIL, "another pointer", { ASK, ASK },
      { LCA_ROW_VALUE(7), LCA_ROW_VALUE(8) } },
    { "refused", LCA_FAIL, "answered 0x80040108", { ASK }, { GONE } },
    { "not there any more", LCA_FAIL, "worked before", { READ, READ },
      { LCA_ROW_VALUE(7), NONE } },
    { "never there, and not now", LCA_SKIP, "not to be had", { READ, READ },
      { NONE, NONE } },
    { "not there before, but now", LCA_SKIP, "not to be had", { READ, READ },
      { NONE, LCA_ROW_VALUE(7) } },
    { "S_OK and no pointer", LCA_FAIL, "gave no pointer", { ASK }, { OK } },
    { "never there", LCA_SKIP, "not to be had", { READ }, { NONE } },
    { "another step's value does not count", LCA_PASS, NULL, { ASK, READ },
      { LCA_ROW_VALUE(7), LCA_ROW_VALUE(8) } },
};

void lca_judge_states(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(probes));
    CU_ASSERT(LCA_ROWS_HOLD(sameness));
}

static const struct lca_census still[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 0, 7000 }, { 9, 2, 0, 7000 }, { 9, 2, 0, 7000 },
};
/* One more each time, and then not: a pool that filled. */
static const struct lca_census filled[] = {
    { 9, 2, 0, 7000 }, { 10, 3, 0, 8000 }, { 11, 4, 0, 9000 },
    { 11, 4, 0, 9000 },
};
static const struct lca_census filled_late[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 0, 7000 }, { 10, 3, 0, 8000 },
    { 11, 4, 0, 9000 },
};
static const struct lca_census filled_twice[] = {
    { 9, 2, 0, 7000 }, { 10, 3, 0, 8000 }, { 10, 3, 0, 8000 },
    { 11, 4, 0, 9000 },
};
static const struct lca_census fds[] = {
    { 9, 2, 0, 7000 }, { 10, 2, 0, 7000 }, { 11, 2, 0, 7000 },
    { 12, 2, 0, 7000 },
};
static const struct lca_census threads[] = {
    { 9, 2, 0, 7000 }, { 9, 3, 0, 7000 }, { 9, 4, 0, 7000 }, { 9, 5, 0, 7000 },
};
/* A block of 16 bytes a round. */
static const struct lca_census heap[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 0, 8072 }, { 9, 2, 0, 9144 },
    { 9, 2, 0, 10200 },
};
/* A word in all: noise. */
static const struct lca_census crumbs[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 0, 7008 }, { 9, 2, 0, 7016 }, { 9, 2, 0, 7024 },
};
/* A third has 66 or 67 rounds: a byte in each is the most that is noise. */
static const struct lca_census bytes[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 0, 7066 }, { 9, 2, 0, 7132 },
    { 9, 2, 0, 7198 },
};
static const struct lca_census more[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 0, 7067 }, { 9, 2, 0, 7134 },
    { 9, 2, 0, 7201 },
};
/* More in two of the thirds, and a byte a round in another. */
static const struct lca_census at_first[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 0, 8000 }, { 9, 2, 0, 9000 },
    { 9, 2, 0, 9066 },
};
static const struct lca_census at_last[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 0, 7066 }, { 9, 2, 0, 8066 },
    { 9, 2, 0, 9066 },
};
static const struct lca_census between[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 0, 8000 }, { 9, 2, 0, 8066 },
    { 9, 2, 0, 9066 },
};
/* The first of five is of another count. */
static const struct lca_census later[] = {
    { 3, 1, 0, 1000 }, { 9, 2, 0, 7000 }, { 10, 2, 0, 7000 },
    { 11, 2, 0, 7000 }, { 11, 2, 0, 7000 },
};
/* Of five descriptors of the caller's own, one is not what it was. */
static const struct lca_census closed[] = {
    { 9, 2, 0, 7000 }, { 9, 2, 1, 7000 }, { 9, 2, 0, 7000 },
};

#define COUNT(wish) { { LCA_CENSUS, wish } }
#define AT(n) { LCA_ROW_VALUE(n) }, .censuses = n + 1

static const struct lca_census circle[] = {
    { .heap = 1000 }, { .heap = 1050 }, { .heap = 2000 }, { .heap = 9000 },
    { .heap = 16000 }, { .heap = 23000 },
};
static const struct lca_census leaky[] = {
    { .heap = 1000 }, { .heap = 8000 }, { .heap = 10000 }, { .heap = 17000 },
    { .heap = 24000 }, { .heap = 31000 },
};

static const struct lca_row growth[] = {
    { "as before", LCA_PASS, NULL, COUNT(LCA_WANT_NO_GROWTH), AT(3),
      .census = still },
    { "a pool", LCA_PASS, NULL, COUNT(LCA_WANT_NO_GROWTH), AT(3),
      .census = filled },
    { "a pool that fills late", LCA_PASS, NULL, COUNT(LCA_WANT_NO_GROWTH),
      AT(3), .census = filled_late },
    { "a pool that rests between", LCA_PASS, NULL, COUNT(LCA_WANT_NO_GROWTH),
      AT(3), .census = filled_twice },
    { "the last four count", LCA_PASS, NULL, COUNT(LCA_WANT_NO_NEW_FDS),
      AT(4), .census = later },
    { "a descriptor a third", LCA_FAIL, "descriptors grow",
      COUNT(LCA_WANT_NO_GROWTH), AT(3), .census = fds },
    { "a thread a third", LCA_FAIL, "threads grow",
      COUNT(LCA_WANT_NO_GROWTH), AT(3), .census = threads },
    { "a block a round", LCA_FAIL, "heap bytes grow",
      COUNT(LCA_WANT_NO_GROWTH), AT(3), .census = heap },
    { "a byte a round", LCA_PASS, NULL, COUNT(LCA_WANT_NO_GROWTH), AT(3),
      .census = bytes },
    { "more than a byte a round", LCA_FAIL, "heap", COUNT(LCA_WANT_NO_GROWTH),
      AT(3), .census = more },
    { "a byte a round at last", LCA_PASS, NULL, COUNT(LCA_WANT_NO_NEW_HEAP),
      AT(3), .census = at_first },
    { "a byte a round at first", LCA_PASS, NULL, COUNT(LCA_WANT_NO_NEW_HEAP),
      AT(3), .census = at_last },
    { "a byte a round between", LCA_PASS, NULL, COUNT(LCA_WANT_NO_NEW_HEAP),
      AT(3), .census = between },
    { "less than a byte a round", LCA_PASS, NULL, COUNT(LCA_WANT_NO_NEW_HEAP),
      AT(3), .census = crumbs },
    { "a descriptor a third", LCA_FAIL, "descriptors",
      COUNT(LCA_WANT_NO_NEW_FDS), AT(3), .census = fds },
    { "threads are not descriptors", LCA_PASS, NULL,
      COUNT(LCA_WANT_NO_NEW_FDS), AT(3), .census = threads },
    { "a thread a third", LCA_FAIL, "threads", COUNT(LCA_WANT_NO_NEW_THREADS),
      AT(3), .census = threads },
    { "heap is no thread", LCA_PASS, NULL, COUNT(LCA_WANT_NO_NEW_THREADS),
      AT(3), .census = heap },
    { "a block a round", LCA_FAIL, "heap", COUNT(LCA_WANT_NO_NEW_HEAP), AT(3),
      .census = heap },
    { "descriptors are not heap", LCA_PASS, NULL, COUNT(LCA_WANT_NO_NEW_HEAP),
      AT(3), .census = fds },
    { "too few counts", LCA_BROKEN, "too few", COUNT(LCA_WANT_NO_NEW_FDS),
      AT(2), .census = fds },
    { "too few counts", LCA_BROKEN, "too few", COUNT(LCA_WANT_NO_NEW_THREADS),
      AT(2), .census = threads },
    { "too few counts", LCA_BROKEN, "too few", COUNT(LCA_WANT_NO_NEW_HEAP),
      AT(2), .census = heap },
    { "too few counts", LCA_BROKEN, "too few", COUNT(LCA_WANT_NO_GROWTH),
      AT(2), .census = heap },
    { "a count that is not there", LCA_BROKEN, "too few",
      COUNT(LCA_WANT_NO_NEW_FDS), { LCA_ROW_VALUE(3) }, .census = fds,
      .censuses = 3 },
    { "a circle", LCA_FAIL, "heap", COUNT(LCA_WANT_NO_CIRCLE), AT(5),
      .census = circle },
    { "a session that leaks by itself", LCA_SKIP, "REF-004",
      COUNT(LCA_WANT_NO_CIRCLE), AT(5), .census = leaky },
    { "nothing stays", LCA_PASS, NULL, COUNT(LCA_WANT_NO_CIRCLE), AT(3),
      .census = still },
    { "too few counts", LCA_BROKEN, "too few", COUNT(LCA_WANT_NO_CIRCLE),
      AT(2), .census = heap },
    { "the caller's are there", LCA_PASS, NULL, COUNT(LCA_WANT_OWN_FDS),
      AT(1), .census = still },
    { "one of the caller's is not", LCA_FAIL, "of its caller",
      COUNT(LCA_WANT_OWN_FDS), AT(1), .census = closed },
    { "an earlier count had it", LCA_PASS, NULL, COUNT(LCA_WANT_OWN_FDS),
      AT(2), .census = closed },
    { "nobody counted", LCA_BROKEN, "no count", COUNT(LCA_WANT_OWN_FDS),
      { LCA_ROW_VALUE(1) }, .census = still, .censuses = 1 },
};

void lca_judge_growth(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(growth));
}

void lca_judge_states_cover(unsigned seen[LCA_WANT_COUNT])
{
    lca_rows_cover(probes, sizeof probes / sizeof *probes, seen);
    lca_rows_cover(sameness, sizeof sameness / sizeof *sameness, seen);
    lca_rows_cover(growth, sizeof growth / sizeof *growth, seen);
}

#define ASKED { { LCA_LOGON }, { LCA_LOGOFF, LCA_WANT_SUCCEED },              \
                { LCA_RELEASE } }
#define NEEDY(what, verdict, says, need_, known_)                           \
    { what, verdict, says, ASKED, { OK, OK, OK }, .need = need_,            \
      .known = known_ }

static const struct lca_row needs[] = {
    NEEDY("probes are there", LCA_PASS, NULL, LCA_NEEDS_PROBES, LCA_KNOWN),
    NEEDY("no method lives", LCA_SKIP, "no method succeeds before",
          LCA_NEEDS_PROBES, LCA_KNOWN_NO_PROBES),
    NEEDY("no method dies", LCA_SKIP, "Logoff is a no-op (POST-002)",
          LCA_NEEDS_PROBES, LCA_KNOWN_NO_OP),
    NEEDY("no probe is needed", LCA_PASS, NULL, LCA_NEEDS_NOTHING,
          LCA_KNOWN_NO_OP),
    NEEDY("the answers after Logoff are known", LCA_PASS, NULL,
          LCA_NEEDS_DEAD, LCA_KNOWN_NO_PROBES),
    NEEDY("no such session", LCA_SKIP, "MAPILogonEx answers 0x80040111",
          LCA_NEEDS_NOTHING, LCA_KNOWN_NO_LOGON),
    NEEDY("no such session", LCA_SKIP, "0x80040111", LCA_NEEDS_PROBES,
          LCA_KNOWN_NO_LOGON),
    NEEDY("logging on crashed", LCA_SKIP, "MAPILogonEx (CRASHED)",
          LCA_NEEDS_NOTHING, LCA_KNOWN_BAD_LOGON),
    { "logging on crashed", LCA_BROKEN, "MAPILogonEx (CRASHED)", ASKED,
      { OK, OK, OK }, .known = LCA_KNOWN_BAD_LOGON, .clause = "SES-001" },
    NEEDY("nothing was asked", LCA_BROKEN, "plain trial was lost",
          LCA_NEEDS_PROBES, LCA_KNOWN_NOT),
    NEEDY("nothing was asked", LCA_BROKEN, "plain trial was lost",
          LCA_NEEDS_DEAD, LCA_KNOWN_NOT),
    NEEDY("nothing had to be asked", LCA_PASS, NULL, LCA_NEEDS_NOTHING,
          LCA_KNOWN_NOT),
};

void lca_judge_needs(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(needs));
}

/*
 * Every method of POST-002 says the same sentence, so that it is one finding;
 * what hangs on it is skipped and names it.
 */
void lca_judge_no_op(void)
{
    static const struct lca_row first = {
        .steps = { { LCA_CALL, LCA_WANT_REFUSE, LCA_ROW_METHOD } },
        .answers = { OK }, .known = LCA_KNOWN_NO_OP, .need = LCA_NEEDS_DEAD,
    };
    static const enum lca_want heirs[] = {
        LCA_WANT_NEVER, LCA_WANT_STILL_REFUSE, LCA_WANT_REFUSE_INERT,
        LCA_WANT_KNOWN_CODE, LCA_WANT_CLEAN,
    };
    struct lca_opinion one = lca_row_judge(&first);

    CU_ASSERT_EQUAL(one.verdict, LCA_FAIL);
    CU_ASSERT(strstr(one.text, "Logoff is a no-op") != NULL);
    for (int m = LCA_IMAPISession_GetMsgStoresTable;
         m < LCA_SESSION_METHODS_END; m++) {
        struct lca_row row = first;

        row.steps[0].method = m;
        CU_ASSERT_STRING_EQUAL(lca_row_judge(&row).text, one.text);
    }
    for (size_t i = 0; i < sizeof heirs / sizeof *heirs; i++) {
        struct lca_row row = first;

        row.steps[0].want = heirs[i];
        CU_ASSERT_EQUAL(lca_row_judge(&row).verdict, LCA_SKIP);
        CU_ASSERT(strstr(lca_row_judge(&row).text, "POST-002") != NULL);
    }
}
