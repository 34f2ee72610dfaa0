#include "harness/fault/ipc.h"

#define FIU_ENABLE
#include <fiu-control.h>
#include <fiu.h>

#include <stddef.h>
#include <sys/stat.h>

static const char *const points[] = {
    "posix/io/net/socket",  "posix/io/net/bind",     "posix/io/net/listen",
    "posix/io/net/accept",  "posix/io/net/connect",  "posix/io/net/shutdown",
    "posix/io/net/send",    "posix/io/net/sendto",   "posix/io/net/sendmsg",
    "posix/io/net/recv",    "posix/io/net/recvfrom", "posix/io/net/recvmsg",
};

static struct {
    dev_t device;
    ino_t inode;
} ignored;

static _Thread_local bool counting;
static _Thread_local struct lca_ipc seen;

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

bool lca_ipc_counts_transfer(int fd)
{
    struct stat status;

    return counting && fstat(fd, &status) == 0 &&
           (S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode)) &&
           !(status.st_dev == ignored.device &&
             status.st_ino == ignored.inode);
}

void lca_ipc_count(bool display)
{
    seen.calls++;
    seen.display |= display;
}

/* Zero: the call is served. */
static int ask(const char *name, int *number, void **info, unsigned *flags)
{
    (void)name, (void)number, (void)info, (void)flags;
    if (counting)
        lca_ipc_count(false);
    return 0;
}

struct lca_result lca_ipc_start(void)
{
    if (fiu_init(0) != 0)
        return lca_fail(LCA_SYSTEM, "libfiu does not start");
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        if (fiu_enable_external(points[i], 1, NULL, 0, ask) != 0)
            return lca_fail(LCA_SYSTEM, "libfiu refused %s", points[i]);
    return lca_ok();
}

void lca_ipc_begin(void)
{
    seen = (struct lca_ipc){ 0 };
    counting = true;
}

struct lca_ipc lca_ipc_end(void)
{
    counting = false;
    return seen;
}
