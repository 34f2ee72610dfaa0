/* What is left behind, or done in Logoff, that is not without the fault. */

#include "harness/oracle/errors.h"
#include "harness/oracle/faults_inside.h"
#include "harness/oracle/rules.h"

#include <inttypes.h>
#include <string.h>

/* How many goes into no sentence: those of one cause are all alike. */
static void too_many(struct lca_desk *d, enum lca_symptom symptom,
                     uint32_t amount)
{
    lca_complain(d, symptom, "%s", "");
    d->out[d->count - 1].amount = amount;
}

void lca_faults_census(struct lca_desk *d, unsigned i)
{
    uint64_t at = ANSWER(d->h, i)->value;
    const struct lca_census *now = d->h->record->census;
    const struct lca_census *then = d->plain->census;

    if (at >= d->h->record->census_count || at >= d->plain->census_count)
        return;
    now += at;
    then += at;
    if (now->lost_fds > then->lost_fds)
        lca_complain(d, LCA_SYMPTOM_FOREIGN, "%s", "");
    if (now->fds > then->fds)
        too_many(d, LCA_SYMPTOM_FDS, now->fds - then->fds);
    if (now->threads > then->threads)
        too_many(d, LCA_SYMPTOM_THREADS, now->threads - then->threads);
}

/*
 * Blocks taken at one place and not given back, in this record. A place that
 * there was no room for had no more than the last.
 */
static uint32_t taken(const struct lca_record *r,
                      const struct lca_frame *from)
{
    for (unsigned i = 0; i < r->left_count; i++)
        if (r->left[i].from.offset == from->offset &&
            strcmp(r->left[i].from.module, from->module) == 0)
            return r->left[i].blocks;
    return r->left_count < LCA_LEFT_MAX ? 0
                                        : r->left[LCA_LEFT_MAX - 1].blocks;
}

/* A crash tells more than the error that led to it. */
static void look_at_errors(struct lca_desk *d)
{
    const struct lca_record *r = d->h->record;
    char text[180];

    for (unsigned i = 0; i < r->error_count && r->ending == LCA_RETURNED; i++) {
        const struct lca_error *e = &r->errors[i];

        if (!lca_error_is_unsound(e) ||
            lca_judge_error_is_among(e, d->plain->errors,
                                     d->plain->error_count))
            continue;
        lca_judge_error(d->h, e, text, sizeof text);
        lca_complain(d, LCA_SYMPTOM_UNSOUND, "%s", text);
    }
}

void lca_faults_left(struct lca_desk *d)
{
    const struct lca_record *r = d->h->record;

    look_at_errors(d);

    for (unsigned i = 0; i < r->left_count &&
                         r->ending == LCA_RETURNED; i++) {
        const struct lca_left *left = &r->left[i];
        uint32_t before = taken(d->plain, &left->from);

        if (left->blocks <= before)
            continue;
        lca_complain(d, LCA_SYMPTOM_BLOCKS, "memory taken at %s+0x%" PRIx64
                 " is not given back", left->from.module, left->from.offset);
        d->out[d->count - 1].amount = left->blocks - before;
    }
    if (r->closed_twice > d->plain->closed_twice)
        lca_complain(d, LCA_SYMPTOM_TWICE, "%s", "");
}

/* Do they have the same `count` innermost frames? */
static bool begin_alike(const struct lca_site *a, const struct lca_site *b,
                        unsigned count)
{
    bool alike = a->call == b->call && a->frame_count >= count &&
                 b->frame_count >= count;

    for (unsigned i = 0; alike && i < count; i++)
        alike = a->frames[i].offset == b->frames[i].offset &&
                strcmp(a->frames[i].module, b->frames[i].module) == 0;
    return alike;
}

static bool in_window(const struct lca_record *r, uint32_t window,
                      const struct lca_site *site, unsigned count)
{
    for (unsigned i = 0; i < r->site_count; i++)
        if (r->sites[i].window == window &&
            begin_alike(&r->sites[i], site, count))
            return true;
    return false;
}

/* Frames by which a logon's call is told from those of a Logoff; 0: none. */
static unsigned telling(const struct lca_record *plain,
                        const struct lca_site *site)
{
    for (unsigned k = 1; k <= site->frame_count; k++)
        if (!in_window(plain, LCA_WINDOW_logoff, site, k))
            return k;
    return 0;
}

/*
 * Is all sent in Logoff, by the same functions, that a logon sends on the
 * connection that it keeps?
 */
void lca_faults_relogon(struct lca_desk *d)
{
    const struct lca_record *r = d->h->record;
    unsigned seen = 0, missed = 0;

    for (unsigned i = 0; i < d->plain->site_count; i++) {
        const struct lca_site *s = &d->plain->sites[i];
        unsigned k = s->window == LCA_WINDOW_logon && s->on & LCA_ON_KEPT &&
                     lca_faulty_sends(s->call)
                   ? telling(d->plain, s) : 0;

        if (!k)
            continue;
        if (in_window(r, LCA_WINDOW_logoff, s, k))
            seen++;
        else
            missed++;
    }
    if (seen && !missed)
        lca_complain(d, LCA_SYMPTOM_RELOGON, "%s", "");
}

enum lca_outcome lca_faults_outcome(const struct lca_hearing *h)
{
    const char *alive, *dead;
    unsigned i = 0;

    while (i < h->record->count && !(STEP(h, i)->want == LCA_WANT_STRUCK &&
                                     STEP(h, i)->op == LCA_LOGOFF))
        i++;
    if (i == h->record->count)
        return LCA_OUTCOMES;
    if (ANSWER(h, i)->successes)
        return LCA_OUTCOME_ENDED;
    while (i < h->record->count && STEP(h, i)->op != LCA_PROBE)
        i++;
    if (i == h->record->count)
        return LCA_OUTCOMES;
    switch (lca_rule_state(h, i, &alive, &dead)) {
    case LCA_STATE_ALIVE:   return LCA_OUTCOME_ALIVE;
    case LCA_STATE_DEAD:    return LCA_OUTCOME_DEAD;
    default:                return LCA_OUTCOMES;
    }
}
