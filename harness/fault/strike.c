#include "harness/fault/strike.h"

#include "harness/fault/callers.h"
#include "harness/fault/hurt.h"
#include "harness/fault/ipc.h"
#include "harness/fault/shake.h"
#include "harness/fault/trace.h"

#define FIU_ENABLE
#include <fiu-control.h>
#include <fiu.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

enum { OWN_ENDS = 256 };        /* numbers that a pipe's other end may have */

/* libfiu's own, which this file stands before. */
static __typeof__(fiu_fail) *ask;

/* Of this process; nothing in those that it forks. */
static struct {
    struct lca_orders orders;
    struct lca_record *record;
    uint32_t everywhere;        /* the armed window, for all threads */
    uint32_t seen[LCA_STRIKES_MAX];
} plan;

static _Thread_local uint32_t armed;    /* bit of the window, or 0 */
static _Thread_local unsigned busy;     /* a wrapper does its real work */

/* What a wrapper asks about, for the one who answers libfiu. */
static _Thread_local struct {
    int fd;
    uint32_t on;
    enum lca_kind kind;
} asked;

bool lca_strike_armed(void)
{
    return !busy && (armed | plan.everywhere);
}

void lca_strike_enter(void)
{
    busy++;
}

void lca_strike_leave(void)
{
    busy--;
}

int lca_strike_number(enum lca_kind kind)
{
    static const int numbers[LCA_KIND_COUNT] = {
#define N(name) [LCA_KIND_##name] = name
        N(ENOMEM), N(EMFILE), N(ENFILE), N(ENOBUFS), N(ENOSPC), N(EDQUOT),
        N(EIO), N(EACCES), N(EPERM), N(ENOENT), N(ENOLCK), N(EADDRINUSE),
        N(ECONNREFUSED), N(ENETUNREACH), N(ETIMEDOUT), N(ECONNABORTED),
        N(ECONNRESET), N(EPIPE), N(EINTR), N(EAGAIN), N(EAI_AGAIN),
        N(EAI_FAIL), N(EAI_MEMORY), N(EAI_NONAME),
#undef N
    };

    return numbers[kind];
}

/* A pipe to itself cannot break: its other end is open here. */
static bool is_own_pipe(int fd, const struct stat *status)
{
    int mode = fcntl(fd, F_GETFL) & O_ACCMODE;
    struct stat other;

    for (int i = 0; i < OWN_ENDS; i++)
        if (i != fd && fstat(i, &other) == 0 &&
            other.st_ino == status->st_ino &&
            other.st_dev == status->st_dev &&
            (fcntl(i, F_GETFL) & O_ACCMODE) != mode)
            return true;
    return false;
}

/* Nor can a pair of sockets that this process made. */
static bool is_own_socket(int fd)
{
    struct ucred peer = { 0 };
    socklen_t size = sizeof peer;

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           peer.pid == getpid();
}

static uint32_t of_socket(int fd, uint32_t on)
{
    struct timeval wait = { 0 };
    socklen_t size = sizeof wait;
    int type = 0;

    if (getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, &size) == 0 &&
        (wait.tv_sec || wait.tv_usec))
        on |= LCA_ON_PROMPT;
    size = sizeof type;
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
        type != SOCK_STREAM)
        return (on & ~(uint32_t)LCA_ON_LONG) | LCA_ON_OTHER;
    return on | (!plan.orders.own_ends && is_own_socket(fd)
                 ? LCA_ON_OTHER : LCA_ON_SOCKET);
}

static bool is_transfer(enum lca_faulty call)
{
    return call >= LCA_FAULTY_send && call <= LCA_FAULTY_pwrite;
}

/* What a call is about. Whoever transfers fails as its descriptor can. */
static uint32_t classify(enum lca_faulty call, int fd, uint32_t on)
{
    struct stat status;
    int flags;

    if (!is_transfer(call))
        on |= LCA_ON_NOTHING;
    if (fd < 0 || fstat(fd, &status) != 0)
        return on;
    flags = fcntl(fd, F_GETFL);
    if (flags >= 0 && flags & O_NONBLOCK)
        on |= LCA_ON_PROMPT;
    if (S_ISSOCK(status.st_mode))
        return of_socket(fd, on);
    if (S_ISFIFO(status.st_mode) && call >= LCA_FAULTY_write)
        on &= ~(uint32_t)LCA_ON_LONG;   /* a pipe takes a line whole */
    if (S_ISFIFO(status.st_mode))
        return on | (!plan.orders.own_ends && is_own_pipe(fd, &status)
                     ? LCA_ON_OTHER : LCA_ON_PIPE);
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
        return (on & ~(uint32_t)LCA_ON_LONG) | LCA_ON_OTHER;
    if (call < LCA_FAULTY_write)
        on &= ~(uint32_t)LCA_ON_LONG;   /* a file is read whole */
    return on | LCA_ON_FILE;
}

/* The first strike whose turn it is. */
static enum lca_kind choose(const struct lca_site *site)
{
    enum lca_kind kind = LCA_KIND_NONE;

