/* record: a trial's record over the wire, whole, or not at all. */

#include "harness/base/text.h"
#include "harness/model/wire.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/record_traces.h"
#include "harness/selftest/record_races.h"
#include "harness/selftest/record_residue.h"
#include "harness/selftest/record_stacks.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

/* Reads lines until the first that is refused: its number from 1, or 0. */
static unsigned refused(char *text, struct lca_record *record, unsigned *id,
                        unsigned *done_at)
{
    struct lca_wire_reader reader = { .record = record };
    unsigned number = 0;
    bool good = true, done = false;

    *done_at = 0;
    for (char *line = text, *end; good && (end = strchr(line, '\n'));
         line = end + 1) {
        *end = '\0';
        good = lca_wire_read_record(line, &reader, &done);
        number++;
        if (good && done && !*done_at)
            *done_at = number;
    }
    *id = reader.id;
    return good ? 0 : number;
}

/* Every place in it taken, every member at a value of its own. */
static void fill(struct lca_record *r)
{
    *r = (struct lca_record){
        .count = LCA_STEPS_MAX, .ending = LCA_CRASHED, .number = UINT32_MAX,
        .address = UINT64_MAX - 1, .frame_count = LCA_FRAMES_MAX,
        .said_length = LCA_SAID_MAX, .process = LCA_PROCESSES - 1,
        .reading = 1, .us = UINT32_MAX - 2, .begun = LCA_STEPS_MAX - 1,
        .crashed_in = LCA_STEPS_MAX, .core = UINT64_MAX - 3,
    };
    lca_record_fill_traces(r);
    memset(r->note, ' ', sizeof r->note - 1);
    memcpy(r->note, "%0A \n\xFF", 6);
    for (unsigned i = 0; i < LCA_SAID_MAX; i++)
        r->said[i] = (char)i;
    for (unsigned i = 0; i < LCA_FRAMES_MAX; i++) {
        snprintf(r->frames[i].module, sizeof r->frames[i].module,
                 "%0*u", (int)(i * 4 + 3), i);
        r->frames[i].offset = UINT64_MAX - i;
    }
    lca_record_fill_residue(r);
    lca_record_fill_stacks(r);
    for (int32_t i = 0; i < LCA_STEPS_MAX; i++)
        r->answers[i] = (struct lca_answer){
            .code = i ? -i : INT32_MIN, .odd = INT32_MAX - i,
            .calls = (uint32_t)i + 1, .successes = UINT32_MAX - (uint32_t)i,
            .marks = (uint32_t)i, .ipc = (uint32_t)i * 3,
            .sent = (uint64_t)i * 9,
            .value = UINT64_MAX - (uint32_t)i,
        };
}

static void check_record(const struct lca_record *a,
                         const struct lca_record *b)
{
#define SAME(member) CU_ASSERT_EQUAL(a->member, b->member)
    SAME(count);
    SAME(ending);
    SAME(number);
    SAME(address);
    SAME(frame_count);
    SAME(census_count);
    SAME(said_length);
    SAME(reading);
    SAME(us);
    SAME(begun);
    SAME(crashed_in);
    SAME(process);
    SAME(core);
    CU_ASSERT_STRING_EQUAL(a->note, b->note);
    CU_ASSERT(memcmp(a->said, b->said, sizeof a->said) == 0);
    for (unsigned i = 0; i < LCA_FRAMES_MAX; i++) {
        CU_ASSERT_STRING_EQUAL(a->frames[i].module, b->frames[i].module);
        SAME(frames[i].offset);
    }
    for (unsigned i = 0; i < LCA_STEPS_MAX; i++) {
        SAME(answers[i].code);
        SAME(answers[i].odd);
        SAME(answers[i].calls);
        SAME(answers[i].successes);
        SAME(answers[i].marks);
        SAME(answers[i].ipc);
        SAME(answers[i].sent);
        SAME(answers[i].value);
    }
#undef SAME
    lca_record_check_traces(a, b);
    lca_record_check_residue(a, b);
    lca_record_check_stacks(a, b);
}

static void a_record_comes_back(void)
{
    static struct lca_record full, bare, back;
    enum { LINES = 1 + LCA_STEPS_MAX + LCA_CENSUS_MAX + LCA_FRAMES_MAX +
                   LCA_RECORD_TRACES + LCA_THINGS_MAX + LCA_RECORD_STACKS + 3 };
    static const struct { struct lca_record *record; unsigned id, lines; }
    rows[] = {
        { &full, UINT32_MAX, LINES }, { &bare, 0, 2 }, { &full, 7, LINES },
    };

    fill(&full);
    memset(&back, 0x55, sizeof back);   /* nothing of it may stay */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_text text = { 0 };
        unsigned id, done;

        lca_wire_record(rows[i].id, rows[i].record, &text);
        CU_ASSERT_EQUAL(refused(text.bytes, &back, &id, &done), 0);
        CU_ASSERT_EQUAL(id, rows[i].id);
        CU_ASSERT_EQUAL(done, rows[i].lines);
        check_record(rows[i].record, &back);
        lca_text_free(&text);
    }
}

