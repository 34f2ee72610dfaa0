/* sound: what a trial may have written over is not believed. */

#include "harness/model/fault.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include "harness/model/record.h"

#include <string.h>

#define NUMBER(member, limit)                                               \
    { #member, offsetof(struct lca_record, member), limit }
#define SITE(member)                                                        \
    NUMBER(member.call, LCA_FAULTY_COUNT - 1),                              \
    NUMBER(member.window, LCA_WINDOW_COUNT - 1),                            \
    NUMBER(member.frame_count, LCA_SITE_FRAMES)

/* Numbers of 32 bits that say how much there is of something, or which. */
static const struct { const char *name; size_t at; uint32_t limit; }
numbers[] = {
    NUMBER(count, LCA_STEPS_MAX),       NUMBER(ending, LCA_ENDING_COUNT - 1),
    NUMBER(frame_count, LCA_FRAMES_MAX),
    NUMBER(census_count, LCA_CENSUS_MAX),
    NUMBER(said_length, LCA_SAID_MAX),  NUMBER(reading, 1),
    NUMBER(struck_at, LCA_STEPS_MAX),   NUMBER(refused_at, LCA_STEPS_MAX),
    NUMBER(twice, LCA_STEPS_MAX),       NUMBER(refused, 127),
    NUMBER(begun, LCA_STEPS_MAX),       NUMBER(crashed_in, LCA_STEPS_MAX),
    NUMBER(struck, 127),                NUMBER(hit_count, LCA_STRIKES_MAX),
    NUMBER(thing_count, LCA_THINGS_MAX),
    NUMBER(things[0].what, LCA_WHAT_COUNT - 1),
    NUMBER(things[LCA_THINGS_MAX - 1].census, LCA_CENSUS_MAX - 1),
    NUMBER(site_count, LCA_TRACE_MAX),  NUMBER(left_count, LCA_LEFT_MAX),
    NUMBER(hits[0].step, LCA_STEPS_MAX), SITE(hits[0].site),
    NUMBER(hits[1].step, LCA_STEPS_MAX), SITE(hits[1].site),
    SITE(sites[0]),                     SITE(sites[LCA_TRACE_MAX - 1]),
    SITE(closer),
    NUMBER(held_count, LCA_HELD_MAX),
    NUMBER(guarded.what, LCA_GUARDED_WHATS - 1),
    NUMBER(held[0].kind, LCA_LOCK_COUNT - 1),
    NUMBER(held[LCA_HELD_MAX - 1].step, LCA_STEPS_MAX - 1),
    SITE(held[LCA_HELD_MAX - 1].site),
    NUMBER(register_count, LCA_REGISTERS_MAX),
    NUMBER(seen.count, LCA_STACKS_MAX),
    NUMBER(seen.stacks[LCA_STACKS_MAX - 1].step, LCA_STEPS_MAX),
    NUMBER(seen.stacks[0].silent, 1),
    NUMBER(seen.stacks[LCA_STACKS_MAX - 1].frame_count, LCA_FRAMES_MAX),
};

#define NAME(member)                                                        \
    { #member, offsetof(struct lca_record, member),                         \
      sizeof ((struct lca_record *)0)->member }

static const struct { const char *name; size_t at, size; } names[] = {
    NAME(note),                         NAME(frames[0].module),
    NAME(frames[LCA_FRAMES_MAX - 1].module),
    NAME(hits[0].site.frames[0].module),
    NAME(hits[1].site.frames[LCA_SITE_FRAMES - 1].module),
    NAME(sites[0].frames[0].module),
    NAME(sites[LCA_TRACE_MAX - 1].frames[LCA_SITE_FRAMES - 1].module),
    NAME(closer.frames[LCA_SITE_FRAMES - 1].module),
    NAME(held[LCA_HELD_MAX - 1].site.frames[LCA_SITE_FRAMES - 1].module),
    NAME(guarded.taker.module), NAME(guarded.giver.module),
    NAME(things[0].name),               NAME(things[LCA_THINGS_MAX - 1].name),
    NAME(registers[LCA_REGISTERS_MAX - 1].name),
    NAME(seen.stacks[0].name),          NAME(seen.stacks[0].doing),
    NAME(seen.stacks[LCA_STACKS_MAX - 1].frames[0].module),
    NAME(left[0].from.module), NAME(left[LCA_LEFT_MAX - 1].from.module),
};

static void set(struct lca_record *r, size_t i, uint32_t number)
{
    memcpy((char *)r + numbers[i].at, &number, sizeof number);
}

/* Each number as great as it may be, so that all of its kind are looked at. */
static void fill(struct lca_record *r)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        set(r, i, numbers[i].limit);
}

static void numbers_have_limits(void)
{
    static struct lca_record full, r;

    CU_ASSERT(lca_record_is_sound(&r));
    fill(&full);
    CU_ASSERT(lca_record_is_sound(&full));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        r = full;
        set(&r, i, numbers[i].limit + 1);
        LCA_ROW(numbers[i].name, !lca_record_is_sound(&r));
        set(&r, i, UINT32_MAX);
        LCA_ROW(numbers[i].name, !lca_record_is_sound(&r));
        set(&r, i, 0);
        LCA_ROW(numbers[i].name, lca_record_is_sound(&r));
    }
}

static void names_have_ends(void)
{
    static struct lca_record full, r;

    fill(&full);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        r = full;
        memset((char *)&r + names[i].at, 'x', names[i].size);
        LCA_ROW(names[i].name, !lca_record_is_sound(&r));
        ((char *)&r)[names[i].at + names[i].size - 1] = '\0';
        LCA_ROW(names[i].name, lca_record_is_sound(&r));
    }
}

/* What is beyond a count is nobody's. */
static void what_is_beyond_is_of_no_matter(void)
{
    static struct lca_record full, r;

    fill(&full);
    r = full;
    r.hits[1].step = r.sites[LCA_TRACE_MAX - 1].call = UINT32_MAX;
    memset(r.left[LCA_LEFT_MAX - 1].from.module, 'x',
           sizeof r.left->from.module);
    CU_ASSERT_FALSE(lca_record_is_sound(&r));
    r.hit_count--;
    r.site_count--;
    r.left_count--;
    CU_ASSERT(lca_record_is_sound(&r));
}

CU_TestInfo lca_sound_tests[] = {
    { "numbers have limits", numbers_have_limits },
    { "names have ends", names_have_ends },
    { "what is beyond a count is of no matter",
      what_is_beyond_is_of_no_matter },
    CU_TEST_INFO_NULL,
};
