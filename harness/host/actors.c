#include "harness/host/actors.h"

#include "harness/platform/system.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

_Static_assert((int)LCA_PROCESSES <= (int)LCA_ACTORS_MAX, "a row for each");

static struct {
    struct lca_stage *stage;
    unsigned self;
    void (*body)(void *);
} here;

static struct lca_actor *row(unsigned process)
{
    return &here.stage->actors.all[process];
}

static void live(void *number)
{
    here.self = (unsigned)(uintptr_t)number;
    here.body(NULL);
}

void lca_actors_start(struct lca_stage *stage, void (*body)(void *))
{
    here.stage = stage;
    here.body = body;
    memset(&stage->actors, 0, sizeof stage->actors);
    for (unsigned i = 0; i < stage->count; i++) {
        unsigned process = stage->steps[i].process;

        if (process && !row(process)->pid)
            lca_actor_start(row(process), live, (void *)(uintptr_t)process);
    }
}

unsigned lca_actors_self(void)
{
    return here.self;
}

void lca_actors_play(unsigned at)
{
    unsigned process = here.stage->steps[at].process;

    if (lca_actor_do(row(process), at + 1))
        return;
    here.stage->record.process = process;
    lca_system_leave();
}

void lca_actors_strike(struct lca_client *client, const struct lca_step *step,
                       struct lca_answer *answer)
{
    enum lca_blow blow = step->op == LCA_KILL ? LCA_BLOW_KILL
                       : step->op == LCA_STOP ? LCA_BLOW_STOP
                                              : LCA_BLOW_CONTINUE;

    if (step->process && lca_actor_strike(row(step->process), blow)) {
        answer->calls = answer->successes = 1;
        return;
    }
    lca_client_note(client, "%s had no effect", lca_op_name(step->op));
    answer->marks |= LCA_UNPREPARED;
}

bool lca_actors_unshared(const struct lca_step *steps,
                         const struct lca_record *record, unsigned at)
{
    unsigned sessions = 0;
    bool unshared = false;

    for (unsigned i = 0; i < at && !unshared; i++) {
        if (steps[i].op != LCA_LOGON || !record->answers[i].successes)
            continue;
        unshared = steps[i].kind == LCA_JOINED && sessions == 0;
        sessions++;
    }
    return unshared;
}

void lca_actors_dismiss(void)
{
    for (unsigned i = 1; here.stage && i < LCA_PROCESSES; i++)
        lca_actor_leave(row(i));
}

bool lca_actors_await(unsigned *at)
{
    uint32_t word = lca_actor_await(row(here.self));

    *at = word - 1;
    return word > 0 && word <= here.stage->count;
}

void lca_actors_done(void)
{
    lca_actor_done(row(here.self));
}

int32_t lca_actors_in_hand(const struct lca_stage *stage, int32_t trial)
{
    unsigned at = stage->record.count;
    unsigned process = at < stage->count ? stage->steps[at].process : 0;

    if (process >= LCA_PROCESSES || !stage->actors.all[process].pid ||
        lca_op_strikes(stage->steps[at].op))
        return trial;
    return stage->actors.all[process].pid;
}

static void conclude(struct lca_record *r, const struct lca_actor *a)
{
    if (!a->pid) {
        r->ending = LCA_REFUSED;
        snprintf(r->note, sizeof r->note, "no further process could be "
                 "started");
    } else if (!a->ended) {
        r->ending = LCA_HUNG;           /* its thread alone has ended */
        r->number = 0;
    } else if (a->fate.signal) {
        r->ending = LCA_CRASHED;
        r->number = (uint32_t)a->fate.signal;
    } else if (r->ending != LCA_REFUSED) {
        r->ending = LCA_LEFT;
        r->number = (uint32_t)a->fate.status;
    }
    /* It may have been noticed later than it was. */
    if (r->ending == LCA_CRASHED && r->crashed_in &&
        r->crashed_in <= r->count)
        r->count = r->crashed_in - 1;
}

bool lca_actors_conclude(struct lca_stage *stage)
{
    struct lca_record *r = &stage->record;
    unsigned culprit = r->process < LCA_PROCESSES ? r->process : 0;

    for (unsigned i = 1; !culprit && i < LCA_PROCESSES; i++) {
        const struct lca_actor *a = &stage->actors.all[i];

        if (a->pid && a->ended && !a->excused)
            culprit = i;
    }
    r->process = culprit;
    if (culprit)
        conclude(r, &stage->actors.all[culprit]);
    return culprit != 0;
}