static void every_ending_travels(void)
{
    static struct lca_record record, back;

    for (unsigned i = 0; i < LCA_ENDING_COUNT; i++) {
        struct lca_text text = { 0 };
        unsigned id, done;

        record.ending = i;
        record.answers[0].code = (int32_t)0x80040605;
        record.count = i % 2;
        lca_wire_record(i, &record, &text);
        CU_ASSERT_EQUAL(refused(text.bytes, &back, &id, &done), 0);
        CU_ASSERT_EQUAL(back.ending, i);
        CU_ASSERT_EQUAL(back.count, i % 2);
        CU_ASSERT_EQUAL(back.answers[0].code,
                        i % 2 ? (int32_t)0x80040605 : 0);
        lca_text_free(&text);
    }
}

#define FOUR(line) line line line line
#define TEN        "0123456789"
#define LONG       FOUR(FOUR(TEN))                      /* 160 bytes */
#define MOST       FOUR(LONG) FOUR(LONG) FOUR(LONG)                         \
                   FOUR(TEN) FOUR(TEN) FOUR(TEN)        /* 8 short of full */

/* Ten lines of things: forty are the most. */
#define TENTH      FOUR("thing\n") FOUR("thing\n") "thing\nthing\n"

#define SITES      FOUR(FOUR("site\n")) FOUR(FOUR("site\n"))                \
                   FOUR(FOUR("site\n")) FOUR(FOUR("site\n"))                \
                   FOUR(FOUR("site\n")) FOUR(FOUR("site\n"))       /* 96 */

