#include "harness/subject/client.h"

#include "harness/mapi/call.h"
#include "harness/mapi/code.h"
#include "harness/platform/clock.h"
#include "harness/platform/maps.h"
#include "harness/subject/sink.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void lca_client_answer(struct lca_answer *answer, HRESULT code)
{
    answer->code = code;
    answer->calls = 1;
    answer->successes = !lca_code_failed(code);
}

uintptr_t lca_client_enter(const struct lca_client *c, enum lca_entry entry,
                           const uintptr_t *arguments, unsigned count)
{
    return lca_call_entry(lca_subject_entry(c->subject, entry), arguments,
                          count);
}

void lca_client_note(struct lca_client *client, const char *format, ...)
{
    va_list args;

    if (atomic_exchange(&client->noted, true))
        return;
    va_start(args, format);
    vsnprintf(client->note, sizeof ((struct lca_record *)0)->note, format,
              args);
    va_end(args);
}

struct lca_session *lca_client_session(struct lca_client *client,
                                       const struct lca_step *step)
{
    return &client->sessions[step->session];
}

void *lca_client_pointer(const struct lca_session *session,
                         const struct lca_step *step)
{
    return step->via ? session->alias : session->pointer;
}

HRESULT lca_client_invoke_as(const struct lca_client *client, void *object,
                             enum lca_interface as, enum lca_method method,
                             const uintptr_t *arguments)
{
    lca_function *function;
    HRESULT code;

    lca_client_reads(client, 1);    /* a fault of ours is in the object */
    function = lca_abi_method(lca_subject_abi(client->subject), as, method,
                              &object);
    code = function ? lca_call(function, object, arguments,
                               lca_method(method)->count) : E_NOTIMPL;
    lca_client_reads(client, 0);
    return code;
}

HRESULT lca_client_invoke(const struct lca_client *client, void *object,
                          enum lca_method method,
                          const uintptr_t *arguments)
{
    return lca_client_invoke_as(client, object,
                                lca_method(method)->interface, method,
                                arguments);
}

/* Every interface but IUnknown itself leads to it the same way. */
void lca_client_let_go(const struct lca_client *client, void *object)
{
    if (object)
        lca_client_invoke_as(client, object, LCA_IMAPISession,
                             LCA_IUnknown_Release, NULL);
}

SCODE lca_client_free_buffer(const struct lca_client *client, void *buffer)
{
    uintptr_t arguments[] = { (uintptr_t)buffer };

    if (!lca_subject_entry(client->subject, LCA_ENTRY_MAPIFreeBuffer))
        return MAPI_E_NO_SUPPORT;
    return (SCODE)lca_client_enter(client, LCA_ENTRY_MAPIFreeBuffer,
                                   arguments, 1);
}

void lca_client_initialize(struct lca_client *client,
                           const struct lca_step *step,
                           struct lca_answer *answer)
{
    struct MAPIINIT_0 init = { .ulVersion = MAPI_INIT_VERSION };
    uintptr_t arguments[] = { 0 };

    if (step->init != LCA_INIT_NULL)
        arguments[0] = (uintptr_t)&init;
    if (step->init == LCA_INIT_MULTI)
        init.ulFlags = MAPI_MULTITHREAD_NOTIFICATIONS;
    if (step->init == LCA_INIT_SERVICE)
        init.ulFlags = MAPI_NT_SERVICE;
    lca_client_answer(answer, (HRESULT)lca_client_enter(
        client, LCA_ENTRY_MAPIInitialize, arguments, 1));
    client->initialized += answer->successes;
}

void lca_client_uninitialize(struct lca_client *client,
                             const struct lca_step *step,
                             struct lca_answer *answer)
{
    (void)step;
    lca_client_enter(client, LCA_ENTRY_MAPIUninitialize, NULL, 0);
    lca_client_answer(answer, S_OK);
    client->initialized -= client->initialized > 0;
    client->profiled = false;   /* some keep profiles in memory alone */
}

void lca_client_uninitialize_all(struct lca_client *client,
                                 const struct lca_step *step,
                                 struct lca_answer *answer)
{
    lca_client_answer(answer, S_OK);
    while (client->initialized)
        lca_client_uninitialize(client, step, answer);
}

void lca_client_logoff(struct lca_client *client, const struct lca_step *step,
                       struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    uintptr_t arguments[] = { 0, step->flags, step->reserved };
    uintptr_t freed = 0;
    HRESULT code;

    if (step->ui == LCA_UI_FREED)
        freed = lca_maps_gone();
    arguments[0] = step->ui == LCA_UI_ONE   ? 1
                 : step->ui == LCA_UI_ONES  ? UINTPTR_MAX
                 : step->ui == LCA_UI_HIGH  ? (uintptr_t)0x100000001u
                 : step->ui == LCA_UI_FREED ? freed
                                            : 0;
    code = lca_client_invoke(client, lca_client_pointer(s, step),
                             LCA_IMAPISession_Logoff, arguments);
    lca_client_answer(answer, code);
    answer->value = lca_sink_count().notifications;
    s->refused = lca_code_failed(code);
    if (!lca_code_failed(code))
        s->ended = true;
}

void lca_client_add_reference(struct lca_client *client,
                              const struct lca_step *step,
                              struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);

    lca_client_invoke_as(client, lca_client_pointer(s, step),
                         LCA_IMAPISession, LCA_IUnknown_AddRef, NULL);
    s->references++;
    lca_client_answer(answer, S_OK);
}

void lca_client_release(struct lca_client *client,
                        const struct lca_step *step,
                        struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);

    lca_client_let_go(client, lca_client_pointer(s, step));
    s->references--;
    lca_client_answer(answer, S_OK);
}

