#include "harness/oracle/rules.h"

#include "harness/mapi/code.h"
#include "harness/mapi/mapi.h"

#include <string.h>

static const struct lca_opinion pass = { .verdict = LCA_PASS };

struct lca_opinion lca_rule_unprepared(const struct lca_hearing *h)
{
    return lca_judge_say(LCA_SKIP, "not to be had here: %s",
                         *h->record->note ? h->record->note : "no reason "
                         "was given");
}

struct lca_opinion lca_rule_coded(enum lca_verdict verdict, const char *call,
                                  const char *what, int32_t code)
{
    char text[64];

    lca_code_print(code, text, sizeof text);
    return lca_judge_say(verdict, "%s %s%s", call, what, text);
}

/* In this trial, by this step or one before it. */
static bool logged_on_before(const struct lca_hearing *h, unsigned i)
{
    for (unsigned j = 0; j <= i; j++)
        if (STEP(h, j)->op == LCA_LOGON && ANSWER(h, j)->successes)
            return true;
    return false;
}

static struct lca_opinion setup(const struct lca_hearing *h, unsigned i)
{
    const struct lca_step *s = STEP(h, i);
    const struct lca_answer *a = ANSWER(h, i);
    const char *call = lca_judge_call(s);

    if (a->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (a->successes == a->calls)
        return pass;
    if (s->op == LCA_LOGOFF)
        return lca_rule_coded(LCA_SKIP, call, "was refused (SES-001): ",
                              a->code);
    if (s->op == LCA_LOGON && !logged_on_before(h, i))
        return lca_rule_coded(LCA_BROKEN, call, "refused, though it worked "
                              "in other trials: ", a->code);
    return lca_rule_coded(LCA_SKIP, call, "was refused, and the case needs "
                          "it: ", lca_code_failed(a->code) ? a->code
                                                           : a->odd);
}

static struct lca_opinion offered(const struct lca_hearing *h, unsigned i)
{
    (void)h, (void)i;
    return pass;
}

static struct lca_opinion succeed(const struct lca_hearing *h, unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);

    if (a->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (a->successes == a->calls)
        return pass;
    if (STEP(h, i)->op == LCA_LOGOFF && h->calibration &&
        lca_code_failed(h->calibration->plain) &&
        strcmp(h->c->clause, "SES-001") != 0)
        return lca_rule_coded(LCA_SKIP, "Logoff", "was refused (SES-001): ",
                              a->code);
    if (STEP(h, i)->if_refused && h->calibration && h->calibration->worn)
        return lca_rule_coded(LCA_SKIP, "Logoff", "is refused once the "
                              "session was used (SES-013): ", a->code);
    return lca_rule_coded(LCA_FAIL, lca_judge_call(STEP(h, i)), "answered ",
                          lca_code_failed(a->code) ? a->code : a->odd);
}

/* A failure is another clause's; a success code other than S_OK is ours. */
static struct lca_opinion exact(const struct lca_hearing *h, unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);

    if (a->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (a->code == S_OK && a->odd == S_OK)
        return pass;
    if (lca_code_failed(a->code) && STEP(h, i)->op == LCA_LOGOFF)
        return lca_rule_coded(LCA_SKIP, "Logoff", "was refused (SES-001): ",
                              a->code);
    return lca_rule_coded(LCA_FAIL, lca_judge_call(STEP(h, i)), "answered ",
                          a->code);
}

static struct lca_opinion refusal(const struct lca_hearing *h, unsigned i)
{
    if (!ANSWER(h, i)->successes)
        return pass;
    return lca_judge_say(LCA_SKIP, "%s was not refused, so there is no "
                         "refusal to look at", lca_judge_call(STEP(h, i)));
}

struct lca_opinion lca_rule_survive(const struct lca_hearing *h, unsigned i)
{
    return ANSWER(h, i)->marks & LCA_UNPREPARED ? lca_rule_unprepared(h) : pass;
}

static struct lca_opinion inert(const struct lca_hearing *h, unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);
    const struct lca_calibration *k = h->calibration;

    if (a->successes && k && k->probes.count == 0 && k->survivors > 1)
        return lca_judge_say(LCA_SKIP, "Logoff is a no-op (POST-002), so "
                             "there is no dead session to log off");
    if (a->successes == 0 || a->ipc == 0)
        return pass;
    return lca_judge_say(LCA_FAIL, "a Logoff of a dead session answered S_OK "
                         "and made %u IPC calls", a->ipc);
}

static struct lca_opinion last_error(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_BAD_ERROR)
        return lca_judge_say(LCA_FAIL, "GetLastError after Logoff gave a "
                             "MAPIERROR that is not well formed");
    return pass;
}

