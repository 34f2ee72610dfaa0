/* wrappers: what a failure leaves behind, and odd forms that must pass. */

#include "harness/fault/effects.h"
#include "harness/fault/junk.h"
#include "harness/fault/strike.h"
#include "harness/platform/clock.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"
#include "harness/selftest/wrappers_trial.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static int signals;

static void count(int number)
{
    (void)number;
    signals++;
}

/* What a break of a socket means to EPIPE: a signal, unless it is refused. */
static void a_broken_one_signals(void)
{
    int ends[2], pipes[2];

    signal(SIGPIPE, count);
    LCA_APART(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    lca_effect_break(ends[0]);
    LCA_APART(send(ends[0], "a", 1, MSG_NOSIGNAL) == -1 && errno == EPIPE);
    LCA_APART(signals == 0);
    LCA_APART(send(ends[0], "a", 1, 0) == -1 && errno == EPIPE);
    LCA_APART(signals == 1);
    LCA_APART(pipe2(pipes, O_CLOEXEC | O_NONBLOCK) == 0);
    lca_effect_break(pipes[1]);
    LCA_APART(write(pipes[1], "a", 1) == -1 && errno == EPIPE);
    LCA_APART(signals == 2);
    LCA_APART(fcntl(pipes[1], F_GETFD) == FD_CLOEXEC);
    LCA_APART(fcntl(pipes[1], F_GETFL) & O_NONBLOCK);
    LCA_APART(lca_wrapped_ended(pipes[0]));
}

/* What was on its way is lost, in both directions. */
static void what_is_queued_is_lost(void)
{
    int ends[2];

    LCA_APART(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    LCA_APART(write(ends[1], "0123456789", 10) == 10);
    lca_effect_break(ends[0]);
    LCA_APART(lca_wrapped_waiting(ends[0]) == 0);
    LCA_APART(lca_wrapped_ended(ends[0]));
    LCA_APART(lca_wrapped_ended(ends[1]));
    LCA_APART(close(ends[0]) == 0);
}

static int watched(int fd, uint32_t events)
{
    struct epoll_event event = { .events = events, .data.u64 = 77 };
    int epoll = epoll_create1(EPOLL_CLOEXEC);

    LCA_APART(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0);
    return epoll;
}

static bool told(int epoll, uint32_t events)
{
    struct epoll_event event = { 0 };

    return epoll_wait(epoll, &event, 1, 0) == 1 && event.data.u64 == 77 &&
           event.events & events;
}

/* A descriptor that something else was put into is watched all the same. */
static void epoll_goes_on(void)
{
    int pipes[2], ends[2], broken, stalled;

    LCA_APART(pipe(pipes) == 0);
    broken = watched(pipes[0], EPOLLIN);
    lca_effect_break(pipes[0]);
    LCA_APART(told(broken, EPOLLHUP));
    LCA_APART(epoll_ctl(broken, EPOLL_CTL_DEL, pipes[0], NULL) == 0);

    LCA_APART(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    stalled = watched(ends[0], EPOLLIN | EPOLLOUT);
    lca_effect_stall(ends[0]);
    LCA_APART(write(ends[1], "a", 1) == 1);
    LCA_APART(told(stalled, EPOLLOUT) && !told(stalled, EPOLLIN));

    stalled = watched(ends[1], EPOLLHUP);
    lca_effect_break(ends[1]);
    LCA_APART(told(stalled, EPOLLHUP));
}

static bool waits_for(uint64_t us, int fd)
{
    uint64_t start = lca_clock_us();
    char byte;
    ssize_t got = read(fd, &byte, 1);
    uint64_t took = lca_clock_us() - start;

    return got == -1 && errno == EAGAIN && took >= us && took < us + 2000000;
}

/* It has a timeout of its own, or does not wait, or is polled: all hold. */
static void a_stall_obeys(void)
{
    struct timeval wait = { .tv_usec = 50000 };
    struct pollfd row = { .events = POLLIN };
    uint64_t start;
    int ends[2], pipes[2];

    LCA_APART(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    LCA_APART(setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &wait,
                         sizeof wait) == 0);
    LCA_APART(setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &wait,
                         sizeof wait) == 0);
    LCA_APART(write(ends[1], "late", 4) == 4);
    lca_effect_stall(ends[0]);
    LCA_APART(waits_for(45000, ends[0]));
    row.fd = ends[0];
    start = lca_clock_us();
    LCA_APART(poll(&row, 1, 60) == 0);
    LCA_APART(lca_clock_us() - start >= 55000);
    while (write(ends[0], "swallowed", 9) > 0)
        ;
    LCA_APART(errno == EAGAIN);

    LCA_APART(pipe2(pipes, O_NONBLOCK) == 0);
    LCA_APART(write(pipes[1], "late", 4) == 4);
    lca_effect_stall(pipes[0]);
    LCA_APART(waits_for(0, pipes[0]));
    LCA_APART(write(pipes[1], "more", 4) == 4);
}

/* What waited comes through; a number that leads elsewhere is let be. */
static void a_stall_is_over(void)
{
    char came[8] = "";
    int ends[2], others[2];

    LCA_APART(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    LCA_APART(socketpair(AF_UNIX, SOCK_STREAM, 0, others) == 0);
    LCA_APART(write(ends[1], "late", 4) == 4);
    lca_effect_stall(ends[0]);
    lca_effect_stall(others[0]);
    LCA_APART(recv(ends[0], came, 4, MSG_DONTWAIT) == -1);
    LCA_APART(dup3(open("/dev/null", O_RDWR), others[0], 0) == others[0]);
    lca_effect_resume();
    LCA_APART(recv(ends[0], came, 4, MSG_DONTWAIT) == 4);
    LCA_APART(strcmp(came, "late") == 0);
    LCA_APART(write(others[0], "x", 1) == 1);
    LCA_APART(recv(others[1], came, 1, MSG_DONTWAIT) == 0);
    LCA_APART(fcntl(0, F_DUPFD, 240) == 240);

    LCA_APART(write(ends[1], "lost", 4) == 4);
    lca_effect_lose(ends[0]);
    LCA_APART(recv(ends[0], came, 4, MSG_DONTWAIT) == -1);
    LCA_APART(errno == EAGAIN);
}

/* A close ends it: nothing that was held stays open, and the peer is told. */
static void a_stalled_one_closes(void)
{
    int ends[2], next;

    LCA_APART(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    lca_effect_stall(ends[0]);
    LCA_APART(!lca_wrapped_ended(ends[1]));
    LCA_APART(close(ends[0]) == 0);
    LCA_APART(lca_wrapped_ended(ends[1]));
    next = fcntl(0, F_DUPFD, 240);
    LCA_APART(next == 240);
    LCA_APART(close(ends[0]) == -1 && errno == EBADF);
}

/* Of nothing that is asked for, nothing is refused that was not before. */
static void odd_forms_pass(void)
{
    struct iovec none = { NULL, 0 };
    struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET };
    volatile int negative = -1;
    void *block = malloc(8);
    int ends[2], high;

    LCA_APART(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    LCA_APART(read(ends[0], NULL, 0) == 0);
    LCA_APART(write(ends[0], NULL, 0) == 0);
    LCA_APART(send(ends[0], "", 0, 0) == 0);
    LCA_APART(readv(ends[0], &none, 1) == 0);
    LCA_APART(writev(ends[0], NULL, 0) == 0);
    LCA_APART(recv(ends[0], &high, 4, MSG_DONTWAIT) == -1 && errno == EAGAIN);
    LCA_APART(recvmsg(ends[0], NULL, MSG_DONTWAIT) == -1 && errno == EFAULT);
    LCA_APART(readv(-1, &none, negative) == -1 && errno == EBADF);
    LCA_APART(read(-1, &high, 1) == -1 && errno == EBADF);
    LCA_APART(close(-1) == -1 && errno == EBADF);
    LCA_APART(accept(ends[0], NULL, NULL) == -1 && errno == EINVAL);
    LCA_APART(poll(NULL, 0, 0) == 0);
    LCA_APART(select(0, NULL, NULL, NULL, &(struct timeval){ 0 }) == 0);

    high = fcntl(ends[0], F_DUPFD_CLOEXEC, 60);
    LCA_APART(high == 60 && fcntl(high, F_GETFD) == FD_CLOEXEC);
    LCA_APART(fcntl(high, F_SETFD, 0) == 0 && fcntl(high, F_GETFD) == 0);
    LCA_APART(fcntl(open("/dev/zero", O_RDONLY), F_GETLK, &lock) == 0);
    LCA_APART(lock.l_type == F_UNLCK);
    LCA_APART(openat(AT_FDCWD, "/nowhere/at/all", O_RDONLY) == -1);
    LCA_APART(errno == ENOENT);
    LCA_APART(sem_open("/lca-nobody-made-this", 0) == SEM_FAILED);
    LCA_APART(mq_open("/lca-nobody-made-this", O_RDONLY) == (mqd_t)-1);

    block = realloc(block, 0);
    LCA_APART(block == NULL);
    free(NULL);
    LCA_APART(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

static struct lca_record record;
static bool alone;              /* as in a trial: what is own cannot break */

/* The subject's row of that name is played, with a call in it struck. */
static void play(const char *name, enum lca_faulty call, enum lca_kind kind,
                 struct lca_wrapped *w)
{
    uint32_t window = 1u << LCA_WINDOW_logoff;
    struct lca_orders orders = {
        .trace = window, .count = kind != LCA_KIND_NONE,
        .own_ends = !alone,
        .order = { { call, kind, window, 1, 1 } },
    };
    struct lca_wrapped_build build;
    const struct lca_wrapped_row *row;

    LCA_APART(lca_wrapped_open(LCA_WRAPPED, &build));
    for (row = build.rows; strcmp(row->name, name) != 0; row++)
        ;
    memset(&record, 0, sizeof record);
    lca_strike_again();
    lca_strike_plan(&orders, LCA_WRAPPED, "", &record);
    lca_strike_begin(LCA_WINDOW_logoff, false);
    row->call(w);
    lca_strike_end();
}

/* An interrupted one goes on in the background, where there is a network. */
static void connects_although_interrupted(void)
{
    struct sockaddr_in name = { .sin_family = AF_INET };
    struct lca_wrapped w = { .fd = socket(AF_INET, SOCK_STREAM, 0) };
    struct pollfd row = { .events = POLLIN };

    signal(SIGPIPE, SIG_IGN);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    w.peer = socket(AF_INET, SOCK_STREAM, 0);
    LCA_APART(bind(w.peer, (struct sockaddr *)&name, sizeof name) == 0);
    LCA_APART(listen(w.peer, 1) == 0);
    play("connect", LCA_FAULTY_connect, LCA_KIND_EINTR, &w);
    LCA_APART(w.failed && w.error == EINTR);
    row.fd = w.peer;
    LCA_APART(poll(&row, 1, 2000) == 1);
    LCA_APART(write(w.fd, "a", 1) == 1);

    /* The connection is broken as one within the machine is. */
    w.peer = accept(w.peer, NULL, NULL);
    play("read", LCA_FAULTY_read, LCA_KIND_ECONNRESET, &w);
    LCA_APART(w.failed && w.error == ECONNRESET);
    LCA_APART(lca_wrapped_ended(w.fd) && lca_wrapped_refuses(w.fd));
    LCA_APART(read(w.peer, w.bytes, 1) == 1);
    LCA_APART(lca_wrapped_ended(w.peer));
}

static uint32_t calls_of(enum lca_faulty call)
{
    uint32_t count = 0;

    for (unsigned i = 0; i < record.site_count; i++)
        if (record.sites[i].call == call)
            count += record.sites[i].count;
    return count;
}

/* What the C library allocates for the subject is the subject's. */
static void what_is_inside_is_asked_for(void)
{
    struct lca_wrapped w = { .fd = -1 };

    play("fopen", LCA_FAULTY_malloc, LCA_KIND_NONE, &w);
    LCA_APART(!w.failed && calls_of(LCA_FAULTY_malloc) == 1);
    play("fopen", LCA_FAULTY_malloc, LCA_KIND_ENOMEM, &w);
    LCA_APART(w.failed && w.error == ENOMEM);
    LCA_APART(record.hits[0].calls == 1);
    play("getaddrinfo", LCA_FAULTY_malloc, LCA_KIND_NONE, &w);
    LCA_APART(!w.failed && calls_of(LCA_FAULTY_malloc) > 2);
}

/* Nobody else can break what leads from the process to itself. */
static void what_is_own_cannot_break(void)
{
    struct lca_wrapped w = { .fd = -1 };
    int ends[2], pair[2];

    alone = true;
    LCA_APART(pipe(ends) == 0);
    LCA_APART(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    w.fd = ends[1];
    play("write", LCA_FAULTY_write, LCA_KIND_EPIPE, &w);
    LCA_APART(calls_of(LCA_FAULTY_write) == 1);
    LCA_APART(record.hits[0].calls == 0);
    w.fd = pair[0];
    play("write", LCA_FAULTY_write, LCA_KIND_ECONNRESET, &w);
    LCA_APART(record.hits[0].calls == 0);
    LCA_APART(close(ends[0]) == 0);
    w.fd = ends[1];
    signal(SIGPIPE, SIG_IGN);
    play("write", LCA_FAULTY_write, LCA_KIND_EPIPE, &w);
    LCA_APART(record.hits[0].calls == 1);
}

/* What a wrapper does for its real work is not. */
static void what_is_beneath_is_not(void)
{
    struct lca_wrapped w = { .fd = -1 };

    play("strdup", LCA_FAULTY_malloc, LCA_KIND_ENOMEM, &w);
    LCA_APART(!w.failed && calls_of(LCA_FAULTY_strdup) == 1);
    LCA_APART(calls_of(LCA_FAULTY_malloc) == 0);
    play("asprintf", LCA_FAULTY_malloc, LCA_KIND_ENOMEM, &w);
    LCA_APART(!w.failed && calls_of(LCA_FAULTY_asprintf) == 1);
    LCA_APART(calls_of(LCA_FAULTY_vasprintf) == 0);
    LCA_APART(record.hits[0].calls == 0);
}

/* Neither compiler nor analyser knows them. */
static void *(*volatile take)(size_t) = malloc;
static void (*volatile give)(void *) = free;

/* Too large for a thread's cache; the words in front are the allocator's. */
static void what_is_freed_is_junk(void)
{
    enum { OWN = 32, SMALLEST = 1040, LARGEST = 8192 };

    if (!lca_junk_open())
        return;
    for (size_t size = SMALLEST; size <= LARGEST; size += 8) {
        unsigned char *volatile block = take(size);
        size_t left = 0;

        memset(block, 1, size);
        give(block);
        for (size_t i = OWN; i < size; i++)
            left += block[i] == 1;
        lca_apart_check("junk to the end", (unsigned)size, left == 0);
    }
}

/* CUnit's tests take no argument, so each has a name of its own. */
#define APART(test) static void test##_apart(void) { lca_apart(test); }
APART(a_broken_one_signals)
APART(what_is_queued_is_lost)
APART(epoll_goes_on)
APART(a_stall_obeys)
APART(a_stall_is_over)
APART(a_stalled_one_closes)
APART(odd_forms_pass)
APART(connects_although_interrupted)
APART(what_is_inside_is_asked_for)
APART(what_is_own_cannot_break)
APART(what_is_beneath_is_not)
APART(what_is_freed_is_junk)

CU_TestInfo lca_wrappers_effects_tests[] = {
    { "what is broken signals as the call has it", a_broken_one_signals_apart },
    { "what is queued is lost", what_is_queued_is_lost_apart },
    { "epoll follows a replaced descriptor", epoll_goes_on_apart },
    { "a stall obeys its timeouts", a_stall_obeys_apart },
    { "a stall is over", a_stall_is_over_apart },
    { "a stalled descriptor closes", a_stalled_one_closes_apart },
    { "odd forms pass untouched", odd_forms_pass_apart },
    { "a network connects although interrupted",
      connects_although_interrupted_apart },
    { "what is allocated inside is asked for",
      what_is_inside_is_asked_for_apart },
    { "what is one's own cannot break", what_is_own_cannot_break_apart },
    { "what a wrapper does is not", what_is_beneath_is_not_apart },
    { "what is freed is junk to its end", what_is_freed_is_junk_apart },
    CU_TEST_INFO_NULL,
};
