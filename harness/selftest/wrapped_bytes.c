#include "harness/selftest/wrapped_bytes.h"

#include <poll.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FIRST = 4, SECOND = LCA_WRAPPED_LENGTH - FIRST };

volatile int lca_wrapped_length = LCA_WRAPPED_LENGTH;
static volatile nfds_t rows = 1;

static const struct timespec second = { .tv_sec = 1 };

/* Two of some bytes, and one of none between them. */
static void part(char *bytes, struct iovec *parts)
{
    parts[0] = (struct iovec){ bytes, FIRST };
    parts[1] = (struct iovec){ NULL, 0 };
    parts[2] = (struct iovec){ bytes + FIRST, SECOND };
}

static ssize_t keep(struct lca_wrapped *w, const char *bytes, ssize_t count)
{
    if (count > 0)
        memcpy(w->bytes, bytes, (size_t)count);
    return count;
}

ssize_t send_message(struct lca_wrapped *w)
{
    char bytes[] = LCA_WRAPPED_BYTES;
    struct iovec parts[3];
    struct msghdr message = { .msg_iov = parts, .msg_iovlen = 3 };

    part(bytes, parts);
    return sendmsg(w->fd, &message, MSG_NOSIGNAL);
}

ssize_t write_parts(struct lca_wrapped *w)
{
    char bytes[] = LCA_WRAPPED_BYTES;
    struct iovec parts[3];

    part(bytes, parts);
    return writev(w->fd, parts, 3);
}

ssize_t receive(struct lca_wrapped *w)
{
    char got[16];

    return keep(w, got, recv(w->fd, got, (size_t)lca_wrapped_length, 0));
}

ssize_t receive_from(struct lca_wrapped *w)
{
    char got[16];

    return keep(w, got, recvfrom(w->fd, got, (size_t)lca_wrapped_length, 0,
                                 NULL, NULL));
}

ssize_t receive_message(struct lca_wrapped *w)
{
    struct iovec parts[3];
    struct msghdr message = { .msg_iov = parts, .msg_iovlen = 3 };

    part(w->bytes, parts);
    return recvmsg(w->fd, &message, 0);
}

ssize_t read_bytes(struct lca_wrapped *w)
{
    char got[16];

    return keep(w, got, read(w->fd, got, (size_t)lca_wrapped_length));
}

ssize_t read_parts(struct lca_wrapped *w)
{
    struct iovec parts[3];

    part(w->bytes, parts);
    return readv(w->fd, parts, 3);
}

ssize_t read_at(struct lca_wrapped *w)
{
    char got[16];

    return keep(w, got, pread(w->fd, got, (size_t)lca_wrapped_length, 0));
}

int poll_bytes(struct lca_wrapped *w)
{
    struct pollfd row[1] = { { .fd = w->fd, .events = POLLIN } };

    return poll(row, rows, 1000);
}

int poll_bytes_exactly(struct lca_wrapped *w)
{
    struct pollfd row[1] = { { .fd = w->fd, .events = POLLIN } };

    return ppoll(row, rows, &second, NULL);
}

int select_bytes(struct lca_wrapped *w)
{
    struct timeval wait = { .tv_sec = 1 };
    fd_set reads;

    FD_ZERO(&reads);
    FD_SET(w->fd, &reads);
    return select(w->fd + 1, &reads, NULL, NULL, &wait);
}

int select_bytes_exactly(struct lca_wrapped *w)
{
    fd_set reads;

    FD_ZERO(&reads);
    FD_SET(w->fd, &reads);
    return pselect(w->fd + 1, &reads, NULL, NULL, &second, NULL);
}
