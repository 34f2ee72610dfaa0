#include "harness/run/learn.h"

#include "cases/axes.h"
#include "harness/platform/interrupt.h"
#include "harness/run/teacher.h"

#include <stdlib.h>
#include <string.h>

enum { SUFFIXES = 200, SHORT = 3, RANDOM_LENGTH = 20, RANDOM_WORDS = 200 };

struct learner {
    struct lca_learnt *out;
    struct lca_teacher *teacher;
    struct lca_word access[LCA_LEARNT_MAX];
    struct lca_word ways[LCA_LEARNT_MAX][LCA_PLACES];
    struct lca_word suffixes[SUFFIXES];
    unsigned suffix_count;
};

static bool same(struct lca_reply a, struct lca_reply b)
{
    return a.kind == b.kind && a.code == b.code;
}

static struct lca_word followed(const struct lca_word *a, unsigned letter)
{
    const struct lca_word one = { 1, { (unsigned char)letter } };

    return lca_word_joined(a, &one);
}

/* Do two words lead to places that answer every suffix alike? */
static struct lca_result compare(struct learner *l, const struct lca_word *a,
                                 const struct lca_word *b, bool *alike)
{
    struct lca_result r = lca_ok();

    *alike = true;
    for (unsigned i = 0; !r.code && *alike && i < l->suffix_count; i++) {
        struct lca_word x = lca_word_joined(a, &l->suffixes[i]);
        struct lca_word y = lca_word_joined(b, &l->suffixes[i]);

        r = lca_teacher_ask(l->teacher, &x);
        if (!r.code)
            r = lca_teacher_ask(l->teacher, &y);
        for (unsigned j = 1; !r.code && j <= l->suffixes[i].count; j++)
            *alike &= same(lca_teacher_heard(l->teacher, &x, a->count + j),
                           lca_teacher_heard(l->teacher, &y, b->count + j));
    }
    return r;
}

/* The state that a word leads to; a new one if it is like none. */
static struct lca_result find_state(struct learner *l,
                                    const struct lca_word *w, unsigned *state)
{
    struct lca_result r = lca_ok();
    bool alike = false;

    for (*state = 0; !r.code && *state < l->out->count; ++*state) {
        r = compare(l, &l->access[*state], w, &alike);
        if (alike)
            return r;
    }
    if (r.code)
        return r;
    if (l->out->count == LCA_LEARNT_MAX)
        return lca_fail(LCA_GONE, "no machine was found: it has more than %d "
                        "states", LCA_LEARNT_MAX);
    l->access[l->out->count++] = *w;
    return r;
}

static struct lca_result build(struct learner *l)
{
    struct lca_result r = lca_ok();

    l->out->count = 1;
    l->access[0].count = 0;
    for (unsigned s = 0; !r.code && s < l->out->count; s++)
        for (unsigned a = 0; !r.code && a < l->out->letter_count; a++) {
            struct lca_learnt_edge *edge = &l->out->edges[s][a];
            struct lca_word w = followed(&l->access[s], a);

            r = lca_teacher_ask(l->teacher, &w);
            if (r.code)
                break;
            edge->reply = lca_teacher_heard(l->teacher, &w, w.count);
            edge->to = s;
            if (edge->reply.kind != LCA_REPLY_NONE)
                r = find_state(l, &w, &edge->to);
        }
    return r;
}

/* Is a word from a state answered as foretold? If not, its ends are asked. */
static struct lca_result check(struct learner *l, unsigned state,
                               const struct lca_word *tail, bool *foretold)
{
    struct lca_word w = lca_word_joined(&l->access[state], tail);
    struct lca_result r = lca_teacher_ask(l->teacher, &w);
    unsigned at = state;

    for (unsigned i = 0; !r.code && *foretold && i < tail->count; i++) {
        const struct lca_learnt_edge *edge =
            &l->out->edges[at][tail->letters[i]];

        *foretold = same(edge->reply,
                         lca_teacher_heard(l->teacher, &w,
                                           w.count - tail->count + i + 1));
        at = edge->to;
    }
    for (unsigned i = 1; !r.code && !*foretold && i < tail->count; i++) {
        struct lca_word *end = &l->suffixes[l->suffix_count];

        if (l->suffix_count == SUFFIXES)
            return lca_fail(LCA_GONE, "no machine was found: its states are "
                            "too much alike");
        end->count = tail->count - i;
        memcpy(end->letters, tail->letters + i, end->count);
        l->suffix_count++;
    }
    return r;
}

/* The n-th word of some length. */
static struct lca_word nth(const struct learner *l, unsigned length,
                           unsigned n)
{
    struct lca_word w = { .count = length };

    for (unsigned i = 0; i < length; i++) {
        w.letters[i] = (unsigned char)(n % l->out->letter_count);
        n /= l->out->letter_count;
    }
    return w;
}

static struct lca_result check_all(struct learner *l, bool *foretold)
{
    const unsigned letters = l->out->letter_count;
    struct lca_result r = lca_ok();
    uint64_t state = 1;
    unsigned words = letters * letters * letters;

    for (unsigned s = 0; s < l->out->count; s++)
        for (unsigned n = 0; !r.code && *foretold && n < words; n++) {
            struct lca_word w = nth(l, SHORT, n);

            r = check(l, s, &w, foretold);
        }
    for (unsigned n = 0; !r.code && *foretold && letters && n < RANDOM_WORDS;
         n++) {
        struct lca_word w = { .count = RANDOM_LENGTH };

        for (unsigned i = 0; i < RANDOM_LENGTH; i++) {
            state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
            w.letters[i] = (unsigned char)((state >> 33) % letters);
        }
        r = check(l, 0, &w, foretold);
    }
    return r;
}

