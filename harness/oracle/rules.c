/* rules: what each wish of a step means, a function a row. */

#include "harness/oracle/judge.h"

#include "harness/mapi/code.h"
#include "harness/mapi/mapi.h"

static const struct lca_opinion pass = { .verdict = LCA_PASS };

#define STEP(h, i)   (&(h)->script->steps[i])
#define ANSWER(h, i) (&(h)->record->answers[i])

static struct lca_opinion unprepared(const struct lca_hearing *h)
{
    return lca_judge_say(LCA_SKIP, "not to be had here: %s",
                         *h->record->note ? h->record->note : "no reason "
                         "was given");
}

static struct lca_opinion coded(enum lca_verdict verdict, const char *call,
                                const char *what, int32_t code)
{
    char text[64];

    lca_code_print(code, text, sizeof text);
    return lca_judge_say(verdict, "%s %s%s", call, what, text);
}

static struct lca_opinion setup(const struct lca_hearing *h, unsigned i)
{
    const struct lca_step *s = STEP(h, i);
    const struct lca_answer *a = ANSWER(h, i);
    const char *call = lca_judge_call(s);

    if (a->marks & LCA_UNPREPARED)
        return unprepared(h);
    if (a->successes == a->calls)
        return pass;
    if (s->op == LCA_LOGOFF)
        return coded(LCA_SKIP, call, "was refused (SES-001): ", a->code);
    if (s->op == LCA_LOGON && s->session == 0)
        return coded(LCA_BROKEN, call, "refused, though it worked before: ",
                     a->code);
    return coded(LCA_SKIP, call, "was refused, and the case needs it: ",
                 a->code);
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
        return unprepared(h);
    if (a->successes == a->calls)
        return pass;
    return coded(LCA_FAIL, lca_judge_call(STEP(h, i)), "answered ",
                 lca_code_failed(a->code) ? a->code : a->odd);
}

/* A failure is another clause's; a success code other than S_OK is ours. */
static struct lca_opinion exact(const struct lca_hearing *h, unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);

    if (a->marks & LCA_UNPREPARED)
        return unprepared(h);
    if (a->code == S_OK && a->odd == S_OK)
        return pass;
    if (lca_code_failed(a->code) && STEP(h, i)->op == LCA_LOGOFF)
        return coded(LCA_SKIP, "Logoff", "was refused (SES-001): ", a->code);
    return coded(LCA_FAIL, lca_judge_call(STEP(h, i)), "answered ", a->code);
}

static struct lca_opinion as_plain(const struct lca_hearing *h, unsigned i)
{
    int32_t plain = h->calibration ? h->calibration->plain : S_OK;
    char expected[64];

    if (ANSWER(h, i)->code == plain)
        return pass;
    lca_code_print(plain, expected, sizeof expected);
    return lca_judge_say(LCA_FAIL, "ulUIParam changed the answer of Logoff "
                         "from %s to 0x%08X", expected,
                         (unsigned)ANSWER(h, i)->code);
}

static struct lca_opinion survive(const struct lca_hearing *h, unsigned i)
{
    return ANSWER(h, i)->marks & LCA_UNPREPARED ? unprepared(h) : pass;
}

/* What the calibration knows of a method, as a reason to skip. */
static struct lca_opinion known(const struct lca_hearing *h,
                                enum lca_method method)
{
    const struct lca_calibration *k = h->calibration;
    const char *name = lca_method(method)->name;

    if (!k || (int)method >= LCA_SESSION_METHODS_END)
        return pass;
    if (k->live[method] == LCA_LIFE_UNPREPARED)
        return lca_judge_say(LCA_SKIP, "%s cannot be asked: %s", name,
                             k->why[method]);
    if (k->live[method] == LCA_LIFE_REFUSED)
        return lca_judge_say(LCA_SKIP, "%s refuses on a live session too, "
                             "which proves nothing", name);
    if (k->live[method] != LCA_LIFE_SUCCEEDED)
        return lca_judge_say(LCA_SKIP, "%s does not return on a live session",
                             name);
    return pass;
}

/* POST-002 itself: judged on what the calibration saw. */
static struct lca_opinion refuse(const struct lca_hearing *h, unsigned i)
{
    const struct lca_step *s = STEP(h, i);
    struct lca_opinion o = known(h, s->method);

    if (o.verdict != LCA_PASS)
        return o;
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return unprepared(h);
    if (lca_code_failed(ANSWER(h, i)->code))
        return pass;
    if (h->calibration && h->calibration->probes.count == 0 &&
        h->calibration->survivors > 1)
        return lca_judge_say(LCA_FAIL, "Logoff is a no-op: every method "
                             "answers after it as before");
    return coded(LCA_FAIL, lca_judge_call(s), "after Logoff answered ",
                 ANSWER(h, i)->code);
}

