#include "harness/selftest/locked.h"

#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

enum { MANY = 65 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t again = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t checks = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t many[MANY];
static pthread_rwlock_t shared = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static pthread_spinlock_t spin;
static sem_t flag;
static mtx_t plain;

/* Not yet past. */
static const struct timespec *later(void)
{
    static struct timespec at;

    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_sec += 60;
    return &at;
}

static const struct timespec *later_by(clockid_t clock)
{
    static struct timespec at;

    clock_gettime(clock, &at);
    at.tv_sec += 60;
    return &at;
}

/* On a thread of its own, which ends. */
static void beside(void *(*body)(void *))
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, body, NULL) == 0)
        pthread_join(thread, NULL);
}

static void keeps_mutex(void)       { pthread_mutex_lock(&mutex); }
static void keeps_tried(void)   { (void)pthread_mutex_trylock(&mutex); }
static void keeps_checked(void)     { pthread_mutex_lock(&checks); }
static void keeps_timed(void)   { pthread_mutex_timedlock(&mutex, later()); }
static void keeps_read(void)        { pthread_rwlock_rdlock(&shared); }
static void keeps_tried_read(void)  { pthread_rwlock_tryrdlock(&shared); }
static void keeps_written(void)     { pthread_rwlock_wrlock(&shared); }
static void keeps_tried_write(void) { pthread_rwlock_trywrlock(&shared); }

static void keeps_clocked(void)
{
    pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC,
                            later_by(CLOCK_MONOTONIC));
}

static void keeps_timed_read(void)
{
    pthread_rwlock_timedrdlock(&shared, later());
}

static void keeps_timed_write(void)
{
    pthread_rwlock_timedwrlock(&shared, later());
}

static void keeps_clocked_read(void)
{
    pthread_rwlock_clockrdlock(&shared, CLOCK_MONOTONIC,
                               later_by(CLOCK_MONOTONIC));
}

static void keeps_clocked_write(void)
{
    pthread_rwlock_clockwrlock(&shared, CLOCK_MONOTONIC,
                               later_by(CLOCK_MONOTONIC));
}

static void keeps_spin(void)
{
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    pthread_spin_lock(&spin);
}

static void raise_flag(void)        { sem_init(&flag, 0, 1); }
static void keeps_flag(void)        { raise_flag(), sem_wait(&flag); }
static void keeps_tried_flag(void)  { raise_flag(), sem_trywait(&flag); }
static void keeps_timed_flag(void)
{
    raise_flag(), sem_timedwait(&flag, later());
}

static void posts_flag(void)        { keeps_flag(), sem_post(&flag); }

static void keeps_tried_spin(void)
{
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    pthread_spin_trylock(&spin);
}

static void keeps_standard(void)
{
    mtx_init(&plain, mtx_plain);
    mtx_lock(&plain);
}

static void keeps_tried_standard(void)
{
    mtx_init(&plain, mtx_plain);
    mtx_trylock(&plain);
}

static void keeps_timed_standard(void)
{
    mtx_init(&plain, mtx_timed);
    mtx_timedlock(&plain, later());
}

static void keeps_one_of_two(void)
{
    pthread_mutex_lock(&again);
    pthread_mutex_lock(&again);
    pthread_mutex_unlock(&again);
}

static void keeps_one_reader(void)
{
    pthread_rwlock_rdlock(&shared);
    pthread_rwlock_rdlock(&shared);
    pthread_rwlock_unlock(&shared);
}

/* What a wait gives back it has again, though nobody came. */
static void keeps_over_wait(void)
{
    static const struct timespec past;

    pthread_mutex_lock(&mutex);
    pthread_cond_timedwait(&never, &mutex, &past);
}

static void *takes_and_dies(void *robust)
{
    pthread_mutex_lock(robust);
    return NULL;
}

static void keeps_orphan(void)
{
    static pthread_mutex_t robust;
    pthread_mutexattr_t shape;
    pthread_t thread;

    pthread_mutexattr_init(&shape);
    pthread_mutexattr_setrobust(&shape, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&robust, &shape);
    if (pthread_create(&thread, NULL, takes_and_dies, &robust) == 0)
        pthread_join(thread, NULL);
    pthread_mutex_lock(&robust);
}

static void keeps_block(void)
{
    static pthread_mutex_t *kept[16];
    static int count;
    pthread_mutex_t *m = kept[count++] = malloc(sizeof *m);

    pthread_mutex_init(m, NULL);
    pthread_mutex_lock(m);
}

static void gives_all(void)
{
    pthread_mutex_lock(&mutex);
    pthread_rwlock_rdlock(&shared);
    pthread_rwlock_unlock(&shared);
    pthread_rwlock_wrlock(&shared);
    pthread_rwlock_unlock(&shared);
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    pthread_spin_lock(&spin);
    pthread_spin_unlock(&spin);
    mtx_init(&plain, mtx_plain);
    mtx_lock(&plain);
    mtx_unlock(&plain);
    pthread_mutex_lock(&again);
    pthread_mutex_lock(&again);
    pthread_mutex_unlock(&again);
    pthread_mutex_unlock(&again);
    pthread_mutex_unlock(&mutex);
}

static void gets_none(void)
{
    pthread_mutex_lock(&checks);
    pthread_mutex_lock(&checks);        /* EDEADLK */
    (void)pthread_mutex_trylock(&checks);       /* EBUSY */
    pthread_mutex_unlock(&checks);
}

static void gives_after_wait(void)
{
    keeps_over_wait();
    pthread_mutex_unlock(&mutex);
}

static void *gives_mutex(void *unused)
{
    pthread_mutex_unlock(&mutex);
    return unused;
}

static void *gives_shared(void *unused)
{
    pthread_rwlock_unlock(&shared);
    return unused;
}

