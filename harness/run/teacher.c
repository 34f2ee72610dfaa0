#include "harness/run/teacher.h"

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/oracle/judge.h"
#include "harness/platform/interrupt.h"

#include <stdlib.h>

enum { NODES = 1 << 17 };

struct lca_heard {
    unsigned next[LCA_LETTERS]; /* 0: not asked yet */
    struct lca_reply reply;
};

static const struct lca_position start = { .place = LCA_IN_UNINITIALIZED };

static bool same(struct lca_reply a, struct lca_reply b)
{
    return a.kind == b.kind && a.code == b.code;
}

static enum lca_move move_of(const struct lca_teacher *t, unsigned letter)
{
    return (enum lca_move)(t->calls[letter] & 0xFF);
}

/* Counts would make the machine endless: one initialisation, two references. */
static const struct lca_edge *edge_of(const struct lca_teacher *t,
                                      const struct lca_position *p,
                                      unsigned letter)
{
    enum lca_move move = move_of(t, letter);

    if ((move == LCA_MOVE_INITIALIZE && p->initialized) ||
        (move == LCA_MOVE_ADDREF && p->references > 1))
        return NULL;
    return lca_machine_find(&lca_contract, p, move);
}

static struct lca_position place_of(const struct lca_teacher *t,
                                    const struct lca_word *w, unsigned end)
{
    struct lca_position p = start;

    for (unsigned i = 0; i < end; i++) {
        const struct lca_edge *edge = edge_of(t, &p, w->letters[i]);

        if (edge)
            lca_machine_go(&p, edge);
    }
    return p;
}

struct lca_word lca_word_joined(const struct lca_word *a,
                                const struct lca_word *b)
{
    struct lca_word w = *a;

    for (unsigned i = 0; i < b->count && w.count < LCA_WORD_MAX; i++)
        w.letters[w.count++] = b->letters[i];
    return w;
}

/* The number of the step that plays the next call, from `at` on. */
static unsigned step_from(const struct lca_script *s, unsigned at)
{
    while (at < s->count && (s->steps[at].op == LCA_PREPARE ||
                             s->steps[at].op == LCA_TIDY))
        at++;
    return at;
}

static struct lca_reply reply_of(const struct lca_record *r, unsigned step)
{
    const struct lca_answer *a = &r->answers[step];

    if (r->ending != LCA_RETURNED && step >= r->count)
        return (struct lca_reply){ LCA_REPLY_ENDED, (int32_t)r->ending };
    if (a->marks & LCA_UNPREPARED)
        return (struct lca_reply){ LCA_REPLY_NOTHING, 0 };
    return (struct lca_reply){ LCA_REPLY_CODE, a->code };
}

static struct lca_result play(struct lca_teacher *t, const struct lca_word *w)
{
    struct lca_walk walk = { .count = 0 };
    const struct lca_calibration *known = &t->runner->known[0][0].known;
    struct lca_position p = start;
    struct lca_result r;

    for (unsigned i = 0; i < w->count; i++) {
        const struct lca_edge *edge = edge_of(t, &p, w->letters[i]);

        if (!edge)
            continue;
        walk.calls[walk.count++] = t->calls[w->letters[i]];
        lca_machine_go(&p, edge);
    }
    r = lca_walk_build(&t->c, &walk, &t->working, &t->script);
    if (!r.code)
        r = lca_interrupted();
    if (!r.code)
        r = lca_pool_play(t->runner->pool, &t->script,
                          lca_deadline(known, &t->script,
                                       t->runner->options->timeout_s),
                          &t->record);
    t->out->trials++;
    return r.code || t->record.ending != LCA_LOST ? r
         : lca_fail(LCA_GONE, "%s", t->record.note);
}

/* The node after a letter; *news: it was not there. */
static unsigned grow(struct lca_teacher *t, unsigned at, unsigned letter,
                     bool *news)
{
    *news = !t->nodes[at].next[letter];
    if (*news && t->node_count < NODES)
        t->nodes[at].next[letter] = t->node_count++;
    return t->nodes[at].next[letter];
}

/* After the process has ended nothing is to be heard: no need to ask. */
static bool is_known(struct lca_teacher *t, const struct lca_word *w)
{
    unsigned at = 0;
    bool ended = false, news = false;

    for (unsigned i = 0; i < w->count; i++) {
        at = ended ? grow(t, at, w->letters[i], &news)
                   : t->nodes[at].next[w->letters[i]];
        if (!at)
            return false;
        ended |= t->nodes[at].reply.kind == LCA_REPLY_ENDED;
    }
    return true;
}

/* Writes down what the record answered to each letter. */
static struct lca_result take(struct lca_teacher *t, const struct lca_word *w)
{
    struct lca_position p = start;
    unsigned at = 0, step = 0;
    bool ended = false;

