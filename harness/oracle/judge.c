#include "harness/oracle/judge.h"

#include "harness/oracle/errors.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct lca_opinion pass = { .verdict = LCA_PASS };

struct lca_opinion lca_judge_say(enum lca_verdict verdict,
                                 const char *format, ...)
{
    struct lca_opinion o = { .verdict = verdict };
    va_list args;

    va_start(args, format);
    vsnprintf(o.text, sizeof o.text, format, args);
    va_end(args);
    return o;
}

const char *lca_judge_call(const struct lca_step *step)
{
    if (step->op == LCA_CALL || step->op == LCA_QUESTION)
        return lca_method(step->method)->name;
    return lca_op_name(step->op);
}

void lca_judge_call_beside(const struct lca_hearing *h, unsigned at,
                           char *text, size_t size)
{
    const struct lca_step *steps = h->script->steps;
    unsigned end = lca_steps_end(steps, h->script->count, at);
    unsigned other = lca_steps_first(steps, at);

    while (other < end && steps[other].actor == steps[at].actor)
        other++;
    if (other < end)
        snprintf(text, size, "%s beside %s", lca_judge_call(&steps[at]),
                 lca_judge_call(&steps[other]));
    else if (steps[at].process)
        snprintf(text, size, "%s in process %c", lca_judge_call(&steps[at]),
                 lca_process_name(steps[at].process));
    else
        snprintf(text, size, "%s", lca_judge_call(&steps[at]));
}

/* Of what another process was asked it is said which one that is. */
static struct lca_opinion named(struct lca_opinion o,
                                const struct lca_step *step)
{
    size_t length = strlen(o.text);

    if (step->process && length)
        snprintf(o.text + length, sizeof o.text - length, " (process %c)",
                 lca_process_name(step->process));
    return o;
}

/* Does a step from i on have a wish that was not judged yet? */
static bool wishes_left(const struct lca_script *s, unsigned i)
{
    for (; i < s->count; i++)
        if (!lca_want_is_setup(s->steps[i].want))
            return true;
    return false;
}

static bool wished_before(const struct lca_script *s, unsigned i)
{
    while (i-- > 0)
        if (!lca_want_is_setup(s->steps[i].want))
            return true;
    return false;
}

/* The clause that the plain trial's bad end at an op belongs to. */
const char *lca_judge_owner(enum lca_op op)
{
    return op == LCA_RELEASE      ? "POST-001"
         : op == LCA_UNINITIALIZE ? "PRO-012"
                                  : "SES-001";
}

/* The clause that judges what a method does on a dead session. */
const char *lca_judge_owner_of_method(enum lca_method method)
{
    switch (method) {
    case LCA_IUnknown_QueryInterface:   return "POST-007";
    case LCA_IUnknown_AddRef:           return "POST-008";
    case LCA_IUnknown_Release:          return "POST-001";
    case LCA_IMAPISession_GetLastError: return "POST-006";
    case LCA_IMAPISession_Logoff:       return "POST-005";
    default:                            return "POST-002";
    }
}

bool lca_judge_ended_before(const struct lca_hearing *h, unsigned at,
                            unsigned char session)
{
    const struct lca_script *s = h->script;
    unsigned end = lca_steps_end(s->steps, s->count, at);

    for (unsigned i = lca_steps_first(s->steps, at); i < end; i++)
        if (i != at && s->steps[i].op == LCA_LOGOFF &&
            s->steps[i].session == session)
            return true;
    while (at-- > 0)
        if ((h->script->steps[at].op == LCA_LOGOFF ||
             h->script->steps[at].op == LCA_END_INSIDE) &&
            h->script->steps[at].session == session &&
            h->record->answers[at].successes)
            return true;
    return false;
}

/* A call that is known to end badly, or to spoil what comes after it. */
static const char *blamed(const struct lca_hearing *h, unsigned i, bool here)
{
    const struct lca_step *step = &h->script->steps[i];
    enum lca_method method = step->op == LCA_LOGOFF ? LCA_IMAPISession_Logoff
                                                    : step->method;
    const char *clause = lca_judge_owner_of_method(method);
    enum lca_life dead = LCA_LIFE_UNKNOWN;

    if ((step->op == LCA_CALL || (step->op == LCA_LOGOFF && step->together)) &&
        h->calibration && (int)method < LCA_SESSION_METHODS_END)
        dead = h->calibration->dead[method];
    if (strcmp(h->c->clause, clause) == 0 ||
        !lca_judge_ended_before(h, i, step->session))
        return NULL;
    if (here ? dead == LCA_LIFE_CRASHED || dead == LCA_LIFE_HUNG
             : dead == LCA_LIFE_SPOILED)
        return clause;
    return NULL;
}

