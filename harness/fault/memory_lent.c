#include "harness/fault/memory_inside.h"

#include "harness/mapi/mapi.h"

#include <string.h>

static const struct GUID iid_malloc = {
    0x00000002, 0, 0, { 0xC0, 0, 0, 0, 0, 0, 0, 0x46 }
};

SCODE lca_memory_allocate(ULONG size, void **block)
{
    struct lca_block *b = NULL;

    ENTER(AllocateBuffer);
    if (block) {
        b = lca_memory_take(size, LCA_LENT_ROOT);
        *block = b ? b->at : NULL;
    }
    lca_memory_leave();
    return !block ? MAPI_E_INVALID_PARAMETER
         : b      ? S_OK
                  : MAPI_E_NOT_ENOUGH_MEMORY;
}

SCODE lca_memory_chain(ULONG size, void *root, void **block)
{
    struct lca_block *r, *b = NULL;

    ENTER(AllocateMore);
    r = lca_memory_find(root, LCA_LENT_ROOT);
    if (r && block)
        b = lca_memory_take(size, LCA_LENT_CHAINED);
    if (b) {
        b->chain = r->chain;
        r->chain = b;
    }
    if (block)
        *block = b ? b->at : NULL;
    lca_memory_leave();
    return !r || !block ? MAPI_E_INVALID_PARAMETER
         : b            ? S_OK
                        : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* NULL, which is no block, is given back as any. False: it was refused. */
static bool give_back(void *at, enum lca_lender lender)
{
    struct lca_block *b = at ? lca_memory_find(at, lender) : NULL;

    lca_memory_give(b);
    return b || !at;
}

ULONG lca_memory_free(void *block)
{
    bool given;

    ENTER(FreeBuffer);
    given = give_back(block, LCA_LENT_ROOT);
    lca_memory_leave();
    return (ULONG)(given ? S_OK : MAPI_E_INVALID_PARAMETER);
}

static HRESULT query(void *self, const struct GUID *iid, void **out)
{
    bool known = iid && (!memcmp(iid, &lca_iid[LCA_IUnknown], sizeof *iid) ||
                         !memcmp(iid, &iid_malloc, sizeof *iid));

    ENTER(QueryInterface);
    if (known && out)
        lca_memory_refer(1);
    if (out)
        *out = known ? self : NULL;
    lca_memory_leave();
    return !iid || !out ? MAPI_E_INVALID_PARAMETER
         : known        ? S_OK
                        : MAPI_E_INTERFACE_NOT_SUPPORTED;
}

static ULONG add(void *self)
{
    int32_t now;

    (void)self;
    ENTER(AddRef);
    now = lca_memory_refer(1);
    lca_memory_leave();
    return (ULONG)now;
}

static ULONG release(void *self)
{
    int32_t now;

    (void)self;
    ENTER(Release);
    now = lca_memory_refer(-1);
    lca_memory_leave();
    return (ULONG)now;
}

static void *alloc(void *self, size_t size)
{
    struct lca_block *b;

    (void)self;
    ENTER(Alloc);
    b = lca_memory_take(size, LCA_LENT_MALLOC);
    lca_memory_leave();
    return b ? b->at : NULL;
}

/* By COM: of NULL it is Alloc, and to nothing it is Free. */
static void *resize(void *self, void *at, size_t size)
{
    bool frees = at && !size;
    struct lca_block *old, *b = NULL;

    (void)self;
    ENTER(Realloc);
    old = at ? lca_memory_find(at, LCA_LENT_MALLOC) : NULL;
    if (!frees && (old || !at))
        b = lca_memory_take(size, LCA_LENT_MALLOC);
    if (old && b)
        memcpy(b->at, old->at, size < old->size ? size : old->size);
    if (frees || b)
        lca_memory_give(old);
    lca_memory_leave();
    return b ? b->at : NULL;
}

static void give_up(void *self, void *at)
{
    (void)self;
    ENTER(Free);
    give_back(at, LCA_LENT_MALLOC);
    lca_memory_leave();
}

/* All ones, as COM has it for NULL, for all that is no block. */
static size_t size_of(void *self, void *at)
{
    struct lca_block *b;
    size_t size;

    (void)self;
    ENTER(GetSize);
    b = at ? lca_memory_find(at, LCA_LENT_MALLOC) : NULL;
    size = b ? b->size : SIZE_MAX;
    lca_memory_leave();
    return size;
}

/* May be asked about any pointer, and cannot tell of NULL. */
static int is_ours(void *self, void *at)
{
    struct lca_block *b;
    bool ours;

    (void)self;
    ENTER(DidAlloc);
    b = lca_block_find(at);
    ours = b && !b->freed && b->lender == LCA_LENT_MALLOC;
    lca_memory_leave();
    return at ? ours : -1;
}

static void minimize(void *self)
{
    (void)self;
    ENTER(HeapMinimize);
    lca_memory_leave();
}

void *lca_memory_imalloc(enum lca_abi abi)
{
    static lca_function *const table[] = {
        (lca_function *)query, (lca_function *)add, (lca_function *)release,
        (lca_function *)alloc, (lca_function *)resize,
        (lca_function *)give_up, (lca_function *)size_of,
        (lca_function *)is_ours, (lca_function *)minimize,
    };
    static struct {
        lca_function *const *table;
    } object = { table };

    return abi == LCA_ABI_COM ? &object : NULL;
}
