#include "harness/selftest/catalogue_measures.h"

#include "harness/model/record.h"

#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stddef.h>

/* What is compared with the first of its kind: one alone would be itself. */
static bool compares(enum lca_want want)
{
    return want == LCA_WANT_SAME_CODE || want == LCA_WANT_SAME_CHOICE ||
           want == LCA_WANT_SAME_VALUE;
}

static bool grows(enum lca_want want)
{
    return want == LCA_WANT_NO_NEW_FDS || want == LCA_WANT_NO_NEW_THREADS ||
           want == LCA_WANT_NO_NEW_HEAP || want == LCA_WANT_NO_GROWTH ||
           want == LCA_WANT_NO_CIRCLE || want == LCA_WANT_NO_MORE;
}

/* Wishes of a count that need none before it to be judged. */
static bool looks(enum lca_want want)
{
    return want == LCA_WANT_OWN_FDS || want == LCA_WANT_AS_BEFORE ||
           want == LCA_WANT_RESTORED || want == LCA_WANT_LASTING ||
           want == LCA_WANT_OVER || want == LCA_WANT_NOTED;
}

/* A census that looks as this one does, with the mark. */
static bool looked_before(const struct lca_step *steps, size_t i, unsigned mark)
{
    unsigned all = LCA_LOOK_HOLDINGS | LCA_LOOK_CHILDREN | LCA_LOOK_MADE |
                   LCA_LOOK_STATES;

    for (size_t j = 0; j < i; j++)
        if (steps[j].op == LCA_CENSUS && steps[j].flags & mark &&
            (steps[j].flags & all) == (steps[i].flags & all))
            return steps[i].flags & all;
    return false;
}

/* How many of the first n steps have this op, and this wish if there is one. */
static unsigned among(const struct lca_step *steps, size_t n, enum lca_op op,
                      enum lca_want want)
{
    unsigned count = 0;

    for (size_t i = 0; i < n; i++)
        count += steps[i].op == op && (!want || steps[i].want == want);
    return count;
}

void lca_catalogue_measures(const struct lca_chapter *chapter,
                            const struct lca_case *c)
{
    size_t n = 0;

    (void)chapter;
    while (c->steps[n].op != LCA_END)
        n++;
    CU_ASSERT(among(c->steps, n, LCA_CENSUS, 0) <= LCA_CENSUS_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct lca_step *s = &c->steps[i];

        CU_ASSERT(!compares(s->want) ||
                  among(c->steps, n, s->op, s->want) > 1);
        CU_ASSERT_EQUAL(grows(s->want) || looks(s->want),
                        s->op == LCA_CENSUS && s->want);
        CU_ASSERT((s->want != LCA_WANT_RESTORED &&
                   s->want != LCA_WANT_NOTED) ||
                  looked_before(c->steps, i, LCA_LOOK_BEFORE));
        CU_ASSERT((s->want != LCA_WANT_LASTING && s->want != LCA_WANT_OVER) ||
                  looked_before(c->steps, i, LCA_LOOK_MARK));
        CU_ASSERT(s->want != LCA_WANT_NO_MORE || s->flags);
        CU_ASSERT(!grows(s->want) ||
                  among(c->steps, i, LCA_CENSUS, 0) >= 3);
        CU_ASSERT(s->want != LCA_WANT_OWN_FDS ||
                  (i && s[-1].op == LCA_OWN));
        CU_ASSERT(!s->if_refused || among(c->steps, i, LCA_LOGOFF, 0));
        CU_ASSERT(s->want != LCA_WANT_REFUSAL || s->op == LCA_LOGOFF);
        CU_ASSERT(s->want != LCA_WANT_QUIET || s->if_refused);
    }
}
