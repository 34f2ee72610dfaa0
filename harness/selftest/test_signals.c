/* signals: whom the wrappers let a subject reach, and whom not. */

#include "harness/fault/signals.h"
#include "harness/platform/family.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/sleeper.h"
#include "harness/selftest/suites.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

static int by_kill(pid_t pid)  { return kill(pid, SIGTERM); }
static int by_group(pid_t pid) { return killpg(pid, SIGTERM); }
static int by_queue(pid_t pid)
{
    return sigqueue(pid, SIGTERM, (union sigval){ 0 });
}
static int by_thread(pid_t pid)
{
    return tgkill(pid, pid, SIGTERM);
}
static int by_descriptor(pid_t pid)
{
    int fd = pidfd_open(pid, 0);
    int answer = pidfd_send_signal(fd, SIGTERM, NULL, 0);
    int error = errno;

    close(fd);
    errno = error;
    return answer;
}

static const struct {
    const char *name;
    int (*send)(pid_t pid);
} ways[] = {
    { "kill",              by_kill },
    { "killpg",            by_group },
    { "sigqueue",          by_queue },
    { "tgkill",            by_thread },
    { "pidfd_send_signal", by_descriptor },
};

enum { WAYS = sizeof ways / sizeof *ways };

/* What the guard told last. */
static uint32_t refused, struck;

static void note(bool to_root, uint32_t number)
{
    *(to_root ? &struck : &refused) = number;
}

/* A stranger is a child of the process above the guarded one. */
static void sends_to_strangers(void)
{
    pid_t stranger = lca_sleeper();
    pid_t root;
    int status = 0;

    setpgid(stranger, stranger);
    root = fork();
    if (root == 0) {
        bool fine = true;

        lca_signals_guard(getpid(), note);
        fine = lca_signals_may(stranger, 0) && refused == 0;
        for (size_t i = 0; i < WAYS; i++) {
            refused = 0;
            errno = 0;
            if (ways[i].send(stranger) != -1 || errno != EPERM ||
                refused != SIGTERM || struck)
                fine = false;
        }
        _exit(fine ? 0 : 1);
    }
    LCA_APART(waitpid(root, &status, 0) == root && status == 0);
    LCA_APART(lca_sleeper_runs(stranger));
    kill(stranger, SIGKILL);
    LCA_APART(lca_sleeper_ended_by(stranger, SIGKILL));
}

static void sends_to_its_own(void)
{
    lca_signals_guard(getpid(), note);
    for (size_t i = 0; i < WAYS; i++) {
        pid_t child = lca_sleeper();

        setpgid(child, child);
        lca_apart_check(ways[i].name, __LINE__, ways[i].send(child) == 0);
        lca_apart_check(ways[i].name, __LINE__,
                        lca_sleeper_ended_by(child, SIGTERM));
    }
    LCA_APART(refused == 0 && struck == 0);
    LCA_APART(lca_signals_may(0, SIGTERM) && struck == 0);
    LCA_APART(lca_signals_may(-getpgrp(), SIGTERM) && refused == 0);
    LCA_APART(lca_signals_may(getpid(), SIGUSR1) && struck == SIGUSR1);
}

/* A group whose leader was reaped is still the subject's. */
static void sends_to_the_leaderless(void)
{
    int leash[2];
    char byte;
    pid_t leader;

    LCA_APART(pipe(leash) == 0);
    lca_family_adopt();
    leader = fork();
    if (leader == 0) {
        setpgid(0, 0);
        if (fork() == 0) {
            alarm(30);
            close(leash[0]);
            for (;;)
                pause();
        }
        _exit(0);
    }
    LCA_APART(waitpid(leader, NULL, 0) == leader);
    close(leash[1]);
    lca_signals_guard(getpid(), note);
    LCA_APART(lca_signals_may(-leader, SIGTERM) && refused == 0);
    LCA_APART(!lca_family_holds_group(getpgid(getppid()), getpid()));
    LCA_APART(!lca_family_holds_group(INT32_MAX, getpid()));
    kill(-leader, SIGKILL);
    LCA_APART(read(leash[0], &byte, 1) == 0);
}

/* Only asked: a wrapper that was wrong would end all that runs here. */
static void asks_for_everybody(void)
{
    LCA_APART(lca_signals_may(getppid(), SIGTERM));     /* no guard yet */
    lca_signals_guard(getpid(), note);
    errno = 0;
    LCA_APART(!lca_signals_may(-1, SIGTERM) && errno == EPERM);
    LCA_APART(refused == SIGTERM);
    LCA_APART(!lca_signals_may(getppid(), SIGINT) && refused == SIGINT);
    LCA_APART(!lca_signals_may(1, SIGINT) && errno == EPERM);
    LCA_APART(!lca_signals_may(INT32_MIN, SIGTERM));
    refused = 0;
    LCA_APART(!lca_signals_may(INT32_MAX, SIGTERM) && errno == ESRCH);
    LCA_APART(refused == 0 && struck == 0);
}

static void strangers_are_not_reached(void)
{
    lca_apart(sends_to_strangers);
    lca_apart(asks_for_everybody);
}

static void its_own_are(void)
{
    lca_apart(sends_to_its_own);
    lca_apart(sends_to_the_leaderless);
}

CU_TestInfo lca_signals_tests[] = {
    { "strangers are not reached",  strangers_are_not_reached },
    { "its own are",                its_own_are },
    CU_TEST_INFO_NULL,
};
