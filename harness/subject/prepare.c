#include "harness/subject/client.h"

#include "harness/mapi/code.h"
#include "harness/subject/recipe.h"
#include "harness/subject/rows.h"
#include "harness/subject/sink.h"

#include <stdint.h>
#include <string.h>

static void take_id(struct lca_client *client, struct lca_session *s,
                    enum lca_method method, struct lca_eid *id)
{
    const char *name = lca_method(method)->name;
    void *table = NULL;
    uintptr_t arguments[] = { 0, (uintptr_t)&table };
    HRESULT code = lca_client_invoke(client, s->pointer, method, arguments);
    struct lca_rows rows = { 0 };

    if (lca_code_failed(code) || !table) {
        lca_client_note(client, "%s answered 0x%08X, so there is no entry id",
                        name, (unsigned)code);
        return;
    }
    code = lca_rows_take(client, table, &rows);
    lca_rows_first_id(&rows, id);
    if (!id->size)
        lca_client_note(client, "the table of %s has no row with an entry id "
                        "(QueryRows answered 0x%08X)", name, (unsigned)code);
    lca_rows_free(client, &rows);
    lca_client_let_go(client, table);
}

/* QueryIdentity's entry id, where no table gives one. */
static void take_identity(struct lca_client *client, struct lca_session *s,
                          struct lca_eid *id)
{
    ULONG size = 0;
    void *bytes = NULL;
    uintptr_t arguments[] = { (uintptr_t)&size, (uintptr_t)&bytes };
    HRESULT code = lca_client_invoke(client, s->pointer,
                                     LCA_IMAPISession_QueryIdentity,
                                     arguments);

    if (lca_code_failed(code) || !bytes)
        return;
    if (size && size <= sizeof id->bytes) {
        memcpy(id->bytes, bytes, size);
        id->size = size;
    }
    lca_client_free_buffer(client, bytes);
}

static void advise(struct lca_client *client, struct lca_session *s)
{
    void *sink = lca_sink_lend(lca_subject_abi(client->subject));
    uintptr_t arguments[] = { 0, 0, fnevCriticalError | fnevExtended,
                              (uintptr_t)sink,
                              (uintptr_t)&s->inputs.connection };
    HRESULT code = lca_client_invoke(client, s->pointer,
                                     LCA_IMAPISession_Advise, arguments);

    s->inputs.connected = !lca_code_failed(code);
    if (!s->inputs.connected)
        lca_client_note(client, "Advise answered 0x%08X, so there is no "
                        "connection", (unsigned)code);
}

/* Message store, its root folder, a message in it that is never saved. */
static void make_message(struct lca_client *client, struct lca_session *s)
{
    struct lca_inputs *in = &s->inputs;
    ULONG type = 0;
    uintptr_t store[] = { 0, in->store.size, (uintptr_t)in->store.bytes, 0,
                          MDB_NO_DIALOG | MAPI_BEST_ACCESS,
                          (uintptr_t)&in->objects[0] };
    uintptr_t root[] = { 0, 0, 0, MAPI_BEST_ACCESS, (uintptr_t)&type,
                         (uintptr_t)&in->objects[1] };
    uintptr_t message[] = { 0, 0, (uintptr_t)&in->objects[2] };
    HRESULT code = lca_client_invoke(client, s->pointer,
                                     LCA_IMAPISession_OpenMsgStore, store);

    if (!lca_code_failed(code))
        code = lca_client_invoke(client, in->objects[0],
                                 LCA_IMsgStore_OpenEntry, root);
    if (!lca_code_failed(code))
        code = lca_client_invoke(client, in->objects[1],
                                 LCA_IMAPIFolder_CreateMessage, message);
    if (lca_code_failed(code) || !in->objects[2])
        lca_client_note(client, "no message could be made in the store: "
                        "0x%08X", (unsigned)code);
}

/* step->flags carries the needs: the player gathers them from what follows. */
void lca_client_prepare(struct lca_client *client,
                        const struct lca_step *step,
                        struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    struct lca_inputs *in = &s->inputs;
    unsigned needs = step->flags;

    if (needs & (LCA_NEEDS_STORE_ID | LCA_NEEDS_MESSAGE | LCA_NEEDS_ANY_ID))
        take_id(client, s, LCA_IMAPISession_GetMsgStoresTable, &in->store);
    in->any = in->store;
    if (needs & LCA_NEEDS_ANY_ID && !in->any.size)
        take_identity(client, s, &in->any);
    if (needs & LCA_NEEDS_ENTRY_ID) {
        take_id(client, s, LCA_IMAPISession_GetStatusTable, &in->entry);
        if (!in->entry.size)
            take_id(client, s, LCA_IMAPISession_GetMsgStoresTable,
                    &in->entry);
    }
    if (needs & LCA_NEEDS_CONNECTION)
        advise(client, s);
    if (needs & LCA_NEEDS_MESSAGE && in->store.size)
        make_message(client, s);
    answer->calls = answer->successes = 1;
}

void lca_client_tidy(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    uintptr_t connection[] = { (uintptr_t)s->inputs.connection };

    for (int i = 2; i >= 0; i--) {
        lca_client_let_go(client, s->inputs.objects[i]);
        s->inputs.objects[i] = NULL;
    }
    if (s->inputs.connected && !s->ended)
        lca_client_invoke(client, s->pointer, LCA_IMAPISession_Unadvise,
                          connection);
    s->inputs.connected = false;
    while (s->identity_count)
        lca_client_invoke(client, s->identities[--s->identity_count],
                          LCA_IUnknown_Release, NULL);
    answer->calls = answer->successes = 1;
}