void lca_client_release_all(struct lca_client *client,
                            const struct lca_step *step,
                            struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);

    for (; s->references > 0; s->references--)
        lca_client_let_go(client, s->pointer);
    lca_client_answer(answer, S_OK);
}

void lca_client_query(struct lca_client *client, const struct lca_step *step,
                      struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    void *alias = NULL;
    uintptr_t arguments[] = { (uintptr_t)&lca_iid[LCA_IMAPISession],
                              (uintptr_t)&alias };
    HRESULT code = lca_client_invoke_as(client, s->pointer, LCA_IMAPISession,
                                        LCA_IUnknown_QueryInterface,
                                        arguments);

    if (!lca_code_failed(code) && !alias)
        code = MAPI_E_CALL_FAILED;
    lca_client_answer(answer, code);
    if (lca_code_failed(code))
        return;
    s->alias = alias;
    s->references++;
}

void lca_client_identify(struct lca_client *client,
                         const struct lca_step *step,
                         struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    void *identity = NULL;
    uintptr_t arguments[] = { (uintptr_t)&lca_iid[LCA_IUnknown],
                              (uintptr_t)&identity };
    HRESULT code = lca_client_invoke_as(client, lca_client_pointer(s, step),
                                        LCA_IMAPISession,
                                        LCA_IUnknown_QueryInterface,
                                        arguments);

    lca_client_answer(answer, code);
    answer->value = (uintptr_t)identity;
    if (!lca_code_failed(code) && s->identity_count < 4)
        s->identities[s->identity_count++] = identity;
}

void lca_client_free_null(struct lca_client *client,
                          const struct lca_step *step,
                          struct lca_answer *answer)
{
    (void)step;
    if (!lca_subject_entry(client->subject, LCA_ENTRY_MAPIFreeBuffer)) {
        lca_client_note(client, "the subject exports no MAPIFreeBuffer");
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    lca_client_answer(answer, lca_client_free_buffer(client, NULL));
}

/* A root, what hangs on it, and all of it given back through the root. */
void lca_client_chain(struct lca_client *client, const struct lca_step *step,
                      struct lca_answer *answer)
{
    void *root = NULL, *more = NULL;
    uintptr_t first[] = { 100, (uintptr_t)&root };
    uintptr_t next[] = { 1000, 0, (uintptr_t)&more };
    SCODE code;

    (void)step;
    if (!lca_subject_entry(client->subject, LCA_ENTRY_MAPIAllocateBuffer) ||
        !lca_subject_entry(client->subject, LCA_ENTRY_MAPIAllocateMore)) {
        lca_client_note(client, "the subject exports no MAPIAllocateBuffer "
                        "or no MAPIAllocateMore");
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    code = (SCODE)lca_client_enter(client, LCA_ENTRY_MAPIAllocateBuffer,
                                   first, 2);
    next[1] = code == S_OK ? (uintptr_t)root : 0;
    for (int i = 0; code == S_OK && i < 4; i++) {
        code = (SCODE)lca_client_enter(client, LCA_ENTRY_MAPIAllocateMore,
                                       next, 3);
        if (code == S_OK)
            memset(more, i, 1000);
    }
    if (code == S_OK)
        memset(root, 1, 100);
    if (next[1]) {
        SCODE freed = lca_client_free_buffer(client, root);

        code = code == S_OK ? freed : code;
    } else if (root) {
        answer->marks |= LCA_DIRTY;
    }
    lca_client_answer(answer, code);
}

void lca_client_admin(struct lca_client *client, const struct lca_step *step,
                      struct lca_answer *answer)
{
    void *admin = NULL;
    uintptr_t arguments[] = { 0, (uintptr_t)&admin };
    HRESULT code;

    (void)step;
    if (!lca_subject_entry(client->subject, LCA_ENTRY_MAPIAdminProfiles)) {
        lca_client_note(client, "the subject exports no MAPIAdminProfiles");
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    code = (HRESULT)lca_client_enter(client, LCA_ENTRY_MAPIAdminProfiles,
                                     arguments, 2);
    lca_client_answer(answer, code);
    if (!lca_code_failed(code))
        lca_client_let_go(client, admin);
}

/* Notifications come when they like: they are asked for, and waited for. */
static struct lca_sink_counts settled_counts(const struct lca_client *client)
{
    enum { TRIES = 5, PAUSE_MS = 4 };
    uintptr_t flags[] = { 0 };

    for (int i = 0; i < TRIES; i++) {
        if (lca_subject_entry(client->subject,
                              LCA_ENTRY_HrDispatchNotifications))
            lca_client_enter(client, LCA_ENTRY_HrDispatchNotifications, flags,
                             1);
        lca_clock_sleep(PAUSE_MS);
    }
    return lca_sink_count();
}

/* Nothing is asked for: nobody is initialised any more. */
void lca_client_linger(struct lca_client *client, const struct lca_step *step,
                       struct lca_answer *answer)
{
    enum { LINGER_MS = 200 };
    struct lca_sink_counts before = lca_sink_count();

    (void)step;
    if (!before.held) {
        lca_client_note(client, "Advise does not keep a sink");
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    lca_clock_sleep(LINGER_MS);
    lca_client_answer(answer, S_OK);
    answer->value = lca_sink_count().notifications - before.notifications;
}

void lca_client_sink(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_sink_counts counts = settled_counts(client);

    (void)step;
    lca_client_answer(answer, S_OK);
    answer->value = (uint32_t)counts.lowest;
    answer->odd = (int32_t)counts.notifications;
}
