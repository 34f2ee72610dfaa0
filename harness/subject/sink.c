#include "harness/subject/sink.h"

#include "harness/mapi/mapi.h"

#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

/* An object in the eyes of the subject: its first word leads to a table. */
static struct {
    void *table;
} sink;

static lca_function *words[LCA_SINK_WORDS];
static atomic_int references = 1;
static atomic_bool held;
static atomic_int lowest = 1;
static atomic_uint notifications;
static atomic_bool bound;
static _Thread_local bool bound_here;
static atomic_uint here, elsewhere;
static _Atomic(lca_sink_reaction *) reaction;
static void *reacts_with;       /* set before it */

static HRESULT query(void *self, const struct GUID *iid, void **out)
{
    if (memcmp(iid, &lca_iid[LCA_IUnknown], sizeof *iid) != 0 &&
        memcmp(iid, &lca_iid[LCA_IMAPIAdviseSink], sizeof *iid) != 0) {
        *out = NULL;
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    held = true;
    atomic_fetch_add(&references, 1);
    *out = self;
    return S_OK;
}

static ULONG add(void *self)
{
    (void)self;
    held = true;
    return (ULONG)atomic_fetch_add(&references, 1) + 1;
}

static ULONG release(void *self)
{
    int left = atomic_fetch_sub(&references, 1) - 1;
    int low = atomic_load(&lowest);

    (void)self;
    while (left < low && !atomic_compare_exchange_weak(&lowest, &low, left))
        ;
    return (ULONG)left;
}

static ULONG notify(void *self, ULONG count, void *notes)
{
    lca_sink_reaction *once = atomic_exchange(&reaction, NULL);

    (void)self, (void)notes;
    atomic_fetch_add(&notifications, count);
    if (bound)
        atomic_fetch_add(bound_here ? &here : &elsewhere, 1);
    if (once)
        once(reacts_with);
    return 0;
}

void *lca_sink_lend(enum lca_abi abi)
{
    lca_function *const methods[LCA_SINK_METHODS] = {
        (lca_function *)query, (lca_function *)add, (lca_function *)release,
        (lca_function *)notify,
    };

    if (!sink.table)
        lca_abi_sink(abi, methods, words, &sink.table);
    return &sink;
}

struct lca_sink_counts lca_sink_count(void)
{
    return (struct lca_sink_counts){ atomic_load(&references),
                                     atomic_load(&lowest),
                                     atomic_load(&notifications),
                                     atomic_load(&held),
                                     atomic_load(&here),
                                     atomic_load(&elsewhere) };
}

void lca_sink_bind(void)
{
    bound_here = true;
    atomic_store(&bound, true);
}

void lca_sink_react(lca_sink_reaction *once, void *argument)
{
    reacts_with = once ? argument : reacts_with;
    atomic_store(&reaction, once);
}
