/* stacks: the threads of a process say where they are. */

#include "harness/platform/stacks.h"

#include "harness/platform/child.h"
#include "harness/platform/clock.h"
#include "harness/platform/shared.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { NEAR = 512, PATIENCE_MS = 3000, SHORT_MS = 100, CROWD = 19 };

struct table {
    size_t row;
    unsigned others;
    atomic_uint ready;          /* threads that are where they stay */
    struct lca_stacks stacks;
};
static struct table *table;     /* shared with the process that is asked */

static _Thread_local unsigned number;

static unsigned own_number(void)
{
    return number;
}

/* Specimens, called through a table so that each has an address. */
static int sleeps(void)
{
    atomic_fetch_add(&table->ready, 1);
    for (;;)
        pause();
    return 1;
}

static int spins(void)
{
    volatile unsigned turns = 0;

    atomic_fetch_add(&table->ready, 1);
    for (;;)
        turns++;
    return 1;
}

static int blocks_all(void)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    return sleeps() + 1;
}

static int stops(void)
{
    while (atomic_load(&table->ready) < table->others)
        usleep(1000);           /* those who are not there yet never are */
    atomic_fetch_add(&table->ready, 1);
    raise(SIGSTOP);
    return sleeps() + 1;
}

static void *until_cancelled(void *unused)
{
    sleep(60);
    return unused;
}

/* The C library takes the signal for this, of a thread that is there. */
static int cancels(void)
{
    pthread_t another;

    if (pthread_create(&another, NULL, until_cancelled, NULL) == 0) {
        pthread_cancel(another);
        pthread_join(another, NULL);
    }
    return sleeps() + 1;
}

/* As a subject that is out of its mind has it. */
static int scribbles(void)
{
    atomic_fetch_add(&table->ready, 1);
    for (;;)
        memset(&table->stacks, 0xFF, sizeof table->stacks);
    return 1;
}

static const struct row {
    const char *name;
    int (*does)(void);
    unsigned others;            /* threads that sleep beside it */
    unsigned ready;
    bool answers, all;          /* the first; and the others, too */
    const char *doing;          /* NULL: chance, and so is the first's answer */
} rows[] = {
    { "one sleeps", sleeps, 0, 1, true, true, "is in" },
    { "one blocks every signal", blocks_all, 0, 1, true, true, "is in" },
    { "one spins", spins, 0, 1, true, true, "is running" },
    { "one spins, two sleep", spins, 2, 3, true, true, "is running" },
    { "more than there is room for", sleeps, CROWD, CROWD + 1, true, true,
      "is in" },
    { "all stand still", stops, 2, 3, false, false, "is stopped" },
    { "the signal is taken", cancels, 1, 2, false, false, "is in" },
    { "what is shared is written over", scribbles, 0, 1, false, false, NULL },
};

/* Nobody knows that it is always this one, so it is not made part of other. */
static int (*volatile asleep)(void) = sleeps;

static void *other(void *unused)
{
    prctl(PR_SET_NAME, "a sleeper");
    number = 7;
    asleep();
    return unused;
}

static void live(void *unused)
{
    const struct row *row = &rows[table->row];
    pthread_t thread;

    (void)unused;
    prctl(PR_SET_NAME, "the first");
    number = 5;
    if (!lca_stacks_answer(&table->stacks, own_number))
        return;
    for (unsigned i = 0; i < row->others; i++)
        if (pthread_create(&thread, NULL, other, NULL) != 0)
            return;
    row->does();
}

static void no_word(void *unused, int32_t pid)
{
    (void)unused, (void)pid;
}

/* The process that is asked is a child of the one that waits for it. */
static int play(void *unused, struct lca_channel *channel)
{
    struct lca_fate fate;
    uint32_t stopped;

    (void)unused, (void)channel;
    return lca_child_play(live, NULL, no_word, NULL, &stopped,
                          &fate).code != LCA_OK;
}

static bool is_in(const struct lca_stacks_thread *t, int (*function)(void))
{
    uintptr_t from = (uintptr_t)function;

    for (unsigned i = 0; i < t->count; i++)
        if (t->frames[i] >= from && t->frames[i] < from + NEAR)
            return true;
    return false;
}

static void check_first(const struct row *row,
                        const struct lca_stacks_thread *t)
{
    LCA_ROW(row->name, strcmp(t->name, "the first") == 0);
    LCA_ROW(row->name, !row->doing ||
                           strncmp(t->doing, row->doing,
                                   strlen(row->doing)) == 0);
    LCA_ROW(row->name, t->count <= LCA_STACKS_DEPTH);
    LCA_ROW(row->name, !row->doing || t->answered == row->answers);
    if (row->answers) {
        LCA_ROW(row->name, t->mark == 5);
        LCA_ROW(row->name, is_in(t, row->does));
    }
}

