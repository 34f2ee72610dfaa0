#include "harness/selftest/wrappers_trial.h"

#include "harness/fault/strike.h"
#include "harness/platform/clock.h"
#include "harness/selftest/apart.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW = LCA_WINDOW_logoff, ALL = LCA_WRAPPED_LENGTH };

/* What the helper plays: it takes no argument. */
static struct {
    const struct lca_wrapped_build *build;
    const struct lca_wrapped_row *row;
    enum lca_faulty call;
    uint32_t way;
    enum lca_wrapped_mode mode;
    enum lca_kind kind;
} now;

bool lca_wrapped_open(const char *path, struct lca_wrapped_build *build)
{
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);

    *build = (struct lca_wrapped_build){ .path = path };
    if (!module)
        return false;
    build->rows = dlsym(module, "lca_wrapped_rows");
    *(void **)&build->clean = dlsym(module, "lca_wrapped_clean");
    return build->rows && build->clean;
}

const struct lca_wrapped_row *
lca_wrapped_find(const struct lca_wrapped_build *build, enum lca_faulty call)
{
    const struct lca_wrapped_row *row = build->rows;

    while (row->name && strcmp(row->name, lca_faulty[call].name) != 0)
        row++;
    return row->name ? row : NULL;
}

uint32_t lca_wrapped_way(const struct lca_wrapped_row *row, unsigned nth)
{
    static const uint32_t whats[] = { LCA_ON_NOTHING, LCA_ON_SOCKET,
                                      LCA_ON_PIPE, LCA_ON_FILE };

    for (unsigned i = 0; i < 4; i++)
        for (uint32_t prompt = 0; prompt <= LCA_ON_PROMPT;
             prompt += LCA_ON_PROMPT) {
            if (!(row->on & whats[i]) || (row->on & prompt) != prompt)
                continue;
            if (nth-- == 0)
                return whats[i] | prompt;
        }
    return 0;
}

static bool moves(enum lca_faulty call)
{
    return call >= LCA_FAULTY_send && call <= LCA_FAULTY_pwrite;
}

static bool sends(enum lca_faulty call)
{
    return call <= LCA_FAULTY_sendmsg || call >= LCA_FAULTY_write;
}

uint32_t lca_wrapped_about(enum lca_faulty call, uint32_t way)
{
    if (!moves(call))
        return way | LCA_ON_NOTHING;
    if (way & (sends(call) ? LCA_ON_PIPE : LCA_ON_FILE))
        return way;             /* as a whole, or not at all */
    return way | LCA_ON_LONG;
}

static void check(const char *what, bool is)
{
    char text[160];

    snprintf(text, sizeof text, "%s%s%s, on %u: %s", now.row->name,
             now.kind ? " with " : "", lca_kind_name(now.kind), now.way,
             what);
    lca_apart_check(text, 0, is);
}

