/* actors: processes beside a trial, what they are told, and their end. */

#include "harness/platform/actor.h"
#include "harness/platform/clock.h"
#include "harness/platform/family.h"
#include "harness/platform/shared.h"
#include "harness/platform/system.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ADD = 1, CRASH, EXIT, CLOSE, SLOW };

/* Shared by all: what the trial found, and what the actors did. */
struct desk {
    struct lca_actors actors;
    int parent, group;          /* of the actor, as it sees them */
    int sum;
    bool good;
};

static struct desk *desk;

static uint32_t stopped;

static void obey(void *row)
{
    struct lca_actor *self = row;
    uint32_t word;

    desk->parent = (int)getppid();
    desk->group = (int)getpgrp();
    while ((word = lca_actor_await(self)) != 0) {
        if (word == CRASH)
            raise(SIGUSR2); /* a sanitizer answers to SIGSEGV itself */
        if (word == EXIT)
            _exit(3);
        if (word == CLOSE)
            close_range(0, ~0u, 0);
        if (word == SLOW)
            lca_clock_sleep(60);
        desk->sum++;
        lca_actor_done(self);
    }
}

static struct lca_actor *one(void)
{
    return &desk->actors.all[1];
}

static void not_told(void *unused, int32_t pid)
{
    (void)unused, (void)pid;
}

static struct lca_fate play(void (*trial)(void *))
{
    struct lca_fate fate = { .orphans = 9 };

    desk = desk ? desk : lca_shared_new(sizeof *desk);
    memset(desk, 0, sizeof *desk);
    for (int i = 1; i < LCA_ACTORS_MAX; i++)
        LCA_APART(!lca_actor_start(&desk->actors.all[i], obey,
                                   &desk->actors.all[i]).code);
    LCA_APART(!lca_child_play(trial, NULL, not_told, &desk->actors, &stopped,
                              &fate).code);
    LCA_APART(fate.orphans == 0);
    LCA_APART(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
    return fate;
}

/* Nothing of them is the trial's: neither children nor descriptors. */
static void works(void *unused)
{
    int free = dup(0);

    (void)unused;
    desk->good = waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
    desk->good &= lca_actor_do(one(), ADD) && desk->sum == 1;
    desk->good &= lca_actor_do(one(), CLOSE) && desk->sum == 2;
    desk->good &= lca_actor_do(one(), SLOW) && desk->sum == 3;
    desk->good &= lca_actor_do(&desk->actors.all[2], ADD) && desk->sum == 4;
    close(free);
    desk->good &= free == dup(0);
    for (int i = 1; i < LCA_ACTORS_MAX; i++)
        lca_actor_leave(&desk->actors.all[i]);
}

static void plays_work(void)
{
    struct lca_fate fate = play(works);

    LCA_APART(fate.signal == 0 && fate.status == 0 && desk->good);
    LCA_APART(desk->parent == (int)getpid());
    LCA_APART(desk->group == desk->actors.all[1].pid ||
              desk->group == desk->actors.all[2].pid);
    for (int i = 1; i < LCA_ACTORS_MAX; i++) {
        const struct lca_actor *a = &desk->actors.all[i];

        LCA_APART(a->ended && a->excused && !a->fate.signal &&
                  !a->fate.status);
    }
}

static void an_actor_does_what_it_is_told(void)
{
    lca_apart(plays_work);
}

static void crashes(void *unused)
{
    (void)unused;
    desk->good = !lca_actor_do(one(), CRASH) && !lca_actor_do(one(), ADD);
}

static void exits(void *unused)
{
    (void)unused;
    desk->good = !lca_actor_do(one(), EXIT);
}

static void plays_ends(void)
{
    play(crashes);
    LCA_APART(desk->good && one()->ended && !one()->excused);
    LCA_APART(one()->fate.signal == SIGUSR2);
    play(exits);
    LCA_APART(desk->good && one()->ended && !one()->excused);
    LCA_APART(one()->fate.signal == 0 && one()->fate.status == 3);
}

static void the_end_of_one_is_noticed(void)
{
    lca_apart(plays_ends);
}

static char state(void)
{
    return lca_family_state(one()->pid);
}

static void strikes(void *unused)
{
    (void)unused;
    desk->good = lca_actor_do(one(), ADD);
    desk->good &= lca_actor_strike(one(), LCA_BLOW_STOP) && state() == 'T' &&
                  one()->excused;
    desk->good &= lca_actor_strike(one(), LCA_BLOW_CONTINUE) &&
                  state() != 'T' && !one()->excused;
    desk->good &= lca_actor_do(one(), ADD) && desk->sum == 2;
    desk->good &= lca_actor_strike(one(), LCA_BLOW_KILL) && state() == 'Z' &&
                  one()->excused;
    desk->good &= !lca_actor_do(one(), ADD);
    lca_actor_leave(one());
}

static void stops_it(void *unused)
{
    (void)unused;
    desk->good = lca_actor_strike(one(), LCA_BLOW_STOP);
    lca_actor_leave(one());
}

static void dies_itself(void *unused)
{
    (void)unused;
    abort();
}

static void plays_blows(void)
{
    uint64_t from = lca_clock_us();

    play(strikes);
    LCA_APART(desk->good && one()->fate.signal == SIGKILL);
    play(stops_it);
    LCA_APART(desk->good && !one()->ended && one()->excused);
    LCA_APART(one()->fate.signal == SIGKILL);
    LCA_APART(play(dies_itself).signal == SIGABRT);
    LCA_APART(!one()->ended && one()->fate.signal == SIGKILL);
    LCA_APART(lca_clock_us() - from < 1500000);  /* nobody is waited for */
}

static void signals_to_one_show(void)
{
    lca_apart(plays_blows);
}

static void states_are_told(void)
{
    int32_t pid = (int32_t)fork();

    if (pid == 0)
        _exit(0);
    while (lca_family_state(pid) != 'Z')
        lca_clock_sleep(1);
    waitpid(pid, NULL, 0);
    CU_ASSERT_EQUAL(lca_family_state(pid), 'X');
    CU_ASSERT_EQUAL(lca_family_state((int32_t)getpid()), 'R');
}

CU_TestInfo lca_actors_tests[] = {
    { "an actor does what it is told", an_actor_does_what_it_is_told },
    { "the end of one is noticed", the_end_of_one_is_noticed },
    { "signals to one show", signals_to_one_show },
    { "states of processes are told", states_are_told },
    CU_TEST_INFO_NULL,
};
