#include "harness/fault/memory_inside.h"

#include "harness/fault/strike.h"

#include <pthread.h>
#include <string.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The mutex guards it, and the blocks. */
static struct {
    struct lca_memory_counts counts;
    uint32_t first, last;
    struct lca_memory_note notes[LCA_MEMORY_NOTES_MAX];
    unsigned note_count;
    enum lca_memory_call call;          /* that has the mutex */
    const void *caller;
} book = { .counts = { .references = 1, .lowest = 1 } };

static void lock(void)
{
    pthread_mutex_lock(&mutex);
}

static void unlock(void)
{
    pthread_mutex_unlock(&mutex);
}

/* A copy of the process must not wait for a thread that it has not got. */
static void watch_copies(void)
{
    pthread_atfork(lock, unlock, unlock);
}

/* What is allocated in here is no call of the subject's. */
void lca_memory_enter(enum lca_memory_call call, const void *caller)
{
    lca_strike_enter();
    pthread_once(&once, watch_copies);
    lock();
    book.call = call;
    book.caller = caller;
    if (call != LCA_MEMORY_CALL_COUNT)
        book.counts.calls[call]++;
}

void lca_memory_leave(void)
{
    unlock();
    lca_strike_leave();
}

static void enter(void)
{
    lca_memory_enter(LCA_MEMORY_CALL_COUNT, NULL);
}

static void note(enum lca_harm harm, const void *at, const void *owner)
{
    book.counts.harms[harm]++;
    if (book.note_count < LCA_MEMORY_NOTES_MAX)
        book.notes[book.note_count++] = (struct lca_memory_note){
            harm, book.call, book.caller, at, owner
        };
}

static void note_once(bool *told, enum lca_harm harm,
                      const struct lca_block *b)
{
    if (!*told)
        note(harm, b->at, b->caller);
    *told = true;
}

static void inspect(struct lca_block *b)
{
    if (b->freed) {
        if (!lca_block_untouched(b))
            note_once(&b->told_late, LCA_HARM_LATE, b);
        return;
    }
    if (!lca_block_whole_before(b))
        note_once(&b->told_before, LCA_HARM_BEFORE, b);
    if (!lca_block_whole_behind(b))
        note_once(&b->told_behind, LCA_HARM_BEHIND, b);
}

struct lca_block *lca_memory_find(const void *at, enum lca_lender lender)
{
    struct lca_block *b = lca_block_find(at);

    if (b && !b->freed && b->lender == lender)
        return b;
    if (!b)
        note(LCA_HARM_FOREIGN, at, NULL);
    else if (b->freed)
        note(LCA_HARM_FREED, at, b->caller);
    else if (b->lender == LCA_LENT_CHAINED && lender == LCA_LENT_ROOT)
        note(LCA_HARM_CHAINED, at, b->caller);
    else
        note(LCA_HARM_MIXED, at, b->caller);
    return NULL;
}

struct lca_block *lca_memory_take(size_t size, enum lca_lender lender)
{
    uint32_t nth = ++book.counts.allocations;
    struct lca_block *b = NULL;

    if (book.first && nth >= book.first && nth <= book.last)
        book.counts.failed++;
    else if (size <= LCA_MEMORY_MOST)
        b = lca_block_make(size, lender, book.caller);
    if (b) {
        book.counts.blocks++;
        book.counts.bytes += size;
    }
    return b;
}

void lca_memory_give(struct lca_block *b)
{
    struct lca_block *next, *old;

    for (; b; b = next) {
        next = b->chain;
        inspect(b);
        book.counts.blocks--;
        book.counts.bytes -= b->size;
        lca_block_free(b);
    }
    while ((old = lca_block_surplus())) {
        inspect(old);
        lca_block_drop(old);
    }
}

int32_t lca_memory_refer(int32_t change)
{
    struct lca_memory_counts *c = &book.counts;

    c->references += change;
    if (c->references < c->lowest)
        c->lowest = c->references;
    return c->references;
}

void lca_memory_fail(uint32_t first, uint32_t last)
{
    enter();
    book.first = first;
    book.last = last;
    book.counts.allocations = book.counts.failed = 0;
    lca_memory_leave();
}

static void inspect_one(struct lca_block *b, void *unused)
{
    (void)unused;
    inspect(b);
}

static unsigned harms(void)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < LCA_HARM_COUNT; i++)
        sum += book.counts.harms[i];
    return sum;
}

unsigned lca_memory_check(void)
{
    unsigned more;

    enter();
    more = harms();
    lca_block_each(inspect_one, NULL);
    more = harms() - more;
    lca_memory_leave();
    return more;
}

struct lca_memory_counts lca_memory_count(void)
{
    struct lca_memory_counts counts;

    enter();
    counts = book.counts;
    lca_memory_leave();
    return counts;
}

unsigned lca_memory_notes(struct lca_memory_note *notes, unsigned room)
{
    unsigned count;

    enter();
    count = book.note_count < room ? book.note_count : room;
    memcpy(notes, book.notes, count * sizeof *notes);
    lca_memory_leave();
    return count;
}

struct sums {
    struct lca_memory_left *rows;
    unsigned count, room;
};

static void add(struct lca_block *b, void *argument)
{
    struct sums *s = argument;
    unsigned i = 0;

    if (b->freed)
        return;
    while (i < s->count && s->rows[i].caller != b->caller)
        i++;
    if (i == s->room)
        return;
    if (i == s->count)
        s->rows[s->count++] = (struct lca_memory_left){ .caller = b->caller };
    s->rows[i].blocks++;
    s->rows[i].bytes += b->size;
}

unsigned lca_memory_left(struct lca_memory_left *left, unsigned room)
{
    struct sums s = { .rows = left, .room = room };

    enter();
    lca_block_each(add, &s);
    lca_memory_leave();
    return s.count;
}

void lca_memory_reset(void)
{
    enter();
    lca_block_drop_all();
    memset(&book, 0, sizeof book);
    book.counts.references = book.counts.lowest = 1;
    lca_memory_leave();
}
