#include "harness/selftest/record_traces.h"

#include "harness/model/fault.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

/* A site whose every member is told from those of the next. */
static struct lca_site site_of(uint32_t n)
{
    struct lca_site s = {
        .call = n % LCA_FAULTY_COUNT, .on = UINT32_MAX - n,
        .window = n % LCA_WINDOW_COUNT, .count = UINT32_MAX - n * 5,
        .first = UINT32_MAX - n * 3,
        .frame_count = LCA_SITE_FRAMES,
    };

    for (uint32_t i = 0; i < LCA_SITE_FRAMES; i++) {
        snprintf(s.frames[i].module, sizeof s.frames[i].module, "%0*u",
                 (int)(i * 8 + 7), (unsigned)n);
        s.frames[i].offset = UINT64_MAX - (uint64_t)n * 7 - i;
    }
    return s;
}

/* What faults left. */
void lca_record_fill_traces(struct lca_record *r)
{
    r->hit_count = LCA_STRIKES_MAX;
    r->site_count = LCA_TRACE_MAX;
    r->left_count = LCA_LEFT_MAX;
    r->closed_twice = UINT32_MAX;
    for (uint32_t i = 0; i < LCA_STRIKES_MAX; i++)
        r->hits[i] = (struct lca_hit){ UINT32_MAX - i, LCA_STEPS_MAX - i,
                                       site_of(i + 200) };
    for (uint32_t i = 0; i < LCA_TRACE_MAX; i++)
        r->sites[i] = site_of(i);
    r->sites[1].frame_count = 0;
    r->closer = site_of(300);
    for (uint32_t i = 0; i < LCA_LEFT_MAX; i++) {
        r->left[i] = (struct lca_left){ UINT32_MAX - i, UINT64_MAX - i };
        r->left[i].from = site_of(i + 100).frames[i % LCA_SITE_FRAMES];
    }
    r->guarded = (struct lca_guarded){
        LCA_GUARDED_WHATS - 1, UINT64_MAX - 5, UINT64_MAX - 6,
        site_of(500).frames[0], site_of(501).frames[1],
    };
    r->locks = UINT32_MAX;
    r->held_count = LCA_HELD_MAX;
    for (uint32_t i = 0; i < LCA_HELD_MAX; i++) {
        r->held[i] = (struct lca_held){ i % LCA_LOCK_COUNT,
                                        LCA_STEPS_MAX - 1 - i,
                                        { .frame_count = LCA_SITE_FRAMES } };
        memcpy(r->held[i].site.frames, site_of(i + 400).frames,
               sizeof r->held[i].site.frames);
    }
}

static void check_site(const struct lca_site *a, const struct lca_site *b)
{
    CU_ASSERT_EQUAL(a->call, b->call);
    CU_ASSERT_EQUAL(a->on, b->on);
    CU_ASSERT_EQUAL(a->window, b->window);
    CU_ASSERT_EQUAL(a->count, b->count);
    CU_ASSERT_EQUAL(a->first, b->first);
    CU_ASSERT_EQUAL_FATAL(a->frame_count, b->frame_count);
    for (unsigned i = 0; i < a->frame_count; i++) {
        CU_ASSERT_STRING_EQUAL(a->frames[i].module, b->frames[i].module);
        CU_ASSERT_EQUAL(a->frames[i].offset, b->frames[i].offset);
    }
}

static void check_memory_and_locks(const struct lca_record *a,
                                   const struct lca_record *b)
{
    CU_ASSERT_EQUAL(a->guarded.what, b->guarded.what);
    CU_ASSERT_EQUAL(a->guarded.size, b->guarded.size);
    CU_ASSERT_EQUAL(a->guarded.offset, b->guarded.offset);
    CU_ASSERT_EQUAL(a->guarded.taker.offset, b->guarded.taker.offset);
    CU_ASSERT_EQUAL(a->guarded.giver.offset, b->guarded.giver.offset);
    CU_ASSERT_STRING_EQUAL(a->guarded.taker.module, b->guarded.taker.module);
    CU_ASSERT_STRING_EQUAL(a->guarded.giver.module, b->guarded.giver.module);
    CU_ASSERT_EQUAL(a->locks, b->locks);
    CU_ASSERT_EQUAL(a->held_count, b->held_count);
    for (unsigned i = 0; i < LCA_HELD_MAX; i++) {
        CU_ASSERT_EQUAL(a->held[i].kind, b->held[i].kind);
        CU_ASSERT_EQUAL(a->held[i].step, b->held[i].step);
        check_site(&a->held[i].site, &b->held[i].site);
    }
}

void lca_record_check_traces(const struct lca_record *a,
                             const struct lca_record *b)
{
    CU_ASSERT_EQUAL(a->hit_count, b->hit_count);
    CU_ASSERT_EQUAL(a->site_count, b->site_count);
    CU_ASSERT_EQUAL(a->left_count, b->left_count);
    CU_ASSERT_EQUAL(a->closed_twice, b->closed_twice);
    for (unsigned i = 0; i < LCA_STRIKES_MAX; i++) {
        CU_ASSERT_EQUAL(a->hits[i].calls, b->hits[i].calls);
        CU_ASSERT_EQUAL(a->hits[i].step, b->hits[i].step);
        check_site(&a->hits[i].site, &b->hits[i].site);
    }
    for (unsigned i = 0; i < LCA_TRACE_MAX; i++)
        check_site(&a->sites[i], &b->sites[i]);
    check_site(&a->closer, &b->closer);
    for (unsigned i = 0; i < LCA_LEFT_MAX; i++) {
        CU_ASSERT_EQUAL(a->left[i].blocks, b->left[i].blocks);
        CU_ASSERT_EQUAL(a->left[i].bytes, b->left[i].bytes);
        CU_ASSERT_EQUAL(a->left[i].from.offset, b->left[i].from.offset);
        CU_ASSERT_STRING_EQUAL(a->left[i].from.module,
                               b->left[i].from.module);
    }
    check_memory_and_locks(a, b);
}
