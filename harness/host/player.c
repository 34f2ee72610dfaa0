#include "harness/host/player.h"

#include "harness/fault/callers.h"
#include "harness/fault/guard.h"
#include "harness/fault/ipc.h"
#include "harness/fault/ledger.h"
#include "harness/fault/locks.h"
#include "harness/fault/strike.h"
#include "harness/platform/copies.h"
#include "harness/platform/resources.h"
#include "harness/platform/state.h"
#include "harness/platform/system.h"
#include "harness/platform/thread.h"
#include "harness/subject/client.h"
#include "harness/subject/recipe.h"
#include "harness/watch/census.h"
#include "harness/watch/residue.h"
#include "harness/watch/valgrind.h"

#include <stddef.h>
#include <string.h>

struct player {
    struct lca_client client;
    struct lca_record *record;
    const struct lca_step *steps;
    unsigned count;
    struct lca_own_fds own;
    struct lca_thread *actors[LCA_ACTORS];
    unsigned rounds[LCA_STEPS_MAX];     /* of each LOOP, so far */
};

/* The ops that are calls into the subject; the rest is the player's own. */
static lca_client_play *const calls[LCA_OP_COUNT] = {
    [LCA_INITIALIZE]   = lca_client_initialize,
    [LCA_UNINITIALIZE] = lca_client_uninitialize,
    [LCA_UNINITIALIZE_ALL] = lca_client_uninitialize_all,
    [LCA_LOGON]        = lca_client_logon,
    [LCA_LOGOFF]       = lca_client_logoff,
    [LCA_ADDREF]       = lca_client_add_reference,
    [LCA_RELEASE]      = lca_client_release,
    [LCA_RELEASE_ALL]  = lca_client_release_all,
    [LCA_QUERY]        = lca_client_query,
    [LCA_PREPARE]      = lca_client_prepare,
    [LCA_TIDY]         = lca_client_tidy,
    [LCA_CALL]         = lca_client_call,
    [LCA_TOUCH]        = lca_client_touch,
    [LCA_OPEN]         = lca_client_open,
    [LCA_ASK]          = lca_client_ask,
    [LCA_GRASP]        = lca_client_grasp,
    [LCA_DROP]         = lca_client_drop,
    [LCA_READ]         = lca_client_read,
    [LCA_READ_PROFILE] = lca_client_read_profile,
    [LCA_HOLD]         = lca_client_hold,
    [LCA_VERIFY]       = lca_client_verify,
    [LCA_FREE]         = lca_client_free,
    [LCA_FREE_NULL]    = lca_client_free_null,
    [LCA_CHAIN]        = lca_client_chain,
    [LCA_ADMIN]        = lca_client_admin,
    [LCA_SINK]         = lca_client_sink,
    [LCA_SAVE]         = lca_client_save,
    [LCA_IDENTIFY]     = lca_client_identify,
};

/* Without a session, or the pointer it is to be reached by, nothing is. */
static bool reachable(const struct lca_session *s, const struct lca_step *step)
{
    switch (step->op) {
    case LCA_LOGOFF: case LCA_ADDREF: case LCA_RELEASE: case LCA_RELEASE_ALL:
    case LCA_QUERY: case LCA_PREPARE: case LCA_TIDY: case LCA_CALL:
    case LCA_TOUCH: case LCA_READ: case LCA_READ_PROFILE: case LCA_HOLD:
    case LCA_SAVE: case LCA_IDENTIFY:
        return step->via ? s->alias != NULL : s->pointer != NULL;
    case LCA_OPEN:
        return step->object == LCA_PROFILES || s->pointer;
    default:
        return true;
    }
}

/* What the calls after a PREPARE need of its session. */
static uint32_t needs(const struct player *p, unsigned at)
{
    uint32_t all = 0;

    for (unsigned i = at + 1; i < p->count; i++)
        if (p->steps[i].op == LCA_CALL &&
            p->steps[i].session == p->steps[at].session &&
            p->steps[i].recipe != LCA_HOSTILE)
            all |= lca_recipe_find(p->steps[i].method)->needs;
    return all;
}

struct work {
    struct player *player;
    const struct lca_step *step;
    struct lca_answer *answer;
    unsigned at;                /* the step's number */
};

static void call(void *argument)
{
    struct work *w = argument;
    struct lca_ipc ipc;

    lca_ipc_begin();
    lca_strike_begin(lca_op_window(w->step->op), w->step->calm);
    lca_locks_begin();
    calls[w->step->op](&w->player->client, w->step, w->answer);
    lca_locks_end(w->player->record, w->at);
    lca_strike_end();
    ipc = lca_ipc_end();
    w->answer->ipc += ipc.calls;
    w->answer->sent += ipc.sent;
    if (ipc.display)
        w->answer->marks |= LCA_DISPLAY;
}

