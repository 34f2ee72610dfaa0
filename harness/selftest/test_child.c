/* child: how processes end, and that nothing of them stays. */

#include "harness/platform/child.h"

#include "harness/platform/clock.h"
#include "harness/platform/family.h"
#include "harness/platform/shared.h"
#include "harness/platform/system.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_US = 5000000 };

static uint64_t soon(void)
{
    return lca_clock_us() + PATIENCE_US;
}

/* Specimens: each ends in one way, and ends well. */
static void returns(int unused) { (void)unused; }
static void exits(int status)   { _exit(status); }
static void dies(int number)
{
    signal(number, SIG_DFL);            /* a sanitizer may have its own */
    raise(number);
}

static const struct {
    const char *name;
    void (*does)(int);
    int value;
    int32_t signal, status;
} endings[] = {
    { "returns",       returns, 0,       0,       0   },
    { "exits with 0",  exits,   0,       0,       0   },
    { "exits with 7",  exits,   7,       0,       7   },
    { "exits with -1", exits,   -1,      0,       255 },
    { "exits as a signal would", exits, SIGSEGV, 0, SIGSEGV },
    { "aborts",        dies,    SIGABRT, SIGABRT, 0   },
    { "crashes",       dies,    SIGSEGV, SIGSEGV, 0   },
    { "is killed",     dies,    SIGKILL, SIGKILL, 0   },
    { "is asked to",   dies,    SIGTERM, SIGTERM, 0   },
};

/* What lca_child_play says of a trial that stands still. */
static uint32_t stopped;

/* Shared with the trial; `told` is written before it may run. */
struct play {
    size_t row;
    int32_t told;
    volatile bool begun;
    bool ran, early;
};

static void act(void *play)
{
    struct play *p = play;

    p->begun = true;
    p->ran = p->told == lca_system_pid() && getpgrp() == getpid();
    endings[p->row].does(endings[p->row].value);
}

static void is_told(void *play, int32_t pid)
{
    struct play *p = play;

    lca_clock_sleep(1);                 /* time enough to begin too soon */
    p->early = p->begun;
    p->told = pid;
}