static void *gives_spin(void *unused)
{
    pthread_spin_unlock(&spin);
    return unused;
}

static void another_gives_mutex(void)
{
    keeps_mutex();
    beside(gives_mutex);
}

static void another_gives_written(void)
{
    keeps_written();
    beside(gives_shared);
}

/* Somebody reads all the while, so that the lock itself tells nothing. */
static void *reads_for_ever(void *unused)
{
    pthread_rwlock_rdlock(&shared);
    return unused;
}

static void another_gives_read(void)
{
    beside(reads_for_ever);
    keeps_read();
    beside(gives_shared);
}

static void another_gives_spin(void)
{
    keeps_spin();
    beside(gives_spin);
}

static void *posts(void *unused)
{
    sem_post(&flag);
    return unused;
}

static void another_posts_flag(void) { keeps_flag(), beside(posts); }

static void *keeps_for_ever(void *unused)
{
    keeps_mutex();
    keeps_read();
    keeps_spin();
    return unused;
}

static void another_keeps(void)     { beside(keeps_for_ever); }

static void dies_with_block(void)
{
    struct { char name[40]; pthread_mutex_t m; } *o = malloc(sizeof *o);

    pthread_mutex_init(&o->m, NULL);
    pthread_mutex_lock(&o->m);
    free(o);
}

static void dies_moved(void)
{
    pthread_rwlock_t *lock = malloc(sizeof *lock);
    void *moved;

    pthread_rwlock_init(lock, NULL);
    pthread_rwlock_rdlock(lock);
    moved = realloc(lock, 1 << 20);
    free(moved);
}

static void dies_with_frame(void)
{
    pthread_mutex_t local = PTHREAD_MUTEX_INITIALIZER;
    pthread_spinlock_t turns;

    pthread_mutex_lock(&local);
    pthread_spin_init(&turns, PTHREAD_PROCESS_PRIVATE);
    pthread_spin_lock(&turns);
}

/* A spinlock that is taken may be destroyed; who asks, is told so. */
static void dies_by_name(void)
{
    keeps_spin();
    pthread_spin_destroy(&spin);
    keeps_standard();
    mtx_destroy(&plain);
}

/* Seen to be taken, and given back past everybody. */
static void gives_unseen(void)
{
    int (*give)(pthread_mutex_t *), (*give_shared)(pthread_rwlock_t *);
    int (*give_spin)(pthread_spinlock_t *);

    *(void **)&give = dlsym(RTLD_NEXT, "pthread_mutex_unlock");
    *(void **)&give_shared = dlsym(RTLD_NEXT, "pthread_rwlock_unlock");
    *(void **)&give_spin = dlsym(RTLD_NEXT, "pthread_spin_unlock");
    keeps_spin();
    give_spin(&spin);
    keeps_mutex();
    give(&mutex);
    keeps_read();
    give_shared(&shared);
    keeps_written();
    give_shared(&shared);
}

/* The copy keeps it; this one does not. */
static void copy_keeps(void)
{
    if (fork() == 0) {
        keeps_mutex();
        _exit(0);
    }
}

#define KEEPS(call, lock) { #call, call, true, LCA_LOCK_##lock }
#define GIVES(call)       { #call, call, false, 0 }

extern lca_locked_table lca_locked_rows;
const struct lca_locked_row lca_locked_rows[] = {
    KEEPS(keeps_mutex, MUTEX),          KEEPS(keeps_tried, MUTEX),
    KEEPS(keeps_checked, MUTEX),        KEEPS(keeps_timed, MUTEX),
    KEEPS(keeps_clocked, MUTEX),        KEEPS(keeps_one_of_two, MUTEX),
    KEEPS(keeps_over_wait, MUTEX),      KEEPS(keeps_orphan, MUTEX),
    KEEPS(keeps_block, MUTEX),
    KEEPS(keeps_standard, MUTEX),       KEEPS(keeps_tried_standard, MUTEX),
    KEEPS(keeps_timed_standard, MUTEX),
    KEEPS(keeps_read, READ),            KEEPS(keeps_tried_read, READ),
    KEEPS(keeps_timed_read, READ),      KEEPS(keeps_clocked_read, READ),
    KEEPS(keeps_one_reader, READ),
    KEEPS(keeps_written, WRITE),        KEEPS(keeps_tried_write, WRITE),
    KEEPS(keeps_timed_write, WRITE),    KEEPS(keeps_clocked_write, WRITE),
    KEEPS(keeps_flag, SEMAPHORE),       KEEPS(keeps_tried_flag, SEMAPHORE),
    KEEPS(keeps_timed_flag, SEMAPHORE), GIVES(posts_flag),
    GIVES(another_posts_flag),
    KEEPS(keeps_spin, SPIN),            KEEPS(keeps_tried_spin, SPIN),
    GIVES(gives_all),                   GIVES(gets_none),
    GIVES(gives_after_wait),            GIVES(another_gives_mutex),
    GIVES(another_gives_written),       GIVES(another_gives_read),
    GIVES(another_gives_spin),          GIVES(another_keeps),
    GIVES(dies_with_block),             GIVES(dies_moved),
    GIVES(dies_with_frame),             GIVES(dies_by_name),
    GIVES(gives_unseen),                GIVES(copy_keeps),
    { NULL, NULL, false, 0 },
};

extern lca_locked_taker lca_locked_take;
void lca_locked_take(unsigned count)
{
    for (unsigned i = 0; i < count && i < MANY; i++) {
        pthread_mutex_init(&many[i], NULL);
        pthread_mutex_lock(&many[i]);
    }
}

extern lca_locked_giver lca_locked_give;
void lca_locked_give(void)
{
    for (unsigned i = 0; i < MANY; i++)
        pthread_mutex_unlock(&many[i]);
}