/* On the actor's own thread, which is started when it first acts. */
static void act(struct player *p, struct work *w)
{
    struct lca_thread **actor = &p->actors[w->step->actor];

    if (!*actor)
        *actor = lca_thread_start();
    if (*actor) {
        lca_thread_do(*actor, call, w);
        return;
    }
    lca_client_note(&p->client, "no thread could be started");
    w->answer->marks |= LCA_UNPREPARED;
}

static void take_census(struct player *p, uint32_t looks,
                        struct lca_answer *answer)
{
    struct lca_record *r = p->record;
    unsigned i = r->census_count;

    answer->calls = answer->successes = 1;
    answer->value = i;
    lca_census_take(&p->own, looks, r);
    if (lca_valgrind_is_on() && i < LCA_CENSUS_MAX)
        r->census[i].heap = lca_valgrind_heap(i + 1, r->count + 1,
                                              lca_callers_tell);
}

static void play(struct player *p, unsigned at, struct lca_answer *answer)
{
    struct lca_step step = p->steps[at];
    struct work work = { p, &step, answer, at };
    struct lca_session *s = lca_client_session(&p->client, &step);

    if (step.if_refused && !s->refused) {
        answer->marks |= LCA_NOT_PLAYED;
        return;
    }
    if (!reachable(s, &step)) {
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    if (step.op == LCA_PREPARE)
        step.flags = needs(p, at);
    if (step.op == LCA_OWN)
        lca_resources_own(&p->own);
    if (step.op == LCA_HANDLE) {
        lca_state_handle();
        lca_residue_forget();
    }
    if (step.op == LCA_CENSUS)
        take_census(p, step.flags, answer);
    else if (!calls[step.op])
        answer->calls = answer->successes = 1;      /* PROBE: a mark */
    else if (step.actor)
        act(p, &work);
    else
        call(&work);
}

/* A step that is played again adds to its answer; the first code stays. */
static void merge(struct lca_answer *all, const struct lca_answer *one)
{
    if (all->calls == 0) {
        *all = *one;
        return;
    }
    if (one->code != all->code && all->odd == all->code)
        all->odd = one->code;
    all->calls += one->calls;
    all->successes += one->successes;
    all->marks |= one->marks;
    all->ipc += one->ipc;
    all->sent += one->sent;
    all->value = one->value;
}

/* Where the play goes on after step `at`. */
static unsigned following(struct player *p, unsigned at)
{
    const struct lca_step *step = &p->steps[at];

    if (step->op != LCA_LOOP || step->back > at)
        return at + 1;
    if (++p->rounds[at] < step->times) {
        lca_strike_again();
        return at - step->back;
    }
    return at + 1;
}

/* What is guarded is not on the heap, whose growth rounds are about. */
static bool repeats(const struct lca_step *steps, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (steps[i].op == LCA_LOOP)
            return true;
    return false;
}

void lca_player_play(const struct lca_subject *subject,
                     const struct lca_subject_info *info,
                     const struct lca_step *steps, unsigned count,
                     bool traced, bool stacks, struct lca_record *record)
{
    static struct player p;             /* big, and one a process */

    p.client = (struct lca_client){ .subject = subject, .info = info,
                                    .note = record->note,
                                    .reading = &record->reading };
    p.record = record;
    p.steps = steps;
    p.count = count;
    lca_copies_watch();
    if (info->watch != LCA_WATCH_NONE)
        lca_resources_own(&p.own);
    if (info->watch == LCA_WATCH_RESIDUE && !info->no_junk)
        lca_resources_junk();
    if (info->watch != LCA_WATCH_NONE)
        lca_locks_watch(traced || stacks);
    if (info->guard && !repeats(steps, count))
        lca_guard_open(info->no_junk ? 0 : LCA_RESOURCES_FRESH);
    if (traced)
        lca_ledger_open();
    lca_valgrind_begin(lca_callers_tell);
    for (unsigned at = 0; at < count; at = following(&p, at)) {
        struct lca_answer answer = { 0 };

        record->count = at;             /* the step in hand */
        play(&p, at, &answer);
        if (lca_copies_is_one()) {      /* a copy plays on beside the trial */
            record->twice = at + 1;
            lca_system_leave();
        }
        merge(&record->answers[at], &answer);
        lca_valgrind_step(at + 1, lca_callers_tell);
    }
    lca_ledger_close(record);
    record->waited_us = lca_copies_await();
    record->count = count;
    for (unsigned i = 0; i < LCA_ACTORS; i++)
        lca_thread_stop(p.actors[i]);
    record->ending = LCA_RETURNED;
}