/* The other clause whose finding this bad end is, or NULL. */
static const char *known_end(const struct lca_hearing *h)
{
    unsigned at = h->record->count;
    const char *clause = blamed(h, at, true);

    while (!clause && at-- > 0)
        clause = blamed(h, at, false);
    at = h->record->count;
    if (!clause && h->calibration && h->calibration->consumed &&
        strcmp(h->c->clause, "REF-001") != 0 &&
        strcmp(h->c->clause, "REF-003") != 0 &&
        strcmp(h->c->clause, "POST-001") != 0 &&
        lca_judge_ended_before(h, at, h->script->steps[at].session))
        clause = "REF-001";
    return clause;
}

/* Set-up that only uses a session that is alive. */
static bool reads_live(const struct lca_hearing *h)
{
    const struct lca_step *step = &h->script->steps[h->record->count];

    switch (step->op) {
    case LCA_PREPARE: case LCA_READ: case LCA_READ_PROFILE: case LCA_HOLD:
    case LCA_OPEN: case LCA_ASK: case LCA_QUESTION: case LCA_SAVE:
    case LCA_LISTEN: case LCA_BIND: case LCA_STIR:
        return lca_want_is_setup(step->want) &&
               !lca_judge_ended_before(h, h->record->count, step->session);
    default:
        return false;
    }
}

/* Release, however often it is called, is one call to the plain trial. */
static enum lca_op kin(enum lca_op op)
{
    return op == LCA_RELEASE_ALL ? LCA_RELEASE : op;
}

static struct lca_opinion judge_ending(const struct lca_hearing *h,
                                       struct lca_opinion so_far)
{
    const struct lca_record *r = h->record;
    const struct lca_step *step = &h->script->steps[r->count];
    const struct lca_calibration *known = h->calibration;
    bool tail = wished_before(h->script, r->count) &&
                !wishes_left(h->script, r->count);
    const char *other = known_end(h);
    char ending[220], call[80];

    if (!other && known && known->fatal != LCA_END &&
        known->fatal_ending == r->ending && known->fatal == kin(step->op) &&
        strcmp(h->c->clause, lca_judge_owner(known->fatal)) != 0)
        other = lca_judge_owner(known->fatal);  /* the plain trial's own */
    lca_judge_ending(r, ending, sizeof ending);
    if (r->ending == LCA_RETURNED)
        return lca_judge_say(LCA_BROKEN, "step %u left no record",
                             r->count + 1);
    if (r->ending == LCA_CRASHED && !r->reading && r->frame_count &&
        strcmp(r->frames[0].module, "lastcall-host") == 0)
        return lca_judge_say(LCA_BROKEN, "the harness itself crashed in step "
                             "%u", r->count + 1);
    if ((other || step->op == LCA_TIDY) && tail)
        return so_far;          /* all was seen; TIDY is OBJ-005's affair */
    if (step->want == LCA_WANT_UNLOCKED)
        return lca_judge_say(LCA_SKIP, "%s %s, and what it holds when it "
                             "returns is not known", lca_judge_call(step),
                             ending);
    if (h->c->machine && (step->want == LCA_WANT_SETUP ||
                          step->want == LCA_WANT_OFFERED))
        return lca_judge_say(LCA_SKIP, "%s %s, where this case judges "
                             "nothing", lca_judge_call(step), ending);
    if (reads_live(h))
        return lca_judge_say(LCA_SKIP, "'%s' %s on a live session, which "
                             "this suite does not judge",
                             lca_judge_call(step), ending);
    if (other)
        return lca_judge_say(LCA_SKIP, "%s %s, which is %s's finding",
                             lca_judge_call(step), ending, other);
    if (r->process && r->process != step->process)
        return lca_judge_say(LCA_FAIL, "process %c %s while %s was played",
                             lca_process_name(r->process), ending,
                             lca_judge_call(step));
    lca_judge_call_beside(h, r->count, call, sizeof call);
    return lca_judge_say(LCA_FAIL, "%s %s", call, ending);
}

/* After the last step: what the plain trial does too is SES-001's finding. */
static struct lca_opinion judge_late_end(const struct lca_hearing *h,
                                         struct lca_opinion so_far)
{
    char ending[220];

    if (h->calibration && h->calibration->fatal_late &&
        strcmp(h->c->clause, "SES-001") != 0)
        return so_far;
    lca_judge_ending(h->record, ending, sizeof ending);
    if (h->record->process)
        return lca_judge_say(LCA_FAIL, "after the last step process %c %s",
                             lca_process_name(h->record->process), ending);
    return lca_judge_say(LCA_FAIL, "after the last step the process %s",
                         ending);
}

