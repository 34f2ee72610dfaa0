#include "harness/subject/objects.h"

#include "harness/mapi/code.h"
#include "harness/mapi/call.h"
#include "harness/subject/recipe.h"

#include <stdint.h>
#include <string.h>

enum { MOST_ROWS = 1000 };

const struct GUID lca_profile_section = {
    0x00020385, 0, 0, { 0xC0, 0, 0, 0, 0, 0, 0, 0x46 },
};

static const struct {
    enum lca_method opened_by;          /* LCA_NO_METHOD: MAPIAdminProfiles */
    enum lca_interface as;
    enum lca_method asked;
} rows[LCA_OBJECTS] = {
    [LCA_STORES_TABLE]    = { LCA_IMAPISession_GetMsgStoresTable,
                              LCA_IMAPITable, LCA_IMAPITable_GetRowCount },
    [LCA_STATUS_TABLE]    = { LCA_IMAPISession_GetStatusTable,
                              LCA_IMAPITable, LCA_IMAPITable_GetRowCount },
    [LCA_STORE]           = { LCA_IMAPISession_OpenMsgStore,
                              LCA_IMsgStore, LCA_IMAPIProp_GetPropList },
    [LCA_ADDRESS_BOOK]    = { LCA_IMAPISession_OpenAddressBook,
                              LCA_IAddrBook, LCA_IAddrBook_GetSearchPath },
    [LCA_PROFILE_SECTION] = { LCA_IMAPISession_OpenProfileSection,
                              LCA_IMAPIProp, LCA_IMAPIProp_GetPropList },
    [LCA_SERVICES]        = { LCA_IMAPISession_AdminServices,
                              LCA_IMsgServiceAdmin,
                              LCA_IMsgServiceAdmin_GetMsgServiceTable },
    [LCA_PROFILES]        = { LCA_NO_METHOD, LCA_IProfAdmin,
                              LCA_IProfAdmin_GetProfileTable },
    [LCA_FOLDER]          = { LCA_IMsgStore_OpenEntry,
                              LCA_IMAPIFolder, LCA_IMAPIProp_GetPropList },
    [LCA_CONTENTS]        = { LCA_IMAPIContainer_GetContentsTable,
                              LCA_IMAPITable, LCA_IMAPITable_GetRowCount },
    [LCA_MESSAGE]         = { LCA_IMAPIFolder_CreateMessage,
                              LCA_IMessage, LCA_IMAPIProp_GetPropList },
    [LCA_RECIPIENTS]      = { LCA_IMessage_GetRecipientTable,
                              LCA_IMAPITable, LCA_IMAPITable_GetRowCount },
};

static HRESULT open_profiles(struct lca_client *client, void **object)
{
    lca_function *entry = lca_subject_entry(client->subject,
                                            LCA_ENTRY_MAPIAdminProfiles);
    uintptr_t arguments[] = { 0, (uintptr_t)object };

    return entry ? (HRESULT)lca_call_entry(entry, arguments, 2)
                 : MAPI_E_NO_SUPPORT;
}

HRESULT lca_object_open(struct lca_client *client, struct lca_session *s,
                        enum lca_object kind, void **object)
{
    struct lca_step prepare = { .op = LCA_PREPARE,
                                .flags = LCA_NEEDS_STORE_ID };
    struct lca_answer ignored = { 0 };
    uintptr_t out = (uintptr_t)object;
    uintptr_t table[] = { 0, out };
    uintptr_t store[] = { 0, 0, 0, 0, MDB_NO_DIALOG | MAPI_BEST_ACCESS, out };
    uintptr_t book[] = { 0, 0, AB_NO_DIALOG, out };
    uintptr_t profile[] = { (uintptr_t)&lca_profile_section, 0, 0, out };
    const uintptr_t *arguments = kind == LCA_STORE           ? store
                               : kind == LCA_ADDRESS_BOOK    ? book
                               : kind == LCA_PROFILE_SECTION ? profile
                                                             : table;

