#include "harness/oracle/rules.h"

static const struct lca_opinion pass = { .verdict = LCA_PASS };

enum { KNOWN = LCA_TOLD_ERROR | LCA_TOLD_EXTENDED };

struct lca_opinion lca_rule_alone(const struct lca_hearing *h, unsigned i)
{
    if (!ANSWER(h, i)->successes)
        return pass;
    return lca_judge_say(LCA_SKIP, "a logon without a profile works where no "
                         "session is shared, so who attaches cannot be told");
}

struct lca_opinion lca_rule_attached(const struct lca_hearing *h, unsigned i)
{
    if (ANSWER(h, i)->successes)
        return pass;
    return lca_rule_coded(LCA_SKIP, "to attach to a session with "
                          "MAPI_ALLOW_OTHERS", "is refused: ",
                          ANSWER(h, i)->code);
}

struct lca_opinion lca_rule_distinct(const struct lca_hearing *h, unsigned i)
{
    if (!ANSWER(h, i)->successes)
        return lca_rule_attached(h, i);
    if (!ANSWER(h, i)->value)
        return pass;
    return lca_judge_say(LCA_FAIL, "MAPILogonEx gave a pointer that another "
                         "client of the session has");
}

/* Who is not there any more is not told: its own Logoff is refused then. */
static bool is_dead(const struct lca_hearing *h, unsigned i)
{
    for (unsigned j = i + 1; j < h->record->count; j++)
        if (STEP(h, j)->op == LCA_LOGOFF &&
            STEP(h, j)->session == STEP(h, i)->session)
            return !ANSWER(h, j)->successes;
    return false;
}

struct lca_opinion lca_rule_told(const struct lca_hearing *h, unsigned i)
{
    const struct lca_calibration *k = h->calibration;

    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (!ANSWER(h, i)->value && k && !k->probes.count && k->survivors)
        return lca_judge_say(LCA_SKIP, "Logoff is a no-op (POST-002), of "
                             "which nobody need be told");
    if (!ANSWER(h, i)->value && is_dead(h, i))
        return lca_judge_say(LCA_SKIP, "the other client's session is dead "
                             "(SHR-005, SHR-019)");
    if (ANSWER(h, i)->value)
        return pass;
    return lca_judge_say(LCA_FAIL, "another client of the shared session was "
                         "not told of the Logoff");
}

/* What came before the Logoff came for another reason, and may come again. */
struct lca_opinion lca_rule_untold(const struct lca_hearing *h, unsigned i)
{
    if (!ANSWER(h, i)->value)
        return pass;
    for (unsigned j = 0; j < i; j++)
        if (STEP(h, j)->op == LCA_HEAR && ANSWER(h, j)->value)
            return lca_judge_say(LCA_SKIP, "notifications of other things "
                                 "come, too");
    return lca_judge_say(LCA_FAIL, "a client of another session was told of "
                         "the Logoff");
}

/* Of an object that was left open; or LCA_OBJECTS: of none. Was it there
   before that was asked, too? */
static enum lca_object restored_by(const struct lca_hearing *h, unsigned i,
                                   bool *before)
{
    enum lca_object object = LCA_OBJECTS;

    for (unsigned j = 0; j < i; j++) {
        const struct lca_step *s = STEP(h, j);

        if (s->want == LCA_WANT_LEFT_ALONE)
            object = s->object;
        *before |= s->op == LCA_LOGON && s->kind == LCA_JOINED &&
                   s->want == LCA_WANT_SURVIVE && ANSWER(h, j)->successes;
    }
    return object;
}

struct lca_opinion lca_rule_vanished(const struct lca_hearing *h, unsigned i)
{
    bool before = false;
    enum lca_object object = restored_by(h, i, &before);

    if (!ANSWER(h, i)->successes)
        return pass;
    if (before)
        return lca_judge_say(LCA_PASS, "a logon without a profile works "
                             "anyway, so only connections were looked at");
    if (object != LCA_OBJECTS)
        return lca_judge_say(LCA_FAIL, "the shared session is there again "
                             "when the %s that was left open over Logoff was "
                             "asked", lca_object_name(object));
    return lca_judge_say(LCA_FAIL, "a shared session is there when all its "
                         "clients have logged off");
}

