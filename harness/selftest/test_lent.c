/* lent: allocators that count, fail to plan, and notice misuse. */

#include "harness/fault/memory.h"
#include "harness/mapi/mapi.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/lent.h"
#include "harness/selftest/suites.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Six ways to allocate, one after another; an x is one that must fail. */
static const struct {
    const char *name;
    uint32_t first, last;
    const char *answers;
} plans[] = {
    { "none",               0, 0,          "......" },
    { "zero is never",      0, UINT32_MAX, "......" },
    { "the first",          1, 1,          "x....." },
    { "the second",         2, 2,          ".x...." },
    { "the fourth",         4, 4,          "...x.." },
    { "the last",           6, 6,          ".....x" },
    { "the seventh",        7, 7,          "......" },
    { "a window",           2, 4,          ".xxx.." },
    { "from the third on",  3, UINT32_MAX, "..xxxx" },
    { "from the start on",  1, UINT32_MAX, "xxxxxx" },
};

static void fails_to_plan(void)
{
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        const struct lca_malloc *m = lca_lent_fresh();
        void *root = NULL, *old = m->methods->Alloc(m, 9);
        void *given[6] = { &given, &given, &given, &given, &given, &given };
        SCODE codes[6] = { 0 };
        uint32_t failed = 0;

        lca_memory_allocate(1, &root);
        lca_memory_fail(plans[i].first, plans[i].last);
        codes[0] = lca_memory_allocate(8, &given[0]);
        codes[1] = lca_memory_chain(8, root, &given[1]);
        given[2] = m->methods->Alloc(m, 8);
        given[3] = m->methods->Realloc(m, NULL, 8);
        lca_memory_free(NULL);
        given[4] = m->methods->Realloc(m, old, 8);
        m->methods->Realloc(m, given[4] ? given[4] : old, 0);
        codes[5] = lca_memory_allocate(8, &given[5]);

        for (int n = 0; n < 6; n++) {
            bool fails = plans[i].answers[n] == 'x';

            failed += fails;
            LCA_ROW(plans[i].name, !given[n] == fails);
            if (n == 0 || n == 1 || n == 5)
                LCA_ROW(plans[i].name, codes[n] == (fails
                            ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK));
        }
        LCA_ROW(plans[i].name, lca_memory_count().allocations == 6);
        LCA_ROW(plans[i].name, lca_memory_count().failed == failed);
    }
}

static void a_plan_counts_from_now(void)
{
    void *block = NULL;

    lca_lent_fresh();
    for (int i = 0; i < 5; i++)
        lca_memory_allocate(1, &block);
    CU_ASSERT_EQUAL(lca_memory_count().allocations, 5);
    lca_memory_fail(2, 2);
    CU_ASSERT_EQUAL(lca_memory_count().allocations, 0);
    CU_ASSERT_EQUAL(lca_memory_allocate(1, &block), S_OK);
    CU_ASSERT_EQUAL(lca_memory_chain(1, &block, &block),
                    MAPI_E_INVALID_PARAMETER);      /* is none */
    CU_ASSERT_EQUAL(lca_memory_allocate(1, &block),
                    MAPI_E_NOT_ENOUGH_MEMORY);
    lca_memory_reset();
    CU_ASSERT_EQUAL(lca_memory_allocate(1, &block), S_OK);
    CU_ASSERT_EQUAL(lca_memory_allocate(1, &block), S_OK);
}

