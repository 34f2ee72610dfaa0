/*
 * memory: the allocators that a provider is lent
 *
 * ALLOCATEBUFFER, ALLOCATEMORE and FREEBUFFER as MAPI defines them, and an
 * IMalloc. They count, fail as they are told to, know who has what, and
 * notice who misuses them. MAPI's three carry no context, so there is one set
 * a process, which a trial is.
 *
 * Blocks      have a guard before and behind and are filled with
 *             LCA_MEMORY_FRESH, those that are freed with LCA_MEMORY_FREED.
 *             None may be larger than LCA_MEMORY_MOST: it is refused as one
 *             that there is no memory for. The last freed ones are held back
 *             from the system, LCA_MEMORY_HELD of them or
 *             LCA_MEMORY_HELD_BYTES, and known as freed so long.
 * Misuse      is a harm: counted, written down, and refused where it is a
 *             call, with MAPI_E_INVALID_PARAMETER, NULL or nothing. No
 *             pointer is followed that is not a block's.
 * Errors      MAPI_E_NOT_ENOUGH_MEMORY or NULL, whether the plan had the
 *             allocation fail or the system did; an output is NULL then.
 * Callers     are return addresses, of who called the function: callers.h
 *             names them.
 * Threads     any, except for lca_memory_reset, during which no subject runs.
 *             A copy that the subject forks may go on using what it has.
 */

#ifndef LCA_MEMORY_H
#define LCA_MEMORY_H

#include "harness/mapi/abi.h"

#include <stddef.h>
#include <stdint.h>

enum { LCA_MEMORY_FRESH = 0xA5, LCA_MEMORY_FREED = 0xDD };
enum {
    LCA_MEMORY_MOST       = 1 << 28,
    LCA_MEMORY_HELD       = 1 << 12,
    LCA_MEMORY_HELD_BYTES = 1 << 24,
};

/* MAPI's functions, and the methods of IMalloc in the order of their slots. */
#define LCA_MEMORY_CALLS(X)                                                 \
    X(AllocateBuffer) X(AllocateMore) X(FreeBuffer)                         \
    X(QueryInterface) X(AddRef) X(Release)                                  \
    X(Alloc) X(Realloc) X(Free) X(GetSize) X(DidAlloc) X(HeapMinimize)

enum lca_memory_call {
#define X(name) LCA_MEMORY_##name,
    LCA_MEMORY_CALLS(X)
#undef X
    LCA_MEMORY_CALL_COUNT
};

enum lca_harm {
    LCA_HARM_BEFORE,    /* something was written just before a block */
    LCA_HARM_BEHIND,    /* and behind one */
    LCA_HARM_LATE,      /* and to a block that had been freed */
    LCA_HARM_FREED,     /* a freed block was freed again, or passed */
    LCA_HARM_FOREIGN,   /* what was passed is no block */
    LCA_HARM_CHAINED,   /* a chained block was freed alone, or chained to */
    LCA_HARM_MIXED,     /* MAPI's block was passed to IMalloc, or its to MAPI */
    LCA_HARM_COUNT
};

struct lca_memory_counts {
    uint32_t calls[LCA_MEMORY_CALL_COUNT];
    uint32_t allocations;       /* asked for since lca_memory_fail */
    uint32_t failed;            /* of those, because the plan says so */
    uint32_t blocks;            /* that somebody has now */
    uint64_t bytes;             /* in them */
    uint32_t harms[LCA_HARM_COUNT];
    int32_t references;         /* to IMalloc, the trial's own one included */
    int32_t lowest;             /* that there ever were; under 1: too few */
};

struct lca_memory_note {
    enum lca_harm harm;
    enum lca_memory_call call;  /* when it was noticed; COUNT: by check */
    const void *caller;         /* of that call; NULL: check */
    const void *block;          /* as its user knows it */
    const void *owner;          /* who asked for the block; NULL: not known */
};
enum { LCA_MEMORY_NOTES_MAX = 32 };     /* the first ones; all are counted */

struct lca_memory_left {
    const void *caller;
    uint32_t blocks;
    uint64_t bytes;
};

/*
 * ALLOCATEBUFFER, ALLOCATEMORE and FREEBUFFER. What is chained to a root goes
 * when the root does. NULL is freed with S_OK; a size of 0 gives a block.
 */
SCODE lca_memory_allocate(ULONG size, void **block);
SCODE lca_memory_chain(ULONG size, void *root, void **block);
ULONG lca_memory_free(void *block);

/*
 * The IMalloc to pass. NULL for itanium, whose MAPI lends none. It is never
 * gone, however often it is released. Realloc always moves a block; one that
 * fails leaves it alone.
 */
void *lca_memory_imalloc(enum lca_abi abi);

/*
 * Allocations `first` to `last` fail, counted from 1 and from now, on all
 * threads. UINT32_MAX: all from first on. First 0, as at the start: none.
 * AllocateBuffer, AllocateMore, Alloc, and Realloc unless it is to free.
 */
void lca_memory_fail(uint32_t first, uint32_t last);

/* Looks at all blocks, also the freed ones; new harms are counted. Otherwise
   a block is looked at when it is freed and when it goes to the system. */
unsigned lca_memory_check(void);

struct lca_memory_counts lca_memory_count(void);
/* Answers how many were written, in the order in which they came. */
unsigned lca_memory_notes(struct lca_memory_note *notes, unsigned room);
/* Live blocks summed by who asked for them; past `room` callers none are
   added, so the sum is short of lca_memory_count's. Answers the rows. */
unsigned lca_memory_left(struct lca_memory_left *left, unsigned room);

/* As in a new process. Blocks go to the system, whoever has them. */
void lca_memory_reset(void);

#endif
