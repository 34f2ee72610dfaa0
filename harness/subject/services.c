/* What a session's profile is made of, and how it changes beside it. */

#include "harness/subject/objects.h"
#include "harness/subject/rows.h"

#include "harness/mapi/code.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The rows of one of its tables, which the caller frees. */
static HRESULT take_rows(struct lca_client *client, void *services,
                         enum lca_method method, struct lca_rows *rows)
{
    void *table = NULL;
    uintptr_t arguments[] = { 0, (uintptr_t)&table };
    HRESULT code = lca_client_invoke(client, services, method, arguments);

    if (!lca_code_failed(code) && table)
        code = lca_rows_take(client, table, rows);
    lca_client_let_go(client, table);
    return code;
}

static void count(struct lca_client *client, const struct lca_step *step,
                  enum lca_method method, struct lca_answer *answer)
{
    void *services = NULL;
    struct lca_rows rows = { 0 };
    HRESULT code = lca_object_open(client, lca_client_session(client, step),
                                   LCA_SERVICES, &services);

    if (!lca_code_failed(code) && services)
        code = take_rows(client, services, method, &rows);
    lca_client_let_go(client, services);
    lca_client_answer(answer, S_OK);
    answer->value = rows.count;
    if (rows.said) {
        lca_rows_free(client, &rows);
        return;
    }
    lca_client_note(client, "the services of the profile cannot be read: "
                    "0x%08X", (unsigned)code);
    answer->marks |= LCA_UNPREPARED;
}

void lca_client_count_services(struct lca_client *client,
                               const struct lca_step *step,
                               struct lca_answer *answer)
{
    count(client, step, LCA_IMsgServiceAdmin_GetMsgServiceTable, answer);
}

void lca_client_count_providers(struct lca_client *client,
                                const struct lca_step *step,
                                struct lca_answer *answer)
{
    count(client, step, LCA_IMsgServiceAdmin_GetProviderTable, answer);
}

/* Of the same kind as the first that can be had once more. */
static HRESULT add_one(struct lca_client *client, void *services)
{
    static const char display[] = "lastcall";
    HRESULT last = MAPI_E_NOT_FOUND;
    struct lca_rows rows = { 0 };

    take_rows(client, services, LCA_IMsgServiceAdmin_GetMsgServiceTable,
              &rows);
    for (ULONG i = 0; i < rows.count && lca_code_failed(last); i++) {
        const struct SPropValue *name =
            lca_rows_column(&rows.row[i], PR_SERVICE_NAME_A);
        uintptr_t arguments[] = { name ? (uintptr_t)name->Value.lpszA : 0,
                                  (uintptr_t)display, 0, 0 };

        if (name && name->Value.lpszA)
            last = lca_client_invoke(client, services,
                                     LCA_IMsgServiceAdmin_CreateMsgService,
                                     arguments);
    }
    lca_rows_free(client, &rows);
    return last;
}

void lca_client_add_service(struct lca_client *client,
                            const struct lca_step *step,
                            struct lca_answer *answer)
{
    void *services = NULL;
    HRESULT code = lca_object_open(client, lca_client_session(client, step),
                                   LCA_SERVICES, &services);

    if (!lca_code_failed(code) && services)
        code = add_one(client, services);
    lca_client_let_go(client, services);
    lca_client_answer(answer, code);
    if (!lca_code_failed(code))
        return;
    lca_client_note(client, "no service of the profile can be had twice: "
                    "0x%08X", (unsigned)code);
    answer->marks |= LCA_UNPREPARED;
}

/* Takes its section's name, too, if it says that. */
static bool is_temporary(struct lca_client *client, void *store)
{
    struct SPropValue *values = NULL;
    const struct { ULONG count, tags[2]; } tags = {
        2, { PR_RESOURCE_FLAGS, PR_PROVIDER_UID },
    };
    ULONG count = 0;
    uintptr_t arguments[] = { (uintptr_t)&tags, 0, (uintptr_t)&count,
                              (uintptr_t)&values };
    HRESULT code = lca_client_invoke(client, store, LCA_IMAPIProp_GetProps,
                                     arguments);
    bool is = !lca_code_failed(code) && values && count == 2 &&
              values->ulPropTag == PR_RESOURCE_FLAGS &&
              values->Value.ul & STATUS_TEMP_SECTION;

    if (is && values[1].ulPropTag == PR_PROVIDER_UID &&
        values[1].Value.bin.cb == sizeof client->temporary)
        memcpy(&client->temporary, values[1].Value.bin.lpb,
               sizeof client->temporary);
    if (values)
        lca_client_free_buffer(client, values);
    return is;
}

void lca_client_find_section(struct lca_client *client,
                             const struct lca_step *step,
                             struct lca_answer *answer)
{
    static const struct MAPIUID none;
    struct lca_session *s = lca_client_session(client, step);
    void *section = NULL;
    uintptr_t arguments[] = { (uintptr_t)&client->temporary, 0, 0,
                              (uintptr_t)&section };

    if (memcmp(&client->temporary, &none, sizeof none) == 0) {
        lca_client_note(client, "the store does not say which section is "
                        "its own");
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    lca_client_answer(answer, lca_client_invoke(
        client, s->pointer, LCA_IMAPISession_OpenProfileSection, arguments));
    lca_client_let_go(client, section);
}

/* A store with a section of its own, for as long as the session lasts. */
void lca_client_open_temporary(struct lca_client *client,
                               const struct lca_step *step,
                               struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    void *store = NULL;
    HRESULT code = lca_object_open(client, s, LCA_STORE, &store);
    uintptr_t arguments[] = { 0, s->inputs.store.size,
                              (uintptr_t)s->inputs.store.bytes, 0,
                              MDB_NO_DIALOG | MDB_TEMPORARY,
                              (uintptr_t)&store };
    bool temporary;

    lca_client_let_go(client, store);
    store = NULL;
    if (!lca_code_failed(code))
        code = lca_client_invoke(client, s->pointer,
                                 LCA_IMAPISession_OpenMsgStore, arguments);
    temporary = !lca_code_failed(code) && store && is_temporary(client, store);
    lca_client_let_go(client, store);
    lca_client_answer(answer, code);
    if (temporary)
        return;
    lca_client_note(client, "no store's section is temporary: OpenMsgStore "
                    "with MDB_TEMPORARY answers 0x%08X", (unsigned)code);
    answer->marks |= LCA_UNPREPARED;
}
