/*
 * What a client does inside OnNotify.
 *
 * A notification is to be had of any store that may be written: a folder is
 * made, the session is asked to tell of the store, and the folder is deleted
 * again, so that nothing stays behind. Once only something is done inside;
 * later notifications are just counted.
 */

#include "harness/subject/client.h"

#include "harness/mapi/call.h"
#include "harness/mapi/code.h"
#include "harness/platform/clock.h"
#include "harness/platform/system.h"
#include "harness/subject/recipe.h"
#include "harness/subject/sink.h"

#include <stdio.h>
#include <string.h>

enum { FOLDER_GENERIC = 1, OPEN_IF_EXISTS = 1,
       EVENTS = fnevObjectCreated | fnevObjectDeleted | fnevObjectModified,
       PATIENCE_MS = 1000,      /* for a notification */
       GRACE_MS = 20,           /* for a thread of the subject's own */
       STAY_MS = 300,           /* in OnNotify: Logoff may wait for it */
       AWAY_MS = 50,            /* the client is in no call of MAPI's */
       AT_ONCE = 2 };           /* .flags of STIR */

enum phase { ASKED, INSIDE, BACK };

/* One a process: the folder, and what happens in OnNotify. */
static struct {
    struct lca_eid folder;
    struct lca_client client;   /* its own: it may act beside the other */
    uint32_t reading;
    struct lca_step step;
    struct lca_answer answer;
    bool held;                  /* the sink was, when OnNotify returned */
    atomic_int phase;
    atomic_bool leave;          /* nobody waits for it to stay any more */
} inside;

/* Which thread asked for it; elsewhere it is another one. */
static _Thread_local bool mine;

static void copy_entry_id(struct lca_client *client, void *folder)
{
    struct { ULONG count, tag; } tags = { 1, PR_ENTRYID };
    struct SPropValue *value = NULL;
    ULONG count = 0;
    uintptr_t arguments[] = { (uintptr_t)&tags, 0, (uintptr_t)&count,
                              (uintptr_t)&value };
    HRESULT code = lca_client_invoke_as(client, folder, LCA_IMAPIFolder,
                                        LCA_IMAPIProp_GetProps, arguments);

    if (lca_code_failed(code) || !value)
        return;
    if (value->ulPropTag == PR_ENTRYID &&
        value->Value.bin.cb <= sizeof inside.folder.bytes) {
        inside.folder.size = value->Value.bin.cb;
        memcpy(inside.folder.bytes, value->Value.bin.lpb,
               value->Value.bin.cb);
    }
    lca_client_free_buffer(client, value);
}

static HRESULT make_folder(struct lca_client *client, struct lca_session *s,
                           const struct lca_step *step)
{
    struct lca_step prepare = { .op = LCA_PREPARE, .session = step->session,
                                .flags = LCA_NEEDS_MESSAGE };
    struct lca_answer ignored = { 0 };
    char name[40];
    void *folder = NULL;
    uintptr_t arguments[] = { FOLDER_GENERIC, (uintptr_t)name, 0, 0,
                              OPEN_IF_EXISTS, (uintptr_t)&folder };
    HRESULT code = MAPI_E_NOT_FOUND;

    snprintf(name, sizeof name, "lastcall %d", lca_system_pid());
    if (!s->inputs.objects[1])
        lca_client_prepare(client, &prepare, &ignored);
    if (s->inputs.objects[1])
        code = lca_client_invoke(client, s->inputs.objects[1],
                                 LCA_IMAPIFolder_CreateFolder, arguments);
    if (!lca_code_failed(code) && folder) {
        copy_entry_id(client, folder);
        lca_client_let_go(client, folder);
    }
    return code;
}

static HRESULT delete_folder(struct lca_client *client,
                             const struct lca_session *s)
{
    uintptr_t arguments[] = { inside.folder.size,
                              (uintptr_t)inside.folder.bytes, 0, 0, 0 };

    return lca_client_invoke(client, s->inputs.objects[1],
                             LCA_IMAPIFolder_DeleteFolder, arguments);
}

