#include "harness/host/player.h"

#include "harness/fault/callers.h"
#include "harness/fault/guard.h"
#include "harness/fault/ipc.h"
#include "harness/fault/junk.h"
#include "harness/fault/ledger.h"
#include "harness/fault/locks.h"
#include "harness/fault/shake.h"
#include "harness/fault/strike.h"
#include "harness/host/actors.h"
#include "harness/platform/copies.h"
#include "harness/platform/door.h"
#include "harness/platform/resources.h"
#include "harness/platform/state.h"
#include "harness/platform/system.h"
#include "harness/platform/thread.h"
#include "harness/subject/client.h"
#include "harness/subject/ops.h"
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
    uint32_t seed;              /* of races */
    bool counts;                /* Valgrind does, what is not given back */
};

static _Thread_local unsigned in_hand;

struct work {
    struct player *player;
    const struct lca_step *step;
    struct lca_answer *answer;
    unsigned at;                /* the step's number */
};

static void call(void *argument)
{
    struct work *w = argument;
    unsigned knocks = lca_door_knocks();
    struct lca_ipc ipc;

    in_hand = w->at + 1;
    lca_ipc_begin();
    lca_strike_begin(lca_op_window(w->step->op), w->step->calm);
    lca_locks_begin();
    lca_ops_play(w->step->op)(&w->player->client, w->step, w->answer);
    lca_locks_end(w->player->record, w->at);
    lca_strike_end();
    ipc = lca_ipc_end();
    in_hand = 0;
    w->answer->ipc += ipc.calls;
    w->answer->sent += ipc.sent;
    if (ipc.display || lca_door_knocks() != knocks)
        w->answer->marks |= LCA_DISPLAY;
    w->answer->marks |= ipc.connected ? LCA_CONNECTED : 0;
    w->answer->marks |= ipc.again ? LCA_AGAIN : 0;
}

/* The actor's own thread, which is started when it first acts; or NULL. */
static struct lca_thread *thread_of(struct player *p, unsigned actor)
{
    if (!p->actors[actor])
        p->actors[actor] = lca_thread_start();
    if (!p->actors[actor])
        lca_client_note(&p->client, "no thread could be started");
    return p->actors[actor];
}

static void act(struct player *p, struct work *w)
{
    struct lca_thread *actor = thread_of(p, w->step->actor);

    if (actor)
        lca_thread_do(actor, call, w);
    else
        w->answer->marks |= LCA_UNPREPARED;
}

/* Its thread ends; it has a new one when it acts again. */
static void end_thread(struct player *p, unsigned actor)
{
    lca_thread_stop(p->actors[actor]);
    p->actors[actor] = NULL;
}

static void take_census(struct player *p, uint32_t looks,
                        struct lca_answer *answer)
{
    struct lca_record *r = p->record;
    unsigned i = r->census_count;