static void counts(void)
{
    static const unsigned char want[LCA_MEMORY_CALL_COUNT] = {
        [LCA_MEMORY_AllocateBuffer] = 2, [LCA_MEMORY_AllocateMore] = 3,
        [LCA_MEMORY_FreeBuffer] = 1, [LCA_MEMORY_QueryInterface] = 1,
        [LCA_MEMORY_AddRef] = 2, [LCA_MEMORY_Release] = 3,
        [LCA_MEMORY_Alloc] = 4, [LCA_MEMORY_Realloc] = 1,
        [LCA_MEMORY_Free] = 2, [LCA_MEMORY_GetSize] = 1,
        [LCA_MEMORY_DidAlloc] = 2, [LCA_MEMORY_HeapMinimize] = 1,
    };
    const struct lca_malloc *m = lca_lent_fresh();
    void *root = NULL, *other = NULL, *more = NULL, *self, *at[4];
    struct lca_memory_counts c;

    lca_memory_allocate(100, &root);
    lca_memory_allocate(10, &other);
    for (int i = 0; i < 3; i++)
        lca_memory_chain(1, i ? root : other, &more);
    for (int i = 0; i < 4; i++)
        at[i] = m->methods->Alloc(m, 1000);
    at[0] = m->methods->Realloc(m, at[0], 2000);
    c = lca_memory_count();
    CU_ASSERT_EQUAL(c.blocks, 9);
    CU_ASSERT_EQUAL(c.bytes, 5113);

    lca_memory_free(root);
    m->methods->Free(m, at[0]);
    m->methods->Free(m, at[1]);
    c = lca_memory_count();
    CU_ASSERT_EQUAL(c.blocks, 4);
    CU_ASSERT_EQUAL(c.bytes, 2011);

    CU_ASSERT_EQUAL(
        m->methods->QueryInterface(m, &lca_iid[LCA_IUnknown], &self), S_OK);
    m->methods->AddRef(m), m->methods->AddRef(m);
    for (int i = 0; i < 3; i++)
        m->methods->Release(m);
    CU_ASSERT_EQUAL(m->methods->GetSize(m, at[2]), 1000);
    CU_ASSERT_EQUAL(m->methods->DidAlloc(m, at[2]), 1);
    CU_ASSERT_EQUAL(m->methods->DidAlloc(m, other), 0);
    m->methods->HeapMinimize(m);
    c = lca_memory_count();
    for (int i = 0; i < LCA_MEMORY_CALL_COUNT; i++)
        CU_ASSERT_EQUAL(c.calls[i], want[i]);
    CU_ASSERT_EQUAL(lca_lent_harms(), 0);
}

/* Two places that leak; what they do after it keeps them apart, in order. */
static __attribute__((noinline)) SCODE leaks_buffer(void)
{
    void *root = NULL, *more = NULL;
    SCODE code = lca_memory_allocate(20, &root);

    return code | lca_memory_chain(4, root, &more);
}

static __attribute__((noinline)) bool leaks_block(const struct lca_malloc *m)
{
    void *block = m->methods->Alloc(m, 300);

    return block != NULL;
}

/* Of the two, the one whose code begins next before the address. */
static bool is_in(lca_function *place, const void *address)
{
    uintptr_t at = (uintptr_t)address, here = (uintptr_t)place;
    uintptr_t ways[] = { (uintptr_t)leaks_buffer, (uintptr_t)leaks_block };

    for (int i = 0; i < 2; i++)
        if (ways[i] > here && ways[i] <= at)
            return false;
    return at > here && at - here < 4096;
}

static void leaks_are_told_by_caller(void)
{
    const struct lca_malloc *m = lca_lent_fresh();
    struct lca_memory_left left[8];
    unsigned buffers = 0, blocks = 0, count;

    m->methods->Free(m, m->methods->Alloc(m, 5));
    CU_ASSERT_EQUAL(lca_memory_left(left, 8), 0);
    for (int i = 0; i < 3; i++)
        CU_ASSERT_TRUE(leaks_block(m));
    for (int i = 0; i < 2; i++)
        CU_ASSERT_EQUAL(leaks_buffer(), S_OK);

    count = lca_memory_left(left, 8);
    CU_ASSERT_EQUAL(count, 3);      /* calls: a root, what is chained, Alloc */
    for (unsigned i = 0; i < count; i++)
        if (is_in((lca_function *)leaks_buffer, left[i].caller)) {
            buffers += left[i].blocks;
            CU_ASSERT_TRUE(left[i].bytes == 40 || left[i].bytes == 8);
        } else if (is_in((lca_function *)leaks_block, left[i].caller)) {
            blocks += left[i].blocks;
            CU_ASSERT_EQUAL(left[i].bytes, 900);
        }
    CU_ASSERT_EQUAL(buffers, 4);
    CU_ASSERT_EQUAL(blocks, 3);
    CU_ASSERT_EQUAL(lca_memory_left(left, 1), 1);
    CU_ASSERT_EQUAL(lca_memory_left(left, 0), 0);
}

