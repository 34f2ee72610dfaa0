#include "harness/oracle/rules.h"

#include "harness/mapi/code.h"
#include "harness/mapi/mapi.h"

#include <stdio.h>

static const struct lca_opinion pass = { .verdict = LCA_PASS };

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
    if (k->live[method] == LCA_LIFE_UNKNOWN)
        return lca_judge_say(LCA_BROKEN, "the trial that asks %s of a live "
                             "session was lost", name);
    if (k->live[method] != LCA_LIFE_SUCCEEDED)
        return lca_judge_say(LCA_SKIP, "%s does not return on a live session",
                             name);
    return pass;
}

/* POST-002 itself: judged on what the calibration saw. */
struct lca_opinion lca_rule_refuse(const struct lca_hearing *h, unsigned i)
{
    const struct lca_step *s = STEP(h, i);
    struct lca_opinion o = known(h, s->method);

    if (o.verdict != LCA_PASS)
        return o;
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (lca_code_failed(ANSWER(h, i)->code))
        return pass;
    if (h->calibration && h->calibration->probes.count == 0 &&
        h->calibration->survivors > 1)
        return lca_judge_say(LCA_FAIL, "Logoff is a no-op: every method "
                             "answers after it as before");
    return lca_rule_coded(LCA_FAIL, lca_judge_call(s), "after Logoff answered ",
                 ANSWER(h, i)->code);
}

/* Methods whose own clause is broken are left to it. */
static struct lca_opinion kept_post_002(const struct lca_hearing *h,
                                        unsigned i)
{
    static const char *const did[] = {
        [LCA_LIFE_SUCCEEDED] = "answers", [LCA_LIFE_CRASHED] = "crashes",
        [LCA_LIFE_HUNG] = "hangs", [LCA_LIFE_SPOILED] = "does harm",
        [LCA_LIFE_UNPREPARED] = "is not asked",
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
                         lca_judge_call(s), did[dead]);
}

struct lca_opinion lca_rule_never(const struct lca_hearing *h, unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);
    struct lca_opinion o = kept_post_002(h, i);

    if (o.verdict != LCA_PASS)
        return o;
    if (a->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (a->successes == 0)
        return pass;
    return lca_judge_say(LCA_FAIL, "%s succeeded after Logoff, in %u of %u "
                         "calls", lca_judge_call(STEP(h, i)), a->successes,
                         a->calls);
}

/* In a sequence: the five methods with clauses of their own only survive. */
struct lca_opinion lca_rule_still_refuse(const struct lca_hearing *h,
                                         unsigned i)
{
    enum lca_method m = STEP(h, i)->method;

    if (lca_method(m)->interface == LCA_IUnknown ||
        m == LCA_IMAPISession_Logoff || m == LCA_IMAPISession_GetLastError)
        return lca_rule_survive(h, i);
    return lca_rule_never(h, i);
}

struct lca_opinion lca_rule_refuse_inert(const struct lca_hearing *h,
                                         unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);
    struct lca_opinion o = lca_rule_never(h, i);

    if (o.verdict != LCA_PASS || a->ipc == 0)
        return o;
    return lca_judge_say(LCA_FAIL, "%s was refused after Logoff, yet made %u "
                         "IPC calls", lca_judge_call(STEP(h, i)), a->ipc);
}

struct lca_opinion lca_rule_known_code(const struct lca_hearing *h, unsigned i)
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
    return lca_rule_coded(LCA_SKIP, lca_judge_call(STEP(h, i)), "noted: "
                          "refused with an unusual code, ", a->code);
}

struct lca_opinion lca_rule_clean(const struct lca_hearing *h, unsigned i)
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

/* It answered before Logoff, or the case would be at its end. */
struct lca_opinion lca_rule_left_dead(const struct lca_hearing *h, unsigned i)
{
    const struct lca_calibration *k = h->calibration;

    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (!ANSWER(h, i)->successes)
        return pass;
    if (k && !k->probes.count && k->survivors)
        return lca_judge_say(LCA_SKIP, "Logoff is a no-op (POST-002), so what "
                             "is open lives");
    return lca_judge_say(LCA_FAIL, "the %s that was left open over Logoff "
                         "still answers", lca_object_name(STEP(h, i)->object));
}