    *object = NULL;
    if (kind == LCA_PROFILES)
        return open_profiles(client, object);
    if (kind == LCA_STORE && !s->inputs.store.size) {
        prepare.session = (unsigned char)(s - client->sessions);
        lca_client_prepare(client, &prepare, &ignored);
    }
    store[1] = s->inputs.store.size;
    store[2] = (uintptr_t)s->inputs.store.bytes;
    if (kind == LCA_STORE && !store[1])
        return MAPI_E_NOT_FOUND;
    return lca_client_invoke(client, s->pointer, rows[kind].opened_by,
                             arguments);
}

/* What has to be open first; kinds before LCA_FOLDER need the session alone. */
static enum lca_object parent_of(enum lca_object kind)
{
    return kind == LCA_FOLDER     ? LCA_STORE
         : kind == LCA_RECIPIENTS ? LCA_MESSAGE : LCA_FOLDER;
}

static HRESULT open_under(struct lca_client *client, void *parent,
                          enum lca_object kind, void **object)
{
    ULONG type = 0;
    uintptr_t out = (uintptr_t)object;
    uintptr_t folder[] = { 0, 0, 0, MAPI_BEST_ACCESS, (uintptr_t)&type, out };
    uintptr_t message[] = { 0, 0, out };
    uintptr_t table[] = { 0, out };

    return lca_client_invoke_as(client, parent, rows[parent_of(kind)].as,
                                rows[kind].opened_by,
                                kind == LCA_FOLDER  ? folder
                              : kind == LCA_MESSAGE ? message : table);
}

/* Whatever it is opened through stays open as long as it does. */
static HRESULT open_through(struct lca_client *client, struct lca_session *s,
                            enum lca_object kind, void **under, void **object)
{
    HRESULT code;

    if (kind < LCA_FOLDER)
        return lca_object_open(client, s, kind, object);
    code = open_through(client, s, parent_of(kind), under + 1, under);
    if (lca_code_failed(code) || !*under)
        return code;
    return open_under(client, *under, kind, object);
}

static void let_go_under(struct lca_client *client, struct lca_kept *kept)
{
    for (int i = 0; i < LCA_UNDER; i++) {
        lca_client_let_go(client, kept->under[i]);
        kept->under[i] = NULL;
    }
}

