#include "harness/subject/question.h"

#include "harness/subject/objects.h"
#include "harness/subject/recipe.h"
#include "harness/subject/rows.h"
#include "harness/subject/sink.h"

#include <stddef.h>
#include <string.h>

#define PROP(name)  LCA_IMAPIProp_##name
#define TABLE(name) LCA_IMAPITable_##name

enum { NAME = PR_DISPLAY_NAME_A, TEXT = 0x1000001E /* PR_BODY */,
       RECIPIENT_TYPE = 0x0C150003, TO = 1, MODRECIP_ADD = 2,
       SUPPRESS_UI = 1, STATFLAG_NONAME = 1, SOON_MS = 100 };

static const struct { ULONG count, tag; } name_tag = { 1, NAME };
static const struct { ULONG count, tag; } id_tag = { 1, PR_ENTRYID };

static char somebody[] = "lastcall";
static struct SPropValue values[] = {
    { .ulPropTag = NAME, .Value.lpszA = somebody },
    { .ulPropTag = RECIPIENT_TYPE, .Value.l = TO },
};
static const struct {
    ULONG count;
    struct ADRENTRY entry;
} recipient = { 1, { 0, 2, values } };

static struct GUID property_set = { 0x1A57CA11, 0x0BAD, 0x4C0D, { 0 } };
static struct MAPINAMEID property = { .lpguid = &property_set };
static struct MAPINAMEID *const properties[] = { &property };

static const struct SRestriction exists = {
    .rt = RES_EXIST, .res.resExist.ulPropTag = NAME,
};
static const struct {
    ULONG sorts, categories, expanded;
    struct SSortOrder order;
} by_name = { 1, 0, 0, { NAME, 0 } };

static const struct lca_question rows[] = {
    { PROP(SaveChanges), .flags = KEEP_OPEN_READWRITE },
    { PROP(OpenProperty), .number = TEXT, .iid = &lca_iid[LCA_IStream],
      .flags = MAPI_CREATE | MAPI_MODIFY },
    { PROP(SetProps), .number = 1, .in = values },
    { PROP(DeleteProps), .in = &name_tag },
    { PROP(CopyTo), .iid = &lca_iid[LCA_IMessage],
      .needs = LCA_NEEDS_MESSAGE },
    { PROP(CopyProps), .iid = &lca_iid[LCA_IMessage], .in = &name_tag,
      .needs = LCA_NEEDS_MESSAGE },
    { PROP(GetIDsFromNames), .number = 1, .in = properties },
    { TABLE(Advise), .number = fnevTableModified },
    { TABLE(SetColumns), .in = &id_tag },
    { TABLE(SeekRowApprox), .second = 1 },
    { TABLE(FindRow), .in = &exists },
    { TABLE(SortTable), .in = &by_name },
    { TABLE(QueryRows), .number = 1 },
    { TABLE(WaitForCompletion), .number = SOON_MS },
    { LCA_IMsgStore_Advise, .number = fnevObjectModified },
    { LCA_IMsgStore_OpenEntry, .flags = MAPI_BEST_ACCESS },
    { LCA_IMsgStore_CompareEntryIDs, .needs = LCA_NEEDS_STORE_ID },
    { LCA_IMsgStore_GetReceiveFolder, .in = "IPM" },
    { LCA_IAddrBook_OpenEntry, .flags = MAPI_BEST_ACCESS },
    { LCA_IAddrBook_Advise, .number = fnevObjectModified },
    { LCA_IAddrBook_CreateOneOff, .in = "SMTP" },
    { LCA_IAddrBook_QueryDefaultRecipOpt, .in = "SMTP" },
    { LCA_IAddrBook_PrepareRecips, .in = &name_tag },
    { LCA_IABContainer_ResolveNames, .in = &name_tag },
    { LCA_IMessage_ModifyRecipients, .flags = MODRECIP_ADD,
      .in = &recipient },
    { LCA_IMAPIStatus_ValidateState, .flags = SUPPRESS_UI },
    { LCA_ISequentialStream_Read, .number = sizeof somebody },
    { LCA_ISequentialStream_Write, .number = sizeof somebody,
      .in = somebody },
    { LCA_IStream_Stat, .flags = STATFLAG_NONAME },
};

struct lca_question lca_question_find(enum lca_method method)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].method == method)
            return rows[i];
    return (struct lca_question){ .method = method };
}

static bool is_pointer(enum lca_parameter kind)
{
    return kind == LCA_P_OUT_OBJECT || kind == LCA_P_OUT_BUFFER;
}