/* The usual method's answer is the finding when all of them answer. */
struct lca_opinion lca_rule_left_dead_too(const struct lca_hearing *h,
                                          unsigned i)
{
    const struct lca_step *s = STEP(h, i);

    for (unsigned j = i; j-- > 0 && STEP(h, j)->op != LCA_LOGOFF; )
        if (STEP(h, j)->op == LCA_ASK && ANSWER(h, j)->successes)
            return lca_judge_say(LCA_SKIP, "the %s still answers whatever it "
                                 "is asked (OBJ-002)",
                                 lca_object_name(s->object));
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (!ANSWER(h, i)->successes)
        return pass;
    return lca_judge_say(LCA_FAIL, "the %s that was left open over Logoff "
                         "still answers %s", lca_object_name(s->object),
                         lca_method(s->method)->name);
}

struct lca_opinion lca_rule_left_code(const struct lca_hearing *h, unsigned i)
{
    static const HRESULT foreseen[] = {
        MAPI_E_INVALID_OBJECT, MAPI_E_END_OF_SESSION, MAPI_E_NETWORK_ERROR,
        MAPI_E_CALL_FAILED,
    };
    const struct lca_answer *a = ANSWER(h, i);
    char what[80];

    if (a->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (a->successes)
        return lca_judge_say(LCA_SKIP, "it still answers (OBJ-002)");
    for (size_t j = 0; j < sizeof foreseen / sizeof *foreseen; j++)
        if (a->code == foreseen[j])
            return pass;
    snprintf(what, sizeof what, "the %s left open over Logoff",
             lca_object_name(STEP(h, i)->object));
    return lca_rule_coded(LCA_FAIL, what, "refuses with ", a->code);
}

struct lca_opinion lca_rule_left_clean(const struct lca_hearing *h, unsigned i)
{
    const struct lca_answer *a = ANSWER(h, i);

    if (a->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (a->successes)
        return lca_judge_say(LCA_SKIP, "it still answers (OBJ-002)");
    if (a->marks & LCA_DIRTY)
        return lca_judge_say(LCA_FAIL, "the %s left open over Logoff refused "
                             "and changed an output to something else than "
                             "NULL", lca_object_name(STEP(h, i)->object));
    return pass;
}

/* Was the last call before step i a connection of its own, too? */
static bool connects_each_time(const struct lca_hearing *h, unsigned i)
{
    while (i-- > 0)
        if (STEP(h, i)->op == LCA_ASK)
            return ANSWER(h, i)->marks & LCA_AGAIN;
    return false;
}

struct lca_opinion lca_rule_left_alone(const struct lca_hearing *h, unsigned i)
{
    bool connected = false;

    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    for (unsigned j = 0; j < i; j++)
        connected |= ANSWER(h, j)->marks & LCA_CONNECTED;
    if (connects_each_time(h, i))
        return lca_judge_say(LCA_SKIP, "calls of a live session connect to "
                             "the server each time");
    if (ANSWER(h, i)->marks & LCA_AGAIN)
        return lca_judge_say(LCA_FAIL, "the %s that was left open over Logoff "
                             "connected to the server again",
                             lca_object_name(STEP(h, i)->object));
    if (!connected)
        return lca_judge_say(LCA_SKIP, "no connection of the session's was "
                             "seen that could be restored");
    return pass;
}

struct lca_opinion lca_rule_as_saved(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    switch (ANSWER(h, i)->value) {
    case 0:
        return pass;
    case 1:
        return lca_judge_say(LCA_FAIL, "what was set in an open message and "
                             "never saved is there after Logoff");
    default:
        return lca_judge_say(LCA_FAIL, "a message that was open over Logoff "
                             "is neither what was saved nor what was set");
    }
}
