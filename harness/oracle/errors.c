#include "harness/oracle/errors.h"

#include "harness/model/fault.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct lca_opinion pass = { .verdict = LCA_PASS };

bool lca_judge_error_is_among(const struct lca_error *error,
                              const struct lca_error *errors, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (errors[i].subjects && errors[i].kind == error->kind &&
            errors[i].from.offset == error->from.offset &&
            strcmp(errors[i].from.module, error->from.module) == 0)
            return true;
    return false;
}

/* Does it belong to the end of a session, rather than to its life? */
static bool ends(const struct lca_hearing *h, const struct lca_error *e)
{
    const struct lca_step *s = &h->script->steps[e->step];
    unsigned window = lca_op_window(s->op);

    return window == LCA_WINDOW_logoff || window == LCA_WINDOW_release ||
           window == LCA_WINDOW_uninitialise ||
           lca_judge_ended_before(h, e->step, s->session);
}

/* The clause that has it already, or NULL. */
static const char *known(const struct lca_hearing *h,
                         const struct lca_error *e)
{
    const struct lca_step *s = &h->script->steps[e->step];
    enum lca_op op = s->op == LCA_RELEASE_ALL ? LCA_RELEASE : s->op;

    if (s->op == LCA_CALL && h->calibration &&
        (int)s->method < LCA_SESSION_METHODS_END &&
        h->calibration->unsound[s->method])
        return lca_judge_owner_of_method(s->method);
    return h->calibration &&
           lca_judge_error_is_among(e, h->calibration->errors,
                                    h->calibration->error_count)
         ? lca_judge_owner(op) : NULL;
}

static bool judged(const struct lca_hearing *h, const struct lca_error *e)
{
    const char *other;

    if (!e->subjects || lca_error_about(e->kind) != LCA_ABOUT_MEMORY ||
        e->step >= h->script->count || !ends(h, e))
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
    const char *call = e->step < h->script->count
                     ? lca_judge_call(&h->script->steps[e->step])
                     : "after the last step";
    char from[80] = "the client", other[120] = "";

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