static struct lca_opinion queried(const struct lca_hearing *h, unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);

    if (a->successes == 0 && a->marks & LCA_DIRTY)
        return lca_judge_say(LCA_FAIL, "QueryInterface failed after Logoff "
                             "and gave a pointer all the same");
    if (a->successes && a->value == 0)
        return lca_judge_say(LCA_FAIL, "QueryInterface answered S_OK after "
                             "Logoff and gave no pointer");
    return pass;
}

static struct lca_opinion no_interface(const struct lca_hearing *h,
                                       unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);

    if (a->code != MAPI_E_INTERFACE_NOT_SUPPORTED)
        return lca_rule_coded(LCA_FAIL, "QueryInterface", "for an unknown IID "
                     "answered ", a->code);
    return queried(h, i);
}

static struct lca_opinion uninitialized(const struct lca_hearing *h,
                                        unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (ANSWER(h, i)->code == MAPI_E_NOT_INITIALIZED)
        return pass;
    return lca_rule_coded(LCA_FAIL, lca_judge_call(STEP(h, i)), "without "
                 "MAPIInitialize answered ", ANSWER(h, i)->code);
}

static struct lca_opinion intact(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_LIVE_TABLE)
        return pass;
    return lca_judge_say(LCA_FAIL, "the session's memory is no object any "
                         "more while the client still holds a reference");
}

static struct lca_opinion kept(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_KEPT)
        return pass;
    return lca_judge_say(LCA_FAIL, "a buffer that the client holds was "
                         "changed");
}

static struct lca_opinion balanced(const struct lca_hearing *h, unsigned i)
{
    if ((int32_t)ANSWER(h, i)->value >= 1)
        return pass;
    return lca_judge_say(LCA_FAIL, "the advise sink was released more often "
                         "than it was referenced");
}

static struct lca_opinion held(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (ANSWER(h, i)->value)
        return pass;
    return lca_judge_say(LCA_FAIL, "the advise sink was released while "
                         "another thread was in its OnNotify");
}

static struct lca_opinion own_thread(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->value)
        return lca_judge_say(LCA_FAIL, "OnNotify of a sink that "
                             "HrThisThreadAdviseSink wrapped was called on "
                             "another thread");
    return lca_rule_survive(h, i);
}

static struct lca_opinion quiet(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->odd == 0)
        return pass;
    return lca_judge_say(LCA_FAIL, "a Logoff that was refused sent a "
                         "notification");
}

static struct lca_opinion silent(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (ANSWER(h, i)->value == 0)
        return pass;
    return lca_judge_say(LCA_FAIL, "OnNotify was called after the last "
                         "MAPIUninitialize had returned");
}

static struct lca_opinion granted(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->successes)
        return pass;
    return lca_rule_coded(LCA_SKIP, "a session with MAPI_NT_SERVICE",
                          "is refused: ", ANSWER(h, i)->code);
}

static struct lca_opinion no_display(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_DISPLAY)
        return lca_judge_say(LCA_FAIL, "Logoff tried to reach a display %s",
                             STEP(h, i)->flags & MAPI_LOGOFF_UI
                             ? "for a session of MAPI_NT_SERVICE"
                             : "without MAPI_LOGOFF_UI");
    if (lca_code_failed(ANSWER(h, i)->code))
        return lca_rule_coded(LCA_SKIP, "Logoff", "was refused (SES-001, "
                              "SES-004): ", ANSWER(h, i)->code);
    return pass;
}