/* That nobody was told is SHR-002's. */
static bool is_silent(const struct lca_hearing *h, unsigned i,
                      struct lca_opinion *o)
{
    *o = ANSWER(h, i)->marks & LCA_UNPREPARED ? lca_rule_unprepared(h)
       : ANSWER(h, i)->value ? pass
       : lca_judge_say(LCA_SKIP, "nobody was told of the Logoff (SHR-002)");
    return !ANSWER(h, i)->value;
}

/* The documentation has two ways to tell, and one of them is enough. */
struct lca_opinion lca_rule_told_error(const struct lca_hearing *h,
                                       unsigned i)
{
    uint64_t heard = ANSWER(h, i)->value;
    struct lca_opinion o;

    if (is_silent(h, i, &o))
        return o;
    if (heard & LCA_TORN_ERROR)
        return lca_judge_say(LCA_FAIL, "what tells of a Logoff leads to "
                             "memory that is not there");
    if (!(heard & KNOWN))
        return lca_judge_say(LCA_FAIL, "a Logoff is told as another event "
                             "than fnevCriticalError and fnevExtended");
    if (!(heard & LCA_TOLD_ERROR))
        return lca_judge_say(LCA_SKIP, "a Logoff is told as fnevExtended "
                             "alone (SHR-004)");
    return pass;
}

/* Which one it is nobody lays down: it is told, and fails nobody. */
struct lca_opinion lca_rule_told_code(const struct lca_hearing *h, unsigned i)
{
    struct lca_opinion o;

    if (is_silent(h, i, &o))
        return o.verdict == LCA_FAIL ? lca_judge_say(LCA_SKIP, "another "
                                                     "client is not told "
                                                     "(SHR-002)") : o;
    if (!(ANSWER(h, i)->value & LCA_TOLD_ERROR))
        return lca_judge_say(LCA_SKIP, "a Logoff is not told as a critical "
                             "error, which alone has an scode");
    return lca_rule_coded(LCA_PASS, "a Logoff is told", "with the scode ",
                          ANSWER(h, i)->odd);
}

struct lca_opinion lca_rule_told_entry(const struct lca_hearing *h,
                                       unsigned i)
{
    uint64_t heard = ANSWER(h, i)->value;
    struct lca_opinion o;

    if (is_silent(h, i, &o))
        return o;
    if (heard & LCA_TORN_ENTRY)
        return lca_judge_say(LCA_FAIL, "an ERROR_NOTIFICATION counts the "
                             "bytes of an entry identifier that is not "
                             "there");
    if (!(heard & LCA_TOLD_ERROR))
        return lca_judge_say(LCA_SKIP, "no ERROR_NOTIFICATION came (SHR-003)");
    return pass;
}

struct lca_opinion lca_rule_told_extended(const struct lca_hearing *h,
                                          unsigned i)
{
    uint64_t heard = ANSWER(h, i)->value;
    struct lca_opinion o;

    if (is_silent(h, i, &o))
        return o;
    if (heard & LCA_TORN_EXTENDED)
        return lca_judge_say(LCA_FAIL, "an EXTENDED_NOTIFICATION counts bytes "
                             "that are not there");
    if (!(heard & KNOWN))
        return lca_judge_say(LCA_SKIP, "a Logoff is told as another event "
                             "(SHR-003)");
    return pass;
}

/* What another client has heard before says whether there is one to hear. */
struct lca_opinion lca_rule_told_anyway(const struct lca_hearing *h,
                                        unsigned i)
{
    uint64_t others = 0;

    for (unsigned j = 0; j < i; j++)
        if (STEP(h, j)->op == LCA_HEAR)
            others |= ANSWER(h, j)->value;
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (!(others & LCA_TOLD_ERROR))
        return lca_judge_say(LCA_SKIP, "no client was told by a critical "
                             "error (SHR-003)");
    if (ANSWER(h, i)->value & LCA_TOLD_ERROR)
        return pass;
    return lca_judge_say(LCA_FAIL, "a sink that was registered with a NULL "
                         "entry identifier and the mask 0 is not told of a "
                         "critical error");
}