/* Is no child left, neither running nor waiting to be reaped? */
static bool childless(void)
{
    return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

static void plays_endings(void)
{
    struct play *p = lca_shared_new(sizeof *p);

    LCA_APART(p != NULL);
    for (size_t i = 0; p && i < sizeof endings / sizeof *endings; i++) {
        struct lca_fate fate = { -1, -1, -1, 9 };

        *p = (struct play){ .row = i };
        LCA_APART(!lca_child_play(act, p, is_told, NULL, &stopped,
                                  &fate).code);
        lca_apart_check(endings[i].name, __LINE__,
                        fate.signal == endings[i].signal &&
                            fate.status == endings[i].status &&
                            fate.orphans == 0);
        LCA_APART(p->ran && !p->early);
        LCA_APART(fate.pid == p->told);
        LCA_APART(childless());
    }
}

static void endings_are_told_apart(void)
{
    lca_apart(plays_endings);
}

/* What a helper gives to those that it plays; it plays one at a time. */
static struct lca_channel *above;

static void hangs(void *unused)
{
    (void)unused;
    lca_channel_write(above, "!", 1);
    for (;;)
        pause();
}

static void pass_on(void *unused, int32_t pid)
{
    (void)unused;
    lca_channel_write(above, &pid, sizeof pid);
}

static int plays_a_hang(void *unused, struct lca_channel *channel)
{
    struct lca_fate fate;

    (void)unused;
    above = channel;
    return lca_child_play(hangs, NULL, pass_on, NULL, &stopped,
                          &fate).code ||
           lca_channel_write(channel, &fate, sizeof fate).code;
}

static void a_hang_is_killed_from_elsewhere(void)
{
    struct lca_fate fate = { 0 };
    struct lca_child child;
    struct lca_channel *c = &child.channel;
    int32_t pid = 0;
    char mark = 0;

    CU_ASSERT_EQUAL_FATAL(lca_child_start(plays_a_hang, NULL, &child).code,
                          LCA_OK);
    CU_ASSERT_EQUAL(lca_channel_read(c, soon(), &pid, sizeof pid).code,
                    LCA_OK);
    CU_ASSERT_EQUAL(lca_channel_read(c, soon(), &mark, 1).code, LCA_OK);
    CU_ASSERT_EQUAL(mark, '!');
    CU_ASSERT_EQUAL(lca_channel_read(c, lca_clock_us() + 20000, &fate,
                                     sizeof fate).code, LCA_SYSTEM);
    CU_ASSERT(c->late);
    CU_ASSERT_FATAL(pid > 1);
    lca_child_kill(pid);
    CU_ASSERT_EQUAL(lca_channel_read(c, soon(), &fate, sizeof fate).code,
                    LCA_OK);
    CU_ASSERT_EQUAL(fate.pid, pid);
    CU_ASSERT_EQUAL(fate.signal, SIGKILL);
    lca_child_stop(&child);
}

/*
 * Who is started holds `alive` open for writing, so that its reader sees an
 * end once nobody is left; and ends with `leash`, should nobody end it.
 */
static int alive[2], leash[2];

static void stays(void)
{
    char byte;

    close(leash[1]);
    (void)!read(leash[0], &byte, 1);
    _exit(0);
}

static void stays_here(void)         {}
static void leaves_the_group(void)   { setpgid(0, 0); }
static void leaves_the_session(void) { setsid(); }
static void leaves_a_child(void)
{
    setsid();
    if (fork() == 0)
        stays();
}

/* A child that has gone where it wants to be once this returns. */
static void spawn(void (*goes)(void))
{
    int ready[2];
    char byte;

    if (pipe(ready) != 0)
        _exit(1);
    if (fork() == 0) {
        goes();
        (void)!write(ready[1], "", 1);
        stays();
    }
    (void)!read(ready[0], &byte, 1);
}

static const struct {
    const char *name;
    void (*goes)(void);
    int count;
    int signal;                 /* how the trial itself ends; 0: it returns */
} orphans[] = {
    { "one in the group",             stays_here,         1, 0 },
    { "ten in the group",             stays_here,        10, SIGKILL },
    { "one in a group of its own",    leaves_the_group,   1, 0 },
    { "one in a session of its own",  leaves_the_session, 1, 0 },
    { "that, after a crash",          leaves_the_session, 1, SIGABRT },
    { "ten in sessions of their own", leaves_the_session, 10, 0 },
    { "a child of such a one",        leaves_a_child,     1, 0 },
};

static void leaves_orphans(void *row)
{
    size_t i = *(size_t *)row;

    for (int n = 0; n < orphans[i].count; n++)
        spawn(orphans[i].goes);
    if (orphans[i].signal)
        dies(orphans[i].signal);
}

static void not_told(void *row, int32_t pid)
{
    (void)row, (void)pid;
}

/* Is nobody there any more who holds `alive`? */
static bool all_gone(void)
{
    struct lca_channel c = { .in = alive[0], .out = -1 };
    char byte;

    close(alive[1]);
    return lca_channel_read(&c, lca_clock_us() + 200000, &byte, 1).code ==
           LCA_GONE;
}

static void play_orphans(size_t row)
{
    struct lca_fate fate;

    LCA_APART(pipe(alive) == 0 && pipe(leash) == 0);
    LCA_APART(!lca_child_play(leaves_orphans, &row, not_told, NULL,
                              &stopped, &fate).code);
    LCA_APART(fate.signal == orphans[row].signal);
    lca_apart_check(orphans[row].name, __LINE__, childless());
    lca_apart_check(orphans[row].name, __LINE__, all_gone());
    close(leash[1]);
    while (waitpid(-1, NULL, 0) > 0)    /* the next row has its own */
        ;
    close(leash[0]);
    close(alive[0]);
}

/* The group is ended by whoever plays, orphans only by whoever adopts. */
static void plays_a_group(void)
{
    for (size_t i = 0; i < sizeof orphans / sizeof *orphans; i++)
        if (orphans[i].goes == stays_here)
            play_orphans(i);
}

static void plays_and_adopts(void)
{
    lca_family_adopt();
    for (size_t i = 0; i < sizeof orphans / sizeof *orphans; i++)
        play_orphans(i);
}

static void a_group_ends_with_its_leader(void)
{
    lca_apart(plays_a_group);
}

static void orphans_are_ended_and_reaped(void)
{
    lca_apart(plays_and_adopts);
}

static int holds(void *unused, struct lca_channel *channel)
{
    (void)unused;
    spawn(stays_here);
    lca_channel_write(channel, "x", 1);
    stays();
    return 0;
}

static void stops(void)
{
    struct lca_child child, none = { 0 };
    char mark = 0;

    LCA_APART(pipe(alive) == 0 && pipe(leash) == 0);
    LCA_APART(!lca_child_start(holds, NULL, &child).code);
    LCA_APART(!lca_channel_read(&child.channel, soon(), &mark, 1).code);
    LCA_APART(lca_child_runs(&child));
    LCA_APART(getpgid(child.pid) == child.pid);
    lca_child_stop(&child);
    LCA_APART(child.pid == 0 && child.channel.in == -1);
    LCA_APART(childless());
    LCA_APART(all_gone());
    LCA_APART(!lca_child_runs(&child));
    lca_child_stop(&child);
    lca_child_stop(&none);
    none = (struct lca_child){ 0 };
    lca_child_end(&none, 0);
    LCA_APART(!lca_child_runs(&none));
    LCA_APART(fcntl(STDIN_FILENO, F_GETFD) >= 0);
    lca_child_kill(0);                  /* not this group */
}

static void a_helper_is_stopped(void)
{
    lca_apart(stops);
}

static int stays_alone(void *unused, struct lca_channel *channel)
{
    (void)unused;
    lca_channel_write(channel, "x", 1);
    stays();
    return 0;
}

/* Ends without a word to the helper of its own. */
static int has_a_helper(void *unused, struct lca_channel *channel)
{
    struct lca_child child;
    char mark;

    (void)unused;
    return lca_child_start(stays_alone, NULL, &child).code ||
           lca_channel_read(&child.channel, soon(), &mark, 1).code ||
           lca_channel_write(channel, &mark, 1).code;
}

static void leaves(void)
{
    struct lca_child child;
    char mark = 0;

    LCA_APART(pipe(alive) == 0 && pipe(leash) == 0);
    LCA_APART(!lca_child_start(has_a_helper, NULL, &child).code);
    LCA_APART(!lca_channel_read(&child.channel, soon(), &mark, 1).code);
    LCA_APART(all_gone());
    lca_child_stop(&child);
}

static void a_helper_ends_with_its_parent(void)
{
    lca_apart(leaves);
}

CU_TestInfo lca_child_tests[] = {
    { "endings are told apart", endings_are_told_apart },
    { "a hang is killed from elsewhere", a_hang_is_killed_from_elsewhere },
    { "a group ends with its leader", a_group_ends_with_its_leader },
    { "orphans are ended and reaped", orphans_are_ended_and_reaped },
    { "a helper is stopped", a_helper_is_stopped },
    { "a helper ends with its parent", a_helper_ends_with_its_parent },
    CU_TEST_INFO_NULL,
};
