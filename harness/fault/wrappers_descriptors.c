/*
 * wrappers_descriptors: names of the C library's that make descriptors, and
 * close them. socket, bind, listen, shutdown and open are libfiu's own.
 */

#include "harness/fault/effects.h"
#include "harness/fault/ipc.h"
#include "harness/fault/wrap.h"
#include "harness/platform/made.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char *if_made(const char *name, int flags)
{
    return flags & O_CREAT ? name : NULL;
}

WRAP_INT(socketpair, socketpair,
         (int domain, int type, int protocol, int ends[2]),
         (domain, type, protocol, ends), 0)
WRAP_INT(epoll_create, epoll_create1, (int size), (size), 0)
WRAP_INT(epoll_create1, epoll_create1, (int flags), (flags), 0)
WRAP_INT(eventfd, eventfd, (unsigned start, int flags), (start, flags), 0)
WRAP_INT(pipe, pipe, (int ends[2]), (ends), 0)
WRAP_INT(pipe2, pipe2, (int ends[2], int flags), (ends, flags), 0)
WRAP_INT(dup, dup, (int fd), (fd), 0)
WRAP_INT(dup2, dup2, (int fd, int as), (fd, as), 0)
WRAP_INT(dup3, dup3, (int fd, int as, int flags), (fd, as, flags), 0)
WRAP_MADE(creat, open, (const char *path, mode_t mode), (path, mode),
          lca_made_path(path))
WRAP_MADE(creat64, open, (const char *path, mode_t mode), (path, mode),
          lca_made_path(path))
WRAP_MADE(shm_open, shm_open, (const char *name, int flags, mode_t mode),
          (name, flags, mode),
          lca_made_name(LCA_MADE_MEMORY, if_made(name, flags)))
WRAP_INT(shm_unlink, shm_unlink, (const char *name), (name), 0)

/* On Linux one that fails so has closed. */
int close(int fd)
{
    enum lca_kind kind;
    int answer;

    NEXT(close);
    kind = lca_strike(LCA_FAULTY_close, fd, 0);
    lca_strike_enter();
    lca_effect_closed(fd);
    answer = next(fd);
    lca_strike_leave();
    if (answer < 0 && errno == EBADF)
        lca_strike_closed_twice(fd);
    return kind && answer == 0 ? lca_wrap_minus(kind) : answer;
}

/* Only what adds takes memory. */
int epoll_ctl(int fd, int what, int watched, struct epoll_event *event)
{
    enum lca_kind kind = LCA_KIND_NONE;
    int answer;

    NEXT(epoll_ctl);
    if (what == EPOLL_CTL_ADD)
        kind = lca_strike(LCA_FAULTY_epoll_ctl, -1, 0);
    if (kind)
        return lca_wrap_minus(kind);
    lca_strike_enter();
    answer = next(fd, what, watched, event);
    lca_strike_leave();
    return answer;
}

/* Names of display sockets; one in the abstract name space starts with 0. */
static bool leads_to_display(const struct sockaddr *address, socklen_t size)
{
    const struct sockaddr_un *un = (const struct sockaddr_un *)address;
    size_t head = offsetof(struct sockaddr_un, sun_path);
    char path[sizeof un->sun_path + 1] = "";
    size_t skip;

    if (!address || size <= head || address->sa_family != AF_UNIX)
        return false;
    skip = un->sun_path[0] == '\0';
    size = size > sizeof *un ? sizeof *un : size;
    if (size > head + skip)
        memcpy(path, un->sun_path + skip, size - head - skip);
    return strstr(path, ".X11-unix/") || strstr(path, "/wayland-");
}

/*
 * Interrupted, a connection is made all the same, in the background; but
 * within the machine, where it waits for room with the listener, it is not.
 * __CONST_SOCKADDR_ARG is the C library's own word: a union with one member.
 */
int connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t size)
{
    const struct sockaddr *to = address.__sockaddr__;
    enum lca_kind kind;
    int answer = 0;

    NEXT(connect);
    if (lca_ipc_counts() && leads_to_display(to, size))
        lca_ipc_note_display();
    kind = lca_strike(LCA_FAULTY_connect, fd, 0);
    lca_strike_enter();
    if (!kind || (kind == LCA_KIND_EINTR && to->sa_family != AF_UNIX))
        answer = next(fd, address, size);
    lca_strike_leave();
    if (!kind && (answer == 0 || errno == EINPROGRESS))
        lca_ipc_note_server(fd, to, size);
    return kind && answer == 0 ? lca_wrap_minus(kind) : answer;
}

/* The connection that was lost before it was taken is taken, and lost. */
static void lose_connection(int fd)
{
    struct pollfd waits = { .fd = fd, .events = POLLIN };

    if (poll(&waits, 1, 0) == 1)
        fd = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    else
        fd = -1;
    if (fd >= 0)
        close(fd);
}

#define ACCEPTS(name, params, args)                                         \
int name params                                                             \
{                                                                           \
    enum lca_kind kind;                                                     \
    int taken = -1;                                                         \
                                                                            \
    NEXT(name);                                                             \
    kind = lca_strike(LCA_FAULTY_##name, fd, 0);                            \
    lca_strike_enter();                                                     \
    if (kind == LCA_KIND_ECONNABORTED)                                      \
        lose_connection(fd);                                                \
    if (!kind)                                                              \
        taken = next args;                                                  \
    lca_strike_leave();                                                     \
    return kind ? lca_wrap_minus(kind) : taken;                             \
}

ACCEPTS(accept, (int fd, __SOCKADDR_ARG address, socklen_t *size),
        (fd, address, size))
ACCEPTS(accept4, (int fd, __SOCKADDR_ARG address, socklen_t *size, int flags),
        (fd, address, size, flags))