/* Methods whose own clause is broken are left to it. */
static struct lca_opinion kept_post_002(const struct lca_hearing *h,
                                        unsigned i)
{
    static const char *const did[] = {
        [LCA_LIFE_SUCCEEDED] = "answers", [LCA_LIFE_CRASHED] = "crashes",
        [LCA_LIFE_HUNG] = "hangs",
    };
    const struct lca_step *s = STEP(h, i);
    struct lca_opinion o = known(h, s->method);
    enum lca_life dead;

    if (!h->calibration || s->op != LCA_CALL ||
        (int)s->method >= LCA_SESSION_METHODS_END)
        return pass;
    if (o.verdict != LCA_PASS)
        return o;
    dead = h->calibration->dead[s->method];
    if (dead == LCA_LIFE_REFUSED || dead == LCA_LIFE_UNKNOWN)
        return pass;
    return lca_judge_say(LCA_SKIP, "%s %s after Logoff (POST-002)",
                         lca_judge_call(s), did[dead] ? did[dead] : "?");
}

static struct lca_opinion never(const struct lca_hearing *h, unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);
    struct lca_opinion o = kept_post_002(h, i);

    if (o.verdict != LCA_PASS)
        return o;
    if (a->marks & LCA_UNPREPARED)
        return unprepared(h);
    if (a->successes == 0)
        return pass;
    return lca_judge_say(LCA_FAIL, "%s succeeded after Logoff, in %u of %u "
                         "calls", lca_judge_call(STEP(h, i)), a->successes,
                         a->calls);
}

/* In a sequence: the five methods with clauses of their own only survive. */
static struct lca_opinion still_refuse(const struct lca_hearing *h,
                                       unsigned i)
{
    enum lca_method m = STEP(h, i)->method;

    if (lca_method(m)->interface == LCA_IUnknown ||
        m == LCA_IMAPISession_Logoff || m == LCA_IMAPISession_GetLastError)
        return survive(h, i);
    return never(h, i);
}

static struct lca_opinion inert(const struct lca_hearing *h, unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);

    if (a->successes == 0 || a->ipc == 0)
        return pass;
    return lca_judge_say(LCA_FAIL, "a Logoff of a dead session answered S_OK "
                         "and made %u IPC calls", a->ipc);
}

static struct lca_opinion refuse_inert(const struct lca_hearing *h,
                                       unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);
    struct lca_opinion o = never(h, i);

    if (o.verdict != LCA_PASS || a->ipc == 0)
        return o;
    return lca_judge_say(LCA_FAIL, "%s was refused after Logoff, yet made %u "
                         "IPC calls", lca_judge_call(STEP(h, i)), a->ipc);
}

static struct lca_opinion known_code(const struct lca_hearing *h, unsigned i)
{
    static const HRESULT usual[] = {
        MAPI_E_INVALID_OBJECT, MAPI_E_END_OF_SESSION, MAPI_E_NOT_INITIALIZED,
        MAPI_E_NO_SUPPORT, MAPI_E_CALL_FAILED,
    };
    const struct lca_answer *a = ANSWER(h, i);
    struct lca_opinion o = kept_post_002(h, i);

    if (o.verdict != LCA_PASS)
        return o;
    for (size_t j = 0; j < sizeof usual / sizeof *usual; j++)
        if (a->code == usual[j])
            return pass;
    return coded(LCA_SKIP, lca_judge_call(STEP(h, i)), "noted: refused with "
                 "an unusual code, ", a->code);
}

static struct lca_opinion clean(const struct lca_hearing *h, unsigned i)
{
    struct lca_opinion o = kept_post_002(h, i);

    if (o.verdict != LCA_PASS)
        return o;
    if (ANSWER(h, i)->marks & LCA_DIRTY)
        return lca_judge_say(LCA_FAIL, "%s failed after Logoff and changed "
                             "an output to something else than NULL or 0",
                             lca_judge_call(STEP(h, i)));
    return pass;
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
    return pass;
}

static struct lca_opinion no_interface(const struct lca_hearing *h,
                                       unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);

    if (a->code != MAPI_E_INTERFACE_NOT_SUPPORTED)
        return coded(LCA_FAIL, "QueryInterface", "for an unknown IID "
                     "answered ", a->code);
    return queried(h, i);
}

static struct lca_opinion uninitialized(const struct lca_hearing *h,
                                        unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return unprepared(h);
    if (ANSWER(h, i)->code == MAPI_E_NOT_INITIALIZED)
        return pass;
    return coded(LCA_FAIL, lca_judge_call(STEP(h, i)), "without "
                 "MAPIInitialize answered ", ANSWER(h, i)->code);
}

