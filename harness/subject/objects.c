#include "harness/subject/objects.h"

#include "harness/mapi/code.h"
#include "harness/mapi/call.h"
#include "harness/subject/question.h"
#include "harness/subject/recipe.h"
#include "harness/subject/rows.h"

#include <stdint.h>
#include <string.h>

#define ROOT LCA_OBJECTS        /* opened from the session itself */

const struct GUID lca_profile_section = {
    0x00020385, 0, 0, { 0xC0, 0, 0, 0, 0, 0, 0, 0x46 },
};

#define BY(interface, method) LCA_##interface##_##method
#define LIST_OF(interface, method)                                          \
    BY(interface, method), LCA_IMAPITable, LCA_IMAPITable_GetRowCount
#define LISTS LCA_IMAPIProp_GetPropList

static const struct {
    enum lca_object parent;
    enum lca_method opened_by;          /* LCA_NO_METHOD: MAPIAdminProfiles */
    enum lca_interface as;
    enum lca_method asked;
    ULONG flags;
} rows[LCA_OBJECTS] = {
    [LCA_STORES_TABLE] = { ROOT, LIST_OF(IMAPISession, GetMsgStoresTable) },
    [LCA_STATUS_TABLE] = { ROOT, LIST_OF(IMAPISession, GetStatusTable) },
    [LCA_STORE]        = { ROOT, BY(IMAPISession, OpenMsgStore),
                           LCA_IMsgStore, LISTS,
                           MDB_NO_DIALOG | MAPI_BEST_ACCESS },
    [LCA_ADDRESS_BOOK] = { ROOT, BY(IMAPISession, OpenAddressBook),
                           LCA_IAddrBook, LCA_IAddrBook_GetSearchPath,
                           AB_NO_DIALOG },
    [LCA_PROFILE_SECTION] = { ROOT, BY(IMAPISession, OpenProfileSection),
                              LCA_IMAPIProp, LISTS },
    [LCA_SERVICES]     = { ROOT, BY(IMAPISession, AdminServices),
                           LCA_IMsgServiceAdmin,
                           LCA_IMsgServiceAdmin_GetMsgServiceTable },
    [LCA_PROFILES]     = { ROOT, LCA_NO_METHOD, LCA_IProfAdmin,
                           LCA_IProfAdmin_GetProfileTable },
    [LCA_FOLDER]       = { LCA_STORE, BY(IMsgStore, OpenEntry),
                           LCA_IMAPIFolder, LISTS, MAPI_BEST_ACCESS },
    [LCA_CONTENTS]     = { LCA_FOLDER,
                           LIST_OF(IMAPIContainer, GetContentsTable) },
    [LCA_MESSAGE]      = { LCA_FOLDER, BY(IMAPIFolder, CreateMessage),
                           LCA_IMessage, LISTS },
    [LCA_RECIPIENTS]   = { LCA_MESSAGE,
                           LIST_OF(IMessage, GetRecipientTable) },
    [LCA_HIERARCHY]    = { LCA_FOLDER,
                           LIST_OF(IMAPIContainer, GetHierarchyTable) },
    [LCA_ATTACHMENT]   = { LCA_MESSAGE, BY(IMessage, CreateAttach),
                           LCA_IMAPIProp, LISTS },
    [LCA_ATTACHMENTS]  = { LCA_MESSAGE,
                           LIST_OF(IMessage, GetAttachmentTable) },
    [LCA_STREAM]       = { LCA_MESSAGE, BY(IMAPIProp, OpenProperty),
                           LCA_IStream, LCA_ISequentialStream_Read },
    [LCA_CONTAINER]    = { LCA_ADDRESS_BOOK, BY(IAddrBook, OpenEntry),
                           LCA_IABContainer, LISTS },
    [LCA_STATUS]       = { ROOT, BY(IMAPISession, OpenEntry),
                           LCA_IMAPIStatus, LISTS },
};

static HRESULT open_profiles(struct lca_client *client, void **object)
{
    lca_function *entry = lca_subject_entry(client->subject,
                                            LCA_ENTRY_MAPIAdminProfiles);
    uintptr_t arguments[] = { 0, (uintptr_t)object };

    return entry ? (HRESULT)lca_call_entry(entry, arguments, 2)
                 : MAPI_E_NO_SUPPORT;
}