    answer->calls = answer->successes = 1;
    answer->value = i;
    lca_census_take(&p->own, looks, r);
    if (p->counts && i < LCA_CENSUS_MAX)
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
    if (!lca_ops_reach(s, &step)) {
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    if (step.op == LCA_PREPARE)
        step.flags = lca_ops_needs(p->steps, p->count, at);
    if (step.op == LCA_HEAR)
        p->client.unshared = lca_actors_unshared(p->steps, p->record, at);
    if (step.op == LCA_OWN)
        lca_resources_own(&p->own);
    if (step.op == LCA_HANDLE) {
        lca_state_handle();
        lca_residue_forget();
    }
    if (step.op == LCA_LEAVE)
        end_thread(p, step.actor);
    if (lca_op_strikes(step.op))
        lca_actors_strike(&p->client, &step, answer);
    else if (step.op == LCA_CENSUS)
        take_census(p, step.flags, answer);
    else if (step.op == LCA_OFFER)
        answer->calls = 1, answer->successes = lca_door_open();
    else if (!lca_ops_play(step.op))
        answer->calls = answer->successes = 1;      /* PROBE: a mark */
    else if (step.actor && !step.together)
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

/* A copy of the trial plays on beside it, and is not wanted. */
static void dismiss_copy(struct player *p, unsigned at)
{
    if (!lca_copies_is_one())
        return;
    p->record->twice = at + 1;
    lca_system_leave();
}

/* What one actor plays of the steps from `first` to before `end`. */
struct part {
    struct player *player;
    struct lca_meeting *meeting;
    unsigned first, end, actor;
};

static void play_part(void *argument)
{
    struct part *part = argument;
    struct player *p = part->player;

    lca_shake_begin(p->seed, part->actor);
    lca_meeting_wait(part->meeting);
    for (unsigned i = part->first; i < part->end; i++) {
        struct lca_answer answer = { 0 };

        if (p->steps[i].actor != part->actor)
            continue;
        in_hand = i + 1;
        lca_shake_wait();
        play(p, i, &answer);
        in_hand = 0;
        dismiss_copy(p, i);
        merge(&p->record->answers[i], &answer);
    }
    lca_shake_end();
}

/* Who acts in those steps: a bit each. 0: one has no thread to act on. */
static unsigned actors_of(struct player *p, unsigned first, unsigned end)
{
    unsigned all = 0;

    for (unsigned i = first; i < end; i++) {
        if (p->steps[i].actor && !thread_of(p, p->steps[i].actor))
            return 0;
        all |= 1u << p->steps[i].actor;
    }
    return all;
}

/*
 * All at once, each actor's in turn. What a call of theirs reads of the
 * subject is not told apart meanwhile: it is always the subject's.
 */
static void play_together(struct player *p, unsigned first, unsigned end)
{
    struct part parts[LCA_ACTORS];
    struct lca_meeting meeting = { 0 };
    unsigned all = actors_of(p, first, end);

    for (unsigned i = first; !all && i < end; i++)
        p->record->answers[i].marks |= LCA_UNPREPARED;
    for (unsigned a = 0; a < LCA_ACTORS; a++)
        meeting.absent += all >> a & 1;
    p->client.reading = NULL;
    p->record->reading = 1;
    p->record->begun = end;
    for (unsigned a = LCA_ACTORS; a-- > 0;) {
        parts[a] = (struct part){ p, &meeting, first, end, a };
        if (all >> a & 1 && a)
            lca_thread_begin(p->actors[a], play_part, &parts[a]);
        else if (all >> a & 1)
            play_part(&parts[a]);
    }
    for (unsigned a = 1; a < LCA_ACTORS; a++)
        if (all >> a & 1)
            lca_thread_await(p->actors[a]);
    p->record->begun = 0;
    p->record->reading = 0;
    p->client.reading = &p->record->reading;
}

static void play_alone(struct player *p, unsigned at)
{
    const struct lca_step *step = &p->steps[at];
    struct lca_answer answer = { 0 };

    if (step->process != lca_actors_self() && !lca_op_strikes(step->op)) {
        lca_actors_play(at);
        return;
    }
    play(p, at, &answer);
    dismiss_copy(p, at);
    merge(&p->record->answers[at], &answer);
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

unsigned lca_player_in_hand(void)
{
    return in_hand;
}

static void play_steps(struct player *p)
{
    for (unsigned at = 0; at < p->count; at = following(p, at)) {
        unsigned end = lca_steps_end(p->steps, p->count, at);

        p->record->count = at;          /* the step in hand */
        if (p->steps[at].together)
            play_together(p, at, end);
        else
            play_alone(p, at);
        at = end - 1;
        lca_valgrind_step(at + 1, lca_callers_tell);
    }
}

/* In every process. */
static void watch_memory(const struct player *p,
                         const struct lca_subject_info *info)
{
    lca_copies_watch();
    if (info->watch == LCA_WATCH_RESIDUE && !info->no_junk)
        lca_junk_open();
    /* What is guarded is not on the heap, whose growth rounds are about. */
    if (info->guard && !lca_steps_repeat(p->steps, p->count))
        lca_guard_open(info->no_junk ? 0 : LCA_RESOURCES_FRESH);
}

static void watch(struct player *p, const struct lca_subject_info *info,
                  const struct lca_orders *orders)
{
    p->seed = orders->seed;
    p->counts = info->watch == LCA_WATCH_MEMCHECK && lca_valgrind_is_on();
    watch_memory(p, info);
    if (info->watch != LCA_WATCH_NONE) {
        lca_resources_own(&p->own);
        lca_locks_watch(orders->trace || orders->stacks);
    }
    if (orders->trace)
        lca_ledger_open();
    lca_valgrind_begin(lca_callers_tell);
}

/* Big, and one a process. */
static struct player *new_player(const struct lca_subject *subject,
                                 const struct lca_subject_info *info,
                                 const struct lca_step *steps, unsigned count,
                                 struct lca_record *record)
{
    static struct player p;

    if (p.record)
        memset(&p, 0, sizeof p);        /* after a rehearsal */
    p.client = (struct lca_client){ .subject = subject, .info = info,
                                    .note = record->note,
                                    .reading = &record->reading };
    p.record = record;
    p.steps = steps;
    p.count = count;
    return &p;
}

void lca_player_play(const struct lca_subject *subject,
                     const struct lca_subject_info *info,
                     const struct lca_step *steps, unsigned count,
                     const struct lca_orders *orders,
                     struct lca_record *record)
{
    struct player *p = new_player(subject, info, steps, count, record);

    if (orders)
        watch(p, info, orders);
    play_steps(p);
    lca_door_close();
    lca_ledger_close(record);
    record->waited_us = lca_copies_await();
    record->count = count;
    for (unsigned i = 0; i < LCA_ACTORS; i++)
        lca_thread_stop(p->actors[i]);
    lca_actors_dismiss();
    record->ending = LCA_RETURNED;
}

void lca_player_serve(const struct lca_subject *subject,
                      const struct lca_subject_info *info,
                      const struct lca_step *steps, unsigned count,
                      struct lca_record *record)
{
    struct player *p = new_player(subject, info, steps, count, record);
    unsigned at;

    watch_memory(p, info);
    lca_valgrind_begin(lca_callers_tell);
    while (lca_actors_await(&at)) {
        play_alone(p, at);
        lca_valgrind_step(at + 1, lca_callers_tell);
        lca_actors_done();
    }
}
