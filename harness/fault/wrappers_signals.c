/* wrappers_signals: every name of the C library's that reaches a process. */

#include "harness/fault/next.h"
#include "harness/fault/signals.h"
#include "harness/platform/family.h"

#include <signal.h>
#include <sys/pidfd.h>

int kill(pid_t pid, int number)
{
    NEXT(kill);
    return lca_signals_may(pid, number) ? next(pid, number) : -1;
}

int killpg(pid_t group, int number)
{
    NEXT(killpg);
    return lca_signals_may(group > 0 ? -group : 0, number)
         ? next(group, number) : -1;
}

int sigqueue(pid_t pid, int number, const union sigval value)
{
    NEXT(sigqueue);
    return lca_signals_may(pid, number) ? next(pid, number, value) : -1;
}

int tgkill(pid_t pid, pid_t thread, int number)
{
    NEXT(tgkill);
    return lca_signals_may(pid, number) ? next(pid, thread, number) : -1;
}

int pidfd_send_signal(int fd, int number, siginfo_t *info, unsigned flags)
{
    NEXT(pidfd_send_signal);
    return lca_signals_may(lca_family_of_descriptor(fd), number)
         ? next(fd, number, info, flags) : -1;
}