static void do_not_wait(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

long lca_wrapped_waiting(int fd)
{
    char bytes[64];
    long sum = 0;
    ssize_t count;

    do_not_wait(fd);
    while ((count = read(fd, bytes, sizeof bytes)) > 0)
        sum += count;
    return sum;
}

bool lca_wrapped_ended(int fd)
{
    char byte;

    lca_wrapped_waiting(fd);
    return read(fd, &byte, 1) == 0;
}

bool lca_wrapped_refuses(int fd)
{
    do_not_wait(fd);
    return write(fd, "", 1) == -1 && errno == EPIPE;
}

/* The first `count` bytes went over, and the rest did not. */
static void check_moved(const struct lca_wrapped *w, long count)
{
    struct stat status = { 0 };

    check("it succeeds", !w->failed);
    check("its answer is how much moved", w->value == count);
    if (!sends(now.call))
        check("what was sent has come", memcmp(w->bytes, LCA_WRAPPED_BYTES,
                                               (size_t)count) == 0);
    if (now.call == LCA_FAULTY_pread)
        return;
    if (now.way & LCA_ON_FILE && sends(now.call)) {
        fstat(w->fd, &status);
        check("so much was written", status.st_size == count);
    } else if (sends(now.call)) {
        check("so much was sent", lca_wrapped_waiting(w->peer) == count);
    } else {
        check("the rest waits", lca_wrapped_waiting(w->fd) == ALL - count);
    }
}

static void check_broken(const struct lca_wrapped *w)
{
    bool pipe = now.way & LCA_ON_PIPE;
    struct pollfd row = { .fd = w->fd };

    check("poll tells", poll(&row, 1, 0) == 1 &&
                        row.revents & (POLLHUP | POLLERR));
    if (!pipe || !sends(now.call))
        check("nothing is read any more", lca_wrapped_ended(w->fd));
    if (!pipe || sends(now.call)) {
        check("nothing is sent any more", lca_wrapped_refuses(w->fd));
        check("the peer sees the end", lca_wrapped_ended(w->peer));
    } else {
        check("the peer is refused", lca_wrapped_refuses(w->peer));
    }
}

static void check_spoilt(const struct lca_wrapped *w)
{
    size_t place = (size_t)(now.kind - LCA_KIND_corrupt0) * ALL / 8;
    char bytes[] = LCA_WRAPPED_BYTES;

    bytes[place] = (char)~bytes[place];
    check("all came", !w->failed && w->value == ALL);
    check("one byte has changed", memcmp(w->bytes, bytes, ALL) == 0);
}

/* Only where it does not wait; harness/selftest/test_wrappers_effects.c has
   the others. */
static void check_stalled(const struct lca_wrapped *w)
{
    if (sends(now.call)) {
        check("it is swallowed", !w->failed && w->value == ALL);
        check("nothing was sent", lca_wrapped_waiting(w->peer) == 0);
        check("nobody sees an end", !lca_wrapped_ended(w->peer));
    } else {
        check("nothing comes", w->failed && w->error == EAGAIN);
        do_not_wait(w->peer);
        check("the peer goes on", write(w->peer, "", 1) == 1);
    }
}

static void check_refused(const struct lca_wrapped *w)
{
    struct pollfd row = { .fd = w->fd, .events = POLLIN };
    struct sockaddr_storage name;
    socklen_t size = sizeof name;

    check("it fails", w->failed);
    check("it says why", w->error == lca_strike_number(now.kind));
    if (now.call == LCA_FAULTY_close)
        check("it is closed", fcntl(w->fd, F_GETFD) == -1);
    if (now.call == LCA_FAULTY_connect)
        check("it is not connected",
              getpeername(w->fd, (struct sockaddr *)&name, &size) == -1);
    if (now.kind == LCA_KIND_ECONNABORTED) {
        check("who came is gone", poll(&row, 1, 0) == 0);
        check("he sees the end", lca_wrapped_ended(w->peer));
    }
    if (now.call == LCA_FAULTY_nanosleep ||
        now.call == LCA_FAULTY_clock_nanosleep)
        check("all the time is left", w->left.tv_nsec == 1000000);
}

static void check_struck(const struct lca_wrapped *w, uint64_t us)
{
    switch (now.kind) {
    case LCA_KIND_one: check_moved(w, 1); return;
    case LCA_KIND_less: check_moved(w, ALL - 1); return;
    case LCA_KIND_stall: check_stalled(w); return;
    case LCA_KIND_late:
        check_moved(w, ALL);
        check("it was late", us >= 250000);
        return;
    case LCA_KIND_eof:
        check("it is the end", !w->failed && w->value == 0);
        check_broken(w);
        return;
    default: break;
    }
    if (now.kind >= LCA_KIND_corrupt0 && now.kind <= LCA_KIND_corrupt7) {
        check_spoilt(w);
        return;
    }
    check_refused(w);
    if (moves(now.call) && (now.kind == LCA_KIND_ECONNRESET ||
                            now.kind == LCA_KIND_EPIPE ||
                            now.kind == LCA_KIND_ETIMEDOUT))
        check_broken(w);
}

static void check_passed(const struct lca_wrapped *w)
{
    check("it succeeds", !w->failed);
    if (moves(now.call))
        check_moved(w, ALL);
}

static void check_traced(const struct lca_record *record)
{
    const struct lca_site *site = record->sites;
    uint32_t about = lca_wrapped_about(now.call, now.way);
    unsigned i = 0;

    while (i < record->site_count && site[i].call != now.call)
        i++;
    check("it is seen", i < record->site_count);
    if (i == record->site_count)
        return;
    check("it is seen once", site[i].count == 1);
    check("it is known what about", (site[i].on & about) == about);
    check("it is known whose", strstr(now.build->path,
                                      site[i].frames[0].module) != NULL);
}

static void play(void)
{
    struct lca_orders orders = {
        .trace = 1u << WINDOW, .own_ends = 1,
        .count = now.mode == LCA_STRUCK,
        .order = { { now.call, now.kind, 1u << WINDOW, 1, 1 } },
    };
    struct lca_wrapped w = {
        .on = now.way, .fd = -1, .peer = -1, .ends = { -1, -1 }, .id = -1,
    };
    static struct lca_record record;
    uint64_t start;

    signal(SIGPIPE, SIG_IGN);
    check("it is prepared", now.row->prepare(&w));
    lca_strike_plan(&orders, now.build->path, "", &record);
    if (now.mode != LCA_UNARMED)
        lca_strike_begin(WINDOW, false);
    start = lca_clock_us();
    now.row->call(&w);
    lca_strike_end();
    if (now.mode == LCA_UNARMED)
        check("nothing is seen", record.site_count == 0);
    else
        check_traced(&record);
    if (now.mode == LCA_STRUCK) {
        check("it is struck", record.hits[0].calls == 1);
        check_struck(&w, lca_clock_us() - start);
    } else {
        check_passed(&w);
    }
    now.build->clean(&w);
}

void lca_wrapped_try(const struct lca_wrapped_build *build,
                     enum lca_faulty call, uint32_t way,
                     enum lca_wrapped_mode mode, enum lca_kind kind)
{
    now.build = build;
    now.row = lca_wrapped_find(build, call);
    now.call = call;
    now.way = way;
    now.mode = mode;
    now.kind = kind;
    lca_apart(play);
}
