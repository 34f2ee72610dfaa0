#include "harness/selftest/record_residue.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

void lca_record_fill_residue(struct lca_record *r)
{
    r->census_count = LCA_CENSUS_MAX;
    for (uint32_t i = 0; i < LCA_CENSUS_MAX; i++)
        r->census[i] = (struct lca_census){ UINT32_MAX - i, i, 4, i * 7ull };
    r->census[3].heap = UINT64_MAX;
    r->census[4] = (struct lca_census){
        .timers = 1, .mappings = 2, .children = 3, .files = 4, .segments = 5,
        .semaphores = 6, .queues = UINT32_MAX, .changed = 7, .marked = 8,
        .lasting = 9,
    };
    r->thing_count = LCA_THINGS_MAX;
    for (uint32_t i = 0; i < LCA_THINGS_MAX; i++) {
        r->things[i] = (struct lca_thing){ i % LCA_CENSUS_MAX,
                                           i % LCA_WHAT_COUNT,
                                           UINT32_MAX - i };
        snprintf(r->things[i].name, sizeof r->things[i].name, "a %%\n%*u",
                 (int)(sizeof r->things[i].name - 6), i);
    }
}

void lca_record_check_residue(const struct lca_record *a,
                              const struct lca_record *b)
{
    for (unsigned i = 0; i < LCA_CENSUS_MAX; i++) {
        const struct lca_census *c = &a->census[i], *d = &b->census[i];

#define X(member, one, more, look) CU_ASSERT_EQUAL(c->member, d->member);
        LCA_THINGS(X)
#undef X
        CU_ASSERT_EQUAL(c->lost_fds, d->lost_fds);
        CU_ASSERT_EQUAL(c->heap, d->heap);
        CU_ASSERT_EQUAL(c->changed, d->changed);
        CU_ASSERT_EQUAL(c->marked, d->marked);
        CU_ASSERT_EQUAL(c->lasting, d->lasting);
    }
    CU_ASSERT_EQUAL(a->thing_count, b->thing_count);
    for (unsigned i = 0; i < a->thing_count; i++) {
        CU_ASSERT_EQUAL(a->things[i].census, b->things[i].census);
        CU_ASSERT_EQUAL(a->things[i].what, b->things[i].what);
        CU_ASSERT_EQUAL(a->things[i].count, b->things[i].count);
        CU_ASSERT_STRING_EQUAL(a->things[i].name, b->things[i].name);
    }
}