static struct lca_opinion probed(const struct lca_hearing *h, unsigned i)
{
    (void)h, (void)i;
    return pass;                /* the marker of its group judges */
}

enum state { ALL_ALIVE, ALL_DEAD, MIXED, NOBODY };

/* The answers of a group of probes, and one of each kind by name. */
static enum state state_of(const struct lca_hearing *h, unsigned marker,
                           const char **alive, const char **dead)
{
    unsigned i = marker + 1;

    *alive = *dead = NULL;
    for (; i < h->record->count &&
           STEP(h, i)->group == STEP(h, marker)->group; i++) {
        if (ANSWER(h, i)->marks & LCA_UNPREPARED)
            continue;
        if (ANSWER(h, i)->successes)
            *alive = lca_judge_call(STEP(h, i));
        else
            *dead = lca_judge_call(STEP(h, i));
    }
    return *alive && *dead ? MIXED
         : *alive          ? ALL_ALIVE
         : *dead           ? ALL_DEAD
                           : NOBODY;
}

static struct lca_opinion probe(const struct lca_hearing *h, unsigned i,
                                enum state wanted, const char *situation)
{
    const char *alive, *dead;
    enum state state = state_of(h, i, &alive, &dead);

    if (state == wanted || state == NOBODY)
        return pass;
    if (state == MIXED)
        return lca_judge_say(LCA_FAIL, "%s the session is half dead: %s "
                             "answers, %s refuses", situation, alive, dead);
    return lca_judge_say(LCA_FAIL, "%s the session is %s: %s %s", situation,
                         state == ALL_ALIVE ? "still alive" : "dead",
                         state == ALL_ALIVE ? alive : dead,
                         state == ALL_ALIVE ? "answers" : "refuses");
}

static struct lca_opinion alive(const struct lca_hearing *h, unsigned i)
{
    return probe(h, i, ALL_ALIVE, "where nothing ended it,");
}

static struct lca_opinion dead(const struct lca_hearing *h, unsigned i)
{
    return probe(h, i, ALL_DEAD, "after Logoff");
}

static struct lca_opinion decided(const struct lca_hearing *h, unsigned i)
{
    unsigned j = i;

    while (j-- > 0)
        if (STEP(h, j)->op == LCA_LOGOFF &&
            STEP(h, j)->session == STEP(h, i)->session)
            break;
    if (j > i)
        return lca_judge_say(LCA_BROKEN, "no Logoff comes before the probes");
    if (ANSWER(h, j)->successes)
        return probe(h, i, ALL_DEAD, "after a Logoff that succeeded");
    return probe(h, i, ALL_ALIVE, "after a Logoff that was refused");
}

/* The first step that has the same wish; there is one, at the latest i. */
static unsigned first_like(const struct lca_hearing *h, unsigned i)
{
    unsigned j = 0;

    while (STEP(h, j)->want != STEP(h, i)->want ||
           STEP(h, j)->op != STEP(h, i)->op)
        j++;
    return j;
}

static struct lca_opinion same_choice(const struct lca_hearing *h, unsigned i)
{
    unsigned first = first_like(h, i);

    if (!ANSWER(h, i)->successes == !ANSWER(h, first)->successes)
        return pass;
    return lca_judge_say(LCA_FAIL, "one non-zero ulReserved is refused and "
                         "another is not");
}

static struct lca_opinion same_value(const struct lca_hearing *h, unsigned i)
{
    const struct lca_step *s = STEP(h, i);
    unsigned first = first_like(h, i);

    if ((ANSWER(h, i)->marks | ANSWER(h, first)->marks) & LCA_UNPREPARED)
        return first == i ? unprepared(h)
             : lca_judge_say(LCA_FAIL, "'%s' worked before and does not now",
                             lca_judge_call(s));
    if (ANSWER(h, i)->successes < ANSWER(h, i)->calls)
        return coded(LCA_FAIL, lca_judge_call(s), "answered ",
                     ANSWER(h, i)->code);
    if (ANSWER(h, i)->value == ANSWER(h, first)->value)
        return pass;
    return lca_judge_say(LCA_FAIL, s->op == LCA_CALL
                         ? "%s gave another pointer than before"
                         : "'%s' finds something else than before",
                         lca_judge_call(s));
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

static struct lca_opinion quiet(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->odd == 0)
        return pass;
    return lca_judge_say(LCA_FAIL, "a Logoff that was refused sent a "
                         "notification");
}