/* The last line of each is the one that is refused. */
static const char *const bad[] = {
    "\n", "colour\n", "step op=1\n", "ready threads=1\n", "sorry no\n",
    "Record 7\n", "record\n", "record x\n", "record -7\n", "record +7\n",
    "record 7x\n", "record 4294967296\n", "record 7 8\n", "record count=1\n",
    "record 7 count=129\n", "record 7 count=-1\n", "record 7 count=\n",
    "record 7 count=1x\n", "record 7 ending=7\n", "record 7 reading=2\n",
    "record 7 number=4294967296\n", "record 7 us=4294967296\n",
    "record 7 address=18446744073709551616\n", "record 7 colour=1\n",
    "record 7 said_length=1\n", "record 7 frame_count=1\n",
    "record 7 census_count=1\n", "record 7 note=x\n",
    "record 7\nanswer\n",                       /* one that none was told of */
    "record 7 count=1\nanswer code=1\nanswer code=2\n",
    "record 7 count=2\nanswer colour=1\n",
    "record 7 count=2\nanswer code=-1\n",
    "record 7 count=2\nanswer code\n",
    "record 7 count=2\nanswer code=4294967296\n",
    "record 7 count=2\nanswer calls=4294967296\n",
    "record 7 count=2\nanswer marks=18446744073709551615\n",
    "record 7 count=2\nanswer value=18446744073709551616\n",
    "record 7\ncensus fds=-1\n", "record 7\ncensus colour=1\n",
    "record 7\ncensus fds=4294967296\n",
    "record 7\ncensus heap=18446744073709551616\n",
    "record 7\n" FOUR("census fds=1\n") FOUR("census fds=1\n")
        "census fds=1\n",
    "record 7\nthing what=17\n", "record 7\nthing census=8\n",
    "record 7\nthing count=4294967296\n", "record 7\nthing colour=1\n",
    "record 7\nthing name=" FOUR(TEN) FOUR(TEN) TEN TEN "0123\n",
    "record 7\n" FOUR(TENTH) "thing\n", "thing what=1\n",
    "record 7 thing_count=1\n",
    "record 7\nframe offset=-1\n", "record 7\nframe module=m offset=x\n",
    "record 7\nframe colour=1\n",
    "record 7\nframe module=" FOUR(TEN) "01234567\n",
    "record 7\nframe module=a%00b\n",
    "record 7\n" FOUR("frame module=m\n") FOUR("frame module=m\n")
        FOUR("frame module=m\n") "frame module=m\n",
    "record 7\nnote " LONG "\n",
    "record 7\nsaid " MOST "01234567%00\n",
    "record 7\ndone\n", "record 7\ndone x\n", "record 7\ndone 7x\n",
    "record 7\ndone 7 7\n", "record 7\ndone -7\n", "record 7\ndone 8\n",
    "record 7\ndone 4294967303\n",
    "record 7 count=1\ndone 7\n",
    "record 7 count=2\nanswer\ndone 7\n",
    "done 0\n", "answer\n", "census fds=1\n", "frame module=m\n", "note x\n",
    "said x\n", "hit calls=1\n", "site call=1\n", "closer\n",
    "left blocks=1\n", "at module=m\n",         /* of what? */
    "record 7\nhit calls=4294967296\n", "record 7\nhit step=129\n",
    "record 7\nhit window=6\n", "record 7\nhit call=999\n",
    "record 7\nhit on=4294967296\n", "record 7\nhit count=4294967296\n",
    "record 7\nhit first=4294967296\n", "record 7\nhit colour=1\n",
    "record 7\nhit frame_count=1\n", "record 7\nhit module=m\n",
    "record 7\nhit\nhit\nhit\n",
    "record 7\nsite call=999\n", "record 7\nsite window=6\n",
    "record 7\nsite on=-1\n", "record 7\nsite count=4294967296\n",
    "record 7\nsite first=4294967296\n", "record 7\nsite calls=1\n",
    "record 7\nsite step=1\n", "record 7\nsite frame_count=1\n",
    "record 7\ncloser\n",                      /* though nothing was */
    "record 7 closed_twice=4294967296\n",
    "record 7 closed_twice=2\ncloser call=999\n",
    "record 7 closed_twice=2\ncloser\ncloser\n",
    "record 7 closed_twice=2\ncloser\nat module=m\nsite\ncloser\n",
    "record 7\nat module=m\n",
    "record 7\nleft blocks=1\nat module=m\n",
    "record 7\nhit\nat offset=18446744073709551616\n",
    "record 7\nhit\nat module=" FOUR(TEN) "01234567\n",
    "record 7\nhit\nat colour=1\n",
    "record 7\nhit\n" FOUR("at module=m\n") "at\nat\nat\n",
    "record 7\nsite\n" FOUR("at module=m\n") "at\nat\nat\n",
    "record 7\nleft blocks=4294967296\n",
    "record 7\nleft bytes=18446744073709551616\n",
    "record 7\nleft module=" FOUR(TEN) "01234567\n",
    "record 7\nleft offset=x\n", "record 7\nleft colour=1\n",
    "record 7\n" FOUR(FOUR("left blocks=1\n")) "left blocks=1\n",
    "record 7\n" SITES "site\n",
    "record 7 locks=4294967296\n", "record 7 held_count=1\n",
    "guarded what=1\n", "record 7\nguarded what=4\n",
    "record 7\nguarded\n", "record 7\nguarded size=1\n",
    "record 7\nguarded what=1\nguarded what=1\n",
    "record 7\nguarded what=1 taker=" FOUR(TEN) "01234567\n",
    "held kind=1\n", "record 7\nheld kind=5\n",
    "record 7\nheld step=128\n", "record 7\nheld colour=1\n",
    "record 7\nheld kind=-1\n", "record 7\nheld module=m\n",
    "record 7\nheld\n" FOUR("at module=m\n") "at\nat\nat\n",
    "record 7\n" FOUR("held\n") FOUR("held\n") "held\n",
    "record 7 hit_count=1\n", "record 7 site_count=1\n",
    "record 7 left_count=1\n",
    "record 7\ndone 7\ndone 7\n",
};

static void what_is_no_record_is_refused(void)
{
    static struct lca_record record;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        unsigned id, done, lines = 0;
        char text[4096];

        memset(&record, 0, sizeof record);
        snprintf(text, sizeof text, "%s", bad[i]);
        for (const char *c = text; *c; c++)
            lines += *c == '\n';
        LCA_ROW(bad[i], refused(text, &record, &id, &done) == lines);
        LCA_ROW(bad[i], done < lines);
    }
}

