/* lent_misuse: what a provider does to memory that it must not do. */

#include "harness/fault/memory.h"
#include "harness/mapi/mapi.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/lent.h"
#include "harness/selftest/suites.h"

#include <stdint.h>
#include <string.h>

/* How many harms there are, if all of them are of this kind; else -1. */
static int all_are(enum lca_harm harm)
{
    unsigned count = lca_memory_count().harms[harm];

    return count == lca_lent_harms() ? (int)count : -1;
}

static struct lca_memory_note last_note(void)
{
    struct lca_memory_note notes[LCA_MEMORY_NOTES_MAX] = { 0 };
    unsigned count = lca_memory_notes(notes, LCA_MEMORY_NOTES_MAX);

    CU_ASSERT_NOT_EQUAL(count, 0);
    return notes[count ? count - 1 : 0];
}

static void memory_is_filled(void)
{
    static const size_t sizes[] = { 0, 1, 15, 16, 17, 4000 };
    const struct lca_malloc *m = lca_lent_fresh();

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        void *block = m->methods->Alloc(m, sizes[i]), *root = NULL;

        CU_ASSERT_EQUAL((uintptr_t)block % _Alignof(max_align_t), 0);
        CU_ASSERT_TRUE(lca_lent_is(block, LCA_MEMORY_FRESH, sizes[i]));
        lca_memory_allocate((ULONG)sizes[i], &root);
        CU_ASSERT_TRUE(lca_lent_is(root, LCA_MEMORY_FRESH, sizes[i]));
        memset(block, 0, sizes[i]);
        m->methods->Free(m, block);
        CU_ASSERT_TRUE(lca_lent_is(block, LCA_MEMORY_FREED, sizes[i]));
    }
    lca_memory_check();
    CU_ASSERT_EQUAL(lca_lent_harms(), 0);
}

/* A byte at the wrong place, from the start of a block or from its end. */
static const struct {
    const char *name;
    size_t size;
    int from_start, from_end;   /* the latter where the former is 0 */
    enum lca_harm harm;
} strays[] = {
    { "just before",             24, -1, 0,   LCA_HARM_BEFORE },
    { "sixteen before",          24, -16, 0,  LCA_HARM_BEFORE },
    { "just behind",             24, 0, 1,    LCA_HARM_BEHIND },
    { "sixteen behind",          24, 0, 16,   LCA_HARM_BEHIND },
    { "behind an odd one",       13, 0, 1,    LCA_HARM_BEHIND },
    { "before an empty one",     0,  -1, 0,   LCA_HARM_BEFORE },
    { "behind an empty one",     0,  0, 1,    LCA_HARM_BEHIND },
};

static const unsigned char bytes[] = { 0, 0xFF, LCA_MEMORY_FRESH,
                                       LCA_MEMORY_FREED, ' ' };

static void stray(size_t row, unsigned char byte, bool asks)
{
    const char *name = strays[row].name;
    void *block = NULL;
    unsigned char *at;
    struct lca_memory_note n;

    lca_lent_fresh();
    lca_memory_allocate((ULONG)strays[row].size, &block);
    at = strays[row].from_start
       ? (unsigned char *)block + strays[row].from_start
       : (unsigned char *)block + strays[row].size + strays[row].from_end - 1;
    memset(block, byte, strays[row].size);
    LCA_ROW(name, lca_memory_check() == 0);
    *at = byte;
    if (asks) {
        LCA_ROW(name, lca_memory_check() == 1);
        LCA_ROW(name, lca_memory_check() == 0);
        LCA_ROW(name, last_note().call == LCA_MEMORY_CALL_COUNT);
    }
    LCA_ROW(name, lca_memory_free(block) == S_OK);
    LCA_ROW(name, all_are(strays[row].harm) == 1);
    n = last_note();
    LCA_ROW(name, n.harm == strays[row].harm && n.block == block && n.owner);
    LCA_ROW(name, asks || n.call == LCA_MEMORY_FreeBuffer);
    LCA_ROW(name, !n.caller == asks);
}

