#include "harness/subject/recipe.h"

#include "harness/mapi/code.h"
#include "harness/platform/maps.h"
#include "harness/subject/objects.h"
#include "harness/subject/sink.h"

#include <stdint.h>
#include <string.h>

#define SESSION(name) LCA_IMAPISession_##name
#define WATCHED (fnevCriticalError | fnevExtended)

static const struct lca_recipe_row rows[] = {
    { SESSION(GetLastError), .number = (ULONG)MAPI_E_CALL_FAILED },
    { SESSION(OpenMsgStore), .needs = LCA_NEEDS_STORE_ID,
      .flags = MDB_NO_DIALOG | MAPI_BEST_ACCESS },
    { SESSION(OpenAddressBook), .flags = AB_NO_DIALOG },
    { SESSION(OpenEntry), .needs = LCA_NEEDS_ENTRY_ID },
    { SESSION(CompareEntryIDs), .needs = LCA_NEEDS_ANY_ID },
    { SESSION(Advise), .number = WATCHED },
    { SESSION(Unadvise), .needs = LCA_NEEDS_CONNECTION },
    { SESSION(MessageOptions), .needs = LCA_NEEDS_MESSAGE,
      .string = "SMTP" },
    { SESSION(QueryDefaultMessageOpt), .string = "SMTP" },
    { SESSION(SetDefaultStore), .needs = LCA_NEEDS_STORE_ID,
      .flags = MAPI_DEFAULT_STORE },
    { SESSION(ShowForm), .needs = LCA_NEEDS_MESSAGE, .string = "IPM.Note" },
    { SESSION(PrepareForm), .needs = LCA_NEEDS_MESSAGE },
};

/* An interface that nobody has. */
static const struct GUID random_iid = {
    0x1A57CA11, 0x0BAD, 0x4C0D,
    { 0x8E, 0x5A, 0x17, 0x2C, 0x61, 0x90, 0x3B, 0x4F },
};

const struct lca_recipe_row *lca_recipe_find(enum lca_method method)
{
    static const struct lca_recipe_row none = { 0 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].method == method)
            return &rows[i];
    return &none;
}

/* One call as it will be made, and the room for what it gives back. */
struct call {
    const struct lca_method_row *method;
    enum lca_abi abi;
    uintptr_t arguments[12];
    uint64_t outputs[12];
};

static const void *interface_id(const struct lca_step *step)
{
    if (step->method != LCA_IUnknown_QueryInterface)
        return NULL;            /* the interface that is usual there */
    return step->iid == LCA_IID_UNKNOWN ? &lca_iid[LCA_IUnknown]
         : step->iid == LCA_IID_SESSION ? &lca_iid[LCA_IMAPISession]
                                        : &random_iid;
}

static uintptr_t input(struct lca_client *client, const struct lca_step *step,
                       enum lca_parameter kind, unsigned objects_seen)
{
    const struct lca_recipe_row *row = lca_recipe_find(step->method);
    struct lca_inputs *in = &lca_client_session(client, step)->inputs;
    struct lca_eid *id = row->needs & LCA_NEEDS_ENTRY_ID ? &in->entry
                       : row->needs & LCA_NEEDS_STORE_ID ? &in->store
                       : row->needs & LCA_NEEDS_ANY_ID   ? &in->any
                                                         : NULL;
    /* ShowForm takes store, folder, message; the others a message alone. */
    unsigned object = step->method == SESSION(ShowForm) ? objects_seen : 2;

    switch (kind) {
    case LCA_P_FLAGS:      return step->flags ? step->flags : row->flags;
    case LCA_P_ULONG:
    case LCA_P_HRESULT:    return row->number;
    case LCA_P_CB:         return id ? id->size : 0;
    case LCA_P_EID:        return id && id->size ? (uintptr_t)id->bytes : 0;
    case LCA_P_IID:        return (uintptr_t)interface_id(step);
    case LCA_P_UID:        return (uintptr_t)&lca_profile_section;
    case LCA_P_STRING:     return (uintptr_t)row->string;
    case LCA_P_OBJECT:     return (uintptr_t)in->objects[object];
    case LCA_P_CONNECTION: return (uintptr_t)in->connection;
    case LCA_P_SINK:
        return (uintptr_t)lca_sink_lend(lca_subject_abi(client->subject));
    default:               return 0;
    }
}

static bool is_pointer(enum lca_parameter kind)
{
    return kind == LCA_P_EID || kind == LCA_P_IID || kind == LCA_P_UID ||
           kind == LCA_P_STRING || kind == LCA_P_IN ||
           kind == LCA_P_OBJECT || kind == LCA_P_SINK ||
           kind == LCA_P_FUNCTION;
}

/*
 * What the recipes other than LCA_VALID make of an argument. Outputs are NULL
 * or sound, never wild: a method that fails may set them to NULL first.
 */
static uintptr_t spoiled(enum lca_recipe recipe, enum lca_parameter kind,
                         uintptr_t valid)
{
    bool output = lca_parameter_is_output(kind);

    if (recipe == LCA_NULL_OUTPUTS && output)
        return 0;
    if (recipe == LCA_NULL_INPUTS)
        return is_pointer(kind) ? 0
             : kind == LCA_P_CB ? 16
                                : valid;
    if (recipe == LCA_HOSTILE && !output)
        return is_pointer(kind) ? 1 : 0xFFFFFFFFu;
    return valid;
}

static bool watched(enum lca_parameter kind)
{
    return kind == LCA_P_OUT_OBJECT || kind == LCA_P_OUT_BUFFER ||
           kind == LCA_P_OUT_COUNT;
}

