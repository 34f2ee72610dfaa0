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