static void check_others(const struct row *row,
                         const struct lca_stacks_thread *t, unsigned count)
{
    for (unsigned i = 1; i < count; i++) {
        LCA_ROW(row->name, strcmp(t[i].name, "a sleeper") == 0);
        LCA_ROW(row->name, t[i].thread > t[i - 1].thread);
        LCA_ROW(row->name, t[i].answered == row->all);
        if (row->all) {
            LCA_ROW(row->name, t[i].mark == 7);
            LCA_ROW(row->name, is_in(&t[i], sleeps));
        }
    }
}

/* Where the trial is, which is the child of our child. */
static int32_t child_of(int32_t pid)
{
    char path[64];
    FILE *file;
    int child = 0;

    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid,
             (int)pid);
    file = fopen(path, "re");
    if (file && fscanf(file, "%d", &child) != 1)
        child = 0;
    if (file)
        fclose(file);
    return child;
}

static void ask(size_t at)
{
    static struct lca_stacks_thread threads[LCA_STACKS];
    const struct row *row = &rows[at];
    struct lca_child child;
    uint64_t until = lca_clock_us() + PATIENCE_MS * 1000ull, from;
    unsigned all = 0, count, least = row->others + 1;

    memset(table, 0, sizeof *table);
    table->row = at;
    table->others = row->others;
    CU_ASSERT_EQUAL_FATAL(lca_child_start(play, NULL, &child).code, LCA_OK);
    while (atomic_load(&table->ready) < row->ready && lca_clock_us() < until)
        usleep(1000);
    LCA_ROW(row->name, atomic_load(&table->ready) == row->ready);
    usleep(20000);              /* from there to where it sleeps */
    from = lca_clock_us();
    count = lca_stacks_take(child_of(child.pid), &table->stacks,
                            row->answers ? PATIENCE_MS : SHORT_MS, threads,
                            &all);
    LCA_ROW(row->name, lca_clock_us() - from < PATIENCE_MS * 1000ull);
    LCA_ROW(row->name, all == least);
    LCA_ROW(row->name, count == (all < LCA_STACKS ? all : LCA_STACKS));
    check_first(row, &threads[0]);
    check_others(row, threads, count);
    lca_child_kill(child_of(child.pid));
    lca_child_stop(&child);
}

static void threads_say_where_they_are(void)
{
    table = lca_shared_new(sizeof *table);
    CU_ASSERT_FATAL(table != NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ask(i);
    munmap(table, sizeof *table);
}

static void nobody_is_asked_in_vain(void)
{
    static struct lca_stacks_thread threads[LCA_STACKS];
    static struct lca_stacks stacks;
    unsigned all = 9;

    CU_ASSERT_EQUAL(lca_stacks_take(INT32_MAX, &stacks, PATIENCE_MS, threads,
                                    &all), 0);
    CU_ASSERT_EQUAL(all, 0);
}

static void an_address_has_a_place(void)
{
    char name[48] = "";
    uint64_t offset = 0;
    int32_t self = (int32_t)getpid();
    void *heap = malloc(64);

    CU_ASSERT(lca_stacks_place(self, (uintptr_t)sleeps, name, sizeof name,
                               &offset));
    CU_ASSERT_STRING_EQUAL(name, "lca_selftest");
    CU_ASSERT(offset > 0 && offset < (uintptr_t)sleeps);
    CU_ASSERT(lca_stacks_place(self, (uintptr_t)sleeps, name, 5, &offset));
    CU_ASSERT_STRING_EQUAL(name, "lca_");
    CU_ASSERT_FALSE(lca_stacks_place(self, 16, name, sizeof name, &offset));
    CU_ASSERT_FALSE(lca_stacks_place(self, (uintptr_t)heap, name, sizeof name,
                                     &offset));
    CU_ASSERT_FALSE(lca_stacks_place(INT32_MAX, (uintptr_t)sleeps, name,
                                     sizeof name, &offset));
    free(heap);
}

CU_TestInfo lca_stacks_tests[] = {
    { "threads say where they are", threads_say_where_they_are },
    { "nobody is asked in vain", nobody_is_asked_in_vain },
    { "an address has a place", an_address_has_a_place },
    CU_TEST_INFO_NULL,
};
