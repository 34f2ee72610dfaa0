#include "harness/fault/locks.h"

#include "harness/fault/callers.h"
#include "harness/platform/maps.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 64, LISTS = 8, BITS = 8,
       READERS = 3, THREAD = 0x3FFFFFFF,
       NOTED = LCA_HELD_MAX / 2 };      /* places that semaphores may have */

struct held {
    const void *lock;
    enum lca_lock kind;
    unsigned times;
    int value;                  /* of a spinlock that is taken */
    struct lca_callers takers;  /* of the first, where it was taken again */
};

struct list {
    bool armed;
    bool full;
    bool seen;                  /* one that the subject took */
    unsigned count;
    uintptr_t frame;            /* who calls has its own above it */
    struct held rows[ROOM];
};

/* As many threads have one as play steps; it stays theirs. */
static struct list lists[LISTS];
static _Atomic unsigned list_count;
static _Thread_local struct list *mine;

/* Locks without an owner: how many are held, and whether others gave one. */
static struct {
    _Atomic unsigned held;
    _Atomic bool doubt;
} buckets[1 << BITS];

static _Atomic unsigned told;   /* rows of the record */
static bool started, watched, walks;

static unsigned bucket_of(const void *lock)
{
    return (unsigned)(((uintptr_t)lock >> 2) *
                      UINT64_C(0x9E3779B97F4A7C15) >> (64 - BITS));
}

/* Of the others the C library does not say, or not after a foreign unlock. */
static bool has_owner(enum lca_lock kind)
{
    return kind == LCA_LOCK_MUTEX;
}

static void disarm(void)
{
    if (mine)
        mine->armed = false;
    watched = false;
}

void lca_locks_start(const char *subject, const char *modules)
{
    lca_callers_prepare(subject, modules);
    if (!started)
        started = pthread_atfork(NULL, NULL, disarm) == 0;
}

void lca_locks_watch(bool stacks)
{
    watched = started;
    walks = stacks;
}

static struct held *find(const void *lock)
{
    for (unsigned i = mine ? mine->count : 0; i-- > 0;)
        if (mine->rows[i].lock == lock)
            return &mine->rows[i];
    return NULL;
}

static void drop(struct held *h)
{
    if (!has_owner(h->kind))
        buckets[bucket_of(h->lock)].held--;
    *h = mine->rows[--mine->count];
}

static void add(const void *lock, enum lca_lock kind, const void *taker)
{
    struct held *h = &mine->rows[mine->count];
    int saved = errno;
    bool seen;

    *h = (struct held){
        .lock = lock, .kind = kind, .times = 1,
        .value = kind == LCA_LOCK_SPIN ? *(const int *)lock : 0,
        .takers = { 1, { (uintptr_t)taker } },
    };
    if (walks) {
        seen = lca_callers_find(&h->takers);
        mine->seen |= seen && kind != LCA_LOCK_SEMAPHORE;
        errno = saved;
    }
    if (!h->takers.count)
        return;                 /* a library's own affair */
    mine->count++;
    if (!has_owner(kind) && buckets[bucket_of(lock)].held++ == 0)
        buckets[bucket_of(lock)].doubt = false;
}

void lca_locks_take(const void *lock, enum lca_lock kind, const void *taker)
{
    struct held *h;

    if (!mine || !mine->armed)
        return;
    h = find(lock);
    if (h)
        h->times++;
    else if (mine->count < ROOM)
        add(lock, kind, taker);
    else
        mine->full = true;
}

void lca_locks_give(const void *lock, enum lca_lock kind)
{
    struct held *h = find(lock);

    if (!h && kind != LCA_LOCK_MUTEX && buckets[bucket_of(lock)].held)
        buckets[bucket_of(lock)].doubt = true;
    if (h && --h->times == 0)
        drop(h);
}

void lca_locks_forget(const void *lock)
{
    struct held *h = find(lock);

    if (h)
        drop(h);
}

void lca_locks_forget_block(void *block)
{
    uintptr_t from = (uintptr_t)block, size;

    if (!mine || !mine->count || !block)
        return;
    size = malloc_usable_size(block);
    for (unsigned i = mine->count; i-- > 0;)
        if ((uintptr_t)mine->rows[i].lock - from < size)
            drop(&mine->rows[i]);
}

