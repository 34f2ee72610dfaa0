#include "harness/platform/channel.h"

#include "harness/platform/clock.h"
#include "harness/platform/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HIGH = 200, PIECE = 65536, LONGEST = 1 << 20 };

/* As poll, and no signal but one that asks for the end cuts it short. */
static int wait_on(struct pollfd *p, unsigned count, uint64_t until)
{
    uint64_t now;
    int n;

    do {
        uint64_t ms = LCA_NOTICE_MS;

        now = lca_clock_us();
        if (until < now + ms * 1000)
            ms = until > now ? (until - now + 999) / 1000 : 0;
        n = poll(p, count, (int)ms);
    } while ((n == 0 || (n < 0 && errno == EINTR)) && now < until &&
             !lca_interrupted().code);
    return n;
}

static struct lca_result moved(int from, int *to)
{
    *to = fcntl(from, F_DUPFD_CLOEXEC, HIGH);
    return *to >= 0 ? lca_ok()
                    : lca_fail(LCA_SYSTEM, "descriptor %d: %s (a host needs "
                               "ulimit -n 256)", from, strerror(errno));
}

struct lca_result lca_channel_standard(struct lca_channel *channel)
{
    struct lca_result r;
    int null = -1;

    *channel = (struct lca_channel){ .in = -1, .out = -1 };
    r = moved(STDIN_FILENO, &channel->in);
    if (!r.code)
        r = moved(STDOUT_FILENO, &channel->out);
    if (!r.code && (null = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0)
        r = lca_fail(LCA_SYSTEM, "/dev/null: %s", strerror(errno));
    if (!r.code) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
    }
    if (null > STDERR_FILENO)
        close(null);
    return r;
}

void lca_channel_hand_on(const struct lca_channel *channel)
{
    dup2(channel->in, STDIN_FILENO);
    dup2(channel->out, STDOUT_FILENO);
}

bool lca_channel_ready(const struct lca_channel *c)
{
    size_t left = c->buffer.length - c->taken;

    return left && memchr(c->buffer.bytes + c->taken, '\n', left);
}

/* What was handed out makes room for what comes. */
static void shift(struct lca_channel *c)
{
    struct lca_text *b = &c->buffer;

    if (c->taken == 0)
        return;
    memmove(b->bytes, b->bytes + c->taken, b->length - c->taken);
    b->length -= c->taken;
    c->taken = 0;
}

struct lca_result lca_channel_fill(struct lca_channel *c)
{
    char piece[PIECE];
    ssize_t n;

    shift(c);
    if (c->buffer.length > LONGEST)
        return lca_fail(LCA_GONE, "the other side sent a line without end");
    do
        n = read(c->in, piece, sizeof piece);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return lca_fail(LCA_SYSTEM, "read: %s", strerror(errno));
    if (n == 0)
        return lca_fail(LCA_GONE, "the other side has closed");
    lca_text_add(&c->buffer, piece, (size_t)n);
    return c->buffer.failed ? lca_fail(LCA_SYSTEM, "no memory for a line")
                            : lca_ok();
}

static struct lca_result wait_and_fill(struct lca_channel *c, uint64_t until)
{
    struct pollfd p[2] = {
        { .fd = c->in, .events = POLLIN },
        { .fd = c->aside ? c->aside->fd : -1, .events = POLLIN },
    };
    struct lca_result stopped = lca_ok();
    int n;

    do {
        n = wait_on(p, 2, until);
        stopped = lca_interrupted();
        if (n > 0 && p[1].revents)
            c->aside->read(c->aside->context);
    } while (n > 0 && !p[0].revents && !stopped.code &&
             lca_clock_us() < until);
    if (n > 0 && !p[0].revents)
        n = 0;                  /* only what stands aside was there */
    if (n <= 0 && stopped.code)
        return stopped;
    c->late = n == 0;
    if (n <= 0)
        return lca_fail(LCA_SYSTEM, n ? "poll failed" : "time ran out");
    return lca_channel_fill(c);
}

struct lca_result lca_channel_line(struct lca_channel *c, uint64_t until,
                                   char **line)
{
    struct lca_result r = lca_ok();
    char *end;

    c->late = false;
    while (!r.code && !lca_channel_ready(c))
        r = wait_and_fill(c, until);
    if (r.code)
        return r;
    *line = c->buffer.bytes + c->taken;
    end = strchr(*line, '\n');
    if (!end)                   /* a zero byte came before the newline */
        return lca_fail(LCA_GONE, "the other side sent no text");
    *end = '\0';
    c->taken = (size_t)(end + 1 - c->buffer.bytes);
    return r;
}

struct lca_result lca_channel_read(struct lca_channel *c, uint64_t until,
                                   void *bytes, size_t length)
{
    struct lca_result r = lca_ok();

    c->late = false;
    while (!r.code && c->buffer.length - c->taken < length)
        r = wait_and_fill(c, until);
    if (!r.code) {
        memcpy(bytes, c->buffer.bytes + c->taken, length);
        c->taken += length;
    }
    return r;
}

struct lca_result lca_channel_write(struct lca_channel *c, const void *bytes,
                                    size_t length)
{
    const char *at = bytes;

    while (length) {
        ssize_t n = write(c->out, at, length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return lca_fail(errno == EPIPE ? LCA_GONE : LCA_SYSTEM,
                            "write: %s", strerror(errno));
        at += n;
        length -= (size_t)n;
    }
    return lca_ok();
}

void lca_channel_close(struct lca_channel *c)
{
    if (c->in >= 0)
        close(c->in);
    if (c->out >= 0 && c->out != c->in)
        close(c->out);
    lca_text_free(&c->buffer);
    *c = (struct lca_channel){ .in = -1, .out = -1 };
}

int lca_channel_poll(struct lca_channel *const *channels, unsigned count,
                     uint64_t until)
{
    struct pollfd *p = calloc(count ? count : 1, sizeof *p);
    int found = -1, n;

    if (!p)
        return -1;
    for (unsigned i = 0; i < count; i++) {
        p[i] = (struct pollfd){ .fd = channels[i]->in, .events = POLLIN };
        if (found < 0 && channels[i]->in >= 0 &&
            lca_channel_ready(channels[i]))
            found = (int)i;
    }
    if (found < 0) {
        n = wait_on(p, count, until);
        for (unsigned i = 0; n > 0 && found < 0 && i < count; i++)
            if (p[i].revents)
                found = (int)i;
    }
    free(p);
    return found;
}