static void roots_take_their_chain_along(void)
{
    void *root = NULL, *other = NULL, *chained[3] = { 0 }, *kept = NULL;

    lca_lent_fresh();
    lca_memory_allocate(8, &root);
    lca_memory_allocate(8, &other);
    for (int i = 0; i < 3; i++)
        CU_ASSERT_EQUAL(lca_memory_chain(16, root, &chained[i]), S_OK);
    lca_memory_chain(16, other, &kept);
    CU_ASSERT_EQUAL(lca_memory_free(root), S_OK);
    CU_ASSERT_EQUAL(lca_memory_count().blocks, 2);
    CU_ASSERT_EQUAL(lca_memory_count().bytes, 24);
    for (int i = 0; i < 3; i++)
        CU_ASSERT_TRUE(lca_lent_is(chained[i], LCA_MEMORY_FREED, 16));
    CU_ASSERT_TRUE(lca_lent_is(kept, LCA_MEMORY_FRESH, 16));
    CU_ASSERT_EQUAL(lca_memory_free(other), S_OK);
    CU_ASSERT_EQUAL(lca_memory_count().blocks, 0);
    CU_ASSERT_EQUAL(lca_lent_harms(), 0);
}

static void realloc_moves_or_leaves_alone(void)
{
    const struct lca_malloc *m = lca_lent_fresh();
    char *old = m->methods->Alloc(m, 5), *more, *less;

    memcpy(old, "abcd", 5);
    more = m->methods->Realloc(m, old, 8);
    CU_ASSERT_PTR_NOT_EQUAL(more, old);
    CU_ASSERT_EQUAL(memcmp(more, "abcd", 5), 0);
    CU_ASSERT_TRUE(lca_lent_is(more + 5, LCA_MEMORY_FRESH, 3));
    CU_ASSERT_TRUE(lca_lent_is(old, LCA_MEMORY_FREED, 5));
    less = m->methods->Realloc(m, more, 2);
    CU_ASSERT_EQUAL(memcmp(less, "ab", 2), 0);
    CU_ASSERT_EQUAL(m->methods->GetSize(m, less), 2);

    lca_memory_fail(1, 1);
    CU_ASSERT_PTR_NULL(m->methods->Realloc(m, less, 100));
    CU_ASSERT_PTR_NULL(m->methods->Realloc(m, less, LCA_MEMORY_MOST + 1u));
    CU_ASSERT_PTR_NULL(m->methods->Realloc(m, less, SIZE_MAX));
    CU_ASSERT_EQUAL(memcmp(less, "ab", 2), 0);
    CU_ASSERT_EQUAL(m->methods->DidAlloc(m, less), 1);
    CU_ASSERT_EQUAL(lca_memory_count().blocks, 1);

    lca_memory_fail(1, UINT32_MAX);
    CU_ASSERT_PTR_NULL(m->methods->Realloc(m, less, 0));    /* frees it */
    CU_ASSERT_EQUAL(lca_memory_count().blocks, 0);
    CU_ASSERT_EQUAL(lca_memory_count().failed, 0);
    CU_ASSERT_EQUAL(m->methods->DidAlloc(m, less), 0);
    CU_ASSERT_EQUAL(lca_lent_harms(), 0);
}

