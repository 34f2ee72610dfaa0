#include "harness/oracle/rules.h"

#include "harness/mapi/code.h"

#include <stddef.h>

static const struct lca_opinion pass = { .verdict = LCA_PASS };

struct lca_opinion lca_rule_probed(const struct lca_hearing *h, unsigned i)
{
    (void)h, (void)i;
    return pass;                /* the marker of its group judges */
}

enum lca_state lca_rule_state(const struct lca_hearing *h, unsigned marker,
                              const char **alive, const char **dead)
{
    unsigned i = marker + 1;

    *alive = *dead = NULL;
    for (; i < h->record->count &&
           STEP(h, i)->group == STEP(h, marker)->group; i++) {
        if (ANSWER(h, i)->marks & (LCA_UNPREPARED | LCA_NOT_PLAYED))
            continue;
        if (ANSWER(h, i)->successes)
            *alive = lca_judge_call(STEP(h, i));
        else
            *dead = lca_judge_call(STEP(h, i));
    }
    return *alive && *dead ? LCA_STATE_MIXED
         : *alive          ? LCA_STATE_ALIVE
         : *dead           ? LCA_STATE_DEAD
                           : LCA_STATE_UNKNOWN;
}

static struct lca_opinion probe(const struct lca_hearing *h, unsigned i,
                                enum lca_state wanted, const char *situation)
{
    const char *alive, *dead;
    enum lca_state state = lca_rule_state(h, i, &alive, &dead);

    if (state == wanted || (state == LCA_STATE_UNKNOWN && STEP(h, i)->via))
        return pass;            /* there is no pointer to ask through */
    if (state == LCA_STATE_UNKNOWN)
        return lca_rule_unprepared(h);
    if (state == LCA_STATE_MIXED)
        return lca_judge_say(LCA_FAIL, "%s the session is half dead: %s "
                             "answers, %s refuses", situation, alive, dead);
    return lca_judge_say(LCA_FAIL, "%s the session is %s: %s %s", situation,
                         state == LCA_STATE_ALIVE ? "still alive" : "dead",
                         state == LCA_STATE_ALIVE ? alive : dead,
                         state == LCA_STATE_ALIVE ? "answers" : "refuses");
}

struct lca_opinion lca_rule_alive(const struct lca_hearing *h, unsigned i)
{
    return probe(h, i, LCA_STATE_ALIVE, "where nothing ended it,");
}

struct lca_opinion lca_rule_dead(const struct lca_hearing *h, unsigned i)
{
    return probe(h, i, LCA_STATE_DEAD, "after Logoff");
}

struct lca_opinion lca_rule_decided(const struct lca_hearing *h, unsigned i)
{
    unsigned j = i;

    while (j-- > 0)
        if (STEP(h, j)->op == LCA_LOGOFF &&
            STEP(h, j)->session == STEP(h, i)->session)
            break;
    if (j > i)
        return lca_judge_say(LCA_BROKEN, "no Logoff comes before the probes");
    if (ANSWER(h, j)->successes)
        return probe(h, i, LCA_STATE_DEAD, "after a Logoff that succeeded");
    return probe(h, i, LCA_STATE_ALIVE, "after a Logoff that was refused");
}

struct lca_opinion lca_rule_gone(const struct lca_hearing *h, unsigned i)
{
    for (unsigned j = i; j-- > 0;)
        if ((STEP(h, j)->op == LCA_LOGOFF ||
             STEP(h, j)->op == LCA_END_INSIDE) && ANSWER(h, j)->successes &&
            STEP(h, j)->session == STEP(h, i)->session)
            return probe(h, i, LCA_STATE_DEAD, "after a Logoff that "
                         "succeeded");
    return pass;
}

/* Judged at the last of those that were played together. */
struct lca_opinion lca_rule_one_succeeds(const struct lca_hearing *h,
                                         unsigned i)
{
    const struct lca_script *s = h->script;
    unsigned end = lca_steps_end(s->steps, s->count, i), calls = 0;
    bool unprepared = false;

    if (h->record->count < end)
        return pass;            /* some did not return */
    for (unsigned j = lca_steps_first(s->steps, i); j < end; j++) {
        if (STEP(h, j)->want != STEP(h, i)->want)
            continue;
        if (j > i || ANSWER(h, j)->successes)
            return pass;
        unprepared |= ANSWER(h, j)->marks & LCA_UNPREPARED;
        calls++;
    }
    if (unprepared)
        return lca_rule_unprepared(h);
    if (h->calibration && lca_code_failed(h->calibration->plain))
        return lca_rule_coded(LCA_SKIP, lca_judge_call(STEP(h, i)),
                              "was refused (SES-001): ", ANSWER(h, i)->code);
    return lca_judge_say(LCA_FAIL, "of %u calls of %s at once none "
                         "succeeded: 0x%08X", calls,
                         lca_judge_call(STEP(h, i)),
                         (unsigned)ANSWER(h, i)->code);
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

struct lca_opinion lca_rule_same_choice(const struct lca_hearing *h, unsigned i)
{
    unsigned first = first_like(h, i);

    if (!ANSWER(h, i)->successes == !ANSWER(h, first)->successes)
        return pass;
    return lca_judge_say(LCA_FAIL, "one non-zero ulReserved is refused and "
                         "another is not");
}

struct lca_opinion lca_rule_same_code(const struct lca_hearing *h, unsigned i)
{
    int32_t code = ANSWER(h, i)->code;
    int32_t expected = ANSWER(h, first_like(h, i))->code;

    if (code == expected)
        return pass;
    return lca_judge_say(LCA_FAIL, "ulUIParam changed the answer of Logoff "
                         "from 0x%08X to 0x%08X", (unsigned)expected,
                         (unsigned)code);
}

struct lca_opinion lca_rule_same_value(const struct lca_hearing *h, unsigned i)
{
    const struct lca_step *s = STEP(h, i);
    unsigned first = first_like(h, i);

    if (ANSWER(h, first)->marks & LCA_UNPREPARED)
        return lca_rule_unprepared(h);
    if (ANSWER(h, i)->marks & LCA_UNPREPARED)
        return lca_judge_say(LCA_FAIL, "'%s' worked before and does not now",
                             lca_judge_call(s));
    if (ANSWER(h, i)->successes < ANSWER(h, i)->calls)
        return lca_rule_coded(LCA_FAIL, lca_judge_call(s), "answered ",
                     ANSWER(h, i)->code);
    if (s->op == LCA_IDENTIFY && ANSWER(h, i)->value == 0)
        return lca_judge_say(LCA_FAIL, "%s answered S_OK and gave no pointer",
                             lca_judge_call(s));
    if (ANSWER(h, i)->value == ANSWER(h, first)->value)
        return pass;
    return lca_judge_say(LCA_FAIL, s->op == LCA_IDENTIFY
                         ? "%s gave another pointer than before"
                         : "'%s' finds something else than before",
                         lca_judge_call(s));
}
