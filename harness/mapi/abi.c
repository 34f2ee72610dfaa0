#include "harness/mapi/abi.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const char *const names[LCA_ABI_COUNT] = { "com", "itanium" };

/*
 * The word before a table that holds the distance to a virtual base, counted
 * back from where the object's first word points. Below the table come
 * typeinfo and offset-to-top, then for each base, the deepest first, one word
 * for each of its virtual functions (IUnknown has four, its destructor is one
 * of them) and one for the base itself. So the word depends only on the base,
 * not on the interface one comes from.
 */
static const unsigned char word_before[LCA_INTERFACE_COUNT] = {
    [LCA_IUnknown]       = 7,
    [LCA_IMAPIProp]      = 19,
    [LCA_IMAPIContainer] = 25,
    [LCA_ISequentialStream] = 10,
};

/* The one interface whose base is not virtual has the methods in its table. */
static const struct { enum lca_interface as, base; } plain_bases[] = {
    { LCA_IMAPIStatus, LCA_IMAPIProp },
};

static const unsigned char unknown_slots[] = {
    [LCA_IUnknown_AddRef]         = 2,
    [LCA_IUnknown_Release]        = 3,
    [LCA_IUnknown_QueryInterface] = 4,
};

const char *lca_abi_name(enum lca_abi abi)
{
    return names[abi];
}

bool lca_abi_parse(const char *name, enum lca_abi *abi)
{
    for (int i = 0; i < LCA_ABI_COUNT; i++)
        if (strcmp(names[i], name) == 0) {
            *abi = i;
            return true;
        }
    return false;
}

static bool derives(enum lca_interface as, enum lca_interface base)
{
    while (as != base && as != LCA_IUnknown)
        as = lca_interface_base(as);
    return as == base;
}

/* From the part of an object that is `as` to the part that is its base. */
static void *part(void *object, enum lca_interface as, enum lca_interface base)
{
    const char *table;
    intptr_t distance;

    if (as == base)
        return object;
    for (size_t i = 0; i < sizeof plain_bases / sizeof *plain_bases; i++)
        if (as == plain_bases[i].as && base == plain_bases[i].base)
            return object;

    memcpy(&table, object, sizeof table);
    memcpy(&distance, table - word_before[base] * sizeof distance,
           sizeof distance);
    return (char *)object + distance;
}

static unsigned slot_of(enum lca_abi abi, enum lca_method method)
{
    const struct lca_method_row *row = lca_method(method);

    if (abi == LCA_ABI_COM)
        return row->slot;
    return row->interface == LCA_IUnknown ? unknown_slots[method]
                                          : row->slot + 2u;
}

lca_function *lca_abi_method(enum lca_abi abi, enum lca_interface as,
                             enum lca_method method, void **self)
{
    enum lca_interface base = lca_method(method)->interface;
    lca_function *function;
    const char *table;

    if (method == LCA_NO_METHOD || !derives(as, base))
        return NULL;
    if (abi == LCA_ABI_ITANIUM)
        *self = part(*self, as, base);

    memcpy(&table, *self, sizeof table);
    memcpy(&function, table + slot_of(abi, method) * sizeof function,
           sizeof function);
    return function;
}

unsigned lca_abi_output_size(enum lca_abi abi, enum lca_parameter parameter)
{
    switch (parameter) {
    case LCA_P_OUT_OBJECT:
    case LCA_P_OUT_BUFFER:
        return sizeof(void *);
    case LCA_P_OUT_COUNT:
    case LCA_P_OUT_ULONG:
    case LCA_P_OUT_LONG:
        return sizeof(ULONG);
    case LCA_P_OUT_CONNECTION:
    case LCA_P_OUT_TOKEN:
    case LCA_P_OUT_BOOKMARK:
        return abi == LCA_ABI_COM ? sizeof(uintptr_t) : sizeof(ULONG);
    case LCA_P_OUT_UID:
        return sizeof(struct MAPIUID);
    default:
        return 0;
    }
}

static void nothing(void)
{
}

void lca_abi_sink(enum lca_abi abi,
                  lca_function *const methods[LCA_SINK_METHODS],
                  lca_function *table[LCA_SINK_WORDS], void **vptr)
{
    enum { query, add_ref, release, on_notify };
    lca_function **slot = table;

    for (int i = 0; i < LCA_SINK_WORDS; i++)
        table[i] = NULL;

    if (abi == LCA_ABI_ITANIUM) {
        /* Zero words before the table: every base is where the sink is. */
        slot += word_before[LCA_IUnknown];
        slot[0] = nothing;
        slot[1] = nothing;
        slot[2] = methods[add_ref];
        slot[3] = methods[release];
        slot[4] = methods[query];
        slot[5] = methods[on_notify];
    } else {
        slot[0] = methods[query];
        slot[1] = methods[add_ref];
        slot[2] = methods[release];
        slot[3] = methods[on_notify];
    }
    *vptr = slot;
}
