#include "harness/fault/ledger.h"

#include "harness/fault/callers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { PLACES = 1024 };

struct block {
    uintptr_t at;               /* FREE: no block was ever kept here */
    uint64_t bytes;
    uintptr_t caller;           /* 0: it was given back */
};

enum { FREE };

/*
 * A table that is nearly full moves to the next: few pages are touched. They
 * are there only while the ledger is, for Valgrind's leak check reads all
 * that a process has.
 */
static struct table {
    struct block *blocks;
    unsigned bits;
} tables[] = { { NULL, 10 }, { NULL, 13 }, { NULL, 16 } };

enum { TABLES = sizeof tables / sizeof *tables };

static struct {
    _Atomic bool open;
    bool full;
    unsigned used;              /* entries that are not FREE */
    unsigned table;             /* in use, of `tables` */
} ledger;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void close_in_copy(void)
{
    ledger.open = false;
}

static bool has_tables(void)
{
    for (unsigned i = 0; i < TABLES; i++) {
        struct table *t = &tables[i];
        void *pages = t->blocks ? t->blocks
                    : mmap(NULL, sizeof *t->blocks << t->bits,
                           PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

        if (pages == MAP_FAILED)
            return false;
        t->blocks = pages;
    }
    return true;
}

void lca_ledger_open(void)
{
    static bool watched;

    if (!watched)
        watched = pthread_atfork(NULL, NULL, close_in_copy) == 0;
    ledger.open = watched && has_tables();
}

/* Fibonacci's, over the bits that differ between blocks. */
static struct block *find(uintptr_t at)
{
    const struct table *t = &tables[ledger.table];
    unsigned size = 1u << t->bits;
    unsigned i = (unsigned)((at >> 4) * UINT64_C(0x9E3779B97F4A7C15) >>
                            (64 - t->bits));

    while (t->blocks[i].at != FREE && t->blocks[i].at != at)
        i = (i + 1) % size;
    return &t->blocks[i];
}

static void put(const struct block *block)
{
    struct block *b = find(block->at);

    ledger.used += b->at == FREE;
    *b = *block;
}

/* What was given back stays behind. */
static void move(void)
{
    const struct table *old = &tables[ledger.table++];

    ledger.used = 0;
    for (unsigned i = 0; i < 1u << old->bits; i++)
        if (old->blocks[i].at != FREE && old->blocks[i].caller)
            put(&old->blocks[i]);
}

static bool is_nearly_full(void)
{
    return ledger.used >= (1u << tables[ledger.table].bits) / 4 * 3;
}

static void write_down(const struct block *block)
{
    if (is_nearly_full() && ledger.table + 1 < TABLES)
        move();
    if (is_nearly_full() && find(block->at)->at == FREE)
        ledger.full = true;
    else
        put(block);
}

void lca_ledger_take(const void *block, size_t size, const void *caller)
{
    struct lca_callers callers;

    if (!ledger.open || !block || !lca_callers_one(caller, &callers))
        return;
    pthread_mutex_lock(&mutex);
    write_down(&(struct block){ (uintptr_t)block, size, callers.frames[0] });
    pthread_mutex_unlock(&mutex);
}

void lca_ledger_give(const void *block)
{
    struct block *b;

    if (!ledger.open || !block)
        return;
    pthread_mutex_lock(&mutex);
    b = find((uintptr_t)block);
    if (b->at != FREE)
        b->caller = 0;          /* its place is kept, for who searches on */
    pthread_mutex_unlock(&mutex);
}

/* Who took blocks that are not given back. */
static struct {
    unsigned count;
    struct place {
        uintptr_t caller;
        uint32_t blocks;        /* 0: it is told already */
        uint64_t bytes;
    } rows[PLACES];
} places;

static void add(const struct block *b)
{
    unsigned i = 0;

    while (i < places.count && places.rows[i].caller != b->caller)
        i++;
    if (i == PLACES)
        return;
    if (i == places.count) {
        places.rows[i] = (struct place){ .caller = b->caller };
        places.count++;
    }
    places.rows[i].blocks++;
    places.rows[i].bytes += b->bytes;
}

/* The one that has most, of those that are not told yet; NULL: none. */
static struct place *next_place(void)
{
    struct place *most = NULL;

    for (unsigned i = 0; i < places.count; i++) {
        struct place *p = &places.rows[i];

        if (p->blocks > (most ? most->blocks : 0) ||
            (most && p->blocks == most->blocks && p->caller < most->caller))
            most = p;
    }
    return most;
}

static void tell(struct lca_record *r, struct place *p)
{
    struct lca_callers one = { .count = 1, .frames = { p->caller } };
    struct lca_left *left = &r->left[r->left_count++];

    *left = (struct lca_left){ .blocks = p->blocks, .bytes = p->bytes };
    lca_callers_name(&one, 0, &left->from);
    p->blocks = 0;
}

void lca_ledger_close(struct lca_record *r)
{
    const struct table *t = &tables[ledger.table];
    struct place *p;

    if (!ledger.open)
        return;
    ledger.open = false;
    r->left_count = 0;
    places.count = 0;
    for (unsigned i = 0; i < 1u << t->bits && !ledger.full; i++)
        if (t->blocks[i].at != FREE && t->blocks[i].caller)
            add(&t->blocks[i]);
    while (r->left_count < LCA_LEFT_MAX && (p = next_place()))
        tell(r, p);
}
