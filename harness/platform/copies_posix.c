#include "harness/platform/copies.h"

#include "harness/platform/clock.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

enum { HIGH = 230, LONGEST_MS = 200 };  /* where a subject will not look */

static pid_t original;
static volatile int forks;
static int in = -1, out = -1;

static void count_fork(void)
{
    forks++;
}

void lca_copies_watch(void)
{
    int ends[2];

    original = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0)
        return;
    in = fcntl(ends[0], F_DUPFD_CLOEXEC, HIGH);
    out = fcntl(ends[1], F_DUPFD_CLOEXEC, HIGH);
    close(ends[0]);
    close(ends[1]);
    pthread_atfork(NULL, count_fork, NULL);
}

bool lca_copies_is_one(void)
{
    return original && getpid() != original;
}

uint32_t lca_copies_await(void)
{
    struct pollfd copies = { .fd = in, .events = POLLIN };
    uint64_t from = lca_clock_us();

    if (!forks || in < 0)
        return 0;
    close(out);                 /* what is held now is held by copies */
    poll(&copies, 1, LONGEST_MS);
    return (uint32_t)(lca_clock_us() - from);
}