lca_rule *const lca_rules[LCA_WANT_COUNT] = {
    [LCA_WANT_SETUP]          = setup,
    [LCA_WANT_OFFERED]        = offered,
    [LCA_WANT_SUCCEED]        = succeed,
    [LCA_WANT_EXACT]          = exact,
    [LCA_WANT_SAME_CODE]      = lca_rule_same_code,
    [LCA_WANT_REFUSAL]        = refusal,
    [LCA_WANT_EITHER]         = lca_rule_survive,
    [LCA_WANT_SURVIVE]        = lca_rule_survive,
    [LCA_WANT_REFUSE]         = lca_rule_refuse,
    [LCA_WANT_STILL_REFUSE]   = lca_rule_still_refuse,
    [LCA_WANT_NEVER]          = lca_rule_never,
    [LCA_WANT_REFUSE_INERT]   = lca_rule_refuse_inert,
    [LCA_WANT_INERT]          = inert,
    [LCA_WANT_KNOWN_CODE]     = lca_rule_known_code,
    [LCA_WANT_CLEAN]          = lca_rule_clean,
    [LCA_WANT_LAST_ERROR]     = last_error,
    [LCA_WANT_QUERIED]        = queried,
    [LCA_WANT_NO_INTERFACE]   = no_interface,
    [LCA_WANT_UNINITIALIZED]  = uninitialized,
    [LCA_WANT_PROBED]         = lca_rule_probed,
    [LCA_WANT_ALIVE]          = lca_rule_alive,
    [LCA_WANT_DEAD]           = lca_rule_dead,
    [LCA_WANT_DECIDED]        = lca_rule_decided,
    [LCA_WANT_ONE_SUCCEEDS]   = lca_rule_one_succeeds,
    [LCA_WANT_GONE]           = lca_rule_gone,
    [LCA_WANT_LEFT_DEAD]      = lca_rule_left_dead,
    [LCA_WANT_LEFT_DEAD_TOO]  = lca_rule_left_dead_too,
    [LCA_WANT_LEFT_CODE]      = lca_rule_left_code,
    [LCA_WANT_LEFT_CLEAN]     = lca_rule_left_clean,
    [LCA_WANT_LEFT_ALONE]     = lca_rule_left_alone,
    [LCA_WANT_AS_SAVED]       = lca_rule_as_saved,
    [LCA_WANT_HELD]           = held,
    [LCA_WANT_OWN_THREAD]     = own_thread,
    [LCA_WANT_ALONE]          = lca_rule_alone,
    [LCA_WANT_ATTACHED]       = lca_rule_attached,
    [LCA_WANT_GRANTED]        = granted,
    [LCA_WANT_DISTINCT]       = lca_rule_distinct,
    [LCA_WANT_TOLD]           = lca_rule_told,
    [LCA_WANT_TOLD_ERROR]     = lca_rule_told_error,
    [LCA_WANT_TOLD_CODE]      = lca_rule_told_code,
    [LCA_WANT_TOLD_ENTRY]     = lca_rule_told_entry,
    [LCA_WANT_TOLD_EXTENDED]  = lca_rule_told_extended,
    [LCA_WANT_TOLD_ANYWAY]    = lca_rule_told_anyway,
    [LCA_WANT_UNTOLD]         = lca_rule_untold,
    [LCA_WANT_VANISHED]       = lca_rule_vanished,
    [LCA_WANT_SAME_CHOICE]    = lca_rule_same_choice,
    [LCA_WANT_SAME_VALUE]     = lca_rule_same_value,
    [LCA_WANT_INTACT]         = intact,
    [LCA_WANT_KEPT]           = kept,
    [LCA_WANT_BALANCED]       = balanced,
    [LCA_WANT_QUIET]          = quiet,
    [LCA_WANT_SILENT]         = silent,
    [LCA_WANT_NO_DISPLAY]     = no_display,
    [LCA_WANT_NO_NEW_FDS]     = lca_rule_no_new_fds,
    [LCA_WANT_NO_NEW_THREADS] = lca_rule_no_new_threads,
    [LCA_WANT_NO_NEW_HEAP]    = lca_rule_no_new_heap,
    [LCA_WANT_NO_CIRCLE]      = lca_rule_no_circle,
    [LCA_WANT_NO_GROWTH]      = lca_rule_no_growth,
    [LCA_WANT_OWN_FDS]        = lca_rule_own_fds,
    [LCA_WANT_UNLOCKED]       = lca_rule_unlocked,
    [LCA_WANT_NO_MORE]        = lca_rule_no_more,
    [LCA_WANT_RESTORED]       = lca_rule_restored,
    [LCA_WANT_LASTING]        = lca_rule_lasting,
    [LCA_WANT_OVER]           = lca_rule_over,
    [LCA_WANT_NOTED]          = lca_rule_noted,
    [LCA_WANT_STRUCK]         = offered,    /* faults.c judges these */
    [LCA_WANT_NOTICED]        = offered,
    [LCA_WANT_WHOLE]          = offered,
    [LCA_WANT_UNTOUCHED]      = offered,
    [LCA_WANT_LAST_WORDS]     = offered,
    [LCA_WANT_ENDED]          = offered,
    [LCA_WANT_AGAIN]          = offered,
    [LCA_WANT_UNCOUNTED]      = offered,
    [LCA_WANT_FOUND]          = lca_rule_found,
    [LCA_WANT_MISSING]        = lca_rule_missing,
    [LCA_WANT_YES_OR_NO]      = lca_rule_yes_or_no,
    [LCA_WANT_MORE]           = lca_rule_more,
    [LCA_WANT_AS_BEFORE]      = offered,
};
