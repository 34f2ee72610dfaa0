/* locks: which the subject keeps when a call of it returns. */

#include "harness/fault/locks.h"

#include "harness/selftest/apart.h"
#include "harness/selftest/locked.h"
#include "harness/selftest/suites.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* As harness/fault/locks.c has it: as many locks as it holds at once. */
enum { MOST = 64, STEP = 3 };

static struct lca_record record;
static const struct lca_locked_row *rows;
static lca_locked_taker *take;
static lca_locked_giver *give;

/* What the helper plays: it takes no argument. */
static struct {
    void (*test)(void);
    const struct lca_locked_row *row;
    bool stacks;
} now;

static bool open_subject(void)
{
    void *module = dlopen(LCA_LOCKED, RTLD_NOW | RTLD_LOCAL);

    if (!module)
        return false;
    rows = dlsym(module, "lca_locked_rows");
    *(void **)&take = dlsym(module, "lca_locked_take");
    *(void **)&give = dlsym(module, "lca_locked_give");
    return rows && take && give;
}

static void prepare_and_play(void)
{
    bool open = open_subject();

    LCA_APART(open);
    if (!open)
        return;
    lca_locks_start(LCA_LOCKED, "");
    lca_locks_watch(now.stacks);
    now.test();
}

static void in_trial(void (*test)(void))
{
    for (int stacks = 0; stacks <= 1; stacks++) {
        now.test = test;
        now.stacks = stacks;
        lca_apart(prepare_and_play);
    }
}

static bool is_frame_of_subject(const struct lca_frame *frame)
{
    return strcmp(frame->module, strrchr(LCA_LOCKED, '/') + 1) == 0 &&
           frame->offset > 0;
}

/* Is it just this lock, and who took it? */
static bool tells(enum lca_lock kind, unsigned step)
{
    const struct lca_held *h = &record.held[0];

    return record.held_count == 1 && h->kind == kind && h->step == step &&
           h->site.frame_count == 1 &&      /* the harness called that one */
           is_frame_of_subject(&h->site.frames[0]);
}

static void play_row(void)
{
    lca_locks_begin();
    now.row->call();
    lca_locks_end(&record, STEP);
    lca_apart_check(now.row->name, __LINE__,
                    now.row->keeps ? tells(now.row->kind, STEP)
                                   : record.held_count == 0);
    lca_apart_check(now.row->name, __LINE__,
                    record.locks == (now.stacks ? LCA_LOCKS_SEEN : 0) ||
                    (record.locks == 0 && strstr(now.row->name, "flag")) ||
                    strcmp(now.row->name, "copy_keeps") == 0 ||
                    strcmp(now.row->name, "another_keeps") == 0);
    while (waitpid(-1, NULL, 0) > 0)
        ;                       /* copies */
}

static void locks_are_kept_or_not(void)
{
    CU_ASSERT_FATAL(open_subject());
    for (now.row = rows; now.row->name; now.row++)
        in_trial(play_row);
}

/* What a call kept is that call's; giving it back later is of no matter. */
static void play_steps(void)
{
    lca_locks_begin();
    take(1);
    lca_locks_end(&record, 1);
    LCA_APART(tells(LCA_LOCK_MUTEX, 1));
    lca_locks_begin();
    lca_locks_end(&record, 2);
    lca_locks_begin();
    give();
    lca_locks_end(&record, 3);
    LCA_APART(tells(LCA_LOCK_MUTEX, 1));
    lca_locks_begin();
    take(2);
    lca_locks_end(&record, 4);
    LCA_APART(record.held_count == 2);      /* alike: told once */
    LCA_APART(record.held[1].step == 4);
}

static void a_lock_is_of_its_step(void) { in_trial(play_steps); }

/* Between calls nobody is watched, and in the harness nobody is told of. */
static void play_others(void)
{
    static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;

    take(1);
    lca_locks_begin();
    pthread_mutex_lock(&own);
    lca_locks_end(&record, STEP);
    LCA_APART(record.held_count == 0 && record.locks == 0);
    lca_locks_end(&record, STEP);           /* it has ended */
    LCA_APART(record.held_count == 0);
}

static void only_calls_are_watched(void) { in_trial(play_others); }

static void play_many(void)
{
    lca_locks_begin();
    take(MOST);
    lca_locks_end(&record, 1);
    LCA_APART(record.held_count == 1);
    LCA_APART(!(record.locks & LCA_LOCKS_TOO_MANY));
    give();
    lca_locks_begin();
    take(MOST + 1);
    lca_locks_end(&record, 2);
    LCA_APART(record.held_count == 1);      /* nothing more is claimed */
    LCA_APART(record.locks & LCA_LOCKS_TOO_MANY);
    give();
    lca_locks_begin();
    take(1);
    lca_locks_end(&record, 3);
    LCA_APART(record.held_count == 2);
}

static void too_many_locks_are_not_judged(void) { in_trial(play_many); }

static void play_full(void)
{
    for (unsigned step = 0; step < LCA_HELD_MAX + 2; step++) {
        lca_locks_begin();
        take(1);
        lca_locks_end(&record, step);
        LCA_APART(record.held_count ==
                  (step < LCA_HELD_MAX ? step + 1 : LCA_HELD_MAX));
        give();
    }
}

static void a_record_may_be_full(void) { in_trial(play_full); }

/* In a trial that is not to be watched, and in what the subject forks. */
static void play_unwatched(void)
{
    int status = 0;
    pid_t pid;

    lca_locks_begin();
    pid = fork();
    if (pid == 0) {
        take(1);
        lca_locks_end(&record, STEP);
        lca_locks_begin();
        take(1);
        lca_locks_end(&record, STEP);
        _exit(record.held_count || record.locks ? 1 : 42);
    }
    LCA_APART(waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
              WEXITSTATUS(status) == 42);
    take(1);
    lca_locks_end(&record, STEP);
    LCA_APART(tells(LCA_LOCK_MUTEX, STEP));
}

static void a_copy_is_not_watched(void) { in_trial(play_unwatched); }

/* More threads that call than there are lists: the last have none. */
static void *calls(void *step)
{
    lca_locks_begin();
    now.row->call();
    lca_locks_end(&record, *(const unsigned *)step);
    return NULL;
}

static void play_threads(void)
{
    enum { THREADS = 9, LISTS = 8 };
    static const unsigned steps[THREADS] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };

    for (now.row = rows; strcmp(now.row->name, "keeps_block") != 0;)
        now.row++;
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_t thread;
        bool runs = pthread_create(&thread, NULL, calls,
                                   (void *)&steps[i]) == 0;

        LCA_APART(runs);
        if (runs)
            pthread_join(thread, NULL);
        LCA_APART(record.held_count == (i < LISTS ? i + 1 : LISTS));
    }
    for (unsigned i = 0; i < LISTS; i++)
        LCA_APART(record.held[i].step == i);
}

static void each_thread_has_its_own(void) { in_trial(play_threads); }

CU_TestInfo lca_locks_tests[] = {
    { "a lock is kept, or not", locks_are_kept_or_not },
    { "it is told of the step that took it", a_lock_is_of_its_step },
    { "only the subject's calls are watched", only_calls_are_watched },
    { "too many at once are not judged", too_many_locks_are_not_judged },
    { "a record may be full of them", a_record_may_be_full },
    { "a copy of the process is not watched", a_copy_is_not_watched },
    { "each thread has locks of its own", each_thread_has_its_own },
    CU_TEST_INFO_NULL,
};