/* Just what there is room for; one more was refused above. */
static void a_record_may_be_full(void)
{
    static const char *const rows[] = {
        "record 7 count=128\n", "record 4294967295\ndone 4294967295\n",
        "record 7\n" FOUR("census fds=1\n") FOUR("census fds=1\n"),
        "record 7\n" FOUR("frame module=m\n") FOUR("frame module=m\n")
            FOUR("frame module=m\n"),
        "record 7\nframe module=" FOUR(TEN) "0123456\n",
        "record 7\nhit\nhit calls=1\n",
        "record 7\n" FOUR(FOUR("left blocks=1\n")),
        "record 7\n" SITES,
        "record 7\n" FOUR("held\n") FOUR("held step=127 kind=3\n"),
        "record 7\nheld\n" FOUR("at module=m\n") "at\nat\nheld\nat\n",
        "record 7\nthing name=" FOUR(TEN) FOUR(TEN) TEN TEN "012\n",
        "record 7\nsite\n" FOUR("at module=m\n") "at\nat\nsite\nat\n",
        "record 7 closed_twice=1\ncloser\n" FOUR("at module=m\n") "at\nat\n",
        "record 7\nleft module=" FOUR(TEN) "0123456\n",
        "record 7\nsaid " MOST "0123456%00\n",
    };
    static struct lca_record record;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned id, done;
        char text[4096];

        snprintf(text, sizeof text, "%s", rows[i]);
        LCA_ROW(rows[i], refused(text, &record, &id, &done) == 0);
    }
    CU_ASSERT_EQUAL(record.said_length, LCA_SAID_MAX);
}

/* Reads the lines of what Valgrind wrote and of a bare record. */
static bool hear(char *lines, struct lca_wire_reader *reader, bool *done)
{
    bool good = true;

    *done = false;
    for (char *end; good && (end = strchr(lines, '\n')); lines = end + 1) {
        *end = '\0';
        good = lca_wire_read_record(lines, reader, done);
    }
    return good && !*lines;
}

/* Every byte there is, and lengths about that of a piece. */
static void xml_goes_before_a_record(void)
{
    static const size_t lengths[] = { 0, 1, 255, 256, 1023, 1024, 1025, 2048,
                                      2049, 5000 };
    static struct lca_record record, bare;
    char bytes[5000];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i + i / 256);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct lca_text text = { 0 }, xml = { 0 };
        struct lca_wire_reader reader = { .record = &record, .xml = &xml };
        size_t lines = 0;
        bool done;

        lca_wire_xml(bytes, lengths[i], &text);
        for (size_t j = 0; j < text.length; j++)
            lines += text.bytes[j] == '\n';
        CU_ASSERT_EQUAL(lines, (lengths[i] + 1023) / 1024);
        lca_wire_record(7, &bare, &text);
        CU_ASSERT(hear(text.bytes, &reader, &done) && done);
        CU_ASSERT_EQUAL(reader.id, 7);
        CU_ASSERT_EQUAL_FATAL(xml.length, lengths[i]);
        CU_ASSERT(!xml.length ||
                  memcmp(xml.bytes, bytes, xml.length) == 0);
        lca_text_free(&text);
        lca_text_free(&xml);
    }
}

/* Of several processes, one behind the other; and nobody may want it. */
static void xml_is_joined_or_left_out(void)
{
    static struct lca_record record;
    static const char lines[] = "xml one%20\nxml\nxml two\nrecord 7\ndone 7\n";
    struct lca_text xml = { 0 };
    struct lca_wire_reader with = { .record = &record, .xml = &xml };
    struct lca_wire_reader without = { .record = &record };
    char text[64];
    bool done;

    snprintf(text, sizeof text, "%s", lines);
    CU_ASSERT(hear(text, &with, &done) && done);
    CU_ASSERT_STRING_EQUAL(xml.bytes, "one two");
    lca_text_free(&xml);
    snprintf(text, sizeof text, "%s", lines);
    CU_ASSERT(hear(text, &without, &done) && done);
}

static void xml_in_a_record_is_refused(void)
{
    static const char *const rows[] = {
        "record 7\nxml x\n", "record 7 count=1\nanswer\nxml x\n",
        "record 7\ndone 7\nxml x\nanswer\n", "xml x\ndone 0\n",
        "xml x\nanswer\n",
    };
    static struct lca_record record;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_text xml = { 0 };
        struct lca_wire_reader reader = { .record = &record, .xml = &xml };
        char text[64];
        bool done;

        snprintf(text, sizeof text, "%s", rows[i]);
        LCA_ROW(rows[i], !hear(text, &reader, &done));
        lca_text_free(&xml);
    }
}

CU_TestInfo lca_record_tests[] = {
    { "a record comes back", a_record_comes_back },
    { "every ending travels", every_ending_travels },
    { "answers beside the last travel", lca_record_beside },
    { "who did not return is named", lca_record_named },
    { "what is no record is refused", what_is_no_record_is_refused },
    { "a record may be full", a_record_may_be_full },
    { "XML goes before a record, whole", xml_goes_before_a_record },
    { "XML is joined, or left out", xml_is_joined_or_left_out },
    { "XML in a record is refused", xml_in_a_record_is_refused },
    CU_TEST_INFO_NULL,
};
