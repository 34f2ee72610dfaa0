#include "harness/oracle/errors.h"
#include "harness/oracle/rules.h"

static const struct lca_opinion pass = { .verdict = LCA_PASS };

enum measure { FDS = 1, THREADS = 2, HEAP = 4 };

/* A byte a round is no leak that anybody allocates. */
enum { THIRD = 66 };

static uint64_t measured(const struct lca_census *c, enum measure m)
{
    return m == FDS ? c->fds : m == THREADS ? c->threads : c->heap;
}

/* Growth in each third is a leak; a pool that filled once is none. */
static struct lca_opinion flat(const struct lca_hearing *h, unsigned i,
                               unsigned measures)
{
    static const char *const names[] = {
        [FDS] = "descriptors", [THREADS] = "threads", [HEAP] = "heap bytes",
    };
    const struct lca_census *c = h->record->census;
    uint64_t last = ANSWER(h, i)->value;
    char more[160] = "";

    if (last < 3 || last >= h->record->census_count)
        return lca_judge_say(LCA_BROKEN, "too few counts were taken");
    for (unsigned m = FDS; m <= HEAP; m *= 2) {
        uint64_t a = measured(&c[last - 3], m), b = measured(&c[last - 2], m);
        uint64_t d = measured(&c[last - 1], m), e = measured(&c[last], m);
        uint64_t slack = m == HEAP ? THIRD : 0;

        if (!(measures & m) || a + slack >= b || b + slack >= d ||
            d + slack >= e)
            continue;
        if (m == HEAP)
            lca_judge_loss(h->record, more, sizeof more);
        else
            lca_rule_name_new(h, i, m == FDS ? LCA_WHAT_fds
                                             : LCA_WHAT_threads,
                              more, sizeof more);
        return lca_judge_say(LCA_FAIL, "%s grow in each third of 200 "
                             "rounds%s", names[m], more);
    }
    return pass;
}

struct lca_opinion lca_rule_no_new_fds(const struct lca_hearing *h, unsigned i)
{
    return flat(h, i, FDS);
}

struct lca_opinion lca_rule_no_new_threads(const struct lca_hearing *h,
                                           unsigned i)
{
    return flat(h, i, THREADS);
}

struct lca_opinion lca_rule_no_new_heap(const struct lca_hearing *h, unsigned i)
{
    return flat(h, i, HEAP);
}

/* What a session leaves without any object is no doing of theirs. */
struct lca_opinion lca_rule_no_circle(const struct lca_hearing *h, unsigned i)
{
    const struct lca_census *c = h->record->census;
    struct lca_opinion o = flat(h, i, HEAP);
    uint64_t last = ANSWER(h, i)->value;

    if (o.verdict == LCA_FAIL && last >= 5 &&
        c[last - 5].heap + THIRD < c[last - 4].heap)
        return lca_judge_say(LCA_SKIP, "a session leaves heap bytes by itself "
                             "(REF-004, MEM-011)");
    return o;
}

struct lca_opinion lca_rule_no_growth(const struct lca_hearing *h, unsigned i)
{
    return flat(h, i, FDS | THREADS | HEAP);
}

struct lca_opinion lca_rule_own_fds(const struct lca_hearing *h, unsigned i)
{
    uint64_t at = ANSWER(h, i)->value;

    if (at >= h->record->census_count)
        return lca_judge_say(LCA_BROKEN, "no count was taken");
    if (h->record->census[at].lost_fds)
        return lca_judge_say(LCA_FAIL, "the subject closed or replaced "
                             "descriptors of its caller");
    return pass;
}
