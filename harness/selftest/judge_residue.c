/* What a census found by name: growth, states, threads that are watched. */

#include "harness/selftest/judge_desk.h"

#include <CUnit/CUnit.h>

#define COUNT(wish, look)                                                   \
    { { LCA_LOOP, .times = 66 },                                            \
      { LCA_CENSUS, wish, .flags = LCA_LOOK_##look } }
#define AT(n) { LCA_ROW_OK, LCA_ROW_VALUE(n) }, .censuses = n + 1
#define THINGS(list)                                                        \
    .things = list, .thing_count = sizeof list / sizeof *list

static const struct lca_census one_each[] = {
    { .children = 20, .files = 1 }, { .children = 87, .files = 2 },
    { .children = 154, .files = 3 }, { .children = 220, .files = 4 },
};
static const struct lca_census two_each[] = {
    { .semaphores = 40 }, { .semaphores = 174 }, { .semaphores = 308 },
    { .semaphores = 440 },
};
/* A server that was started once; a pool of files that filled. */
static const struct lca_census once[] = {
    { .children = 1, .files = 1 }, { .children = 1, .files = 2 },
    { .children = 1, .files = 3 }, { .children = 1, .files = 3 },
};
static const struct lca_census late[] = {
    { .queues = 1 }, { .queues = 1 }, { .queues = 2 }, { .queues = 3 },
};

static const struct lca_thing zombie[] = {
    { 2, LCA_WHAT_children, 1, "an earlier one" },
    { 3, LCA_WHAT_files, 1, "tmp/x" },
    { 3, LCA_WHAT_children, 66, "helper (zombie)" },
};
static const struct lca_thing lock[] = {
    { 3, LCA_WHAT_files, 1, "tmp/v2/x-12345-7.lock" },
};

static const struct lca_row growth[] = {
    { "a child a round", LCA_FAIL,
      "one child process more after each of 66 rounds: helper (zombie)",
      COUNT(LCA_WANT_NO_MORE, CHILDREN), AT(3), .census = one_each,
      THINGS(zombie) },
    { "a child a round, and nothing is told of it", LCA_FAIL,
      "one child process more after each of 66 rounds",
      COUNT(LCA_WANT_NO_MORE, CHILDREN), AT(3), .census = one_each },
    { "two in a round", LCA_FAIL,
      "2 semaphores more after each of 66 rounds",
      COUNT(LCA_WANT_NO_MORE, MADE), AT(3), .census = two_each },
    { "now and then one, and numbers of this run", LCA_FAIL,
      "files grow in each third of 200 rounds: tmp/v2/x-#-7.lock",
      COUNT(LCA_WANT_NO_MORE, MADE), AT(3), .census = one_each,
      THINGS(lock) },
    { "what is not asked for", LCA_PASS, NULL,
      COUNT(LCA_WANT_NO_MORE, HOLDINGS), AT(3), .census = one_each },
    { "a server that was started once", LCA_PASS, NULL,
      COUNT(LCA_WANT_NO_MORE, CHILDREN), AT(3), .census = once },
    { "a pool that filled", LCA_PASS, NULL, COUNT(LCA_WANT_NO_MORE, MADE),
      AT(3), .census = once },
    { "a pool that fills late", LCA_PASS, NULL, COUNT(LCA_WANT_NO_MORE, MADE),
      AT(3), .census = late },
    { "too few counts", LCA_BROKEN, "too few",
      COUNT(LCA_WANT_NO_MORE, CHILDREN), AT(2), .census = one_each },
    { "a count that is not there", LCA_BROKEN, "too few",
      COUNT(LCA_WANT_NO_MORE, CHILDREN), { LCA_ROW_OK, LCA_ROW_VALUE(3) },
      .census = one_each, .censuses = 3 },
};

static const struct lca_census changed[] = {
    { .fds = 3 },
    { .changed = 1u << LCA_WHAT_UMASK | 1u << LCA_WHAT_STREAMS },
};
static const struct lca_thing umask_told[] = {
    { 1, LCA_WHAT_UMASK, 0, "the umask is 0077, and was 0022" },
};

static const struct lca_row states[] = {
    { "the umask", LCA_FAIL,
      "after MAPIUninitialize the umask is 0077, and was 0022",
      COUNT(LCA_WANT_RESTORED, SURROUNDINGS), AT(1), .census = changed,
      THINGS(umask_told) },
    { "a state without words", LCA_FAIL, "not as before logon",
      COUNT(LCA_WANT_RESTORED, STREAMS), AT(1), .census = changed,
      THINGS(umask_told) },
    { "what is not asked for", LCA_PASS, NULL, COUNT(LCA_WANT_RESTORED, MASK),
      AT(1), .census = changed, THINGS(umask_told) },
    { "as it was", LCA_PASS, NULL, COUNT(LCA_WANT_RESTORED, SURROUNDINGS),
      AT(0), .census = changed },
    { "nobody looked", LCA_BROKEN, "no count",
      COUNT(LCA_WANT_RESTORED, MASK), { LCA_ROW_OK, LCA_ROW_VALUE(2) },
      .census = changed, .censuses = 2 },
};

static const struct lca_census watched[] = {
    { .threads = 1 }, { .marked = 2, .lasting = 1 }, { .marked = 2 },
};

static const struct lca_row threads[] = {
    { "one of two is there", LCA_PASS, NULL,
      COUNT(LCA_WANT_LASTING, HOLDINGS), AT(1), .census = watched },
    { "none is there", LCA_FAIL, "has ended",
      COUNT(LCA_WANT_LASTING, HOLDINGS), AT(2), .census = watched },
    { "none was made", LCA_SKIP, "made no thread",
      COUNT(LCA_WANT_LASTING, HOLDINGS), AT(0), .census = watched },
    { "nobody looked", LCA_BROKEN, "no count",
      COUNT(LCA_WANT_LASTING, HOLDINGS), { LCA_ROW_OK, LCA_ROW_VALUE(1) } },
    { "one of two is there still", LCA_FAIL, "still there after the last",
      COUNT(LCA_WANT_OVER, HOLDINGS), AT(1), .census = watched },
    { "none is there any more", LCA_PASS, NULL, COUNT(LCA_WANT_OVER, HOLDINGS),
      AT(2), .census = watched },
    { "none was made", LCA_SKIP, "made no thread",
      COUNT(LCA_WANT_OVER, HOLDINGS), AT(0), .census = watched },
    { "nobody looked", LCA_BROKEN, "no count", COUNT(LCA_WANT_OVER, HOLDINGS),
      { LCA_ROW_OK, LCA_ROW_VALUE(1) } },
};

static const struct lca_census last[] = { { 0 }, { 0 } };
static const struct lca_thing kept[] = {
    { 0, LCA_WHAT_fds, 1, "of another look" },
    { 1, LCA_WHAT_threads, 2, "pool" }, { 1, LCA_WHAT_fds, 1, "pipe" },
    { 1, LCA_WHAT_UMASK, 0, "the umask is 0077, and was 0022" },
};

static const struct lca_row noted[] = {
    { "what is there is told", LCA_FAIL,
      "keeps 2 threads (pool), 1 descriptor (pipe)",
      COUNT(LCA_WANT_NOTED, HOLDINGS), AT(1), .census = last, THINGS(kept) },
    { "a state is, too", LCA_FAIL, "the umask is 0077",
      COUNT(LCA_WANT_NOTED, SURROUNDINGS), AT(1), .census = last,
      THINGS(kept) },
    { "there is nothing", LCA_PASS, NULL, COUNT(LCA_WANT_NOTED, CHILDREN),
      AT(1), .census = last, THINGS(kept) },
    { "nobody looked", LCA_BROKEN, "no count", COUNT(LCA_WANT_NOTED, HOLDINGS),
      { LCA_ROW_OK, LCA_ROW_VALUE(1) } },
};

void lca_judge_residue(void)
{
    CU_ASSERT(LCA_ROWS_HOLD(growth));
    CU_ASSERT(LCA_ROWS_HOLD(states));
    CU_ASSERT(LCA_ROWS_HOLD(threads));
    CU_ASSERT(LCA_ROWS_HOLD(noted));
}

#define COVER(rows) lca_rows_cover(rows, sizeof rows / sizeof *rows, seen)

void lca_judge_residue_cover(unsigned seen[LCA_WANT_COUNT])
{
    COVER(growth);
    COVER(states);
    COVER(threads);
    COVER(noted);
}
