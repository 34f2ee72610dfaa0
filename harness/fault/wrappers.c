/*
 * wrappers: calls that libfiu tells too little about
 *
 * The host exports these names, so the subject's calls come here first; the
 * next definition in line is libfiu's, and after it the C library's.
 */

#include "harness/fault/ipc.h"
#include "harness/fault/next.h"

#define FIU_ENABLE
#include <fiu.h>

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * libfiu's wrappers ask this at every call, each allocation too, and libfiu
 * takes a lock and looks into a table to answer. All that is enabled so far
 * is what ipc.c counts, while it counts. The lock is more than slow: a
 * subject that forks while another of its threads holds it has a child that
 * waits for ever, which would look like the subject's own hang.
 */
int fiu_fail(const char *name)
{
    static const char counted[] = "posix/io/net/";

    NEXT(fiu_fail);
    return lca_ipc_counts() && strncmp(name, counted, sizeof counted - 1) == 0
         ? next(name) : 0;
}

static void count_transfer(int fd)
{
    if (lca_ipc_counts_transfer(fd))
        lca_ipc_count(false);
}

ssize_t read(int fd, void *bytes, size_t size)
{
    NEXT(read);
    count_transfer(fd);
    return next(fd, bytes, size);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    NEXT(write);
    count_transfer(fd);
    return next(fd, bytes, size);
}

ssize_t readv(int fd, const struct iovec *parts, int count)
{
    NEXT(readv);
    count_transfer(fd);
    return next(fd, parts, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    NEXT(writev);
    count_transfer(fd);
    return next(fd, parts, count);
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

/* The C library's own word for the parameter: a union with one member. */
int connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t size)
{
    NEXT(connect);
    if (lca_ipc_counts() && leads_to_display(address.__sockaddr__, size))
        lca_ipc_count(true);
    return next(fd, address, size);
}