static void references_are_counted(void)
{
    static const struct GUID iid_malloc = {
        0x00000002, 0, 0, { 0xC0, 0, 0, 0, 0, 0, 0, 0x46 }
    };
    const struct lca_malloc *m = lca_lent_fresh();
    void *self = NULL;

    CU_ASSERT_EQUAL(lca_memory_count().references, 1);
    CU_ASSERT_EQUAL(m->methods->AddRef(m), 2);
    CU_ASSERT_EQUAL(m->methods->QueryInterface(m, &iid_malloc, &self), S_OK);
    CU_ASSERT_PTR_EQUAL(self, m);
    CU_ASSERT_EQUAL(lca_memory_count().references, 3);
    CU_ASSERT_EQUAL(
        m->methods->QueryInterface(m, &lca_iid[LCA_IMAPIProp], &self),
        MAPI_E_INTERFACE_NOT_SUPPORTED);
    CU_ASSERT_PTR_NULL(self);
    CU_ASSERT_EQUAL(m->methods->QueryInterface(m, &iid_malloc, NULL),
                    MAPI_E_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(lca_memory_count().references, 3);
    CU_ASSERT_EQUAL(m->methods->Release(m), 2);
    CU_ASSERT_EQUAL(m->methods->Release(m), 1);
    CU_ASSERT_EQUAL(lca_memory_count().lowest, 1);
    m->methods->Release(m), m->methods->Release(m);
    CU_ASSERT_EQUAL(m->methods->AddRef(m), 0);
    CU_ASSERT_EQUAL(lca_memory_count().references, 0);
    CU_ASSERT_EQUAL(lca_memory_count().lowest, -1);
    CU_ASSERT_PTR_NOT_NULL(m->methods->Alloc(m, 1));
    CU_ASSERT_PTR_NULL(lca_memory_imalloc(LCA_ABI_ITANIUM));
}

enum { THREADS = 4, ROUNDS = 10000 };

static pthread_barrier_t start;

static void work(void)
{
    void *root = NULL, *more = NULL;

    lca_memory_allocate(32, &root);
    lca_memory_chain(32, root, &more);
    lca_memory_free(root);
}

static void *works(void *argument)
{
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++)
        work();
    return argument;
}

static void any_thread_may_call(void)
{
    pthread_t threads[THREADS];
    struct lca_memory_counts c;

    lca_lent_fresh();
    pthread_barrier_init(&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++)
        CU_ASSERT_EQUAL(pthread_create(&threads[i], NULL, works, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
    c = lca_memory_count();
    CU_ASSERT_EQUAL(c.calls[LCA_MEMORY_FreeBuffer], THREADS * ROUNDS);
    CU_ASSERT_EQUAL(c.allocations, 2 * THREADS * ROUNDS);
    CU_ASSERT_EQUAL(c.blocks, 0);
    CU_ASSERT_EQUAL(c.bytes, 0);
    CU_ASSERT_EQUAL(lca_lent_harms(), 0);
}

static atomic_bool stops;

static void *works_on(void *argument)
{
    for (; !stops; sched_yield())       /* whoever forks wants a turn */
        work();
    return argument;
}

/* A lock that was held when it was copied would hold the copy for ever. */
static void forks_while_others_work(void)
{
    pthread_t thread;

    lca_memory_reset();
    LCA_APART(pthread_create(&thread, NULL, works_on, NULL) == 0);
    for (int i = 0; i < 40; i++) {
        int status = -1;
        pid_t copy = fork();

        if (copy == 0) {
            alarm(10);
            work();
            _exit(lca_lent_harms() != 0);
        }
        waitpid(copy, &status, 0);
        LCA_APART(status == 0);
        if (status)
            break;
    }
    stops = true;
    pthread_join(thread, NULL);
}

static void copies_may_go_on(void)
{
    lca_apart(forks_while_others_work);
}

CU_TestInfo lca_lent_tests[] = {
    { "fails to plan",                  fails_to_plan },
    { "a plan counts from now",         a_plan_counts_from_now },
    { "counts",                         counts },
    { "leaks are told by caller",       leaks_are_told_by_caller },
    { "roots take their chain along",   roots_take_their_chain_along },
    { "Realloc moves or leaves alone",  realloc_moves_or_leaves_alone },
    { "references are counted",         references_are_counted },
    { "any thread may call",            any_thread_may_call },
    { "copies may go on",               copies_may_go_on },
    CU_TEST_INFO_NULL,
};
