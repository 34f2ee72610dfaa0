/* Valgrind's XML of a trial, which the subject may have written itself. */

#include "harness/run/errors.h"

#include "harness/oracle/errors.h"
#include "harness/selftest/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static const struct lca_step steps[] = {
    { LCA_LOGON }, { LCA_LOGOFF, LCA_WANT_SUCCEED }, { LCA_RELEASE },
};

enum { STEPS = sizeof steps / sizeof *steps };

static void sound_frames(const struct lca_frame *frames, uint32_t count)
{
    lca_fuzz_claim(count <= LCA_ERROR_FRAMES, "a stack has so many frames");
    for (uint32_t i = 0; i < count; i++)
        lca_fuzz_claim(memchr(frames[i].module, 0, sizeof frames[i].module),
                       "a module's name ends");
}

static void sound(const struct lca_record *r)
{
    lca_fuzz_claim(r->error_count <= LCA_ERRORS_MAX,
                   "there are as many errors as there is room for");
    for (unsigned i = 0; i < r->error_count; i++) {
        const struct lca_error *e = &r->errors[i];

        lca_fuzz_claim(e->kind < LCA_ERROR_KIND_COUNT && e->step <= r->count &&
                       e->other <= LCA_OTHER_BEFORE &&
                       e->clients <= e->subjects && e->subjects <= 1,
                       "an error is of a kind, in a step, and somebody's");
        lca_fuzz_claim(!e->subjects == !*e->from.module,
                       "what is the subject's has its place");
        lca_fuzz_claim(memchr(e->what, 0, sizeof e->what), "a text ends");
        sound_frames(e->frames, e->frame_count);
        sound_frames(e->others, e->other_count);
        sound_frames(&e->from, 1);
        sound_frames(&e->other_from, 1);
    }
}

static void judge(const struct lca_record *record)
{
    static const struct lca_case c = { .id = "fuzz", .clause = "SES-004" };
    static struct lca_script script = { .count = STEPS };
    const struct lca_hearing hearing = { &c, &script, record, NULL };
    struct lca_opinion o;
    char text[400];

    memcpy(script.steps, steps, sizeof steps);
    o = lca_judge_errors(&hearing);
    lca_fuzz_claim((o.verdict == LCA_FAIL) == !!*o.text &&
                   (o.verdict == LCA_FAIL || o.verdict == LCA_PASS),
                   "who finds something says what");
    for (unsigned i = 0; i < record->error_count; i++)
        lca_judge_error(&hearing, &record->errors[i], text, sizeof text);
    lca_judge_loss(record, text, sizeof text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct lca_record record;

    record = (struct lca_record){ .count = STEPS, .ending = LCA_RETURNED };
    for (unsigned i = 0; i < STEPS; i++)
        record.answers[i] = (struct lca_answer){ .calls = 1, .successes = 1 };
    lca_errors_read((const char *)bytes, size, &record);
    sound(&record);
    judge(&record);
    return 0;
}
