#include "harness/fault/ipc.h"

#include "harness/fault/servers.h"

#include <stddef.h>
#include <sys/stat.h>

static struct {
    dev_t device;
    ino_t inode;
} ignored;

static _Thread_local bool counting;
static _Thread_local struct lca_ipc seen;
static _Thread_local uint32_t servers;          /* that were known at begin */

/* Calls that talk: sockets always, the rest where it leads to one. */
enum talk { SILENT, TALKS, MAY_TALK };

static const unsigned char talks[LCA_FAULTY_COUNT] = {
#define T(name, talk) [LCA_FAULTY_##name] = talk
    T(socket, TALKS),   T(bind, TALKS),      T(listen, TALKS),
    T(accept, TALKS),   T(accept4, TALKS),   T(connect, TALKS),
    T(shutdown, TALKS), T(send, TALKS),      T(sendto, TALKS),
    T(sendmsg, TALKS),  T(recv, TALKS),      T(recvfrom, TALKS),
    T(recvmsg, TALKS),  T(read, MAY_TALK),   T(readv, MAY_TALK),
    T(write, MAY_TALK), T(writev, MAY_TALK),
#undef T
};

bool lca_ipc_counts(void)
{
    return counting;
}

void lca_ipc_ignore(int fd)
{
    struct stat status;

    if (fstat(fd, &status) == 0) {
        ignored.device = status.st_dev;
        ignored.inode = status.st_ino;
    }
}

static bool leads_out(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 &&
           (S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode)) &&
           !(status.st_dev == ignored.device &&
             status.st_ino == ignored.inode);
}

void lca_ipc_note(enum lca_faulty call, int fd)
{
    if (counting && talks[call] &&
        (talks[call] == TALKS || leads_out(fd)))
        seen.calls++;
}

void lca_ipc_note_sent(int fd, uint64_t bytes)
{
    if (counting && leads_out(fd))
        seen.sent += (uint32_t)bytes;
}

void lca_ipc_note_display(void)
{
    seen.display = true;
}

/* On whatever thread: the server is known from then on. */
void lca_ipc_note_server(int fd, const struct sockaddr *address,
                         socklen_t size)
{
    uint32_t number = lca_servers_number(fd, address, size);

    if (!counting || !number)
        return;
    seen.connected = true;
    seen.again |= number <= servers;
}

void lca_ipc_begin(void)
{
    servers = lca_servers_count();
    seen = (struct lca_ipc){ 0 };
    counting = true;
}

struct lca_ipc lca_ipc_end(void)
{
    counting = false;
    return seen;
}