static struct lca_opinion no_display(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_DISPLAY)
        return lca_judge_say(LCA_FAIL, "Logoff tried to reach a display "
                             "without MAPI_LOGOFF_UI");
    return succeed(h, i);
}

enum measure { FDS = 1, THREADS = 2, HEAP = 4 };

static uint64_t measured(const struct lca_census *c, enum measure m)
{
    return m == FDS ? c->fds : m == THREADS ? c->threads : c->heap;
}

/* Growth in each third is a leak; a pool that filled once is none. */
static struct lca_opinion flat(const struct lca_hearing *h, unsigned i,
                               unsigned measures)
{
    static const char *const names[] = {
        [FDS] = "descriptors", [THREADS] = "threads", [HEAP] = "heap bytes",
    };
    const struct lca_census *c = h->record->census;
    uint64_t last = ANSWER(h, i)->value;

    if (last < 3 || last >= h->record->census_count)
        return lca_judge_say(LCA_BROKEN, "too few counts were taken");
    for (unsigned m = FDS; m <= HEAP; m *= 2) {
        uint64_t a = measured(&c[last - 3], m), b = measured(&c[last - 2], m);
        uint64_t d = measured(&c[last - 1], m), e = measured(&c[last], m);

        if (measures & m && a < b && b < d && d < e)
            return lca_judge_say(LCA_FAIL, "%s grow in each third of 200 "
                                 "rounds", names[m]);
    }
    return pass;
}

static struct lca_opinion no_new_fds(const struct lca_hearing *h, unsigned i)
{
    return flat(h, i, FDS);
}

static struct lca_opinion no_new_threads(const struct lca_hearing *h,
                                         unsigned i)
{
    return flat(h, i, THREADS);
}

static struct lca_opinion no_new_heap(const struct lca_hearing *h, unsigned i)
{
    return flat(h, i, HEAP);
}

static struct lca_opinion no_growth(const struct lca_hearing *h, unsigned i)
{
    return flat(h, i, FDS | THREADS | HEAP);
}

static struct lca_opinion own_fds(const struct lca_hearing *h, unsigned i)
{
    uint64_t at = ANSWER(h, i)->value;

    if (at >= h->record->census_count)
        return lca_judge_say(LCA_BROKEN, "no count was taken");
    if (h->record->census[at].own_fds < h->record->census[0].own_fds)
        return lca_judge_say(LCA_FAIL, "the subject closed or replaced "
                             "descriptors of its caller");
    return pass;
}

lca_rule *const lca_rules[LCA_WANT_COUNT] = {
    [LCA_WANT_SETUP]          = setup,
    [LCA_WANT_OFFERED]        = offered,
    [LCA_WANT_SUCCEED]        = succeed,
    [LCA_WANT_EXACT]          = exact,
    [LCA_WANT_AS_PLAIN]       = as_plain,
    [LCA_WANT_EITHER]         = survive,
    [LCA_WANT_SURVIVE]        = survive,
    [LCA_WANT_REFUSE]         = refuse,
    [LCA_WANT_STILL_REFUSE]   = still_refuse,
    [LCA_WANT_NEVER]          = never,
    [LCA_WANT_REFUSE_INERT]   = refuse_inert,
    [LCA_WANT_INERT]          = inert,
    [LCA_WANT_KNOWN_CODE]     = known_code,
    [LCA_WANT_CLEAN]          = clean,
    [LCA_WANT_LAST_ERROR]     = last_error,
    [LCA_WANT_QUERIED]        = queried,
    [LCA_WANT_NO_INTERFACE]   = no_interface,
    [LCA_WANT_UNINITIALIZED]  = uninitialized,
    [LCA_WANT_PROBED]         = probed,
    [LCA_WANT_ALIVE]          = alive,
    [LCA_WANT_DEAD]           = dead,
    [LCA_WANT_DECIDED]        = decided,
    [LCA_WANT_SAME_CHOICE]    = same_choice,
    [LCA_WANT_SAME_VALUE]     = same_value,
    [LCA_WANT_INTACT]         = intact,
    [LCA_WANT_KEPT]           = kept,
    [LCA_WANT_BALANCED]       = balanced,
    [LCA_WANT_QUIET]          = quiet,
    [LCA_WANT_NO_DISPLAY]     = no_display,
    [LCA_WANT_NO_NEW_FDS]     = no_new_fds,
    [LCA_WANT_NO_NEW_THREADS] = no_new_threads,
    [LCA_WANT_NO_NEW_HEAP]    = no_new_heap,
    [LCA_WANT_NO_GROWTH]      = no_growth,
    [LCA_WANT_OWN_FDS]        = own_fds,
};
