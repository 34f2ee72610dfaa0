/* wrappers_transfer: every name of the C library's that moves bytes. */

#include "harness/fault/ipc.h"
#include "harness/fault/transfer.h"
#include "harness/fault/wrap.h"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define PROMPT(flags) lca_wrap_prompt((flags) & MSG_DONTWAIT)

/* params names fd and size; then: what is done with what came or went. */
#define MOVES(name, call, params, args, on, then)                           \
ssize_t name params                                                         \
{                                                                           \
    enum lca_kind kind;                                                     \
    ssize_t length = -1;                                                    \
                                                                            \
    NEXT(name);                                                             \
    kind = lca_strike(LCA_FAULTY_##call, fd, (on) | lca_transfer_long(size)); \
    lca_strike_enter();                                                     \
    if (lca_transfer_goes(kind, fd)) {                                      \
        size = lca_transfer_size(kind, size);                               \
        length = next args;                                                 \
        then;                                                               \
    }                                                                       \
    lca_strike_leave();                                                     \
    return length;                                                          \
}

/* The same of calls that have parts, and count. */
#define MOVES_PARTS(name, call, params, args, then)                         \
ssize_t name params                                                         \
{                                                                           \
    struct iovec cut[LCA_CUT_MAX];                                          \
    enum lca_kind kind;                                                     \
    ssize_t length = -1;                                                    \
                                                                            \
    NEXT(name);                                                             \
    kind = lca_strike(LCA_FAULTY_##call, fd,                                \
                      lca_transfer_long_parts(parts, (size_t)count));       \
    lca_strike_enter();                                                     \
    if (lca_transfer_goes(kind, fd)) {                                      \
        if (lca_transfer_is_cut(kind)) {                                    \
            count = (int)lca_transfer_cut(kind, parts, (size_t)count, cut); \
            parts = cut;                                                    \
        }                                                                   \
        length = next args;                                                 \
        then;                                                               \
    }                                                                       \
    lca_strike_leave();                                                     \
    return length;                                                          \
}

#define SPOIL       lca_transfer_spoil(kind, bytes, size, length)
#define SPOIL_PARTS                                                         \
    lca_transfer_spoil_parts(kind, parts, (size_t)count, length)
#define TELL        tell(fd, length)

static void tell(int fd, ssize_t length)
{
    if (length > 0)
        lca_ipc_note_sent(fd, (uint64_t)length);
}

MOVES(read, read, (int fd, void *bytes, size_t size), (fd, bytes, size), 0,
      SPOIL)
MOVES(pread, pread, (int fd, void *bytes, size_t size, off_t at),
      (fd, bytes, size, at), 0, SPOIL)
MOVES(pread64, pread, (int fd, void *bytes, size_t size, off64_t at),
      (fd, bytes, size, at), 0, SPOIL)
MOVES(recv, recv, (int fd, void *bytes, size_t size, int flags),
      (fd, bytes, size, flags), PROMPT(flags), SPOIL)
MOVES(recvfrom, recvfrom,
      (int fd, void *bytes, size_t size, int flags, __SOCKADDR_ARG address,
       socklen_t *room),
      (fd, bytes, size, flags, address, room), PROMPT(flags), SPOIL)

MOVES(write, write, (int fd, const void *bytes, size_t size),
      (fd, bytes, size), 0, TELL)
MOVES(pwrite, pwrite, (int fd, const void *bytes, size_t size, off_t at),
      (fd, bytes, size, at), 0, TELL)
MOVES(pwrite64, pwrite, (int fd, const void *bytes, size_t size, off64_t at),
      (fd, bytes, size, at), 0, TELL)
MOVES(send, send, (int fd, const void *bytes, size_t size, int flags),
      (fd, bytes, size, flags), PROMPT(flags), TELL)
MOVES(sendto, sendto,
      (int fd, const void *bytes, size_t size, int flags,
       __CONST_SOCKADDR_ARG address, socklen_t room),
      (fd, bytes, size, flags, address, room), PROMPT(flags), TELL)

MOVES_PARTS(readv, readv, (int fd, const struct iovec *parts, int count),
            (fd, parts, count), SPOIL_PARTS)
MOVES_PARTS(preadv, pread,
            (int fd, const struct iovec *parts, int count, off_t at),
            (fd, parts, count, at), SPOIL_PARTS)
MOVES_PARTS(preadv64, pread,
            (int fd, const struct iovec *parts, int count, off64_t at),
            (fd, parts, count, at), SPOIL_PARTS)
MOVES_PARTS(writev, writev, (int fd, const struct iovec *parts, int count),
            (fd, parts, count), TELL)
MOVES_PARTS(pwritev, pwrite,
            (int fd, const struct iovec *parts, int count, off_t at),
            (fd, parts, count, at), TELL)
MOVES_PARTS(pwritev64, pwrite,
            (int fd, const struct iovec *parts, int count, off64_t at),
            (fd, parts, count, at), TELL)

/* Looked at no sooner than needed: a wrong one is the system's to refuse. */
static uint32_t long_message(const struct msghdr *message)
{
    return lca_strike_armed()
         ? lca_transfer_long_parts(message->msg_iov, message->msg_iovlen) : 0;
}

static void cut_message(enum lca_kind kind, struct msghdr *message,
                        struct iovec *cut)
{
    message->msg_iovlen = lca_transfer_cut(kind, message->msg_iov,
                                           message->msg_iovlen, cut);
    message->msg_iov = cut;
}

static void spoil_message(enum lca_kind kind, const struct msghdr *message,
                          ssize_t length)
{
    if (kind)
        lca_transfer_spoil_parts(kind, message->msg_iov, message->msg_iovlen,
                                 length);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    struct iovec cut[LCA_CUT_MAX];
    struct msghdr whole;
    enum lca_kind kind;
    ssize_t length = -1;

    NEXT(recvmsg);
    kind = lca_strike(LCA_FAULTY_recvmsg, fd,
                      PROMPT(flags) | long_message(message));
    lca_strike_enter();
    if (lca_transfer_is_cut(kind)) {
        whole = *message;
        cut_message(kind, message, cut);
        length = next(fd, message, flags);
        message->msg_iov = whole.msg_iov;
        message->msg_iovlen = whole.msg_iovlen;
    } else if (lca_transfer_goes(kind, fd)) {
        length = next(fd, message, flags);
        spoil_message(kind, message, length);
    }
    lca_strike_leave();
    return length;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    struct iovec cut[LCA_CUT_MAX];
    struct msghdr less;
    enum lca_kind kind;
    ssize_t length = -1;

    NEXT(sendmsg);
    kind = lca_strike(LCA_FAULTY_sendmsg, fd,
                      PROMPT(flags) | long_message(message));
    lca_strike_enter();
    if (lca_transfer_is_cut(kind)) {
        less = *message;
        cut_message(kind, &less, cut);
        message = &less;
    }
    if (lca_transfer_goes(kind, fd))
        length = next(fd, message, flags);
    TELL;
    lca_strike_leave();
    return length;
}

/* Several messages are cut nowhere; the first of them is spoilt. */
int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags,
             struct timespec *timeout)
{
    enum lca_kind kind;
    int got = -1;