static struct lca_result find_machine(struct learner *l)
{
    struct lca_result r = lca_ok();
    bool foretold = false;

    for (unsigned a = 0; a < l->out->letter_count; a++)
        l->suffixes[l->suffix_count++] = nth(l, 1, a);
    while (!r.code && !foretold) {
        r = build(l);
        foretold = true;
        if (!r.code)
            r = check_all(l, &foretold);
    }
    return r;
}

/*
 * A state may be several of the model's: one word leads to each, and what it
 * is followed by is judged there. True: a place was come to for the first
 * time.
 */
static struct lca_result judge_at(struct learner *l, unsigned s,
                                  enum lca_place place, bool *news)
{
    struct lca_result r = lca_ok();

    for (unsigned a = 0; !r.code && a < l->out->letter_count; a++) {
        struct lca_learnt_edge *edge = &l->out->edges[s][a];
        struct lca_word w = followed(&l->ways[s][place], a);
        enum lca_place next = lca_teacher_place(l->teacher, &w);
        const char *breaks;

        if (edge->reply.kind == LCA_REPLY_NONE)
            continue;
        r = lca_teacher_judge(l->teacher, &w, &breaks);
        l->out->broken += breaks && !edge->breaks;
        edge->breaks = edge->breaks ? edge->breaks : breaks;
        if (!(l->out->places[edge->to] & 1u << next)) {
            l->out->places[edge->to] |= 1u << next;
            l->ways[edge->to][next] = w;
            *news = true;
        }
    }
    return r;
}

static struct lca_result judge(struct learner *l)
{
    unsigned done[LCA_LEARNT_MAX] = { 0 };
    struct lca_result r = lca_ok();
    bool news = true;

    for (unsigned s = 0; s < l->out->count; s++)
        for (unsigned a = 0; a < l->out->letter_count; a++)
            l->out->edges[s][a].breaks = NULL;
    l->out->places[0] = 1u << LCA_IN_UNINITIALIZED;
    while (!r.code && news) {
        news = false;
        for (unsigned s = 0; s < l->out->count; s++)
            for (unsigned p = 0; !r.code && p < LCA_PLACES; p++)
                if (l->out->places[s] & ~done[s] & 1u << p) {
                    done[s] |= 1u << p;
                    r = judge_at(l, s, (enum lca_place)p, &news);
                }
    }
    return r;
}

static struct lca_result add_letter(struct learner *l, const char *name,
                                    size_t length)
{
    struct lca_learnt *out = l->out;

    for (unsigned i = 1; i < LCA_COUNT_walk; i++) {
        const struct lca_value *v = &lca_values_walk[i];

        if (strlen(v->label) != length || memcmp(v->label, name, length) != 0)
            continue;
        if (out->letter_count == LCA_LETTERS)
            return lca_fail(LCA_USAGE, "--calls takes %d calls at the most",
                            LCA_LETTERS);
        l->teacher->calls[out->letter_count] = v->value;
        out->letters[out->letter_count++] = v->label;
        return lca_ok();
    }
    return lca_fail(LCA_USAGE, "--calls: there is no call '%.*s' (it takes "
                    "those that lastcall explain session/walks/dead names, "
                    "with commas between them)", (int)length, name);
}

/* Those that were named; otherwise the usual ones, and the first method. */
static struct lca_result choose(struct learner *l, const char *calls)
{
    const struct lca_probes *working = &l->teacher->working;
    const char *probe = working->count ? lca_method(working->methods[0])->name
                                       : NULL;
    struct lca_result r = lca_ok();

    if (!calls) {
        calls = "MAPIInitialize,MAPILogonEx,Logoff,Release,MAPIUninitialize";
        if (probe)
            r = add_letter(l, probe, strlen(probe));
    }
    while (!r.code && *calls) {
        size_t length = strcspn(calls, ",");

        r = add_letter(l, calls, length);
        calls += length + (calls[length] == ',');
    }
    return r;
}

static struct lca_result learn(struct lca_runner *runner,
                               struct lca_learnt *out)
{
    struct lca_teacher *teacher = calloc(1, sizeof *teacher);
    struct learner *l = calloc(1, sizeof *l);
    struct lca_result r = lca_fail(LCA_SYSTEM, "no memory for a machine");

    if (teacher && l) {
        *l = (struct learner){ .out = out, .teacher = teacher };
        r = lca_teacher_open(runner, out, teacher);
        if (!r.code)
            r = choose(l, runner->options->calls);
        if (!r.code)
            r = find_machine(l);
        if (!r.code)
            r = judge(l);
        lca_teacher_close(teacher);
    }
    free(teacher);
    free(l);
    return r;
}

struct lca_result lca_learn(const struct lca_options *options,
                            struct lca_learnt *learnt)
{
    struct lca_options o = *options;
    struct lca_runner *runner = calloc(1, sizeof *runner);
    struct lca_result r;

    *learnt = (struct lca_learnt){ 0 };
    if (!runner)
        return lca_fail(LCA_SYSTEM, "no memory for a machine");
    o.trial = "session/walks/dead";     /* its kind of session is measured */
    runner->options = &o;
    lca_interrupt_watch();
    r = lca_runner_open(runner);
    if (!r.code)
        r = learn(runner, learnt);
    lca_runner_close(runner);
    return r;
}