void lca_client_listen(struct lca_client *client, const struct lca_step *step,
                       struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    void *sink = client->bound ? client->bound
               : lca_sink_lend(lca_subject_abi(client->subject));
    uint64_t connection = 0;
    uintptr_t arguments[] = { 0, 0, EVENTS, (uintptr_t)sink,
                              (uintptr_t)&connection };
    HRESULT code = make_folder(client, s, step);

    arguments[0] = s->inputs.store.size;
    arguments[1] = (uintptr_t)s->inputs.store.bytes;
    if (!lca_code_failed(code) && inside.folder.size)
        code = lca_client_invoke(client, s->pointer,
                                 LCA_IMAPISession_Advise, arguments);
    if (client->bound)
        lca_client_let_go(client, client->bound);
    client->bound = NULL;
    if (lca_code_failed(code) || !inside.folder.size) {
        lca_client_note(client, "no notification can be caused: a folder or "
                        "Advise answers 0x%08X", (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    s->inputs.connection = connection;
    s->inputs.connected = true;
    answer->code = code;
    answer->calls = answer->successes = 1;
}

/* Until the client is where it waits for OnNotify to return. */
static void stay(void)
{
    for (unsigned ms = 0; ms < STAY_MS && !inside.leave; ms++)
        lca_clock_sleep(1);
}

/* In OnNotify, on whatever thread that is. */
static void react(void *unused)
{
    int32_t before = lca_sink_count().references;
    struct lca_client *c = &inside.client;

    (void)unused;
    inside.phase = INSIDE;
    if (inside.step.op == LCA_END_INSIDE) {
        lca_client_logoff(c, &inside.step, &inside.answer);
    } else {
        inside.answer.marks |= mine ? LCA_UNPREPARED : 0;
        if (!mine)
            stay();
        if (!mine && inside.step.method)
            lca_client_call(c, &inside.step, &inside.answer);
    }
    /* Of a sink that was never referenced nothing can be said. */
    inside.held = before < 2 || lca_sink_count().references > 1;
    inside.phase = BACK;
}

/* Until OnNotify has been entered, or nobody does so. */
static bool await_entry(const struct lca_client *client)
{
    lca_function *dispatch =
        lca_subject_entry(client->subject, LCA_ENTRY_HrDispatchNotifications);
    uintptr_t flags[] = { 0 };

    for (unsigned ms = 0; ms < PATIENCE_MS && inside.phase == ASKED; ms++) {
        lca_clock_sleep(1);
        if (dispatch && ms >= GRACE_MS && ms % 4 == 0)
            lca_call_entry(dispatch, flags, 1);
    }
    return inside.phase != ASKED;
}

/* Returns when OnNotify was entered; what it does there is in `inside`. */
static bool enter(struct lca_client *client, const struct lca_step *step,
                  struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    HRESULT code;
    bool entered;

    inside.client = *client;
    inside.client.reading = &inside.reading;
    inside.step = *step;
    inside.answer = (struct lca_answer){ 0 };
    inside.leave = false;
    inside.phase = ASKED;
    mine = true;
    lca_sink_react(react, NULL);
    code = inside.folder.size ? delete_folder(client, s) : MAPI_E_NOT_FOUND;
    entered = await_entry(client);
    lca_sink_react(NULL, NULL);
    mine = false;
    if (entered)
        return true;
    lca_client_note(client, "no notification came: deleting a folder "
                    "answers 0x%08X", (unsigned)code);
    answer->marks |= LCA_UNPREPARED;
    return false;
}

static void await_return(void)
{
    while (inside.phase == INSIDE)
        lca_clock_sleep(1);
}

void lca_client_end_inside(struct lca_client *client,
                           const struct lca_step *step,
                           struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);

    if (!enter(client, step, answer))
        return;
    await_return();
    *answer = inside.answer;
    s->refused = lca_code_failed(answer->code);
    if (!s->refused)
        s->ended = true;
}

void lca_client_stay_inside(struct lca_client *client,
                            const struct lca_step *step,
                            struct lca_answer *answer)
{
    if (!enter(client, step, answer))
        return;
    answer->calls = answer->successes = 1;
}

void lca_client_outside(struct lca_client *client,
                        const struct lca_step *step,
                        struct lca_answer *answer)
{
    (void)step;
    inside.leave = true;
    await_return();
    answer->marks |= inside.answer.marks & LCA_UNPREPARED;
    if (inside.phase == ASKED)
        answer->marks |= LCA_UNPREPARED;
    if (answer->marks & LCA_UNPREPARED)
        lca_client_note(client, "OnNotify is not called on a thread of the "
                        "subject's own");
    answer->calls = answer->successes = 1;
    answer->value = inside.held;
}

/* OnNotify was called, on whatever thread; false: nobody does so. */
static bool await_call(const struct lca_client *client, uint32_t before)
{
    lca_function *dispatch =
        lca_subject_entry(client->subject, LCA_ENTRY_HrDispatchNotifications);
    uintptr_t flags[] = { 0 };

    for (unsigned ms = 0;
         ms < PATIENCE_MS && lca_sink_count().notifications == before; ms++) {
        lca_clock_sleep(1);
        if (dispatch && ms >= GRACE_MS && ms % 4 == 0)
            lca_call_entry(dispatch, flags, 1);
    }
    return lca_sink_count().notifications != before;
}

/*
 * A folder comes or goes. Who waits for what is told of it is told in calls
 * of MAPI's; who does not is in none, for a while, or goes on at once.
 */
void lca_client_stir(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    uint32_t before = lca_sink_count().notifications;
    HRESULT code = make_folder(client, s, step);

    if (!lca_code_failed(code) && inside.folder.size)
        code = delete_folder(client, s);
    if (lca_code_failed(code)) {
        lca_client_note(client, "no notification can be caused: a folder "
                        "answers 0x%08X", (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    if (step->flags != AT_ONCE)
        lca_clock_sleep(AWAY_MS);
    if (!step->flags && !await_call(client, before)) {
        lca_client_note(client, "no notification came: making and deleting "
                        "a folder answer 0x%08X", (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    lca_client_answer(answer, code);
}