    NEXT(recvmmsg);
    kind = lca_strike(LCA_FAULTY_recvmsg, fd, PROMPT(flags));
    lca_strike_enter();
    if (lca_transfer_goes(kind, fd))
        got = next(fd, messages, count, flags, timeout);
    if (got > 0)
        spoil_message(kind, &messages->msg_hdr, messages->msg_len);
    lca_strike_leave();
    return got;
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags)
{
    enum lca_kind kind;
    int sent = -1;

    NEXT(sendmmsg);
    kind = lca_strike(LCA_FAULTY_sendmsg, fd, PROMPT(flags));
    lca_strike_enter();
    if (lca_transfer_goes(kind, fd))
        sent = next(fd, messages, count, flags);
    for (int i = 0; i < sent; i++)
        tell(fd, messages[i].msg_len);
    lca_strike_leave();
    return sent;
}

/* Of fortified programs: they know how much room there is. */
ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room);
ssize_t __pread_chk(int fd, void *bytes, size_t size, off_t at, size_t room);
ssize_t __pread64_chk(int fd, void *bytes, size_t size, off64_t at,
                      size_t room);
ssize_t __recv_chk(int fd, void *bytes, size_t size, size_t room, int flags);
ssize_t __recvfrom_chk(int fd, void *bytes, size_t size, size_t room,
                       int flags, __SOCKADDR_ARG address, socklen_t *length);

MOVES(__read_chk, read, (int fd, void *bytes, size_t size, size_t room),
      (fd, bytes, size, room), 0, SPOIL)
MOVES(__pread_chk, pread,
      (int fd, void *bytes, size_t size, off_t at, size_t room),
      (fd, bytes, size, at, room), 0, SPOIL)
MOVES(__pread64_chk, pread,
      (int fd, void *bytes, size_t size, off64_t at, size_t room),
      (fd, bytes, size, at, room), 0, SPOIL)
MOVES(__recv_chk, recv,
      (int fd, void *bytes, size_t size, size_t room, int flags),
      (fd, bytes, size, room, flags), PROMPT(flags), SPOIL)
MOVES(__recvfrom_chk, recvfrom,
      (int fd, void *bytes, size_t size, size_t room, int flags,
       __SOCKADDR_ARG address, socklen_t *length_of_address),
      (fd, bytes, size, room, flags, address, length_of_address),
      PROMPT(flags), SPOIL)