struct lca_opinion lca_judge_unmet(const struct lca_hearing *h)
{
    const struct lca_calibration *k = h->calibration;

    if (!k || !k->ready)
        return h->c->need ? lca_judge_say(LCA_BROKEN, "nothing is known of "
                                          "the subject: its plain trial was "
                                          "lost") : pass;
    if (k->no_logon && k->fatal != LCA_END)
        return lca_judge_say(strcmp(h->c->clause, "SES-001") ? LCA_SKIP
                             : LCA_BROKEN, "this kind of session is not to "
                             "be had: the plain trial ended in %s (%s)",
                             lca_op_name(k->fatal),
                             lca_ending_name(k->fatal_ending));
    if (k->no_logon)
        return lca_judge_say(LCA_SKIP, "this kind of session is not to be "
                             "had: MAPILogonEx answers 0x%08X",
                             (unsigned)k->logon);
    if (h->c->need == LCA_NEEDS_PROBES && k->probes.count == 0)
        return lca_judge_say(LCA_SKIP, k->survivors
                             ? "Logoff is a no-op (POST-002), so nothing "
                               "tells a live session from a dead one"
                             : "there is nothing to tell a live session from "
                               "a dead one by: no method succeeds before "
                               "Logoff and refuses after it");
    return pass;
}

/* Skips are remembered; a failure, or set-up that failed, is the end. */
static struct lca_opinion judge_steps(const struct lca_hearing *h, bool *end)
{
    struct lca_opinion worst = pass;
    unsigned in_hand = h->record->count;

    if (h->record->begun > in_hand && in_hand < h->script->count)
        in_hand = lca_steps_first(h->script->steps, in_hand);
    for (unsigned i = 0; i < h->record->count; i++) {
        const struct lca_answer *a = &h->record->answers[i];
        struct lca_opinion o;

        if (a->marks & LCA_NOT_PLAYED ||
            (i >= in_hand && !lca_answer_came(a)))
            continue;
        if (a->calls == 0 && !(a->marks & LCA_UNPREPARED)) {
            *end = true;
            return lca_judge_say(LCA_BROKEN, "step %u left no answer", i + 1);
        }
        o = named(lca_rules[h->script->steps[i].want](h, i),
                  &h->script->steps[i]);
        if (o.verdict > worst.verdict ||
            (o.verdict == worst.verdict && !*worst.text))
            worst = o;
        *end = o.verdict >= LCA_BROKEN ||
               (o.verdict == LCA_SKIP &&
                lca_want_is_setup(h->script->steps[i].want));
        if (*end)
            break;
    }
    return worst;
}

/*
 * What leaves the trial's own process: a signal to strangers, a copy of it
 * that comes back. What the plain trial does too is SES-001's finding.
 */
static struct lca_opinion judge_strays(const struct lca_hearing *h)
{
    const struct lca_record *r = h->record;
    unsigned at = r->twice ? r->twice - 1 : r->refused_at;
    char call[80] = "after the last step it", signal[40];

    if ((!r->refused && !r->twice) ||
        (h->calibration && h->calibration->strays &&
         strcmp(h->c->clause, "SES-001") != 0))
        return pass;
    if (at < h->script->count)
        lca_judge_call_beside(h, at, call, sizeof call);
    if (r->twice)
        return lca_judge_say(LCA_FAIL, "%s came back twice: it forked, and "
                             "its child returned to the caller too", call);
    lca_signal_print(r->refused, signal, sizeof signal);
    return lca_judge_say(LCA_FAIL, "%s sent %s to a process that is neither "
                         "the subject's nor its parent, which was refused",
                         call, signal);
}

struct lca_opinion lca_judge(const struct lca_hearing *h)
{
    const struct lca_record *r = h->record;
    struct lca_opinion o = lca_judge_unmet(h);
    bool end = false;

    if (r->ending == LCA_LOST || r->ending == LCA_REFUSED)
        return lca_judge_say(LCA_BROKEN, "%s", *r->note ? r->note
                             : "the host was lost and left no record");
    if (o.verdict != LCA_PASS)
        return o;
    o = judge_strays(h);
    if (o.verdict != LCA_PASS)
        return o;
    if (r->count > h->script->count)
        return lca_judge_say(LCA_BROKEN, "%u steps were answered, of %u",
                             (unsigned)r->count, h->script->count);
    o = lca_judge_errors(h);
    if (o.verdict != LCA_PASS && r->ending == LCA_RETURNED)
        return o;
    o = judge_steps(h, &end);
    if (end)
        return o;
    if (r->ending == LCA_RETURNED && r->count == h->script->count)
        return o;
    return r->count < h->script->count ? judge_ending(h, o)
                                       : judge_late_end(h, o);
}
