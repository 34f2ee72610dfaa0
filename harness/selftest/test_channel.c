/* channel: lines and bytes between processes, whatever pieces they come in. */

#include "harness/platform/channel.h"

#include "harness/platform/child.h"
#include "harness/platform/clock.h"
#include "harness/platform/system.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MEGABYTE = 1 << 20, PIPE = 65536 };

/* Both ends of a pipe; what is written to it can be read from it. */
static struct lca_channel loop(void)
{
    struct lca_channel c = { .in = -1, .out = -1 };
    int ends[2];

    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    c.in = ends[0];
    c.out = ends[1];
    return c;
}

static void hang_up(struct lca_channel *c)
{
    close(c->out);
    c->out = -1;
}

static bool put(struct lca_channel *c, const char *text)
{
    return !lca_channel_write(c, text, strlen(text)).code;
}

/* The next line is there, without waiting. */
static bool line_is(struct lca_channel *c, const char *should)
{
    char *line = NULL;

    return !lca_channel_line(c, 0, &line).code && strcmp(line, should) == 0 &&
           !c->late;
}

static void lines_come_in_pieces(void)
{
    struct lca_channel c = loop();

    CU_ASSERT(!lca_channel_ready(&c));
    CU_ASSERT(put(&c, "on"));
    CU_ASSERT_EQUAL(lca_channel_fill(&c).code, LCA_OK);
    CU_ASSERT(!lca_channel_ready(&c));
    CU_ASSERT(put(&c, "e\ntwo\n\nthr"));
    CU_ASSERT_EQUAL(lca_channel_fill(&c).code, LCA_OK);
    CU_ASSERT(lca_channel_ready(&c));
    CU_ASSERT(line_is(&c, "one"));
    CU_ASSERT(lca_channel_ready(&c));
    CU_ASSERT(line_is(&c, "two"));
    CU_ASSERT(line_is(&c, ""));
    CU_ASSERT(!lca_channel_ready(&c));
    CU_ASSERT(put(&c, "ee\r\n"));
    CU_ASSERT(line_is(&c, "three\r"));
    lca_channel_close(&c);
}

static void bytes_and_lines_take_turns(void)
{
    struct lca_channel c = loop();
    char bytes[8];

    CU_ASSERT_EQUAL(lca_channel_write(&c, "go\n\0\n\0\1rest\n", 12).code,
                    LCA_OK);
    CU_ASSERT(line_is(&c, "go"));
    CU_ASSERT_EQUAL(lca_channel_read(&c, 0, bytes, 3).code, LCA_OK);
    CU_ASSERT(memcmp(bytes, "\0\n", 3) == 0);
    CU_ASSERT_EQUAL(lca_channel_read(&c, 0, bytes, 0).code, LCA_OK);
    CU_ASSERT_EQUAL(lca_channel_read(&c, 0, bytes, 1).code, LCA_OK);
    CU_ASSERT_EQUAL(bytes[0], 1);
    CU_ASSERT(line_is(&c, "rest"));
    lca_channel_close(&c);
}

static void a_deadline_that_passes_is_told(void)
{
    struct lca_channel c = loop();
    uint64_t from = lca_clock_us();
    char *line = NULL, bytes[4];

    CU_ASSERT(put(&c, "ha"));
    CU_ASSERT_EQUAL(lca_channel_line(&c, from + 20000, &line).code,
                    LCA_SYSTEM);
    CU_ASSERT(c.late);
    CU_ASSERT(lca_clock_us() - from >= 20000);
    CU_ASSERT_EQUAL(lca_channel_read(&c, from, bytes, 4).code, LCA_SYSTEM);
    CU_ASSERT(c.late);
    CU_ASSERT(put(&c, "lf\n"));         /* what came too late is not lost */
    CU_ASSERT(line_is(&c, "half"));
    CU_ASSERT_EQUAL(lca_channel_line(&c, 0, &line).code, LCA_SYSTEM);
    CU_ASSERT(c.late);
    hang_up(&c);
    CU_ASSERT_EQUAL(lca_channel_line(&c, LCA_FOREVER, &line).code, LCA_GONE);
    CU_ASSERT(!c.late);
    lca_channel_close(&c);
}