static void stray_bytes_are_seen(void)
{
    for (size_t row = 0; row < sizeof strays / sizeof *strays; row++)
        for (size_t i = 0; i < sizeof bytes; i++) {
            stray(row, bytes[i], false);
            stray(row, bytes[i], true);
        }
}

static void both_ends_and_in_chains(void)
{
    void *root = NULL, *more = NULL;
    struct lca_memory_counts c;

    lca_lent_fresh();
    lca_memory_allocate(8, &root);
    lca_memory_chain(8, root, &more);
    ((char *)more)[-1] = 'x';
    ((char *)more)[8] = 'x';
    lca_memory_free(root);
    c = lca_memory_count();
    CU_ASSERT_EQUAL(c.harms[LCA_HARM_BEFORE], 1);
    CU_ASSERT_EQUAL(c.harms[LCA_HARM_BEHIND], 1);
    CU_ASSERT_PTR_EQUAL(last_note().block, more);
    CU_ASSERT_EQUAL(lca_memory_check(), 0);
}

static void late_writes_are_seen(void)
{
    static const int places[] = { -1, 0, 7, 8 };
    const struct lca_malloc *m;
    char *block;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        m = lca_lent_fresh();
        block = m->methods->Alloc(m, 8);
        m->methods->Free(m, block);
        CU_ASSERT_EQUAL(lca_memory_check(), 0);
        block[places[i]] = 1;
        CU_ASSERT_EQUAL(lca_memory_check(), 1);
        CU_ASSERT_EQUAL(lca_memory_check(), 0);
        CU_ASSERT_EQUAL(all_are(LCA_HARM_LATE), 1);
    }
    m = lca_lent_fresh();
    block = m->methods->Alloc(m, 8);
    m->methods->Free(m, block);
    memset(block - 16, LCA_MEMORY_FRESH, 16 + 8 + 16);
    CU_ASSERT_EQUAL(lca_memory_check(), 1);
}

static char *freed(const struct lca_malloc *m, size_t size)
{
    char *block = m->methods->Alloc(m, size);

    m->methods->Free(m, block);
    return block;
}

/* A second Free tells whether a freed block is still known. */
static bool is_held(const struct lca_malloc *m, void *block)
{
    unsigned before = lca_memory_count().harms[LCA_HARM_FREED];

    m->methods->Free(m, block);
    return lca_memory_count().harms[LCA_HARM_FREED] > before;
}

static void freed_blocks_are_held(void)
{
    const struct lca_malloc *m = lca_lent_fresh();
    char *first = freed(m, 8), *second = freed(m, 8), *large;

    for (int i = 0; i < LCA_MEMORY_HELD - 2; i++)
        freed(m, 1);
    CU_ASSERT_TRUE(is_held(m, first));
    *first = 1;             /* nobody asks: it is seen as the block goes */
    freed(m, 1);
    CU_ASSERT_EQUAL(lca_memory_count().harms[LCA_HARM_LATE], 1);
    CU_ASSERT_FALSE(is_held(m, first));
    CU_ASSERT_TRUE(is_held(m, second));

    m = lca_lent_fresh();
    first = freed(m, 8);
    large = freed(m, LCA_MEMORY_HELD_BYTES - 8);
    CU_ASSERT_TRUE(is_held(m, first) && is_held(m, large));
    second = freed(m, 8);
    CU_ASSERT_TRUE(!is_held(m, first) && is_held(m, large));
    freed(m, 8);
    CU_ASSERT_TRUE(!is_held(m, large) && is_held(m, second));
}

/* Every way to pass a pointer that must be a live block of the right kind. */
static const struct {
    const char *name;
    enum lca_memory_call call;
    bool of_mapi;
} ways[] = {
    { "FreeBuffer",   LCA_MEMORY_FreeBuffer,   true },
    { "AllocateMore", LCA_MEMORY_AllocateMore, true },
    { "Free",         LCA_MEMORY_Free,         false },
    { "Realloc",      LCA_MEMORY_Realloc,      false },
    { "Realloc to 0", LCA_MEMORY_Realloc,      false },
    { "GetSize",      LCA_MEMORY_GetSize,      false },
};