void lca_client_open(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_kept *kept = &client->kept[step->slot];
    HRESULT code;

    *kept = (struct lca_kept){ .object = step->object };
    code = open_through(client, lca_client_session(client, step),
                        step->object, kept->under, &kept->pointer);
    if (lca_code_failed(code) || !kept->pointer) {
        kept->pointer = NULL;
        let_go_under(client, kept);
        lca_client_note(client, "no %s: 0x%08X",
                        lca_object_name(step->object), (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    answer->code = code;
    answer->calls = answer->successes = 1;
}

static bool is_pointer(enum lca_parameter kind)
{
    return kind == LCA_P_OUT_OBJECT || kind == LCA_P_OUT_BUFFER;
}

/* Outputs of the methods that are asked: one pointer, perhaps a count. What
   is neither as it was nor NULL after a refusal makes it `dirty`. */
static HRESULT ask(struct lca_client *client, const struct lca_kept *kept,
                   bool *dirty)
{
    enum lca_method method = rows[kept->object].asked;
    const struct lca_method_row *row = lca_method(method);
    uintptr_t arguments[12] = { 0 };
    uint64_t outputs[12] = { 0 };
    HRESULT code;

    for (unsigned i = 0; i < row->count; i++) {
        if (lca_parameter_is_output(row->parameters[i]))
            arguments[i] = (uintptr_t)&outputs[i];
        if (is_pointer(row->parameters[i]))
            outputs[i] = LCA_UNTOUCHED;
    }
    code = lca_client_invoke_as(client, kept->pointer, rows[kept->object].as,
                                method, arguments);
    for (unsigned i = 0; i < row->count; i++) {
        *dirty |= is_pointer(row->parameters[i]) && lca_code_failed(code) &&
                  outputs[i] && outputs[i] != LCA_UNTOUCHED;
        if (outputs[i] == LCA_UNTOUCHED)
            outputs[i] = 0;
    }
    for (unsigned i = 0; !lca_code_failed(code) && i < row->count; i++) {
        void *given = (void *)(uintptr_t)outputs[i];

        if (row->parameters[i] == LCA_P_OUT_OBJECT)
            lca_client_let_go(client, given);
        else if (row->parameters[i] == LCA_P_OUT_BUFFER &&
                 method == LCA_IAddrBook_GetSearchPath)
            lca_client_free_rows(client, given);
        else if (row->parameters[i] == LCA_P_OUT_BUFFER)
            lca_client_free_buffer(client, given);
    }
    return code;
}

void lca_client_ask(struct lca_client *client, const struct lca_step *step,
                    struct lca_answer *answer)
{
    const struct lca_kept *kept = &client->kept[step->slot];
    bool dirty = false;

    if (!kept->pointer) {
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    answer->code = ask(client, kept, &dirty);
    answer->marks |= dirty ? LCA_DIRTY : 0;
    answer->calls = 1;
    answer->successes = !lca_code_failed(answer->code);
}

void lca_client_grasp(struct lca_client *client, const struct lca_step *step,
                      struct lca_answer *answer)
{
    struct lca_kept *kept = &client->kept[step->slot];

    if (!kept->pointer) {
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    lca_client_invoke_as(client, kept->pointer, LCA_IMAPISession,
                         LCA_IUnknown_AddRef, NULL);
    kept->more++;
    answer->calls = answer->successes = 1;
}

void lca_client_drop(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_kept *kept = &client->kept[step->slot];

    lca_client_let_go(client, kept->pointer);
    if (kept->more) {
        kept->more--;
    } else {
        kept->pointer = NULL;
        let_go_under(client, kept);
    }
    answer->calls = answer->successes = 1;
}

uint64_t lca_object_mix(uint64_t digest, const void *bytes, size_t length)
{
    const unsigned char *b = bytes;

    for (size_t i = 0; i < length; i++)
        digest = (digest ^ b[i]) * 1099511628211u;
    return digest;
}

/* One value: strings, booleans and ids are stable; counters and times not. */
static uint64_t digest_one(const struct SPropValue *v)
{
    enum { TYPE = 0xFFFF, BOOLEAN = 0x000B, STRING8 = 0x001E,
           CLSID = 0x0048 };
    uint64_t d = lca_object_mix(LCA_DIGEST, &v->ulPropTag, sizeof v->ulPropTag);

    switch (v->ulPropTag & TYPE) {
    case BOOLEAN: return lca_object_mix(d, &v->Value.b, sizeof v->Value.b);
    case STRING8: return lca_object_mix(d, v->Value.lpszA,
                                        strlen(v->Value.lpszA));
    case CLSID:   return lca_object_mix(d, v->Value.lpguid,
                                        sizeof *v->Value.lpguid);
    default:      return d;
    }
}

/* A sum, so that the order of values and rows does not matter. */
uint64_t lca_object_digest(const struct SPropValue *values, ULONG count)
{
    uint64_t sum = count;

    for (ULONG i = 0; i < count; i++)
        sum += digest_one(&values[i]);
    return sum;
}

/* What of a store's row is stable: its name, and whether it is default. */
static uint64_t digest_row(const struct SRow *row)
{
    static const ULONG tags[] = { PR_DISPLAY_NAME_A, PR_DEFAULT_STORE };
    uint64_t sum = 1;

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        const struct SPropValue *v = lca_client_column(row, tags[i]);

        sum += v ? digest_one(v) : 0;
    }
    return sum;
}

/* The stores, how many there are, and whether the first opens. */
void lca_client_read(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    void *table = NULL, *store = NULL;
    HRESULT code = lca_object_open(client, s, LCA_STORES_TABLE, &table);
    struct SRowSet *set = NULL;
    uint64_t sum = 0;

    if (!lca_code_failed(code) && table)
        set = lca_client_rows(client, table, MOST_ROWS, &code);
    for (ULONG i = 0; set && i < set->cRows; i++)
        sum += digest_row(&set->aRow[i]);
    if (set) {
        lca_client_free_rows(client, set);
        sum += lca_code_failed(lca_object_open(client, s, LCA_STORE, &store));
    } else {
        lca_client_note(client, "the stores table cannot be read: 0x%08X",
                        (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
    }
    lca_client_let_go(client, store);
    lca_client_let_go(client, table);
    answer->code = code;
    answer->value = sum;
    answer->calls = answer->successes = 1;
}
