#include "harness/model/script.h"

#include "harness/model/walk.h"

void lca_script_clear(struct lca_script *s)
{
    s->count = s->weight = s->logons = 0;
    s->kind = LCA_PRIVATE;
    s->init = LCA_INIT_NULL;
    s->destructive = false;
    s->orders = (struct lca_orders){ 0 };
}

void lca_script_add(struct lca_script *s, struct lca_step step)
{
    if (s->count < LCA_STEPS_MAX)
        s->steps[s->count] = step;
    s->count++;                 /* one too many is how the caller knows */
}

/* One field of a step, as an axis has it. */
static void set(struct lca_step *step, unsigned field, uint32_t value)
{
    switch (field) {
    case LCA_SET_FLAGS:
    case LCA_SET_FLAGS2:   step->flags = value;          break;
    case LCA_SET_RESERVED: step->reserved = value;       break;
    case LCA_SET_UI:       step->ui = value;             break;
    case LCA_SET_KIND:     step->kind = value;           break;
    case LCA_SET_INIT:     step->init = value;           break;
    case LCA_SET_METHOD:   step->method = value;         break;
    case LCA_SET_RECIPE:   step->recipe = value;         break;
    case LCA_SET_TIMES:    step->times = value;          break;
    case LCA_SET_IID:      step->iid = value;            break;
    case LCA_SET_OBJECT:   step->object = value;         break;
    case LCA_SET_ASKED:
        step->object = value >> 16;
        step->method = value & 0xFFFF;
        break;
    }
}

static struct lca_step filled(const struct lca_step *row,
                              const struct lca_axis *axes, unsigned cell)
{
    struct lca_step step = *row;
    unsigned takes = row->takes;

    if (step.op == LCA_LOGON)
        takes |= LCA_TAKES(LCA_SET_KIND);
    if (step.op == LCA_INITIALIZE)
        takes |= LCA_TAKES(LCA_SET_INIT);
    for (; axes && axes->name; axes++) {
        if (takes & LCA_TAKES(axes->field))
            set(&step, axes->field, axes->values[cell % axes->count].value);
        cell /= axes->count;
    }
    return step;
}

static void add_probes(struct lca_script *s, const struct lca_step *probe,
                       const struct lca_probes *probes, unsigned char group)
{
    struct lca_step marker = *probe;

    marker.group = group;
    lca_script_add(s, marker);
    for (unsigned i = 0; i < probes->count; i++) {
        struct lca_step call = *probe;

        call.op = LCA_CALL;
        call.want = LCA_WANT_PROBED;
        call.method = probes->methods[i];
        call.group = group;
        lca_script_add(s, call);
    }
}

static bool has(const struct lca_step *steps, enum lca_op op,
                unsigned char session)
{
    for (; steps->op != LCA_END; steps++)
        if (steps->op == op && steps->session == session)
            return true;
    return false;
}

/*
 * A session that is asked by probes is prepared for them at logon, and what
 * was prepared is released before the session is, unless the case says when.
 */
static bool prepares(const struct lca_step *steps, const struct lca_step *at)
{
    return at->op == LCA_LOGON && has(steps, LCA_PROBE, at->session);
}

static bool tidies(const struct lca_step *steps, const struct lca_step *at)
{
    return (at->op == LCA_RELEASE || at->op == LCA_RELEASE_ALL) &&
           has(steps, LCA_PROBE, at->session) &&
           !has(steps, LCA_TIDY, at->session);
}

static bool names(const struct lca_step *steps, unsigned process)
{
    for (; steps->op != LCA_END; steps++)
        if (steps->process == process)
            return true;
    return false;
}

/* Whoever was killed or stands still does nothing any more. */
static bool acts_at_end(const struct lca_step *steps, unsigned process)
{
    bool acts = false;

    for (; steps->op != LCA_END; steps++)
        if (steps->process == process)
            acts = steps->op != LCA_KILL && steps->op != LCA_STOP;
    return acts;
}

static unsigned once_or_more(unsigned times)
{
    return times ? times : 1;
}

