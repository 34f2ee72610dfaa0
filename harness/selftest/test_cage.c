/* cage: what keeps a subject's deeds within its own trial. */

#include "harness/platform/capture.h"
#include "harness/platform/child.h"
#include "harness/platform/clock.h"
#include "harness/platform/cores.h"
#include "harness/platform/family.h"
#include "harness/platform/interrupt.h"
#include "harness/platform/resources.h"
#include "harness/platform/shared.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/sleeper.h"
#include "harness/selftest/suites.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONG_US = 5000000 };

#define MIB ((size_t)1 << 20)

static void finds_family(void)
{
    struct lca_child child;
    char *line = NULL;
    pid_t own = lca_sleeper();

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
    LCA_APART(lca_child_runs(&child) && lca_sleeper_runs(own));
    lca_family_end_marked("LASTCALL_HOST=cage.1");
    LCA_APART(lca_sleeper_ended_by(child.pid, SIGKILL));
    LCA_APART(lca_sleeper_runs(own));
    kill(own, SIGKILL);
    LCA_APART(lca_sleeper_ended_by(own, SIGKILL));
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
    LCA_APART(lca_sleeper_ended_by(pid, SIGINT));
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

    lca_cores_limit(false);
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
    LCA_APART(!lca_child_play(stops_itself, stopped, ends_it_later, NULL,
                              stopped, &fate).code);
    LCA_APART(*stopped == SIGSTOP && fate.signal == SIGKILL);
    while (waitpid(-1, NULL, 0) > 0)
        ;
}

static void a_stop_is_seen(void)
{
    lca_apart(is_stopped);
}

CU_TestInfo lca_cage_tests[] = {
    { "a family is known",          a_family_is_known },
    { "it may be interrupted",      it_may_be_interrupted },
    { "a flood is drained",         a_flood_is_drained },
    { "memory is limited",          memory_is_limited },
    { "descriptors are shed",       descriptors_are_shed },
    { "a stop is seen",             a_stop_is_seen },
    CU_TEST_INFO_NULL,
};
