#include "harness/fault/blocks.h"

#include "harness/fault/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 12, LISTS = 1 << BITS };

/* No byte of it is zero, all ones, or one that blocks are filled with. */
static const uint8_t guard[] = {
    0x9E, 0x37, 0x79, 0xB9, 0x7F, 0x4A, 0x7C, 0x15,
    0xF3, 0x9C, 0xC1, 0x60, 0x5C, 0xED, 0xC8, 0x34,
};

/* So a block is aligned as what malloc gives. */
enum { GUARD = sizeof guard };
_Static_assert(GUARD % _Alignof(max_align_t) == 0, "aligned for any type");

static struct lca_block *lists[LISTS];

/* Freed blocks, held back. */
static struct {
    struct lca_block *oldest, *newest;
    size_t count, bytes;
} held;

static uint8_t *before(const struct lca_block *b)
{
    return (uint8_t *)b->at - GUARD;
}

static uint8_t *behind(const struct lca_block *b)
{
    return (uint8_t *)b->at + b->size;
}

/* Fibonacci's, over the bits that differ between blocks. */
static struct lca_block **list_of(const void *at)
{
    uint64_t bits = (uintptr_t)at >> 4;

    return &lists[bits * UINT64_C(0x9E3779B97F4A7C15) >> (64 - BITS)];
}

struct lca_block *lca_block_make(size_t size, enum lca_lender lender,
                                 const void *caller)
{
    struct lca_block *b = calloc(1, sizeof *b);
    uint8_t *bytes = malloc(GUARD + size + GUARD);
    struct lca_block **list;

    if (!b || !bytes) {
        free(b);
        free(bytes);
        return NULL;
    }
    b->at = bytes + GUARD;
    b->size = size;
    b->lender = lender;
    b->caller = caller;
    memcpy(before(b), guard, GUARD);
    memset(b->at, LCA_MEMORY_FRESH, size);
    memcpy(behind(b), guard, GUARD);
    list = list_of(b->at);
    b->next = *list;
    *list = b;
    return b;
}

struct lca_block *lca_block_find(const void *at)
{
    struct lca_block *b = *list_of(at);

    while (b && b->at != at)
        b = b->next;
    return b;
}

void lca_block_free(struct lca_block *b)
{
    memset(before(b), LCA_MEMORY_FREED, GUARD + b->size + GUARD);
    b->freed = true;
    *(held.oldest ? &held.newest->later : &held.oldest) = b;
    held.newest = b;
    held.count++;
    held.bytes += b->size;
}

struct lca_block *lca_block_surplus(void)
{
    return held.count > LCA_MEMORY_HELD || held.bytes > LCA_MEMORY_HELD_BYTES
         ? held.oldest : NULL;
}

void lca_block_drop(struct lca_block *b)
{
    struct lca_block **place = list_of(b->at);

    while (*place != b)
        place = &(*place)->next;
    *place = b->next;
    held.oldest = b->later;
    held.count--;
    held.bytes -= b->size;
    free(before(b));
    free(b);
}

void lca_block_drop_all(void)
{
    for (unsigned i = 0; i < LISTS; i++)
        for (struct lca_block *b = lists[i], *next; b; b = next) {
            next = b->next;
            free(before(b));
            free(b);
        }
    memset(lists, 0, sizeof lists);
    memset(&held, 0, sizeof held);
}

bool lca_block_whole_before(const struct lca_block *b)
{
    return memcmp(before(b), guard, GUARD) == 0;
}

bool lca_block_whole_behind(const struct lca_block *b)
{
    return memcmp(behind(b), guard, GUARD) == 0;
}

bool lca_block_untouched(const struct lca_block *b)
{
    const uint8_t *bytes = before(b);

    /* Each byte is as the one before it, and the first is as it was. */
    return bytes[0] == LCA_MEMORY_FREED &&
           memcmp(bytes, bytes + 1, GUARD + b->size + GUARD - 1) == 0;
}

void lca_block_each(void (*look)(struct lca_block *block, void *argument),
                    void *argument)
{
    for (unsigned i = 0; i < LISTS; i++)
        for (struct lca_block *b = lists[i]; b; b = b->next)
            look(b, argument);
}