/* What a step adds to the work; a loop plays those before it again. */
static void count(struct lca_script *s, unsigned at)
{
    const struct lca_step *step = &s->steps[at];
    unsigned again = once_or_more(step->times) - 1;

    if (step->op != LCA_LOOP) {
        s->weight += once_or_more(step->times);
        s->logons += step->op == LCA_LOGON;
        return;
    }
    for (unsigned j = 1; j <= step->back && j <= at; j++) {
        s->weight += again * once_or_more(step[-(int)j].times);
        s->logons += step[-(int)j].op == LCA_LOGON ? again : 0;
    }
}

static void summarize(struct lca_script *s)
{
    enum lca_session_kind kinds[LCA_SESSIONS] = { LCA_PRIVATE };
    bool logged = false, initialized = false;

    for (unsigned i = 0; i < s->count && i < LCA_STEPS_MAX; i++) {
        const struct lca_step *step = &s->steps[i];

        count(s, i);
        if (step->want == LCA_WANT_UNLOCKED)
            s->orders.stacks = 1;
        if (step->op == LCA_INITIALIZE && step->init < LCA_INIT_KINDS &&
            !initialized) {
            s->init = step->init;
            initialized = true;
        }
        if (step->op == LCA_LOGON && step->kind < LCA_SESSION_KINDS &&
            !logged) {
            s->kind = step->kind;
            logged = true;
        }
        if (step->op == LCA_LOGON)
            kinds[step->session] = step->kind;
        if (step->op == LCA_LOGOFF && (step->flags & MAPI_LOGOFF_SHARED) &&
            (kinds[step->session] == LCA_OFFERED ||
             kinds[step->session] == LCA_JOINED))
            s->destructive = true;
    }
}

struct lca_result lca_script_close(const struct lca_case *c,
                                   struct lca_script *s)
{
    summarize(s);
    if (s->count > LCA_STEPS_MAX)
        return lca_fail(LCA_USAGE, "%s needs %u steps, and %u is the most",
                        c->id, s->count, (unsigned)LCA_STEPS_MAX);
    return lca_ok();
}

static struct lca_step of_its_session(enum lca_op op,
                                      const struct lca_step *step)
{
    return (struct lca_step){ op, .session = step->session,
                              .process = step->process };
}

static struct lca_result build_walk(const struct lca_case *c, unsigned cell,
                                    const struct lca_probes *probes,
                                    struct lca_script *script)
{
    struct lca_walk walk;

    lca_walk_of_cell(c, cell, &walk);
    return lca_walk_build(c, &walk, probes, script);
}

struct lca_result lca_script_build(const struct lca_case *c, unsigned cell,
                                   const struct lca_probes *probes,
                                   struct lca_script *script)
{
    struct lca_step initialize = { LCA_INITIALIZE };
    struct lca_step uninitialize = { LCA_UNINITIALIZE };
    unsigned char groups = 0;

    if (c->machine)
        return build_walk(c, cell, probes, script);
    lca_script_clear(script);
    for (unsigned i = 0; !c->bare && i < LCA_PROCESSES; i++) {
        initialize.process = (unsigned char)i;
        if (i == 0 || names(c->steps, i))
            lca_script_add(script, filled(&initialize, c->axes, cell));
    }
    for (const struct lca_step *row = c->steps; row->op != LCA_END; row++) {
        struct lca_step step = filled(row, c->axes, cell);

        if (step.op == LCA_PROBE) {
            add_probes(script, &step, probes, ++groups);
            continue;
        }
        if (tidies(c->steps, &step))
            lca_script_add(script, of_its_session(LCA_TIDY, &step));
        lca_script_add(script, step);
        if (prepares(c->steps, &step))
            lca_script_add(script, of_its_session(LCA_PREPARE, &step));
    }
    for (unsigned i = LCA_PROCESSES; !c->bare && i-- > 0;) {
        uninitialize.process = (unsigned char)i;
        if (i == 0 || acts_at_end(c->steps, i))
            lca_script_add(script, uninitialize);
    }
    return lca_script_close(c, script);
}
