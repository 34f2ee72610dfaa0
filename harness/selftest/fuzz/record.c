/* What a host says of a trial: the lines from "record" to "done". */

#include "harness/model/wire.h"

#include "harness/base/text.h"
#include "harness/selftest/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void in_range_site(const struct lca_site *s)
{
    lca_fuzz_claim(s->call < LCA_FAULTY_COUNT &&
                   s->window < LCA_WINDOW_COUNT &&
                   s->frame_count <= LCA_SITE_FRAMES,
                   "a place that is understood is in range");
}

static void in_range(const struct lca_record *r)
{
    lca_fuzz_claim(r->count <= LCA_STEPS_MAX &&
                   r->ending < LCA_ENDING_COUNT &&
                   r->frame_count <= LCA_FRAMES_MAX &&
                   r->census_count <= LCA_CENSUS_MAX &&
                   r->said_length <= LCA_SAID_MAX && r->reading <= 1,
                   "a record that is understood is in range");
    lca_fuzz_claim(r->hit_count <= LCA_STRIKES_MAX &&
                   r->site_count <= LCA_TRACE_MAX &&
                   r->left_count <= LCA_LEFT_MAX &&
                   r->held_count <= LCA_HELD_MAX,
                   "what faults left has room");
    for (unsigned i = 0; i < r->hit_count; i++)
        in_range_site(&r->hits[i].site);
    for (unsigned i = 0; i < r->site_count; i++)
        in_range_site(&r->sites[i]);
    for (unsigned i = 0; i < r->held_count; i++)
        in_range_site(&r->held[i].site);
    in_range_site(&r->closer);
    lca_fuzz_claim(memchr(r->note, 0, sizeof r->note), "a note ends");
    for (unsigned i = 0; i < r->frame_count; i++)
        lca_fuzz_claim(memchr(r->frames[i].module, 0,
                              sizeof r->frames[i].module),
                       "a module's name ends");
}

/* The record that the lines tell, whole. */
static void tell(const struct lca_text *lines, unsigned id,
                 struct lca_record *record)
{
    struct lca_wire_reader reader = { .record = record };
    char *text, *rest, *line;
    bool done = false;

    lca_fuzz_claim(!lines->failed, "there is memory to print");
    rest = text = lca_fuzz_text((const uint8_t *)lines->bytes, lines->length);
    while ((line = lca_fuzz_line(&rest)))
        lca_fuzz_claim(!done && lca_wire_read_record(line, &reader, &done),
                       "a line that was printed is understood");
    lca_fuzz_claim(done && reader.id == id, "a record that was printed ends");
    free(text);
}

static void whole(const struct lca_record *r, unsigned id)
{
    static struct lca_record other;
    struct lca_text text = { 0 }, again = { 0 };

    in_range(r);
    lca_wire_record(id, r, &text);
    tell(&text, id, &other);
    lca_wire_record(id, &other, &again);
    lca_fuzz_same(&text, &again);
    lca_fuzz_claim(memcmp(r->answers, other.answers, sizeof r->answers) == 0 &&
                   strcmp(r->note, other.note) == 0 &&
                   memcmp(r->said, other.said, r->said_length) == 0,
                   "and it is the same record");
    lca_fuzz_claim(r->hit_count == other.hit_count &&
                   r->site_count == other.site_count &&
                   r->left_count == other.left_count &&
                   r->held_count == other.held_count &&
                   r->closer.frame_count == other.closer.frame_count,
                   "and as much of what faults left");
    for (unsigned i = 0; i < LCA_CENSUS_MAX; i++)
        lca_fuzz_claim(r->census[i].fds == other.census[i].fds &&
                       r->census[i].threads == other.census[i].threads &&
                       r->census[i].lost_fds == other.census[i].lost_fds &&
                       r->census[i].heap == other.census[i].heap,
                       "and so is each census");
    lca_text_free(&text);
    lca_text_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct lca_record record;
    struct lca_wire_reader reader = { .record = &record };
    char *text = lca_fuzz_text(bytes, size);
    char *rest = text, *line;
    bool good = true, done;

    while (good && (line = lca_fuzz_line(&rest))) {
        good = lca_wire_read_record(line, &reader, &done);
        if (good && done)
            whole(&record, reader.id);
    }
    free(text);
    return 0;
}
