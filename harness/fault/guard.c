#include "harness/fault/guard.h"

#include "harness/fault/callers.h"
#include "harness/platform/maps.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <valgrind/valgrind.h>

enum { PAGE = 4096, PAGES = 1 << 14, BLOCKS = 1 << 13, FIRST = 1024,
       ONE_IN = 16, USUAL = 16, SLACK = 0xD5 };

struct block {
    uintptr_t at;
    size_t size;
    uintptr_t taker;
    _Atomic uintptr_t giver;    /* 0: it is not freed */
};

static struct {
    unsigned char *from;        /* PAGES of them; NULL: nothing is guarded */
    int fill;
    _Atomic bool open;
    _Atomic unsigned asked;     /* blocks of the subject's */
    _Atomic unsigned pages, count;      /* that are taken */
} region;

static struct block *blocks;    /* BLOCKS of them, as the region has */
static uint16_t holders[PAGES]; /* 1 + the block that a page is of */

/* Why the process is being ended, where there is no address to tell by. */
static struct {
    enum lca_guarded_what what;
    uintptr_t at;
} wrong;

static void close_in_copy(void)
{
    region.open = false;
}

void lca_guard_open(int fill)
{
    static bool forks;
    void *from, *rows;

    if (region.from || RUNNING_ON_VALGRIND || sysconf(_SC_PAGESIZE) != PAGE ||
        dlsym(RTLD_DEFAULT, "__asan_init") ||
        dlsym(RTLD_DEFAULT, "__tsan_init"))
        return;
    if (!forks)
        forks = pthread_atfork(NULL, NULL, close_in_copy) == 0;
    from = mmap(NULL, (size_t)PAGES * PAGE, PROT_NONE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    rows = mmap(NULL, BLOCKS * sizeof *blocks, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (!forks || from == MAP_FAILED || rows == MAP_FAILED)
        return;
    blocks = rows;
    region.from = from;
    region.fill = fill;
    region.open = true;
}

/* The block that an address is of, or of the guard behind it; NULL: none. */
static struct block *find(uintptr_t address)
{
    uintptr_t page = (address - (uintptr_t)region.from) / PAGE;

    return region.from && page < PAGES && holders[page]
         ? &blocks[holders[page] - 1] : NULL;
}

static bool is_wanted(size_t size, size_t alignment)
{
    unsigned nth;

    if (!size || size > (size_t)PAGES / 4 * PAGE || alignment > PAGE ||
        alignment < sizeof(void *) || alignment & (alignment - 1))
        return false;
    nth = region.asked++;
    return nth < FIRST || nth % ONE_IN == 0;
}

/* Readable pages at the end of the region, with one behind them that is not;
   NULL: there is no room. */
static unsigned char *reserve(size_t count, unsigned *index)
{
    unsigned first;
    unsigned char *from;

    if (region.pages + count >= PAGES || region.count >= BLOCKS)
        return NULL;
    first = atomic_fetch_add(&region.pages, (unsigned)count + 1);
    *index = region.count++;
    if (first + count >= PAGES || *index >= BLOCKS)
        return NULL;            /* others were faster */
    from = region.from + (size_t)first * PAGE;
    if (mprotect(from, count * PAGE, PROT_READ | PROT_WRITE) != 0)
        return NULL;
    for (size_t i = 0; i <= count; i++)
        holders[first + i] = (uint16_t)(*index + 1);
    return from;
}

void *lca_guard_take(size_t size, size_t alignment, bool clear,
                     const void *caller)
{
    size_t count = (size + PAGE - 1) / PAGE;
    struct lca_callers callers;
    unsigned char *from, *at;
    unsigned index;

    if (!region.open || !lca_callers_one(caller, &callers) ||
        !is_wanted(size, alignment))
        return NULL;
    from = reserve(count, &index);
    if (!from)
        return NULL;
    at = from + count * PAGE - size;
    at -= (uintptr_t)at % alignment;
    blocks[index].at = (uintptr_t)at;
    blocks[index].size = size;
    blocks[index].taker = callers.frames[0];
    memset(at + size, SLACK, (size_t)(from + count * PAGE - at) - size);
    if (!clear)
        memset(at, region.fill, size);
    return at;
}

bool lca_guard_owns(const void *block)
{
    return region.from && (uintptr_t)block - (uintptr_t)region.from <
                          (uintptr_t)PAGES * PAGE;
}

/* As the C library says it: not every abort is for want of memory. */
static void end(enum lca_guarded_what what, uintptr_t at)
{
    static const char *const texts[] = {
        [LCA_GUARDED_NOT]    = "free(): no block begins there\n",
        [LCA_GUARDED_BEHIND] = "free(): bytes behind the block are spoilt\n",
        [LCA_GUARDED_FREED]  = "realloc(): a block that is freed\n",
        [LCA_GUARDED_TWICE]  = "free(): a block that is freed already\n",
    };

    wrong.what = what;
    wrong.at = at;
    (void)!write(STDERR_FILENO, texts[what], strlen(texts[what]));
    abort();
}

/* The block that begins there; `what` is wrong if it is freed. */
static struct block *live(const void *at, enum lca_guarded_what what)
{
    struct block *b = find((uintptr_t)at);

    if (!b || b->at != (uintptr_t)at) {
        end(LCA_GUARDED_NOT, 0);
        abort();
    }
    if (b->giver)
        end(what, b->at);
    return b;
}

/* Bytes between the block and the page that is not to be touched. */
static void check_slack(const struct block *b)
{
    uintptr_t at = b->at + b->size;

    for (; at % PAGE; at++)
        if (*(const unsigned char *)at != SLACK)
            end(LCA_GUARDED_BEHIND, at);
}

void lca_guard_give(void *at, const void *caller)
{
    struct block *b = live(at, LCA_GUARDED_TWICE);
    uintptr_t last = (b->at + b->size - 1) / PAGE * PAGE;
    uintptr_t first = b->at / PAGE * PAGE;
    uintptr_t none = 0;

    check_slack(b);
    if (!atomic_compare_exchange_strong(&b->giver, &none, (uintptr_t)caller))
        end(LCA_GUARDED_TWICE, b->at);      /* two threads at once */
    madvise((void *)first, last + PAGE - first, MADV_DONTNEED);
    mprotect((void *)first, last + PAGE - first, PROT_NONE);
}

size_t lca_guard_size(const void *at)
{
    return live(at, LCA_GUARDED_FREED)->size;
}

void *lca_guard_again(void *old, size_t size, const void *caller)
{
    size_t kept = live(old, LCA_GUARDED_FREED)->size;
    void *block = NULL;

    if (size) {
        block = lca_guard_take(size, USUAL, false, caller);
        if (!block)
            block = malloc(size);
        if (!block)
            return NULL;
        memcpy(block, old, kept < size ? kept : size);
    }
    lca_guard_give(old, caller);
    return block;
}

static void name(uintptr_t address, struct lca_frame *frame)
{
    *frame = (struct lca_frame){ .offset = address };
    lca_maps_module(address, frame->module, sizeof frame->module,
                    &frame->offset);
}

static enum lca_guarded_what what_is_wrong(const struct block *b,
                                           uintptr_t address)
{
    if (wrong.what)
        return wrong.what;
    if (address >= b->at + b->size)
        return LCA_GUARDED_BEHIND;
    return b->giver ? LCA_GUARDED_FREED : LCA_GUARDED_NOT;
}

void lca_guard_explain(uintptr_t address, struct lca_guarded *g)
{
    const struct block *b;

    if (wrong.what)
        address = wrong.at;
    b = find(address);
    *g = (struct lca_guarded){ 0 };
    if (!b || !b->at)
        return;
    g->what = what_is_wrong(b, address);
    if (!g->what)
        return;
    g->size = b->size;
    g->offset = address < b->at ? 0 : address - b->at;
    name(b->taker, &g->taker);
    if (b->giver)
        name(b->giver, &g->giver);
}
