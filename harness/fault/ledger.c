#include "harness/fault/ledger.h"

#include "harness/fault/callers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 16, BLOCKS = 1 << BITS, MOST = BLOCKS / 4 * 3 };

struct block {
    uintptr_t at;               /* FREE: no block was ever kept here */
    uint64_t bytes;
    uintptr_t caller;           /* 0: it was given back */
};

enum { FREE };

static struct {
    _Atomic bool open;
    bool full;
    unsigned used;              /* entries that are not FREE */
    struct block blocks[BLOCKS];
} ledger;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void close_in_copy(void)
{
    ledger.open = false;
}

void lca_ledger_open(void)
{
    static bool watched;

    if (!watched)
        watched = pthread_atfork(NULL, NULL, close_in_copy) == 0;
    ledger.open = watched;
}

/* Fibonacci's, over the bits that differ between blocks. */
static unsigned first_place(uintptr_t at)
{
    return (unsigned)((at >> 4) * UINT64_C(0x9E3779B97F4A7C15) >>
                      (64 - BITS));
}

static struct block *find(uintptr_t at)
{
    unsigned i = first_place(at);

    while (ledger.blocks[i].at != FREE && ledger.blocks[i].at != at)
        i = (i + 1) % BLOCKS;
    return &ledger.blocks[i];
}

static void put(uintptr_t at, uint64_t bytes, uintptr_t caller)
{
    struct block *b = find(at);

    if (b->at == FREE && ledger.used == MOST) {
        ledger.full = true;
        return;
    }
    ledger.used += b->at == FREE;
    *b = (struct block){ at, bytes, caller };
}

void lca_ledger_take(const void *block, size_t size, const void *caller)
{
    struct lca_callers callers;

    if (!ledger.open || !block || !lca_callers_one(caller, &callers))
        return;
    pthread_mutex_lock(&mutex);
    put((uintptr_t)block, size, callers.frames[0]);
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

static void add(struct lca_record *r, const struct block *b)
{
    struct lca_callers one = { .count = 1, .frames = { b->caller } };
    struct lca_frame from;
    unsigned i = 0;

    lca_callers_name(&one, 0, &from);
    while (i < r->left_count &&
           (r->left[i].from.offset != from.offset ||
            strcmp(r->left[i].from.module, from.module) != 0))
        i++;
    if (i == LCA_LEFT_MAX)
        return;
    if (i == r->left_count) {
        r->left[i] = (struct lca_left){ .from = from };
        r->left_count++;
    }
    r->left[i].blocks++;
    r->left[i].bytes += b->bytes;
}

void lca_ledger_close(struct lca_record *r)
{
    if (!ledger.open)
        return;
    ledger.open = false;
    r->left_count = 0;
    for (unsigned i = 0; i < BLOCKS && ledger.used && !ledger.full; i++)
        if (ledger.blocks[i].at != FREE && ledger.blocks[i].caller)
            add(r, &ledger.blocks[i]);
}
