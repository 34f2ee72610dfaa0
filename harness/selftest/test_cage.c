/* cage: what keeps a subject's deeds within its own trial. */

#include "harness/fault/signals.h"
#include "harness/platform/capture.h"
#include "harness/platform/child.h"
#include "harness/platform/clock.h"
#include "harness/platform/family.h"
#include "harness/platform/interrupt.h"
#include "harness/platform/resources.h"
#include "harness/platform/shared.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONG_US = 5000000 };

#define MIB ((size_t)1 << 20)

static pid_t sleeper(void)
{
    pid_t pid = fork();

    if (pid == 0) {
        alarm(30);
        for (;;)
            pause();
    }
    return pid;
}

/* Did it end by this signal? Ends it if it did not end at all. */
static bool ended_by(pid_t pid, int number)
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

static bool runs(pid_t pid)
{
    siginfo_t info = { 0 };

    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == 0;
}

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
    pid_t stranger = sleeper();
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
    LCA_APART(runs(stranger));
    kill(stranger, SIGKILL);
    LCA_APART(ended_by(stranger, SIGKILL));
}

static void sends_to_its_own(void)
{
    lca_signals_guard(getpid(), note);
    for (size_t i = 0; i < WAYS; i++) {
        pid_t child = sleeper();

        setpgid(child, child);
        lca_apart_check(ways[i].name, __LINE__, ways[i].send(child) == 0);
        lca_apart_check(ways[i].name, __LINE__, ended_by(child, SIGTERM));
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

static void finds_family(void)
{
    struct lca_child child;
    char *line = NULL;
    pid_t own = sleeper();

    LCA_APART(lca_family_descends(own, getpid()));
    LCA_APART(lca_family_descends(getpid(), getpid()));
    LCA_APART(!lca_family_descends(getpid(), own));
    LCA_APART(!lca_family_descends(getppid(), getpid()));
    LCA_APART(!lca_family_descends(INT32_MAX, getpid()));

    /* Its name is in its environment alone, in a session of its own. */
    LCA_APART(!lca_child_command("LASTCALL_HOST=cage.1 exec setsid -w sh -c "
                                 "'echo up; exec sleep 30'", &child).code);
    LCA_APART(!lca_channel_line(&child.channel, lca_clock_us() + LONG_US,
                                &line).code);
    lca_family_end_marked("");
    lca_family_end_marked("LASTCALL_HOST=cage.11");
    LCA_APART(lca_child_runs(&child) && runs(own));
    lca_family_end_marked("LASTCALL_HOST=cage.1");
    LCA_APART(ended_by(child.pid, SIGKILL));
    LCA_APART(runs(own));
    kill(own, SIGKILL);
    LCA_APART(ended_by(own, SIGKILL));
}

static void a_family_is_known(void)
{
    lca_apart(finds_family);
}

static void is_interrupted(void)
{
    struct lca_channel c = { .in = -1, .out = -1 };
    struct lca_channel *all[] = { &c };
    uint64_t from;
    char byte;
    int ends[2];
    pid_t pid;

    LCA_APART(pipe(ends) == 0);
    c.in = ends[0];
    lca_interrupt_watch();
    LCA_APART(!lca_interrupted().code);
    raise(SIGTERM);
    LCA_APART(lca_interrupted().code == LCA_STOPPED);
    LCA_APART(strstr(lca_interrupted().text, "SIGTERM") != NULL);
    from = lca_clock_us();
    LCA_APART(lca_channel_read(&c, LCA_FOREVER, &byte, 1).code ==
              LCA_STOPPED);
    LCA_APART(lca_channel_poll(all, 1, LCA_FOREVER) == -1);
    LCA_APART(lca_clock_us() - from < LONG_US);

    pid = fork();
    if (pid == 0)
        raise(SIGINT);          /* the second one ends it at once */
    LCA_APART(ended_by(pid, SIGINT));
}

static void it_may_be_interrupted(void)
{
    lca_apart(is_interrupted);
}

static int floods(void *capture, struct lca_channel *channel)
{
    static char piece[MIB];

    memset(piece, 'x', sizeof piece);
    lca_capture_use(capture);
    for (int i = 0; i < 3; i++)
        if (write(STDOUT_FILENO, piece, sizeof piece) != sizeof piece)
            return 1;
    return lca_channel_write(channel, "!", 1).code;
}

static void is_flooded(void)
{
    static struct lca_capture capture;
    char text[LCA_CAPTURED_MAX + 1], mark = 0;
    struct lca_child child;
    uint64_t left = 0;

    LCA_APART(!lca_capture_open(&capture).code);
    LCA_APART(!lca_child_start(floods, &capture, &child).code);
    child.channel.aside = &capture.aside;
    LCA_APART(!lca_channel_read(&child.channel, lca_clock_us() + LONG_US,
                                &mark, 1).code && mark == '!');
    LCA_APART(lca_capture_take(&capture, text, sizeof text, &left) ==
              LCA_CAPTURED_MAX);
    LCA_APART(left == 3 * MIB - LCA_CAPTURED_MAX);
    LCA_APART(text[0] == 'x' && text[LCA_CAPTURED_MAX - 1] == 'x');
    lca_child_stop(&child);
}

static void a_flood_is_drained(void)
{
    lca_apart(is_flooded);
}

static void is_limited(void)
{
    struct rlimit core, space;
    void *few, *many;
    bool limited = lca_resources_limit(64);     /* not under a sanitizer */

    few = mmap(NULL, 16 * MIB, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    many = mmap(NULL, 128 * MIB, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0);
    LCA_APART(few != MAP_FAILED);
    LCA_APART((many == MAP_FAILED) == limited);
    LCA_APART(getrlimit(RLIMIT_AS, &space) == 0 &&
              (space.rlim_cur != RLIM_INFINITY) == limited);
    LCA_APART(getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0);
}

static void is_not_limited(void)
{
    struct rlimit before, after;

    getrlimit(RLIMIT_AS, &before);
    LCA_APART(!lca_resources_limit(UINT32_MAX));
    getrlimit(RLIMIT_AS, &after);
    LCA_APART(before.rlim_cur == after.rlim_cur);
}

static void memory_is_limited(void)
{
    lca_apart(is_limited);
    lca_apart(is_not_limited);
}

static int counts_its_own(void *unused, struct lca_channel *channel)
{
    uint32_t before = lca_resources_fds(), after;

    (void)unused;
    lca_child_shed(channel);
    after = lca_resources_fds();
    return lca_channel_write(channel, &before, sizeof before).code ||
           lca_channel_write(channel, &after, sizeof after).code;
}

static void sheds(void)
{
    uint32_t before = 0, after = 0;
    struct lca_child child;

    LCA_APART(fcntl(0, F_DUPFD, 50) >= 50 && fcntl(0, F_DUPFD, 300) >= 300);
    LCA_APART(!lca_child_start(counts_its_own, NULL, &child).code);
    LCA_APART(!lca_channel_read(&child.channel, lca_clock_us() + LONG_US,
                                &before, sizeof before).code);
    LCA_APART(!lca_channel_read(&child.channel, lca_clock_us() + LONG_US,
                                &after, sizeof after).code);
    LCA_APART(after <= 5 && after >= 2 && before >= after + 2);
    lca_child_stop(&child);
}

static void descriptors_are_shed(void)
{
    lca_apart(sheds);
}

static void stops_itself(void *unused)
{
    (void)unused;
    raise(SIGSTOP);
}

/* Somebody else has to end it: a child of its own. */
static void ends_it_later(void *stopped, int32_t pid)
{
    volatile uint32_t *number = stopped;

    if (fork() == 0) {
        for (int i = 0; i < 5000 && !*number; i++)
            lca_clock_sleep(1);
        kill(pid, SIGKILL);
        _exit(0);
    }
}

static void is_stopped(void)
{
    uint32_t *stopped = lca_shared_new(sizeof *stopped);
    struct lca_fate fate;

    LCA_APART(stopped != NULL);
    LCA_APART(!lca_child_play(stops_itself, stopped, ends_it_later, stopped,
                              &fate).code);
    LCA_APART(*stopped == SIGSTOP && fate.signal == SIGKILL);
    while (waitpid(-1, NULL, 0) > 0)
        ;
}

static void a_stop_is_seen(void)
{
    lca_apart(is_stopped);
}

CU_TestInfo lca_cage_tests[] = {
    { "strangers are not reached",  strangers_are_not_reached },
    { "its own are",                its_own_are },
    { "a family is known",          a_family_is_known },
    { "it may be interrupted",      it_may_be_interrupted },
    { "a flood is drained",         a_flood_is_drained },
    { "memory is limited",          memory_is_limited },
    { "descriptors are shed",       descriptors_are_shed },
    { "a stop is seen",             a_stop_is_seen },
    CU_TEST_INFO_NULL,
};
