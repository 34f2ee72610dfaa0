/*
 * A message that is saved, changed, and not saved again.
 *
 * It lies in the root folder of the first store, and whoever reads it again
 * deletes it.
 */

#include "harness/subject/client.h"

#include "harness/mapi/code.h"

#include <stdint.h>
#include <string.h>

enum { SUBJECT = 0x0037001E };
enum { AS_SAVED, AS_CHANGED, AS_NEITHER };

static char saved[] = "saved before Logoff", changed[] = "never saved";
static struct lca_eid draft;    /* one a process */

static HRESULT set_subject(struct lca_client *client, void *message,
                           char *text)
{
    struct SPropValue value = { .ulPropTag = SUBJECT };
    uintptr_t set[] = { 1, (uintptr_t)&value, 0 };

    value.Value.lpszA = text;
    return lca_client_invoke(client, message, LCA_IMAPIProp_SetProps, set);
}

/* One value of a message; NULL: it will not say. The caller frees it. */
static struct SPropValue *get(struct lca_client *client, void *message,
                              ULONG tag)
{
    struct { ULONG count, tag; } tags = { 1, tag };
    struct SPropValue *value = NULL;
    ULONG count = 0;
    uintptr_t arguments[] = { (uintptr_t)&tags, 0, (uintptr_t)&count,
                              (uintptr_t)&value };
    HRESULT code = lca_client_invoke(client, message, LCA_IMAPIProp_GetProps,
                                     arguments);

    if (lca_code_failed(code) || !value)
        return NULL;
    if (count == 1 && value->ulPropTag == tag)
        return value;
    lca_client_free_buffer(client, value);
    return NULL;
}

static void take_id(struct lca_client *client, void *message)
{
    struct SPropValue *value = get(client, message, PR_ENTRYID);

    if (value && value->Value.bin.cb <= sizeof draft.bytes) {
        draft.size = value->Value.bin.cb;
        memcpy(draft.bytes, value->Value.bin.lpb, draft.size);
    }
    if (value)
        lca_client_free_buffer(client, value);
}

void lca_client_draft(struct lca_client *client, const struct lca_step *step,
                      struct lca_answer *answer)
{
    const struct lca_kept *kept = &client->kept[step->slot];
    struct lca_step open = { .op = LCA_OPEN, .object = LCA_MESSAGE,
                             .session = step->session, .slot = step->slot };
    uintptr_t keep_open[] = { KEEP_OPEN_READWRITE };
    HRESULT code;

    lca_client_open(client, &open, answer);
    if (!kept->pointer)
        return;
    code = set_subject(client, kept->pointer, saved);
    if (!lca_code_failed(code))
        code = lca_client_invoke(client, kept->pointer,
                                 LCA_IMAPIProp_SaveChanges, keep_open);
    if (!lca_code_failed(code))
        take_id(client, kept->pointer);
    if (!lca_code_failed(code))
        code = set_subject(client, kept->pointer, changed);
    answer->code = code;
    if (!lca_code_failed(code) && draft.size)
        return;
    lca_client_note(client, "no message can be saved, named and changed: "
                    "0x%08X", (unsigned)code);
    answer->marks |= LCA_UNPREPARED;
}

static void delete_draft(struct lca_client *client, void *folder)
{
    struct SBinary id = { draft.size, draft.bytes };
    struct SBinaryArray list = { 1, &id };
    uintptr_t arguments[] = { (uintptr_t)&list, 0, 0, 0 };

    lca_client_invoke(client, folder, LCA_IMAPIFolder_DeleteMessages,
                      arguments);
}

static uint64_t compare(struct lca_client *client, void *message)
{
    struct SPropValue *value = get(client, message, SUBJECT);
    uint64_t is = AS_NEITHER;

    if (value && strcmp(value->Value.lpszA, saved) == 0)
        is = AS_SAVED;
    else if (value && strcmp(value->Value.lpszA, changed) == 0)
        is = AS_CHANGED;
    if (value)
        lca_client_free_buffer(client, value);
    return is;
}

void lca_client_reread(struct lca_client *client, const struct lca_step *step,
                       struct lca_answer *answer)
{
    const struct lca_kept *kept = &client->kept[step->slot];
    struct lca_step open = { .op = LCA_OPEN, .object = LCA_FOLDER,
                             .session = step->session, .slot = step->slot };
    ULONG type = 0;
    void *message = NULL;
    uintptr_t arguments[] = { draft.size, (uintptr_t)draft.bytes, 0,
                              MAPI_BEST_ACCESS, (uintptr_t)&type,
                              (uintptr_t)&message };

    if (!draft.size) {          /* no message, or none that has a name yet */
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    lca_client_open(client, &open, answer);
    if (!kept->pointer)
        return;
    answer->code = lca_client_invoke(client, kept->under[0],
                                     LCA_IMsgStore_OpenEntry, arguments);
    if (!lca_code_failed(answer->code) && message) {
        answer->value = compare(client, message);
    } else {                    /* what was saved is another clause's */
        lca_client_note(client, "the message that was saved is not there: "
                        "0x%08X", (unsigned)answer->code);
        answer->marks |= LCA_UNPREPARED;
    }
    lca_client_let_go(client, message);
    delete_draft(client, kept->pointer);
    lca_client_drop(client, &open, answer);
}