static void a_side_that_closed_is_gone(void)
{
    struct lca_channel c = loop();
    char *line = NULL, bytes[8];

    CU_ASSERT(put(&c, "whole\nhalf"));
    hang_up(&c);
    CU_ASSERT(line_is(&c, "whole"));
    CU_ASSERT_EQUAL(lca_channel_line(&c, LCA_FOREVER, &line).code, LCA_GONE);
    CU_ASSERT(!c.late);
    CU_ASSERT_EQUAL(lca_channel_read(&c, LCA_FOREVER, bytes, 8).code,
                    LCA_GONE);
    CU_ASSERT_EQUAL(lca_channel_read(&c, LCA_FOREVER, bytes, 4).code, LCA_OK);
    CU_ASSERT(memcmp(bytes, "half", 4) == 0);
    CU_ASSERT_EQUAL(lca_channel_fill(&c).code, LCA_GONE);
    lca_channel_close(&c);

    lca_system_ignore_broken_pipes();
    c = loop();
    close(c.in);
    c.in = -1;
    CU_ASSERT_EQUAL(lca_channel_write(&c, "x", 1).code, LCA_GONE);
    lca_channel_close(&c);
}

/* So many bytes without a newline, then a newline. */
static struct lca_result long_line(struct lca_channel *c, size_t length)
{
    static char piece[PIPE];
    struct lca_result r = lca_ok();
    char *line;

    memset(piece, 'x', sizeof piece);
    for (; length && !r.code; length -= sizeof piece) {
        r = lca_channel_write(c, piece, sizeof piece);
        while (!r.code && lca_channel_poll(&c, 1, 0) == 0)
            r = lca_channel_fill(c);
    }
    if (!r.code)
        r = lca_channel_write(c, "\nnext\n", 6);
    return r.code ? r : lca_channel_line(c, 0, &line);
}

static void a_line_without_end_is_refused(void)
{
    struct lca_channel c = loop();

    CU_ASSERT_EQUAL(long_line(&c, MEGABYTE).code, LCA_OK);
    CU_ASSERT_EQUAL(strlen(c.buffer.bytes), MEGABYTE);
    CU_ASSERT(line_is(&c, "next"));
    lca_channel_close(&c);
    c = loop();
    CU_ASSERT_EQUAL(long_line(&c, MEGABYTE + 2 * PIPE).code, LCA_GONE);
    lca_channel_close(&c);
}

