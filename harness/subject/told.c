/*
 * What a client of a session is told of the session itself.
 *
 * Each session has a sink of its own. OnNotify may come on any thread: it
 * writes down what kind of notification came and whether what it leads to is
 * memory, and once logs off, if that was asked for.
 */

#include "harness/subject/client.h"

#include "harness/mapi/call.h"
#include "harness/mapi/code.h"
#include "harness/platform/clock.h"
#include "harness/platform/maps.h"

#include <string.h>

enum { PATIENCE_MS = 3000,      /* for what is due */
       QUIET_MS = 100,          /* for what is not, and for more */
       GRACE_MS = 20,           /* before notifications are asked for */
       NOTES_MAX = 64 };

enum phase { IDLE, WAITING, INSIDE, BACK };

/* One a session; static, so that a subject may call it late. */
static struct told {
    void *table;                /* first: what the subject knows of it */
    bool registered;
    atomic_uint heard;
    atomic_int scode;           /* of the first critical error */
    atomic_int phase;           /* of the Logoff in OnNotify */
    struct lca_client client;   /* its own: it may act beside the other */
    uint32_t reading;
    struct lca_step step;
    struct lca_answer answer;
} all[LCA_SESSIONS];

static lca_function *words[LCA_SINK_WORDS];

static HRESULT query(void *self, const struct GUID *iid, void **out)
{
    bool known = memcmp(iid, &lca_iid[LCA_IUnknown], sizeof *iid) == 0 ||
                 memcmp(iid, &lca_iid[LCA_IMAPIAdviseSink],
                        sizeof *iid) == 0;

    *out = known ? self : NULL;
    return known ? S_OK : MAPI_E_INTERFACE_NOT_SUPPORTED;
}

static ULONG count(void *self)
{
    (void)self;
    return 1;
}

static bool is_there(const void *at, size_t size)
{
    return size == 0 || lca_maps_readable(at, size);
}

static uint32_t kind_of(const struct NOTIFICATION *n)
{
    const struct ERROR_NOTIFICATION *err = &n->info.err;
    const struct EXTENDED_NOTIFICATION *ext = &n->info.ext;
    uint32_t kind = LCA_TOLD_OTHER;

    if (n->ulEventType == fnevCriticalError) {
        kind = LCA_TOLD_ERROR;
        if (!is_there(err->lpEntryID, err->cbEntryID))
            kind |= LCA_TORN_ENTRY;
        if (err->lpMAPIError && !lca_client_is_error(err->lpMAPIError))
            kind |= LCA_TORN_ERROR;
    } else if (n->ulEventType == fnevExtended) {
        kind = LCA_TOLD_EXTENDED;
        if (!is_there(ext->pbEventParameters, ext->cb))
            kind |= LCA_TORN_EXTENDED;
    }
    return kind;
}

/* What one call told, of however many things. */
static uint32_t kinds_of(struct told *t, ULONG count,
                         const struct NOTIFICATION *notes)
{
    uint32_t before = atomic_load(&t->heard), kinds = 0;

    if (count > NOTES_MAX || !is_there(notes, count * sizeof *notes))
        return LCA_TOLD_ERROR | LCA_TORN_ERROR;
    for (ULONG i = 0; i < count; i++) {
        uint32_t kind = kind_of(&notes[i]);

        if (kind & LCA_TOLD_ERROR && !((before | kinds) & LCA_TOLD_ERROR))
            atomic_store(&t->scode, notes[i].info.err.scode);
        kinds |= kind;
    }
    return kinds;
}

static ULONG notify(void *self, ULONG count, const struct NOTIFICATION *notes)
{
    struct told *t = self;
    int waiting = WAITING;
    uint32_t heard = kinds_of(t, count, notes);

    atomic_fetch_or(&t->heard, heard);
    if (atomic_compare_exchange_strong(&t->phase, &waiting, INSIDE)) {
        lca_client_logoff(&t->client, &t->step, &t->answer);
        atomic_store(&t->phase, BACK);
    }
    return 0;
}

void lca_client_register(struct lca_client *client,
                         const struct lca_step *step,
                         struct lca_answer *answer)
{
    lca_function *const methods[LCA_SINK_METHODS] = {
        (lca_function *)query, (lca_function *)count, (lca_function *)count,
        (lca_function *)notify,
    };
    struct told *t = &all[step->session];
    uint64_t connection = 0;
    uintptr_t arguments[] = { 0, 0, step->flags, (uintptr_t)t,
                              (uintptr_t)&connection };

    lca_abi_sink(lca_subject_abi(client->subject), methods, words, &t->table);
    lca_client_answer(answer, lca_client_invoke(
        client, lca_client_session(client, step)->pointer,
        LCA_IMAPISession_Advise, arguments));
    t->registered = answer->successes;
}

void lca_client_end_when_told(struct lca_client *client,
                              const struct lca_step *step,
                              struct lca_answer *answer)
{
    struct told *t = &all[step->session];

    t->client = *client;
    t->client.reading = &t->reading;
    t->step = *step;
    atomic_store(&t->phase, WAITING);
    lca_client_answer(answer, S_OK);
}

/* Both kinds may come, one after the other. */
static bool may_hear_more(const struct told *t, unsigned ms, unsigned first)
{
    uint32_t both = LCA_TOLD_ERROR | LCA_TOLD_EXTENDED;

    return (atomic_load(&t->heard) & both) != both &&
           ms < (atomic_load(&t->heard) ? first + QUIET_MS : PATIENCE_MS);
}

void lca_client_hear(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct told *t = &all[step->session];
    struct lca_session *s = lca_client_session(client, step);
    lca_function *dispatch =
        lca_subject_entry(client->subject, LCA_ENTRY_HrDispatchNotifications);
    const uintptr_t flags[] = { 0 };
    bool due = !step->flags;
    unsigned ms = 0, first = 0;

    if (due && (!t->registered || client->unshared)) {
        lca_client_note(client, "there is no sink to be told through");
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    while (due ? may_hear_more(t, ms, first) : ms < QUIET_MS) {
        lca_clock_sleep(1);
        if (dispatch && ms >= GRACE_MS && ms % 4 == 0)
            lca_call_entry(dispatch, flags, 1);
        ms++;
        first = atomic_load(&t->heard) ? first : ms;
    }
    while (atomic_load(&t->phase) == INSIDE)
        lca_clock_sleep(1);
    if (atomic_load(&t->phase) == BACK) {
        s->refused = lca_code_failed(t->answer.code);
        s->ended = !s->refused;
    }
    lca_client_answer(answer, S_OK);
    answer->value = atomic_load(&t->heard);
    answer->odd = atomic_load(&t->scode);
}
