#include "harness/selftest/record_stacks.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

static void fill_stack(struct lca_stack *s, uint32_t i)
{
    snprintf(s->name, sizeof s->name, "%% \n%012u", i);
    snprintf(s->doing, sizeof s->doing, "%023u", i);
    s->step = LCA_STEPS_MAX - i;
    s->silent = i % 2;
    s->frame_count = LCA_FRAMES_MAX;
    for (uint32_t j = 0; j < LCA_FRAMES_MAX; j++) {
        snprintf(s->frames[j].module, sizeof s->frames[j].module, "%u of %u",
                 j, i);
        s->frames[j].offset = UINT64_MAX - j - i;
    }
}

void lca_record_fill_stacks(struct lca_record *r)
{
    r->register_count = LCA_REGISTERS_MAX;
    for (uint32_t i = 0; i < LCA_REGISTERS_MAX; i++) {
        snprintf(r->registers[i].name, sizeof r->registers[i].name, "x%06u",
                 i);
        r->registers[i].value = UINT64_MAX - i;
    }
    r->seen.threads = UINT32_MAX;
    r->seen.count = LCA_STACKS_MAX;
    for (uint32_t i = 0; i < LCA_STACKS_MAX; i++)
        fill_stack(&r->seen.stacks[i], i);
}

void lca_record_check_stacks(const struct lca_record *a,
                             const struct lca_record *b)
{
    CU_ASSERT_EQUAL(a->register_count, b->register_count);
    CU_ASSERT(memcmp(a->registers, b->registers, sizeof a->registers) == 0);
    CU_ASSERT_EQUAL(a->seen.threads, b->seen.threads);
    CU_ASSERT_EQUAL(a->seen.count, b->seen.count);
    for (unsigned i = 0; i < a->seen.count; i++) {
        const struct lca_stack *s = &a->seen.stacks[i];
        const struct lca_stack *t = &b->seen.stacks[i];

        CU_ASSERT_STRING_EQUAL(s->name, t->name);
        CU_ASSERT_STRING_EQUAL(s->doing, t->doing);
        CU_ASSERT_EQUAL(s->step, t->step);
        CU_ASSERT_EQUAL(s->silent, t->silent);
        CU_ASSERT_EQUAL(s->frame_count, t->frame_count);
        for (unsigned j = 0; j < s->frame_count; j++) {
            CU_ASSERT_STRING_EQUAL(s->frames[j].module, t->frames[j].module);
            CU_ASSERT_EQUAL(s->frames[j].offset, t->frames[j].offset);
        }
    }
}