/* The first row of the status table that has an entry id lends it. */
static void take_status_id(struct lca_client *client, struct lca_session *s,
                           struct lca_eid *id)
{
    void *table = NULL;
    HRESULT code = lca_object_open(client, s, LCA_STATUS_TABLE, &table);
    struct lca_rows rows = { 0 };

    if (!lca_code_failed(code) && table)
        lca_rows_take(client, table, &rows);
    lca_rows_first_id(&rows, id);
    lca_rows_free(client, &rows);
    lca_client_let_go(client, table);
}

static const struct lca_eid *store_id(struct lca_client *client,
                                      struct lca_session *s)
{
    struct lca_step prepare = {
        .op = LCA_PREPARE, .flags = LCA_NEEDS_STORE_ID,
        .session = (unsigned char)(s - client->sessions),
    };
    struct lca_answer ignored = { 0 };

    if (!s->inputs.store.size)
        lca_client_prepare(client, &prepare, &ignored);
    return &s->inputs.store;
}

/* An object that is open already, or the session, is asked for another. */
static HRESULT open_from(struct lca_client *client, struct lca_session *s,
                         void *parent, enum lca_object kind, void **object)
{
    struct lca_question q = lca_question_find(rows[kind].opened_by);
    enum lca_interface as = rows[kind].parent == ROOT
                          ? LCA_IMAPISession : rows[rows[kind].parent].as;
    struct lca_eid status = { 0 };
    struct lca_words words;
    HRESULT code;

    if (kind == LCA_STATUS)
        take_status_id(client, s, &status);
    q.id = kind == LCA_STATUS ? &status
         : kind == LCA_STORE  ? store_id(client, s) : NULL;
    if (q.id && !q.id->size)
        return MAPI_E_NOT_FOUND;
    q.flags |= rows[kind].flags;
    code = lca_question_put(client, s, parent, as, &q, &words);
    if (!lca_code_failed(code))
        *object = lca_question_object(q.method, &words);
    return code;
}

HRESULT lca_object_open(struct lca_client *client, struct lca_session *s,
                        enum lca_object kind, void **object)
{
    *object = NULL;
    if (kind == LCA_PROFILES)
        return open_profiles(client, object);
    return open_from(client, s, s->pointer, kind, object);
}

/* Whatever it is opened through stays open as long as it does. */
static HRESULT open_through(struct lca_client *client, struct lca_session *s,
                            enum lca_object kind, void **under, void **object)
{
    HRESULT code;

    if (rows[kind].parent == ROOT)
        return lca_object_open(client, s, kind, object);
    code = open_through(client, s, rows[kind].parent, under + 1, under);
    if (lca_code_failed(code) || !*under)
        return code;
    return open_from(client, s, *under, kind, object);
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

static void put(struct lca_client *client, const struct lca_step *step,
                enum lca_method method, struct lca_answer *answer)
{
    const struct lca_kept *kept = &client->kept[step->slot];
    struct lca_session *s = lca_client_session(client, step);
    struct lca_question q = lca_question_find(method);
    enum lca_interface as = rows[kept->object].as;
    struct lca_words words;

    if (q.needs & LCA_NEEDS_STORE_ID)
        q.id = &s->inputs.store;
    if (!kept->pointer || (q.id && !q.id->size) ||
        (q.needs & LCA_NEEDS_MESSAGE && !s->inputs.objects[2])) {
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    answer->code = lca_question_put(client, s, kept->pointer, as, &q, &words);
    answer->calls = 1;
    answer->successes = !lca_code_failed(answer->code);
    if (answer->successes)
        lca_question_settle(client, s, kept->pointer, as, method, &words);
    else if (lca_question_dirty(method, &words))
        answer->marks |= LCA_DIRTY;
}

void lca_client_ask(struct lca_client *client, const struct lca_step *step,
                    struct lca_answer *answer)
{
    put(client, step, rows[client->kept[step->slot].object].asked, answer);
}

void lca_client_question(struct lca_client *client,
                         const struct lca_step *step,
                         struct lca_answer *answer)
{
    put(client, step, step->method, answer);
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