enum { WAYS = sizeof ways / sizeof *ways };

static bool is_refused(const struct lca_malloc *m, size_t way, void *at)
{
    void *more = &more;

    switch (ways[way].call) {
    case LCA_MEMORY_FreeBuffer:
        return (SCODE)lca_memory_free(at) == MAPI_E_INVALID_PARAMETER;
    case LCA_MEMORY_AllocateMore:
        return lca_memory_chain(8, at, &more) == MAPI_E_INVALID_PARAMETER &&
               !more;
    case LCA_MEMORY_Free:
        m->methods->Free(m, at);
        return true;
    case LCA_MEMORY_GetSize:
        return m->methods->GetSize(m, at) == SIZE_MAX;
    default:
        return !m->methods->Realloc(m, at, strstr(ways[way].name, "0")
                                               ? 0 : 8);
    }
}

/* Passed in each way: refused, noted so, and nothing has changed. */
static void pass(const struct lca_malloc *m, void *at, bool of_mapi,
                 enum lca_harm harm, const char *name)
{
    for (size_t i = 0; i < WAYS; i++) {
        struct lca_memory_counts before = lca_memory_count(), after;
        struct lca_memory_note n;

        if (ways[i].of_mapi != of_mapi)
            continue;
        LCA_ROW(ways[i].name, is_refused(m, i, at));
        after = lca_memory_count();
        n = last_note();
        LCA_ROW(name, after.harms[harm] == before.harms[harm] + 1);
        LCA_ROW(name, n.harm == harm && n.call == ways[i].call);
        LCA_ROW(name, n.block == at && n.caller);
        LCA_ROW(name, !n.owner == (harm == LCA_HARM_FOREIGN));
        LCA_ROW(name, after.blocks == before.blocks &&
                      after.bytes == before.bytes);
    }
}

static void freed_blocks_are_refused(void)
{
    const struct lca_malloc *m = lca_lent_fresh();
    void *root = NULL, *chained = NULL, *block = m->methods->Alloc(m, 3);

    lca_memory_allocate(3, &root);
    lca_memory_chain(3, root, &chained);
    m->methods->Free(m, block);
    lca_memory_free(root);
    CU_ASSERT_EQUAL(lca_lent_harms(), 0);
    pass(m, root, true, LCA_HARM_FREED, "freed twice");
    pass(m, chained, true, LCA_HARM_FREED, "freed with its root");
    pass(m, block, false, LCA_HARM_FREED, "freed twice");
    CU_ASSERT_EQUAL(m->methods->DidAlloc(m, block), 0);
    CU_ASSERT_EQUAL(all_are(LCA_HARM_FREED), 8);
    CU_ASSERT_EQUAL(lca_memory_check(), 0);
}

static void foreign_pointers_are_refused(void)
{
    const struct lca_malloc *m = lca_lent_fresh();
    char *block = m->methods->Alloc(m, 64);
    int local = 7;
    void *const strangers[] = { &local, block + 16, (void *)8,
                                (void *)UINTPTR_MAX,
                                lca_memory_imalloc(LCA_ABI_COM) };

    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
        for (int mapi = 0; mapi < 2; mapi++)
            pass(m, strangers[i], mapi, LCA_HARM_FOREIGN, "a stranger");
    CU_ASSERT_EQUAL(m->methods->DidAlloc(m, &local), 0);
    CU_ASSERT_EQUAL(all_are(LCA_HARM_FOREIGN), 30);
    CU_ASSERT_EQUAL(local, 7);
    CU_ASSERT_TRUE(lca_lent_is(block, LCA_MEMORY_FRESH, 64));
}