static uintptr_t input(const struct lca_client *client,
                       const struct lca_session *s,
                       const struct lca_question *q, enum lca_parameter kind)
{
    switch (kind) {
    case LCA_P_FLAGS:   return q->flags;
    case LCA_P_CB:      return q->id ? q->id->size : 0;
    case LCA_P_EID:     return q->id ? (uintptr_t)q->id->bytes : 0;
    case LCA_P_IID:     return (uintptr_t)q->iid;
    case LCA_P_UID:     return (uintptr_t)&lca_profile_section;
    case LCA_P_IN:
    case LCA_P_STRING:  return (uintptr_t)q->in;
    case LCA_P_OBJECT:  return (uintptr_t)s->inputs.objects[2];
    case LCA_P_SINK:
        return (uintptr_t)lca_sink_lend(lca_subject_abi(client->subject));
    default:            return 0;
    }
}

/* What the kind of a parameter does not say: the message that CopyTo is given
   comes after its interface. The other object tells of progress. */
static bool is_left_out(const struct lca_method_row *row, unsigned i)
{
    return row->parameters[i] == LCA_P_OBJECT &&
           (i == 0 || row->parameters[i - 1] != LCA_P_IID);
}

static void fill(const struct lca_client *client, const struct lca_session *s,
                 const struct lca_question *q, struct lca_words *words)
{
    const struct lca_method_row *row = lca_method(q->method);
    unsigned numbers = 0, rooms = 0;

    memset(words, 0, sizeof *words);
    for (unsigned i = 0; i < row->count; i++) {
        enum lca_parameter kind = row->parameters[i];
        uintptr_t *word = &words->arguments[i];

        if (is_pointer(kind))
            words->outputs[i] = LCA_UNTOUCHED;
        if (lca_parameter_is_output(kind) && kind != LCA_P_INOUT)
            *word = (uintptr_t)&words->outputs[i];
        else if (kind == LCA_P_INOUT)
            *word = (uintptr_t)words->room[rooms++ % LCA_ROOMS];
        else if (kind == LCA_P_ULONG || kind == LCA_P_LONG)
            *word = numbers++ == 0 ? q->number : q->second;
        else if (!is_left_out(row, i))
            *word = input(client, s, q, kind);
    }
}

HRESULT lca_question_put(const struct lca_client *client,
                         const struct lca_session *s, void *object,
                         enum lca_interface as, const struct lca_question *q,
                         struct lca_words *words)
{
    fill(client, s, q, words);
    return lca_client_invoke_as(client, object, as, q->method,
                                words->arguments);
}

void *lca_question_object(enum lca_method method,
                          const struct lca_words *words)
{
    const struct lca_method_row *row = lca_method(method);

    for (unsigned i = 0; i < row->count; i++)
        if (row->parameters[i] == LCA_P_OUT_OBJECT &&
            words->outputs[i] != LCA_UNTOUCHED)
            return (void *)(uintptr_t)words->outputs[i];
    return NULL;
}

bool lca_question_dirty(enum lca_method method, const struct lca_words *words)
{
    const struct lca_method_row *row = lca_method(method);
    bool dirty = false;

    for (unsigned i = 0; i < row->count; i++)
        dirty |= is_pointer(row->parameters[i]) && words->outputs[i] &&
                 words->outputs[i] != LCA_UNTOUCHED;
    return dirty;
}

static bool gives_rows(enum lca_method method)
{
    return method == TABLE(QueryRows) ||
           method == LCA_IAddrBook_GetSearchPath;
}

/* The method that takes back what this one gave: a number. */
static enum lca_method taker(enum lca_method method, enum lca_parameter kind)
{
    const char *interface = lca_interface_name(lca_method(method)->interface);

    return kind == LCA_P_OUT_CONNECTION
               ? lca_method_find(interface, "Unadvise")
         : kind == LCA_P_OUT_BOOKMARK ? TABLE(FreeBookmark)
                                      : LCA_NO_METHOD;
}

static void settle_one(const struct lca_client *client, enum lca_method method,
                       enum lca_parameter kind, uint64_t output)
{
    void *given = (void *)(uintptr_t)output;

    if (output == LCA_UNTOUCHED || !given)
        return;
    if (kind == LCA_P_OUT_OBJECT)
        lca_client_let_go(client, given);
    else if (kind == LCA_P_OUT_BUFFER && gives_rows(method))
        lca_rows_free_set(client, given);
    else if (kind == LCA_P_OUT_BUFFER)
        lca_client_free_buffer(client, given);
}

void lca_question_settle(const struct lca_client *client,
                         const struct lca_session *s, void *object,
                         enum lca_interface as, enum lca_method method,
                         const struct lca_words *words)
{
    const struct lca_method_row *row = lca_method(method);

    for (unsigned i = 0; i < row->count; i++) {
        enum lca_parameter kind = row->parameters[i];
        uintptr_t number[] = { (uintptr_t)words->outputs[i] };
        enum lca_method takes = taker(method, kind);

        settle_one(client, method, kind, words->outputs[i]);
        if (takes && !s->ended)
            lca_client_invoke_as(client, object, as, takes, number);
    }
    if (method == PROP(GetNamesFromIDs))    /* the tags, in its INOUT */
        settle_one(client, method, LCA_P_OUT_BUFFER, words->room[0][0]);
}
