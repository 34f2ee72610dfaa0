#include "harness/subject/client.h"

#include "harness/platform/maps.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { BASE_WORD = 7, FARTHEST = 1 << 20 };

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

/* In the Itanium ABI the base with IUnknown's methods is not far away. */
static bool base_is_near(void *object)
{
    const char *table;
    ptrdiff_t distance;

    memcpy(&table, object, sizeof table);
    memcpy(&distance, table - BASE_WORD * sizeof distance, sizeof distance);
    return distance > -FARTHEST && distance < FARTHEST;
}

bool lca_client_has_shape(const struct lca_client *client, void *object)
{
    static const enum lca_method methods[] = {
        LCA_IUnknown_QueryInterface, LCA_IUnknown_AddRef,
        LCA_IUnknown_Release, LCA_IMAPISession_Logoff,
    };
    enum lca_abi abi = lca_subject_abi(client->subject);
    bool shaped;

    *client->reading = 1;
    shaped = abi != LCA_ABI_ITANIUM || base_is_near(object);
    for (size_t i = 0; shaped && i < sizeof methods / sizeof *methods; i++) {
        void *self = object;

        shaped = is_code(lca_abi_method(abi, LCA_IMAPISession, methods[i],
                                        &self));
    }
    *client->reading = 0;
    return shaped;
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