    for (unsigned i = 0; i < plan.orders.count; i++) {
        const struct lca_order *o = &plan.orders.order[i];

        if (o->call != site->call || !(o->windows & 1u << site->window) ||
            !lca_kind_fits(o->kind, site->on))
            continue;
        plan.seen[i]++;
        if (kind || plan.seen[i] < o->first || plan.seen[i] > o->last)
            continue;
        lca_trace_hit(plan.record, i, site);
        if (lca_kind_is_of_peer(o->kind))
            lca_hurt(o->kind);  /* the call itself goes on */
        else
            kind = o->kind;
    }
    return kind;
}

static enum lca_kind decide(enum lca_faulty call)
{
    uint32_t window = armed | plan.everywhere;
    struct lca_site site = { .call = call };
    struct lca_callers callers;

    lca_ipc_note(call, asked.fd);
    if (!window || !(window & plan.orders.trace || lca_faulty_sends(call)) ||
        !lca_callers_find(&callers))
        return LCA_KIND_NONE;
    while (!(window & 1u << site.window))
        site.window++;
    site.on = classify(call, asked.fd, asked.on);
    lca_trace_call(plan.record, &callers, &site, asked.fd);
    return choose(&site);
}

/* libfiu asks; *number is the call's, from 1. */
static int answer(const char *name, int *number, void **info, unsigned *flags)
{
    (void)name, (void)flags;
    asked.kind = decide((enum lca_faulty)(*number - 1));
    *info = (void *)(intptr_t)lca_strike_number(asked.kind);
    return asked.kind != LCA_KIND_NONE;
}

/* Of a libfiu wrapper that has no better one before it. */
static uint32_t unknown(const char *name)
{
    return LCA_ON_ANY |
           (strcmp(name, lca_faulty[LCA_FAULTY_fork].point) == 0
            ? LCA_ON_PROMPT : 0);
}

/*
 * libfiu's wrappers ask this at every call, each allocation too, and libfiu
 * takes a lock and looks into a table to answer. So it is asked only when
 * there is something to know, and never while a wrapper of ours is at work.
 */
int fiu_fail(const char *name)
{
    int fails;

    if (!busy)
        lca_shake();
    if (busy || !(armed | plan.everywhere || lca_ipc_counts()))
        return 0;
    busy++;
    asked.fd = -1;
    asked.on = unknown(name);
    fails = ask(name);
    busy--;
    return fails;
}

enum lca_kind lca_strike(enum lca_faulty call, int fd, uint32_t on)
{
    enum lca_kind kind;
    int saved = errno;

    if (!busy)
        lca_shake();
    if (busy || !(armed | plan.everywhere || lca_ipc_counts()))
        return LCA_KIND_NONE;
    busy++;
    asked.fd = fd;
    asked.on = on;
    asked.kind = LCA_KIND_NONE;
    ask(lca_faulty[call].point);
    kind = asked.kind;
    busy--;
    errno = saved;
    return kind;
}

/* What the subject forks goes on without faults. */
static void disarm(void)
{
    armed = plan.everywhere = plan.orders.trace = 0;
}

/* -1 is no number that somebody else may have by now. */
void lca_strike_closed_twice(int fd)
{
    int saved = errno;

    if (plan.orders.trace && fd >= 0)
        lca_trace_closed_twice(plan.record);
    errno = saved;
}

struct lca_result lca_strike_start(void)
{
    *(void **)&ask = dlsym(RTLD_NEXT, "fiu_fail");
    if (!ask || fiu_init(0) != 0)
        return lca_fail(LCA_SYSTEM, "libfiu does not start");
    for (int i = 0; i < LCA_FAULTY_COUNT; i++)
        if (fiu_enable_external(lca_faulty[i].point, i + 1, NULL, 0,
                                answer) != 0)
            return lca_fail(LCA_SYSTEM, "libfiu refused %s",
                            lca_faulty[i].point);
    if (pthread_atfork(NULL, NULL, disarm) != 0)
        return lca_fail(LCA_SYSTEM, "no memory for libfiu");
    return lca_ok();
}

void lca_strike_plan(const struct lca_orders *orders, const char *subject,
                     const char *modules, struct lca_record *record)
{
    plan.orders = *orders;
    plan.record = record;
    record->hit_count = orders->count;
    if (orders->trace)
        lca_callers_prepare(subject, modules);
}

void lca_strike_begin(unsigned window, bool calm)
{
    armed = (plan.orders.sends | (calm ? 0 : plan.orders.trace)) &
            1u << window;
    if (plan.orders.threads)
        plan.everywhere = armed;
}

void lca_strike_end(void)
{
    if (armed & plan.orders.sends)
        lca_trace_end(plan.record, armed);
    armed = 0;
    if (plan.everywhere)        /* which threads that race would both set */
        plan.everywhere = 0;
    lca_hurt_mend();
}

void lca_strike_again(void)
{
    memset(plan.seen, 0, sizeof plan.seen);
}