static void build(struct lca_client *client, const struct lca_step *step,
                  struct call *call)
{
    unsigned objects = 0;

    call->method = lca_method(step->method);
    call->abi = lca_subject_abi(client->subject);
    for (unsigned i = 0; i < call->method->count; i++) {
        enum lca_parameter kind = call->method->parameters[i];
        uintptr_t valid = input(client, step, kind, objects);

        objects += kind == LCA_P_OBJECT;
        call->outputs[i] = 0;
        if (watched(kind)) {
            const uint64_t sentinel = LCA_UNTOUCHED;

            memcpy(&call->outputs[i], &sentinel,
                   lca_abi_output_size(call->abi, kind));
        }
        if (lca_parameter_is_output(kind))
            valid = (uintptr_t)&call->outputs[i];
        call->arguments[i] = spoiled(step->recipe, kind, valid);
    }
}

/* Did a failed call leave something other than zero in a watched output? */
static bool dirty(const struct call *call)
{
    for (unsigned i = 0; i < call->method->count; i++) {
        enum lca_parameter kind = call->method->parameters[i];
        const uint64_t sentinel = LCA_UNTOUCHED;
        uint64_t untouched = 0;

        memcpy(&untouched, &sentinel, lca_abi_output_size(call->abi, kind));
        if (watched(kind) && call->outputs[i] != untouched &&
            call->outputs[i] != 0)
            return true;
    }
    return false;
}

static bool given(const struct call *call, unsigned i)
{
    uint64_t untouched = LCA_UNTOUCHED;

    return call->outputs[i] != 0 && call->outputs[i] != untouched;
}

bool lca_client_is_error(const struct MAPIERROR *error)
{
    struct MAPIERROR e;

    if (!lca_maps_readable(error, sizeof *error))
        return false;
    memcpy(&e, error, sizeof e);        /* it may lie anywhere */
    return e.ulVersion == 0 &&
           (!e.lpszError || lca_maps_readable(e.lpszError, 1)) &&
           (!e.lpszComponent || lca_maps_readable(e.lpszComponent, 1));
}

/* QueryInterface for IUnknown is the one way to a bare IUnknown. */
static void let_go(struct lca_client *client, const struct lca_step *step,
                   void *object)
{
    if (step->method == LCA_IUnknown_QueryInterface &&
        step->iid == LCA_IID_UNKNOWN)
        lca_client_invoke(client, object, LCA_IUnknown_Release, NULL);
    else
        lca_client_let_go(client, object);
}

/* What a call that succeeded gave is given back at once. */
static void dispose(struct lca_client *client, const struct lca_step *step,
                    struct call *call, struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);

    for (unsigned i = 0; i < call->method->count; i++) {
        enum lca_parameter kind = call->method->parameters[i];
        void *given_pointer = (void *)(uintptr_t)call->outputs[i];
        uintptr_t number[] = { (uintptr_t)call->outputs[i] };

        if (kind == LCA_P_OUT_CONNECTION && !s->ended)
            lca_client_invoke(client, lca_client_pointer(s, step),
                              LCA_IMAPISession_Unadvise, number);
        if (!given(call, i))
            continue;
        if (kind == LCA_P_OUT_OBJECT) {
            answer->value = call->outputs[i];
            let_go(client, step, given_pointer);
        }
        if (kind == LCA_P_OUT_BUFFER) {
            if (step->method == SESSION(GetLastError) &&
                !lca_client_is_error(given_pointer)) {
                answer->marks |= LCA_BAD_ERROR;
                continue;
            }
            lca_client_free_buffer(client, given_pointer);
        }
    }
}

static void write_down(struct lca_answer *answer, HRESULT code)
{
    if (answer->calls == 0)
        answer->code = answer->odd = code;
    else if (code != answer->code && answer->odd == answer->code)
        answer->odd = code;
    answer->calls++;
    answer->successes += !lca_code_failed(code);
}

/* Is everything there that the call needs? A hostile one needs nothing. */
static bool prepared(struct lca_client *client, const struct lca_step *step)
{
    unsigned needs = step->recipe == LCA_HOSTILE
                   ? 0 : lca_recipe_find(step->method)->needs;
    const struct lca_inputs *in = &lca_client_session(client, step)->inputs;

    return (!(needs & LCA_NEEDS_STORE_ID) || in->store.size) &&
           (!(needs & LCA_NEEDS_ENTRY_ID) || in->entry.size) &&
           (!(needs & LCA_NEEDS_ANY_ID) || in->any.size) &&
           (!(needs & LCA_NEEDS_CONNECTION) || in->connected) &&
           (!(needs & LCA_NEEDS_MESSAGE) || in->objects[2]);
}

/* References that the call itself took or gave back. */
static void account(struct lca_session *s, enum lca_method method)
{
    if (method == LCA_IUnknown_AddRef)
        s->references++;
    else if (method == LCA_IUnknown_Release)
        s->references--;
}

void lca_client_call(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    unsigned times = step->times ? step->times : 1;
    struct call call;

    if (!prepared(client, step)) {
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    for (unsigned i = 0; i < times; i++) {
        HRESULT code;

        build(client, step, &call);
        code = lca_client_invoke_as(client, lca_client_pointer(s, step),
                                    LCA_IMAPISession, step->method,
                                    call.arguments);
        account(s, step->method);
        if (call.method->interface == LCA_IUnknown &&
            step->method != LCA_IUnknown_QueryInterface)
            code = S_OK;        /* a count, not a result */
        write_down(answer, code);
        if (lca_code_failed(code) && dirty(&call))
            answer->marks |= LCA_DIRTY;
        if (!lca_code_failed(code))
            dispose(client, step, &call, answer);
    }
}
