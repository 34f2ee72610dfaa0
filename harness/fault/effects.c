#include "harness/fault/effects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum {
    HIGH = 240,                 /* where a subject will not look */
    STALLS_MAX = 16, WATCHES_MAX = 16,
    LATE_NS = 250000000,
    READS_MAX = 1 << 14,        /* of what is queued; a peer may go on */
};

/* What a stall holds open, so that neither side sees an end. */
static struct stall {
    int fd;
    int held[2];                /* the silent one's other end; what was */
    ino_t silent;
} stalls[STALLS_MAX];
static int stall_count;

/* An epoll instance forgets a descriptor that something else is put into. */
struct watch {
    int epoll;
    struct epoll_event event;
};

static bool is_watch_of(int fd, const char *line, struct epoll_event *event)
{
    unsigned long long data;
    unsigned events;
    int which;

    if (sscanf(line, "tfd: %d events: %x data: %llx", &which, &events,
               &data) != 3 || which != fd)
        return false;
    *event = (struct epoll_event){ .events = events, .data.u64 = data };
    return true;
}

/* The epoll instances that watch it: the system tells in a text. */
static unsigned find_watches(int fd, struct watch *watches)
{
    unsigned count = 0;
    char text[128];
    long top = sysconf(_SC_OPEN_MAX) < 1024 ? sysconf(_SC_OPEN_MAX) : 1024;

    for (int epoll = 0; epoll < top && count < WATCHES_MAX; epoll++) {
        FILE *file = NULL;

        snprintf(text, sizeof text, "/proc/self/fdinfo/%d", epoll);
        if (fcntl(epoll, F_GETFD) >= 0)
            file = fopen(text, "re");
        while (file && fgets(text, sizeof text, file))
            if (is_watch_of(fd, text, &watches[count].event)) {
                watches[count++].epoll = epoll;
                break;
            }
        if (file)
            fclose(file);
    }
    return count;
}

/* `with` is taken over. */
static void replace(int fd, int with)
{
    struct watch watches[WATCHES_MAX];
    unsigned count = find_watches(fd, watches);
    int flags = fcntl(fd, F_GETFL);
    bool closes = fcntl(fd, F_GETFD) & FD_CLOEXEC;

    for (unsigned i = 0; i < count; i++)
        epoll_ctl(watches[i].epoll, EPOLL_CTL_DEL, fd, NULL);
    fcntl(with, F_SETFL, fcntl(with, F_GETFL) | (flags & O_NONBLOCK));
    dup3(with, fd, closes ? O_CLOEXEC : 0);
    close(with);
    for (unsigned i = 0; i < count; i++)
        epoll_ctl(watches[i].epoll, EPOLL_CTL_ADD, fd, &watches[i].event);
}

void lca_effect_lose(int fd)
{
    char lost[4096];

    for (int i = 0; i < READS_MAX; i++)
        if (recv(fd, lost, sizeof lost, MSG_DONTWAIT) <= 0)
            return;
}

static void break_socket(int fd)
{
    shutdown(fd, SHUT_RDWR);
    lca_effect_lose(fd);
}

static void break_pipe(int fd)
{
    int flags = fcntl(fd, F_GETFL), ends[2];
    bool writes = (flags & O_ACCMODE) == O_WRONLY;

    if (flags < 0 || pipe2(ends, O_CLOEXEC) != 0)
        return;
    close(ends[!writes]);
    replace(fd, ends[writes]);
}

void lca_effect_break(int fd)
{
    struct stat status;

    if (fstat(fd, &status) != 0)
        return;
    if (S_ISSOCK(status.st_mode))
        break_socket(fd);
    else if (S_ISFIFO(status.st_mode))
        break_pipe(fd);
}

static int raise_high(int fd)
{
    int high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH);

    close(fd);
    return high;
}

/* One end for the caller; what must stay open beside it, or -1. */
static int silent_socket(int fd, int *other)
{
    static const int timeouts[] = { SO_RCVTIMEO, SO_SNDTIMEO };
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return -1;
    for (int i = 0; i < 2; i++) {
        struct timeval wait = { 0 };
        socklen_t size = sizeof wait;

        getsockopt(fd, SOL_SOCKET, timeouts[i], &wait, &size);
        setsockopt(ends[0], SOL_SOCKET, timeouts[i], &wait, size);
    }
    *other = raise_high(ends[1]);
    return ends[0];
}

/* A pipe that is open for both is its own other end. */
static int silent_pipe(void)
{
    char path[32];
    int ends[2], both;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
    both = open(path, O_RDWR | O_CLOEXEC);
    close(ends[0]);
    close(ends[1]);
    return both;
}

void lca_effect_stall(int fd)
{
    struct stall *s = &stalls[stall_count];
    struct stat status;
    int silent;

    for (int i = 0; i < stall_count; i++)
        if (stalls[i].fd == fd)
            return;             /* more silent it cannot get */
    if (stall_count == STALLS_MAX || fstat(fd, &status) != 0)
        return;
    *s = (struct stall){ fd, { -1, -1 }, 0 };
    silent = S_ISSOCK(status.st_mode) ? silent_socket(fd, &s->held[0])
                                      : silent_pipe();
    if (silent < 0)
        return;
    s->held[1] = fcntl(fd, F_DUPFD_CLOEXEC, HIGH);
    replace(fd, silent);
    s->silent = fstat(fd, &status) == 0 ? status.st_ino : 0;
    stall_count++;
}

void lca_effect_closed(int fd)
{
    for (int i = 0; i < stall_count; i++) {
        struct stall s = stalls[i];

        if (s.fd != fd)
            continue;
        stalls[i] = stalls[--stall_count];
        for (int j = 0; j < 2; j++)
            if (s.held[j] >= 0)
                close(s.held[j]);
        return;
    }
}

void lca_effect_resume(void)
{
    while (stall_count > 0) {
        struct stall s = stalls[stall_count - 1];
        struct stat status;
        int before = -1;

        if (fstat(s.fd, &status) == 0 && status.st_ino == s.silent)
            before = fcntl(s.held[1], F_DUPFD_CLOEXEC, HIGH);
        if (before >= 0)
            replace(s.fd, before);
        lca_effect_closed(s.fd);
    }
}

void lca_effect_delay(void)
{
    struct timespec left = { .tv_nsec = LATE_NS };

    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

size_t lca_effect_place(int eighth, size_t length)
{
    return length * (size_t)eighth / 8;
}