static void a_zero_in_a_line_is_no_text(void)
{
    static const struct { const char *bytes; size_t length; } rows[] = {
        { "\0\n", 2 }, { "a\0b\n", 4 }, { "a\0\nb\n", 5 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_channel c = loop();
        char *line;

        lca_channel_write(&c, rows[i].bytes, rows[i].length);
        CU_ASSERT_EQUAL(lca_channel_line(&c, 0, &line).code, LCA_GONE);
        CU_ASSERT(!c.late);
        lca_channel_close(&c);
    }
}

static void poll_finds_who_speaks(void)
{
    struct lca_channel a = loop(), b = loop(), gone = { .in = -1, .out = -1 };
    struct lca_channel *all[] = { &gone, &a, &b };
    uint64_t from = lca_clock_us();

    CU_ASSERT_EQUAL(lca_channel_poll(all, 3, from + 20000), -1);
    CU_ASSERT(lca_clock_us() - from >= 20000);
    CU_ASSERT_EQUAL(lca_channel_poll(all, 0, 0), -1);
    CU_ASSERT(put(&b, "x\ny\n"));
    CU_ASSERT_EQUAL(lca_channel_poll(all, 3, LCA_FOREVER), 2);
    CU_ASSERT(line_is(&b, "x"));        /* y is in its buffer by now */
    CU_ASSERT_EQUAL(lca_channel_poll(all, 3, LCA_FOREVER), 2);
    CU_ASSERT(line_is(&b, "y"));
    CU_ASSERT_EQUAL(lca_channel_poll(all, 3, 0), -1);
    hang_up(&a);
    CU_ASSERT_EQUAL(lca_channel_poll(all, 3, LCA_FOREVER), 1);
    lca_channel_close(&a);
    lca_channel_close(&b);
    CU_ASSERT_EQUAL(lca_channel_poll(all, 3, 0), -1);
}

static void a_closed_channel_holds_nothing(void)
{
    struct lca_channel c = loop();
    int in = c.in, out = c.out;

    CU_ASSERT(put(&c, "one\ntwo\n"));
    CU_ASSERT(line_is(&c, "one"));
    lca_channel_close(&c);
    CU_ASSERT_EQUAL(c.in, -1);
    CU_ASSERT_EQUAL(c.out, -1);
    CU_ASSERT_PTR_NULL(c.buffer.bytes);
    CU_ASSERT_EQUAL(fcntl(in, F_GETFD), -1);
    CU_ASSERT_EQUAL(fcntl(out, F_GETFD), -1);
    lca_channel_close(&c);
}

/* Standard input and output are moved; what is left leads nowhere. */
static void standard(void)
{
    struct lca_channel here = loop(), back = loop(), c;
    char byte;

    LCA_APART(dup2(here.in, STDIN_FILENO) == STDIN_FILENO);
    LCA_APART(dup2(back.out, STDOUT_FILENO) == STDOUT_FILENO);
    LCA_APART(!lca_channel_standard(&c).code);
    LCA_APART(c.in > 99 && c.out > 99);
    LCA_APART(fcntl(c.in, F_GETFD) == FD_CLOEXEC);
    LCA_APART(fcntl(c.out, F_GETFD) == FD_CLOEXEC);
    LCA_APART(write(STDOUT_FILENO, "lost\n", 5) == 5);
    LCA_APART(put(&here, "hello\n"));
    LCA_APART(read(STDIN_FILENO, &byte, 1) == 0);
    LCA_APART(line_is(&c, "hello"));
    LCA_APART(put(&c, "answer\n"));
    LCA_APART(line_is(&back, "answer"));
}

static void standard_input_and_output_are_moved(void)
{
    lca_apart(standard);
}

static int echoes(void *length, struct lca_channel *c)
{
    size_t n = *(size_t *)length;
    char *bytes = malloc(n);
    bool good = bytes && !lca_channel_read(c, LCA_FOREVER, bytes, n).code &&
                !lca_channel_write(c, bytes, n).code;

    free(bytes);
    return !good;
}

/* More than any pipe holds, so both ways it goes in many pieces. */
static void what_is_big_arrives_whole(void)
{
    size_t length = 300000;
    char *out = malloc(length), *in = calloc(1, length);
    struct lca_child child;

    CU_ASSERT_FATAL(out && in);
    for (size_t i = 0; i < length; i++)
        out[i] = (char)(i * 31 >> 4);
    CU_ASSERT_EQUAL_FATAL(lca_child_start(echoes, &length, &child).code,
                          LCA_OK);
    CU_ASSERT_EQUAL(lca_channel_write(&child.channel, out, length).code,
                    LCA_OK);
    CU_ASSERT_EQUAL(lca_channel_read(&child.channel,
                                     lca_clock_us() + 20000000, in,
                                     length).code, LCA_OK);
    CU_ASSERT(memcmp(in, out, length) == 0);
    lca_child_stop(&child);
    free(in);
    free(out);
}

CU_TestInfo lca_channel_tests[] = {
    { "lines come in pieces", lines_come_in_pieces },
    { "bytes and lines take turns", bytes_and_lines_take_turns },
    { "a deadline that passes is told", a_deadline_that_passes_is_told },
    { "a side that closed is gone", a_side_that_closed_is_gone },
    { "a line without end is refused", a_line_without_end_is_refused },
    { "a zero in a line is no text", a_zero_in_a_line_is_no_text },
    { "poll finds who speaks", poll_finds_who_speaks },
    { "a closed channel holds nothing", a_closed_channel_holds_nothing },
    { "standard channels are moved", standard_input_and_output_are_moved },
    { "what is big arrives whole", what_is_big_arrives_whole },
    CU_TEST_INFO_NULL,
};
