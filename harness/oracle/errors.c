#include "harness/oracle/errors.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct lca_opinion pass = { .verdict = LCA_PASS };

static bool is_same(const struct lca_error *a, const struct lca_error *b)
{
    return a->subjects && a->kind == b->kind &&
           a->from.offset == b->from.offset &&
           strcmp(a->from.module, b->from.module) == 0;
}

bool lca_judge_error_is_among(const struct lca_error *error,
                              const struct lca_error *errors, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (is_same(&errors[i], error))
            return true;
    return false;
}

/* Does it belong to the end of a session, rather than to its life? */
static bool ends(const struct lca_hearing *h, const struct lca_error *e)
{
    const struct lca_step *s = &h->script->steps[e->step];

    return lca_op_ends(s->op) ||
           lca_judge_ended_before(h, e->step, s->session);
}

/*
 * The clause that has it already, or NULL. What the plain trial does too is
 * found there, whichever call does it here.
 */
static const char *known(const struct lca_hearing *h,
                         const struct lca_error *e)
{
    const struct lca_step *s = &h->script->steps[e->step];
    const struct lca_calibration *k = h->calibration;

    if (!k)
        return NULL;
    if (s->op == LCA_CALL && (int)s->method < LCA_SESSION_METHODS_END &&
        k->unsound[s->method])
        return lca_judge_owner_of_method(s->method);
    for (unsigned i = 0; i < k->error_count; i++)
        if (is_same(&k->errors[i], e))
            return lca_judge_owner(k->error_ops[i]);
    return NULL;
}

static bool judged(const struct lca_hearing *h, const struct lca_error *e)
{
    const char *other;

    if (!lca_error_is_unsound(e) || e->step >= h->script->count ||
        !ends(h, e))
        return false;
    other = known(h, e);
    return !other || strcmp(other, h->c->clause) == 0;
}

void lca_judge_error(const struct lca_hearing *h, const struct lca_error *e,
                     char *text, size_t size)
{
    static const char *const words[] = {
        [LCA_OTHER_FREED]  = ", in a block that was freed in ",
        [LCA_OTHER_TAKEN]  = ", in or beside a block that was taken in ",
    };
    char call[80] = "after the last step", from[80] = "the client";
    char other[120] = "";

    if (e->step < h->script->count)
        lca_judge_call_beside(h, e->step, call, sizeof call);
    if (*e->other_from.module && e->other < sizeof words / sizeof *words &&
        words[e->other])
        snprintf(other, sizeof other, "%s%s+0x%" PRIx64, words[e->other],
                 e->other_from.module, e->other_from.offset);
    if (!e->clients)
        snprintf(from, sizeof from, "%s+0x%" PRIx64, e->from.module,
                 e->from.offset);
    snprintf(text, size, "%s: %s %s%s", call, from, lca_error_says(e->kind),
             other);
}

struct lca_opinion lca_judge_errors(const struct lca_hearing *h)
{
    char text[300];

    for (unsigned i = 0; i < h->record->error_count; i++)
        if (judged(h, &h->record->errors[i])) {
            lca_judge_error(h, &h->record->errors[i], text, sizeof text);
            return lca_judge_say(LCA_FAIL, "%s", text);
        }
    return pass;
}

void lca_judge_loss(const struct lca_record *record, char *text, size_t size)
{
    const struct lca_error *most = NULL;

    for (unsigned i = 0; i < record->error_count; i++) {
        const struct lca_error *e = &record->errors[i];

        if (e->subjects && lca_error_about(e->kind) == LCA_ABOUT_LEAK &&
            (!most || e->blocks > most->blocks))
            most = e;
    }
    *text = '\0';
    if (most)
        snprintf(text, size, ": blocks from %s+0x%" PRIx64 " are %s",
                 most->from.module, most->from.offset,
                 lca_error_says(most->kind));
}
