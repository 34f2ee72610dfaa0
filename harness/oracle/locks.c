/* Locks that are still held when a call has returned. */

#include "harness/oracle/faults_inside.h"
#include "harness/oracle/rules.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * A logon, too, answers for what it took. MAPIInitialize does not: it and
 * MAPIUninitialize are each thread's own, which may keep a lock in between.
 */
static bool answers_for(const struct lca_hearing *h, unsigned i,
                        const struct lca_held *held)
{
    return held->kind != LCA_LOCK_SEMAPHORE &&
           (held->step == i ||
            (held->step < i && STEP(h, held->step)->op == LCA_LOGON));
}

/* Often it is a function for locking that takes it: so who called that, too. */
static void describe(const struct lca_held *held, const struct lca_step *step,
                     char *text, size_t size)
{
    const struct lca_frame *f = held->site.frames;
    char from[80] = "";

    if (held->site.frame_count > 1)
        snprintf(from, sizeof from, ", called from %s+0x%" PRIx64,
                 f[1].module, f[1].offset);
    snprintf(text, size, "%s returned and still holds a %s taken at %s+0x%"
             PRIx64 "%s", lca_judge_call(step), lca_lock_name(held->kind),
             f->module, f->offset, from);
}

struct lca_opinion lca_rule_unlocked(const struct lca_hearing *h, unsigned i)
{
    const struct lca_record *r = h->record;
    char text[180];

    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    for (unsigned n = 0; n < r->held_count; n++)
        if (answers_for(h, i, &r->held[n])) {
            describe(&r->held[n], STEP(h, r->held[n].step), text,
                     sizeof text);
            return lca_judge_say(LCA_FAIL, "%s", text);
        }
    if (r->locks & LCA_LOCKS_TOO_MANY)
        return lca_judge_say(LCA_SKIP, "so many locks were held at once that "
                             "it is not known which still are");
    if (!(r->locks & LCA_LOCKS_SEEN))
        return lca_judge_say(LCA_SKIP, "no lock was seen that the subject "
                             "takes by the C library's names");
    return (struct lca_opinion){ .verdict = LCA_PASS };
}

/* Is it held without the fault, too? */
static bool is_usual(const struct lca_record *plain,
                     const struct lca_held *held)
{
    for (unsigned n = 0; n < plain->held_count; n++)
        if (plain->held[n].kind == held->kind &&
            lca_site_is_same(&plain->held[n].site, &held->site))
            return true;
    return plain->held_count == LCA_HELD_MAX;
}

void lca_faults_locks(struct lca_desk *d)
{
    const struct lca_record *r = d->h->record;
    char text[180];

    for (unsigned n = 0; n < r->held_count; n++) {
        const struct lca_held *held = &r->held[n];

        if (held->kind == LCA_LOCK_SEMAPHORE ||
            held->step >= d->h->script->count || is_usual(d->plain, held))
            continue;
        describe(held, STEP(d->h, held->step), text, sizeof text);
        lca_complain(d, LCA_SYMPTOM_LOCKED, "%s", text);
    }
}