static void blocks_of_others_are_refused(void)
{
    const struct lca_malloc *m = lca_lent_fresh();
    void *root = NULL, *chained = NULL, *block = m->methods->Alloc(m, 3);

    lca_memory_allocate(3, &root);
    lca_memory_chain(3, root, &chained);
    pass(m, root, false, LCA_HARM_MIXED, "MAPI's to IMalloc");
    pass(m, chained, false, LCA_HARM_MIXED, "MAPI's to IMalloc");
    pass(m, block, true, LCA_HARM_MIXED, "IMalloc's to MAPI");
    CU_ASSERT_EQUAL(all_are(LCA_HARM_MIXED), 10);
    pass(m, chained, true, LCA_HARM_CHAINED, "a chained one alone");
    CU_ASSERT_EQUAL(lca_memory_count().harms[LCA_HARM_CHAINED], 2);
    CU_ASSERT_EQUAL(lca_memory_free(root), S_OK);
    CU_ASSERT_EQUAL(lca_memory_count().blocks, 1);
}

static void null_and_sizes(void)
{
    const struct lca_malloc *m = lca_lent_fresh();
    void *root = NULL, *other = NULL, *huge = &huge;

    CU_ASSERT_EQUAL(lca_memory_free(NULL), S_OK);
    m->methods->Free(m, NULL);
    CU_ASSERT_EQUAL(m->methods->GetSize(m, NULL), SIZE_MAX);
    CU_ASSERT_EQUAL(m->methods->DidAlloc(m, NULL), -1);
    CU_ASSERT_EQUAL(lca_memory_allocate(1, NULL), MAPI_E_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(lca_memory_allocate(0, &root), S_OK);
    CU_ASSERT_EQUAL(lca_memory_allocate(0, &other), S_OK);
    CU_ASSERT_PTR_NOT_NULL(root);
    CU_ASSERT_PTR_NOT_EQUAL(root, other);
    CU_ASSERT_EQUAL(lca_memory_chain(1, root, NULL),
                    MAPI_E_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(lca_memory_count().blocks, 2);
    CU_ASSERT_EQUAL(lca_memory_allocate(UINT32_MAX, &huge),
                    MAPI_E_NOT_ENOUGH_MEMORY);
    CU_ASSERT_PTR_NULL(huge);
    CU_ASSERT_PTR_NULL(m->methods->Alloc(m, SIZE_MAX));
    CU_ASSERT_EQUAL(lca_memory_count().failed, 0);
    CU_ASSERT_EQUAL(lca_lent_harms(), 0);
    CU_ASSERT_EQUAL(lca_memory_chain(1, NULL, &other),
                    MAPI_E_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(all_are(LCA_HARM_FOREIGN), 1);
}

static void notes_end_and_counts_do_not(void)
{
    struct lca_memory_note notes[LCA_MEMORY_NOTES_MAX];
    char here[LCA_MEMORY_NOTES_MAX + 8];

    lca_lent_fresh();
    for (size_t i = 0; i < sizeof here; i++)
        lca_memory_free(here + i);
    CU_ASSERT_EQUAL(all_are(LCA_HARM_FOREIGN), (int)sizeof here);
    CU_ASSERT_EQUAL(lca_memory_notes(notes, 2), 2);
    CU_ASSERT_EQUAL(lca_memory_notes(notes, LCA_MEMORY_NOTES_MAX),
                    LCA_MEMORY_NOTES_MAX);
    for (size_t i = 0; i < LCA_MEMORY_NOTES_MAX; i++)
        CU_ASSERT_PTR_EQUAL(notes[i].block, here + i);
}

CU_TestInfo lca_lent_misuse_tests[] = {
    { "memory is filled",               memory_is_filled },
    { "stray bytes are seen",           stray_bytes_are_seen },
    { "both ends, and in chains",       both_ends_and_in_chains },
    { "late writes are seen",           late_writes_are_seen },
    { "freed blocks are held",          freed_blocks_are_held },
    { "freed blocks are refused",       freed_blocks_are_refused },
    { "foreign pointers are refused",   foreign_pointers_are_refused },
    { "blocks of others are refused",   blocks_of_others_are_refused },
    { "NULL, and sizes",                null_and_sizes },
    { "notes end, counts do not",       notes_end_and_counts_do_not },
    CU_TEST_INFO_NULL,
};
