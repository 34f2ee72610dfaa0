#include "harness/platform/child.h"

#include "harness/platform/actor.h"
#include "harness/platform/clock.h"
#include "harness/platform/family.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HIGH = 200 };            /* where a subject will not look */

/* Two pipes: ends[0] reads what ends[3] writes, ends[2] what ends[1] does. */
static struct lca_result pipes(int ends[4])
{
    if (pipe2(ends, O_CLOEXEC) == 0) {
        if (pipe2(ends + 2, O_CLOEXEC) == 0)
            return lca_ok();
        close(ends[0]);
        close(ends[1]);
    }
    ends[0] = ends[1] = ends[2] = ends[3] = -1;
    return lca_fail(LCA_SYSTEM, "pipe: %s", strerror(errno));
}

static void close_all(int ends[4])
{
    for (int i = 0; i < 4; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

/* The parent's half: pipe 0 leads to the child, pipe 1 from it. */
static void adopt_ends(int ends[4], struct lca_channel *channel)
{
    *channel = (struct lca_channel){ .in = ends[2], .out = ends[1] };
    close(ends[0]);
    close(ends[3]);
}

static pid_t fork_in_group(void)
{
    pid_t pid = fork();

    if (pid >= 0)
        setpgid(pid, pid);      /* whichever of the two comes first */
    return pid;
}

void lca_child_shed(const struct lca_channel *channel)
{
    bool in_order = channel->in < channel->out;
    unsigned low = (unsigned)(in_order ? channel->in : channel->out);
    unsigned high = (unsigned)(in_order ? channel->out : channel->in);

    close_range(STDERR_FILENO + 1, low - 1, 0);
    if (high > low + 1)
        close_range(low + 1, high - 1, 0);
    close_range(high + 1, ~0u, 0);
}

static int moved_up(int fd)
{
    return fcntl(fd, F_DUPFD_CLOEXEC, HIGH);
}

struct lca_result lca_child_start(lca_body *body, void *argument,
                                  struct lca_child *child)
{
    pid_t parent = getpid();
    int ends[4];
    struct lca_result r = pipes(ends);

    *child = (struct lca_child){ .channel = { .in = -1, .out = -1 } };
    if (r.code)
        return r;
    child->pid = fork_in_group();
    if (child->pid < 0) {
        child->pid = 0;
        close_all(ends);
        return lca_fail(LCA_SYSTEM, "fork: %s", strerror(errno));
    }
    if (child->pid == 0) {
        struct lca_channel channel;

        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(0);
        channel = (struct lca_channel){ .in = moved_up(ends[0]),
                                        .out = moved_up(ends[3]) };
        close_all(ends);
        _exit(body(argument, &channel));
    }
    adopt_ends(ends, &child->channel);
    return r;
}

static void reap(pid_t pid)
{
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

void lca_child_stop(struct lca_child *child)
{
    if (child->pid > 0) {
        lca_channel_close(&child->channel);
        kill(-child->pid, SIGKILL);
        reap(child->pid);
    }
    *child = (struct lca_child){ .channel = { .in = -1, .out = -1 } };
}

static void tell(siginfo_t *info, struct lca_fate *fate)
{
    bool exited = info->si_code == CLD_EXITED;

    fate->signal = exited ? 0 : info->si_status;
    fate->status = exited ? info->si_status : 0;
}

bool lca_child_ended(const struct lca_child *child, uint64_t until,
                     struct lca_fate *fate)
{
    struct timespec pause = { .tv_nsec = 1000000 };
    siginfo_t info = { 0 };

    *fate = (struct lca_fate){ .pid = child->pid };
    while (child->pid > 0 && info.si_pid == 0 &&
           waitid(P_PID, (id_t)child->pid, &info,
                  WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == 0 && lca_clock_us() < until)
        nanosleep(&pause, NULL);
    if (info.si_pid)
        tell(&info, fate);
    return info.si_pid != 0;
}

void lca_child_finish(struct lca_child *child)
{
    if (child->pid > 0 && child->channel.out >= 0) {
        close(child->channel.out);
        child->channel.out = -1;
    }
}

void lca_child_end(struct lca_child *child, uint64_t until)
{
    struct timespec pause = { .tv_nsec = 2000000 };

    lca_child_finish(child);
    while (lca_child_runs(child) && lca_clock_us() < until)
        nanosleep(&pause, NULL);
    lca_child_stop(child);
}

/* Until it has ended; it is not reaped, so that its number stays its own. */
static void watch(pid_t pid, siginfo_t *info, uint32_t *stopped)
{
    bool runs = true;

    while (runs) {
        *info = (siginfo_t){ 0 };
        if (waitid(P_PID, (id_t)pid, info,
                   WEXITED | WSTOPPED | WCONTINUED | WNOWAIT) != 0) {
            runs = errno == EINTR;
            continue;
        }
        runs = info->si_code == CLD_STOPPED || info->si_code == CLD_CONTINUED;
        if (!runs)
            continue;
        waitid(P_PID, (id_t)pid, info, WSTOPPED | WCONTINUED | WNOHANG);
        *stopped = info->si_code == CLD_STOPPED ? (uint32_t)info->si_status
                                                : 0;
    }
}

struct lca_result lca_child_play(void (*body)(void *), void *argument,
                                 void (*started)(void *, int32_t pid),
                                 struct lca_actors *actors,
                                 uint32_t *stopped, struct lca_fate *fate)
{
    struct sigaction usual = { .sa_handler = SIG_DFL }, before;
    siginfo_t info;

    *fate = (struct lca_fate){ 0 };
    /* Where children are ignored, nobody is told how they end. */
    sigaction(SIGCHLD, &usual, &before);
    fate->pid = fork_in_group();
    if (fate->pid == 0) {
        sigaction(SIGCHLD, &before, NULL);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        started(argument, getpid());    /* nobody has to wait for that */
        body(argument);
        _exit(0);
    }
    if (fate->pid < 0)
        return lca_fail(LCA_SYSTEM, "fork: %s", strerror(errno));
    watch(fate->pid, &info, stopped);
    tell(&info, fate);
    kill(-fate->pid, SIGKILL);  /* not yet reaped: the number is still his */
    reap(fate->pid);
    if (actors)
        lca_actors_end(actors);
    fate->orphans = lca_family_end_orphans(0);
    sigaction(SIGCHLD, &before, NULL);
    return lca_ok();
}

void lca_child_kill(int32_t pid)
{
    if (pid > 1) {
        kill(-pid, SIGKILL);
        kill(pid, SIGKILL);     /* it may have joined another group */
    }
}

struct lca_result lca_child_command(const char *command,
                                    struct lca_child *child)
{
    pid_t parent = getpid();
    int ends[4];
    struct lca_result r = pipes(ends);

    *child = (struct lca_child){ .channel = { .in = -1, .out = -1 } };
    if (r.code)
        return r;
    child->pid = fork_in_group();
    if (child->pid < 0) {
        child->pid = 0;
        close_all(ends);
        return lca_fail(LCA_SYSTEM, "fork: %s", strerror(errno));
    }
    if (child->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(0);
        dup2(ends[0], STDIN_FILENO);
        dup2(ends[3], STDOUT_FILENO);
        signal(SIGPIPE, SIG_DFL);
        signal(SIGXFSZ, SIG_DFL);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    adopt_ends(ends, &child->channel);
    return r;
}

bool lca_child_runs(const struct lca_child *child)
{
    siginfo_t info = { 0 };

    return child->pid > 0 &&
           waitid(P_PID, (id_t)child->pid, &info,
                  WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}