/* Does the lock itself say so? These are the C library's own structs. */
static bool says_so(const struct held *h)
{
    union {
        pthread_mutex_t mutex;
        pthread_rwlock_t shared;
        pthread_spinlock_t spin;
        sem_t semaphore;
    } is;
    static const size_t sizes[LCA_LOCK_COUNT] = {
        [LCA_LOCK_MUTEX] = sizeof is.mutex,
        [LCA_LOCK_READ]  = sizeof is.shared,
        [LCA_LOCK_WRITE] = sizeof is.shared,
        [LCA_LOCK_SPIN]  = sizeof is.spin,
        [LCA_LOCK_SEMAPHORE] = sizeof is.semaphore,
    };
    size_t size = sizes[h->kind];

    if (!lca_maps_readable(h->lock, size))
        return false;
    memcpy(&is, h->lock, size);
    switch (h->kind) {
    case LCA_LOCK_MUTEX:
        return is.mutex.__data.__owner == gettid() ||
               (is.mutex.__data.__owner == INT_MAX &&   /* died with it */
                (is.mutex.__data.__lock & THREAD) == gettid());
    case LCA_LOCK_WRITE:
        return is.shared.__data.__cur_writer == gettid();
    case LCA_LOCK_READ:
        return is.shared.__data.__readers >> READERS > 0;
    case LCA_LOCK_SEMAPHORE:
        return true;
    default:
        return is.spin == h->value;
    }
}

/* In a function that has returned: nobody can ask for it any more. */
static bool was_local(const void *lock)
{
    uintptr_t at = (uintptr_t)lock;
    pthread_attr_t shape;
    void *lowest;
    size_t size;
    bool local = false;

    if (pthread_getattr_np(pthread_self(), &shape) != 0)
        return false;
    if (pthread_attr_getstack(&shape, &lowest, &size) == 0)
        local = at >= (uintptr_t)lowest &&
                at < mine->frame;
    pthread_attr_destroy(&shape);
    return local;
}

static bool is_held(const struct held *h)
{
    return (has_owner(h->kind) || !buckets[bucket_of(h->lock)].doubt) &&
           !was_local(h->lock) && says_so(h);
}

static bool is_told(const struct lca_record *r, const struct lca_held *held)
{
    for (unsigned i = 0; i < r->held_count; i++)
        if (r->held[i].kind == held->kind && r->held[i].step == held->step &&
            lca_site_is_same(&r->held[i].site, &held->site))
            return true;
    return false;
}

static void tell(struct lca_record *r, const struct held *h, unsigned step)
{
    struct lca_held held = { .kind = h->kind, .step = step };
    unsigned at;

    if (!is_held(h) || !lca_callers_owns(h->takers.frames[0]))
        return;
    held.site.frame_count = h->takers.count;
    for (unsigned i = 0; i < h->takers.count; i++)
        lca_callers_name(&h->takers, i, &held.site.frames[i]);
    if (is_told(r, &held) ||
        (h->kind == LCA_LOCK_SEMAPHORE && told >= NOTED) ||
        (at = told++) >= LCA_HELD_MAX)
        return;
    r->held[at] = held;
    r->held_count = at + 1;
}

void lca_locks_begin(void)
{
    if (!watched)
        return;
    if (!mine && list_count < LISTS)
        mine = &lists[list_count++];
    if (!mine)
        return;
    mine->armed = true;
    mine->frame = (uintptr_t)__builtin_frame_address(0);
}

void lca_locks_end(struct lca_record *r, unsigned step)
{
    if (!mine || !mine->armed)
        return;
    mine->armed = false;
    if (mine->seen)
        r->locks |= LCA_LOCKS_SEEN;
    if (mine->full)
        r->locks |= LCA_LOCKS_TOO_MANY;
    while (mine->count) {
        struct held *last = &mine->rows[mine->count - 1];

        if (!mine->full)
            tell(r, last, step);
        drop(last);
    }
    mine->full = mine->seen = false;
}
