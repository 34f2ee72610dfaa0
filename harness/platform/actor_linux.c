#include "harness/platform/actor.h"

#include "harness/platform/clock.h"
#include "harness/platform/family.h"

#include <errno.h>
#include <linux/futex.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 20,            /* how soon an end is noticed */
       BLOW_MS = 2000,
       LEAVE_MS = 2000 };

static const unsigned leave = UINT32_MAX;

/* While the word is still that one; for a while, or for ever. */
static void sleep_on(atomic_uint *word, unsigned value, unsigned ms)
{
    struct timespec while_ms = { .tv_nsec = ms * 1000000l };

    syscall(SYS_futex, word, FUTEX_WAIT, value, ms ? &while_ms : NULL, NULL,
            0);
}

static void put(atomic_uint *word, unsigned value)
{
    atomic_store(word, value);
    syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

struct lca_result lca_actor_start(struct lca_actor *actor,
                                  void (*body)(void *), void *argument)
{
    pid_t pid = fork();

    if (pid < 0)
        return lca_fail(LCA_SYSTEM, "fork: %s", strerror(errno));
    if (pid > 0) {
        setpgid(pid, pid);      /* whichever of the two comes first */
        actor->pid = pid;
        return lca_ok();
    }
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    body(argument);
    _exit(0);
}

/* Where that cannot be known it is taken to hang. */
static bool has_ended(const struct lca_actor *actor)
{
    char state = lca_family_state(actor->pid);

    return state == 'Z' || (state == 'X' && lca_family_is_known());
}

bool lca_actor_do(struct lca_actor *actor, uint32_t word)
{
    bool there = actor->pid > 0 && !has_ended(actor);

    if (there)
        put(&actor->word, word);
    while (there && atomic_load(&actor->word) == word) {
        sleep_on(&actor->word, word, LOOK_MS);
        there = atomic_load(&actor->word) != word || !has_ended(actor);
    }
    return there;
}

void lca_actor_leave(struct lca_actor *actor)
{
    if (actor->pid > 0 && !actor->excused)
        put(&actor->word, leave);
}

bool lca_actor_strike(struct lca_actor *actor, enum lca_blow blow)
{
    static const struct { int number; const char *states; bool excused; }
    blows[] = {
        [LCA_BLOW_KILL]     = { SIGKILL, "ZX", true },
        [LCA_BLOW_STOP]     = { SIGSTOP, "TZX", true },
        [LCA_BLOW_CONTINUE] = { SIGCONT, "RSDZX", false },
    };

    if (actor->pid <= 0)
        return false;
    actor->excused = blows[blow].excused;
    kill(actor->pid, blows[blow].number);
    for (int ms = 0; ms < BLOW_MS; ms++) {
        if (strchr(blows[blow].states, lca_family_state(actor->pid)))
            return true;
        lca_clock_sleep(1);
    }
    return false;
}

uint32_t lca_actor_await(struct lca_actor *actor)
{
    unsigned word;

    while ((word = atomic_load(&actor->word)) == 0)
        sleep_on(&actor->word, 0, 0);
    if (word != leave)
        return word;
    actor->excused = true;
    return 0;
}

void lca_actor_done(struct lca_actor *actor)
{
    put(&actor->word, 0);
}

/* It is not reaped: its number stays its own. */
static bool ends_by(const struct lca_actor *actor, uint64_t until)
{
    struct timespec pause = { .tv_nsec = 200000 };
    siginfo_t info;
    bool ended = false, wait = true;

    while (!ended && wait) {
        info = (siginfo_t){ 0 };
        if (waitid(P_PID, (id_t)actor->pid, &info,
                   WEXITED | WNOHANG | WNOWAIT) != 0 && errno != EINTR)
            return true;
        ended = info.si_pid != 0;
        wait = !ended && lca_clock_us() < until;
        if (wait)
            nanosleep(&pause, NULL);
    }
    return ended;
}

static void end(struct lca_actor *actor)
{
    bool told = atomic_load(&actor->word) == leave;
    int status = 0;
    pid_t pid;

    actor->ended = ends_by(actor, told ? lca_clock_us() + LEAVE_MS * 1000ull
                                       : 0);
    kill(-actor->pid, SIGKILL);
    kill(actor->pid, SIGKILL);  /* it may have joined another group */
    do
        pid = waitpid(actor->pid, &status, 0);
    while (pid < 0 && errno == EINTR);
    actor->fate.pid = actor->pid;
    actor->fate.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    actor->fate.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

void lca_actors_end(struct lca_actors *actors)
{
    for (unsigned i = 1; i < LCA_ACTORS_MAX; i++)
        if (actors->all[i].pid > 0)
            end(&actors->all[i]);
}