    for (unsigned i = 0; i < w->count; i++) {
        const struct lca_edge *edge = edge_of(t, &p, w->letters[i]);
        struct lca_reply reply = { LCA_REPLY_NONE, 0 };
        bool news;

        if (edge && !ended) {
            step = step_from(&t->script, step);
            reply = reply_of(&t->record, step++);
            lca_machine_go(&p, edge);
        }
        ended |= reply.kind == LCA_REPLY_ENDED;
        at = grow(t, at, w->letters[i], &news);
        if (!at)
            return lca_fail(LCA_GONE, "no machine was found: too many words");
        if (!news && !same(t->nodes[at].reply, reply))
            return lca_fail(LCA_GONE, "no machine was found: %s does not "
                            "answer the same each time",
                            t->out->letters[w->letters[i]]);
        t->nodes[at].reply = reply;
    }
    return lca_ok();
}

struct lca_result lca_teacher_ask(struct lca_teacher *t,
                                  const struct lca_word *w)
{
    struct lca_result r = lca_ok();

    if (is_known(t, w))
        return r;
    r = play(t, w);
    return r.code ? r : take(t, w);
}

struct lca_reply lca_teacher_heard(const struct lca_teacher *t,
                                   const struct lca_word *w, unsigned end)
{
    unsigned at = 0;

    for (unsigned i = 0; i < end; i++)
        at = t->nodes[at].next[w->letters[i]];
    return t->nodes[at].reply;
}

enum lca_place lca_teacher_place(const struct lca_teacher *t,
                                 const struct lca_word *w)
{
    return place_of(t, w, w->count).place;
}

/* The step that plays a word's last call, which is the client's to do. */
static unsigned last_step(const struct lca_teacher *t,
                          const struct lca_word *w)
{
    struct lca_position p = start;
    unsigned step = 0, last = 0;

    for (unsigned i = 0; i < w->count; i++) {
        const struct lca_edge *edge = edge_of(t, &p, w->letters[i]);

        if (!edge)
            continue;
        last = step_from(&t->script, step);
        step = last + 1;
        lca_machine_go(&p, edge);
    }
    return last;
}

/* What the judge leaves to another clause, whose finding it is. */
static const char *owner(const struct lca_teacher *t,
                         const struct lca_edge *edge, unsigned at)
{
    const struct lca_step *step = &t->script.steps[at];
    bool dead = edge->place == LCA_IN_LOGGED_OFF;
    bool ended = t->record.ending != LCA_RETURNED && t->record.count == at;

    if (dead && step->op == LCA_CALL &&
        (ended || (edge->move == LCA_MOVE_METHOD &&
                   t->record.answers[at].successes)))
        return lca_judge_owner_of_method(step->method);
    return ended && step->op != LCA_CALL ? lca_judge_owner(step->op) : NULL;
}

/* In a walk of the clause whose affair the last call is. */
struct lca_result lca_teacher_judge(struct lca_teacher *t,
                                    const struct lca_word *w,
                                    const char **breaks)
{
    struct lca_position p = place_of(t, w, w->count - 1);
    const struct lca_edge *edge = edge_of(t, &p, w->letters[w->count - 1]);
    struct lca_hearing h = { .c = &t->c, .script = &t->script,
                             .record = &t->record,
                             .calibration = &t->runner->known[0][0].known };
    struct lca_opinion o;
    struct lca_result r;

    *breaks = NULL;
    if (!edge || !*edge->clause)
        return lca_ok();
    t->c.clause = edge->clause;
    r = play(t, w);
    o = r.code ? (struct lca_opinion){ 0 } : lca_judge(&h);
    if (o.verdict == LCA_FAIL)
        *breaks = edge->clause;
    else if (o.verdict == LCA_SKIP)
        *breaks = owner(t, edge, last_step(t, w));
    t->c.clause = "";
    return r;
}

static bool is_of_post_002(enum lca_method method)
{
    for (unsigned i = 0; i < LCA_COUNT_method; i++)
        if (lca_values_method[i].value == method)
            return true;
    return false;
}

struct lca_result lca_teacher_open(struct lca_runner *runner,
                                   struct lca_learnt *out,
                                   struct lca_teacher *t)
{
    *t = (struct lca_teacher){
        .runner = runner, .out = out, .node_count = 1,
        .c = { .id = "learn", .clause = "", .machine = &lca_contract,
               .from = LCA_IN_UNINITIALIZED },
        .nodes = calloc(NODES, sizeof *t->nodes),
    };
    for (unsigned m = 0; m < LCA_SESSION_METHODS_END; m++)
        if (is_of_post_002((enum lca_method)m) &&
            runner->known[0][0].known.live[m] == LCA_LIFE_SUCCEEDED)
            t->working.methods[t->working.count++] = (enum lca_method)m;
    return t->nodes ? lca_ok() : lca_fail(LCA_SYSTEM, "no memory for what is "
                                          "heard");
}

void lca_teacher_close(struct lca_teacher *t)
{
    free(t->nodes);
    t->nodes = NULL;
}
