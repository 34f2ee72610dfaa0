#include "harness/selftest/sleeper.h"

#include "harness/platform/clock.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONG_US = 5000000 };

pid_t lca_sleeper(void)
{
    pid_t pid = fork();

    if (pid == 0) {
        alarm(30);
        for (;;)
            pause();
    }
    return pid;
}

bool lca_sleeper_ended_by(pid_t pid, int number)
{
    uint64_t until = lca_clock_us() + LONG_US;
    int status = 0;

    while (waitpid(pid, &status, WNOHANG) == 0 && lca_clock_us() < until)
        lca_clock_sleep(1);
    if (!WIFSIGNALED(status)) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    return WIFSIGNALED(status) && WTERMSIG(status) == number;
}

bool lca_sleeper_runs(pid_t pid)
{
    siginfo_t info = { 0 };

    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == 0;
}
