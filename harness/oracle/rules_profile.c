#include "harness/oracle/rules.h"

#include "harness/mapi/mapi.h"

static const struct lca_opinion pass = { .verdict = LCA_PASS };

/* Who waits for the end of a session that does not end waits for ever. */
static bool ends_late(const struct lca_hearing *h, unsigned i)
{
    const struct lca_calibration *k = h->calibration;

    return k && !k->probes.count && k->survivors &&
           lca_judge_ended_before(h, i, 0);
}

static struct lca_opinion alive(void)
{
    return lca_judge_say(LCA_SKIP, "the session is in use after Logoff, too "
                         "(POST-002)");
}

/* A name in the table, a logon on it; or a section. */
struct lca_opinion lca_rule_found(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (ANSWER(h, i)->successes)
        return pass;
    if (ends_late(h, i))
        return alive();
    return lca_judge_say(LCA_FAIL, STEP(h, i)->flags
                         ? "a profile that was renamed while in use has not "
                           "its new name when nobody uses it"
                         : "a profile that was renamed while in use has lost "
                           "its name before the last Logoff");
}

struct lca_opinion lca_rule_missing(const struct lca_hearing *h, unsigned i)
{
    static const char *const words[] = {
        "a profile that was deleted while in use can be logged on to after "
        "the last Logoff",
        "the table of profiles shows one that is marked for deletion",
        "a profile that was renamed while in use keeps its old name when "
        "nobody uses it",
        "a profile that was renamed while in use has its new name before the "
        "last Logoff",
        "the section of a temporary store is in the profile after Logoff",
    };
    const struct lca_step *s = STEP(h, i);
    unsigned which = s->op == LCA_FIND_SECTION ? 4
                   : s->op == LCA_LOGON        ? 0
                   : s->flags                  ? 3 : 1;

    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (!ANSWER(h, i)->successes)
        return pass;
    if (ends_late(h, i))
        return alive();
    for (unsigned j = 0; which == 1 && j < i; j++)
        if (STEP(h, j)->op == LCA_RENAME_PROFILE)
            which = 2;
    return lca_judge_say(LCA_FAIL, "%s", words[which]);
}

/* Of QueryFastShutdown. */
struct lca_opinion lca_rule_yes_or_no(const struct lca_hearing *h, unsigned i)
{
    HRESULT code = ANSWER(h, i)->code;

    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (code == S_OK || code == MAPI_E_NO_SUPPORT)
        return pass;
    return lca_rule_coded(LCA_FAIL, lca_judge_call(STEP(h, i)), "answered ",
                          code);
}

struct lca_opinion lca_rule_more(const struct lca_hearing *h, unsigned i)
{
    unsigned first = 0;

    while (STEP(h, first)->op != STEP(h, i)->op)
        first++;
    if ((ANSWER(h, first)->marks | ANSWER(h, i)->marks) & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (ANSWER(h, i)->value > ANSWER(h, first)->value)
        return pass;
    return lca_judge_say(LCA_FAIL, "a service that was added to the profile "
                         "is not there in the next session");
}
