/*
 * wrappers_locks: names of the C library's that take a lock or give it back
 *
 * C++'s std::mutex and its kin call these. mtx_lock and the rest of C11's
 * call what is behind them, so they have wrappers of their own. Conditions
 * have none: a thread that waits gives its mutex back and has it again when
 * the call returns, whatever that answers. Semaphores are here because they
 * are used as locks, too.
 */

#include "harness/fault/locks.h"
#include "harness/fault/shake.h"
#include "harness/fault/wrap.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <threads.h>
#include <time.h>

/* A robust mutex is taken, too, when its last owner died with it. */
#define TAKEN(kind)                                                         \
    do {                                                                    \
        if (answer == 0 || answer == EOWNERDEAD)                            \
            lca_locks_take((const void *)lock, LCA_LOCK_##kind,             \
                           __builtin_return_address(0));                    \
    } while (0)

#define TAKES_SO(name, kind, params, args)                                  \
int name params                                                             \
{                                                                           \
    int answer;                                                             \
                                                                            \
    NEXT(name);                                                             \
    lca_shake();                                                            \
    answer = next args;                                                     \
    TAKEN(kind);                                                            \
    return answer;                                                          \
}

/* Who waits for a time only can fail, as others do. */
#define TAKES_OR_FAILS(name, params, args)                                  \
int name params                                                             \
{                                                                           \
    enum lca_kind kind;                                                     \
    int answer;                                                             \
                                                                            \
    NEXT(name);                                                             \
    kind = lca_strike(LCA_FAULTY_pthread_mutex_timedlock, -1, 0);           \
    if (kind)                                                               \
        return lca_strike_number(kind);                                     \
    lca_strike_enter();                                                     \
    answer = next args;                                                     \
    lca_strike_leave();                                                     \
    TAKEN(MUTEX);                                                           \
    return answer;                                                          \
}

#define UNTIL(type)                                                         \
    (type *restrict lock, const struct timespec *restrict until)
#define CLOCK(type)                                                         \
    (type *restrict lock, clockid_t clock,                                  \
     const struct timespec *restrict until)

#define TAKES(name, kind, type)                                             \
    TAKES_SO(name, kind, (type *restrict lock), (lock))
#define TAKES_UNTIL(name, kind, type)                                       \
    TAKES_SO(name, kind, UNTIL(type), (lock, until))
#define TAKES_BY(name, kind, type)                                          \
    TAKES_SO(name, kind, CLOCK(type), (lock, clock, until))

/* Before it is given back: after that it may be another thread's. */
#define GIVES(name, kind, type)                                             \
int name(type *lock)                                                        \
{                                                                           \
    NEXT(name);                                                             \
    lca_locks_give((const void *)lock, LCA_LOCK_##kind);                    \
    return next(lock);                                                      \
}

#define ENDS(name, type)                                                    \
int name(type *lock)                                                        \
{                                                                           \
    int answer;                                                             \
                                                                            \
    NEXT(name);                                                             \
    answer = next(lock);                                                    \
    if (answer == 0)                                                        \
        lca_locks_forget((const void *)lock);                               \
    return answer;                                                          \
}

TAKES(pthread_mutex_lock, MUTEX, pthread_mutex_t)
TAKES(pthread_mutex_trylock, MUTEX, pthread_mutex_t)
TAKES_OR_FAILS(pthread_mutex_timedlock, UNTIL(pthread_mutex_t), (lock, until))
TAKES_OR_FAILS(pthread_mutex_clocklock, CLOCK(pthread_mutex_t),
               (lock, clock, until))
GIVES(pthread_mutex_unlock, MUTEX, pthread_mutex_t)
ENDS(pthread_mutex_destroy, pthread_mutex_t)

TAKES(mtx_lock, MUTEX, mtx_t)
TAKES(mtx_trylock, MUTEX, mtx_t)
TAKES_UNTIL(mtx_timedlock, MUTEX, mtx_t)
GIVES(mtx_unlock, MUTEX, mtx_t)

void mtx_destroy(mtx_t *mutex)
{
    NEXT(mtx_destroy);
    lca_locks_forget(mutex);
    next(mutex);
}

TAKES(pthread_rwlock_rdlock, READ, pthread_rwlock_t)
TAKES(pthread_rwlock_tryrdlock, READ, pthread_rwlock_t)
TAKES_UNTIL(pthread_rwlock_timedrdlock, READ, pthread_rwlock_t)
TAKES_BY(pthread_rwlock_clockrdlock, READ, pthread_rwlock_t)
TAKES(pthread_rwlock_wrlock, WRITE, pthread_rwlock_t)
TAKES(pthread_rwlock_trywrlock, WRITE, pthread_rwlock_t)
TAKES_UNTIL(pthread_rwlock_timedwrlock, WRITE, pthread_rwlock_t)
TAKES_BY(pthread_rwlock_clockwrlock, WRITE, pthread_rwlock_t)
GIVES(pthread_rwlock_unlock, READ, pthread_rwlock_t)
ENDS(pthread_rwlock_destroy, pthread_rwlock_t)

TAKES(pthread_spin_lock, SPIN, pthread_spinlock_t)
TAKES(pthread_spin_trylock, SPIN, pthread_spinlock_t)
GIVES(pthread_spin_unlock, SPIN, pthread_spinlock_t)
ENDS(pthread_spin_destroy, pthread_spinlock_t)

/* A semaphore is waited for, which a signal ends, and has no owner. */
#define WAITS(name, call, params, args)                                     \
int name params                                                             \
{                                                                           \
    enum lca_kind kind;                                                     \
    int answer;                                                             \
                                                                            \
    NEXT(name);                                                             \
    kind = lca_strike(LCA_FAULTY_##call, -1, 0);                            \
    if (kind)                                                               \
        return lca_wrap_minus(kind);                                        \
    lca_strike_enter();                                                     \
    answer = next args;                                                     \
    lca_strike_leave();                                                     \
    TAKEN(SEMAPHORE);                                                       \
    return answer;                                                          \
}

WAITS(sem_wait, sem_wait, (sem_t *restrict lock), (lock))
WAITS(sem_timedwait, sem_timedwait, UNTIL(sem_t), (lock, until))
WAITS(sem_clockwait, sem_timedwait, CLOCK(sem_t), (lock, clock, until))
TAKES(sem_trywait, SEMAPHORE, sem_t)
ENDS(sem_destroy, sem_t)

int sem_post(sem_t *semaphore)
{
    enum lca_kind kind;
    int answer;

    NEXT(sem_post);
    kind = lca_strike(LCA_FAULTY_sem_post, -1, 0);
    if (kind)
        return lca_wrap_minus(kind);
    lca_locks_give(semaphore, LCA_LOCK_SEMAPHORE);
    lca_strike_enter();
    answer = next(semaphore);
    lca_strike_leave();
    return answer;
}
