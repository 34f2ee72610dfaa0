#include "harness/subject/client.h"

#include "harness/platform/maps.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { BASE_WORD = 7, FARTHEST = 1 << 20 };

/* Memory of a module is there; of other memory the system knows. */
static bool is_there(const void *memory, size_t length)
{
    const char *first = memory;
    char module[16];
    uint64_t from, to;

    if (lca_maps_module((uintptr_t)first, module, sizeof module, &from) &&
        lca_maps_module((uintptr_t)(first + length - 1), module,
                        sizeof module, &to) && to - from == length - 1)
        return true;
    return lca_maps_readable(memory, length);
}

/* Most code stands in a module, which is found at once. */
static bool is_code(lca_function *function)
{
    char module[16];
    uint64_t offset;
    void *address;

    memcpy(&address, &function, sizeof address);
    return address && (lca_maps_module((uintptr_t)address, module,
                                       sizeof module, &offset) ||
                       lca_maps_executable(address));
}

/* Is there a table with so many slots, and so many words before it? */
static bool has_table(const void *object, size_t before, size_t slots)
{
    const char *table;

    memcpy(&table, object, sizeof table);
    return (uintptr_t)table % sizeof table == 0 &&
           is_there(table - before * sizeof table,
                    (before + slots) * sizeof table);
}

/* In the Itanium ABI the base with IUnknown's methods is not far away. */
static bool has_base(const char *object)
{
    const char *table;
    ptrdiff_t distance;

    memcpy(&table, object, sizeof table);
    memcpy(&distance, table - BASE_WORD * sizeof distance, sizeof distance);
    return distance > -FARTHEST && distance < FARTHEST &&
           is_there(object + distance, sizeof table) &&
           has_table(object + distance, 0, 5);
}

/* As the interface that `last` belongs to, which is looked up too. */
static bool is_shaped(const struct lca_client *client, enum lca_abi abi,
                      void *object, enum lca_method last)
{
    const struct lca_method_row *row = lca_method(last);
    bool itanium = abi == LCA_ABI_ITANIUM, shaped;
    const enum lca_method methods[] = {
        LCA_IUnknown_QueryInterface, LCA_IUnknown_AddRef,
        LCA_IUnknown_Release, last,
    };

    if (!lca_maps_readable(object, sizeof object))
        return false;
    lca_client_reads(client, 1);
    shaped = has_table(object, itanium ? BASE_WORD : 0,
                       row->slot + (itanium ? 3u : 1u)) &&
             (!itanium || has_base(object));
    for (size_t i = 0; shaped && i < sizeof methods / sizeof *methods; i++) {
        void *self = object;

        shaped = is_code(lca_abi_method(abi, row->interface, methods[i],
                                        &self));
    }
    lca_client_reads(client, 0);
    return shaped;
}

bool lca_client_is_admin(const struct lca_client *client, void *object)
{
    return is_shaped(client, lca_subject_abi(client->subject), object,
                     LCA_IProfAdmin_CreateProfile);
}

bool lca_client_is_sink(const struct lca_client *client, void *object)
{
    return is_shaped(client, lca_subject_abi(client->subject), object,
                     LCA_IMAPIAdviseSink_OnNotify);
}

bool lca_client_is_session(struct lca_client *client, HRESULT code,
                           void *object)
{
    enum lca_abi abi = lca_subject_abi(client->subject);
    enum lca_abi other = (abi + 1) % LCA_ABI_COUNT;

    if (is_shaped(client, abi, object, LCA_IMAPISession_Logoff))
        return true;
    if (!object)
        lca_client_note(client, "MAPILogonEx answered 0x%08X, and its session "
                        "is NULL: set *lppSession, or answer an error",
                        (unsigned)code);
    else if (!lca_maps_readable(object, sizeof object))
        lca_client_note(client, "MAPILogonEx answered 0x%08X, and its session "
                        "%p is no memory: set *lppSession, or answer an "
                        "error", (unsigned)code, object);
    else if (is_shaped(client, other, object, LCA_IMAPISession_Logoff))
        lca_client_note(client, "the session has no methods where ABI '%s' "
                        "has them: is it the other one (--abi)?",
                        lca_abi_name(abi));
    else
        lca_client_note(client, "MAPILogonEx answered 0x%08X, and the first "
                        "word of its session leads to no table of methods, "
                        "as com or as itanium: set *lppSession",
                        (unsigned)code);
    return false;
}

/*
 * A live object's first word leads to a table whose entries are code. What
 * was freed holds the allocator's words or its junk.
 */
void lca_client_touch(struct lca_client *client, const struct lca_step *step,
                      struct lca_answer *answer)
{
    void *self = lca_client_pointer(lca_client_session(client, step), step);
    enum lca_abi abi = lca_subject_abi(client->subject);
    const unsigned below = abi == LCA_ABI_ITANIUM ? 7 : 0;
    void **table;
    lca_function *function;
    void *code = NULL;

    answer->calls = answer->successes = 1;
    if (!lca_maps_readable(self, sizeof table))
        return;
    memcpy(&table, self, sizeof table);
    if (!lca_maps_readable(table - below, (below + 24) * sizeof *table))
        return;
    function = lca_abi_method(abi, LCA_IMAPISession, LCA_IMAPISession_Logoff,
                              &self);
    memcpy(&code, &function, sizeof code);
    if (lca_maps_executable(code) && !lca_maps_is_pure_virtual(code))
        answer->marks |= LCA_LIVE_TABLE;
}
