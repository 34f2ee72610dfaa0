/* walk: calls in the model of the contract, and what is judged of them. */

#include "cases/catalogue.h"
#include "harness/model/walk.h"
#include "harness/oracle/judge.h"
#include "harness/selftest/suites.h"

#include <string.h>

enum { SEEDS = 500 };

static const struct lca_probes two = {
    2, { LCA_IMAPISession_GetMsgStoresTable, LCA_IMAPISession_QueryIdentity },
};
static const struct lca_probes none;

static struct lca_script script;

static const struct lca_case *dead(void)
{
    return lca_case_find("session/walks/dead");
}

static unsigned build(const struct lca_case *c, const struct lca_walk *walk)
{
    CU_ASSERT_EQUAL_FATAL(lca_walk_build(c, walk, &two, &script).code, LCA_OK);
    return script.count;
}

/* One edge for a place and a move, and every place can be come to. */
static void the_model_is_a_machine(void)
{
    const struct lca_machine *m = &lca_contract;
    bool reached[LCA_PLACES] = { [LCA_IN_INITIALIZED] = true };

    for (unsigned i = 0; i < m->count; i++) {
        const struct lca_edge *e = &m->edges[i];

        reached[e->then] = reached[e->last] = true;
        CU_ASSERT(e->place != LCA_IN_NOWHERE && e->then != LCA_IN_NOWHERE);
        CU_ASSERT(!*e->clause || lca_clause_find(e->clause));
        for (unsigned j = 0; j < i; j++)
            CU_ASSERT(m->edges[j].place != e->place ||
                      m->edges[j].move != e->move);
    }
    for (unsigned p = LCA_IN_UNINITIALIZED; p < LCA_PLACES; p++)
        CU_ASSERT(reached[p]);
}

static void what_is_counted_is_kept(void)
{
    struct lca_position p = { LCA_IN_LOGGED_OFF, 2, 2 };

    lca_machine_go(&p, lca_machine_find(&lca_contract, &p, LCA_MOVE_RELEASE));
    CU_ASSERT(p.place == LCA_IN_LOGGED_OFF && p.references == 1);
    lca_machine_go(&p, lca_machine_find(&lca_contract, &p,
                                        LCA_MOVE_UNINITIALIZE));
    CU_ASSERT(p.place == LCA_IN_LOGGED_OFF && p.initialized == 1);
    CU_ASSERT_PTR_NULL(lca_machine_find(&lca_contract, &p,
                                        LCA_MOVE_UNINITIALIZE));
    lca_machine_go(&p, lca_machine_find(&lca_contract, &p, LCA_MOVE_RELEASE));
    CU_ASSERT(p.place == LCA_IN_RELEASED && p.references == 0);
    CU_ASSERT_PTR_NULL(lca_machine_find(&lca_contract, &p, LCA_MOVE_METHOD));
    lca_machine_go(&p, lca_machine_find(&lca_contract, &p,
                                        LCA_MOVE_UNINITIALIZE));
    CU_ASSERT(p.place == LCA_IN_UNINITIALIZED);
    lca_machine_go(&p, lca_machine_find(&lca_contract, &p, LCA_MOVE_LOGON));
    CU_ASSERT(p.place == LCA_IN_UNINITIALIZED && p.references == 0);
}

/* Balanced when it ends: what is taken is given back. */
static int held(const struct lca_script *s)
{
    int references = 0, initialized = 0;

    for (unsigned i = 0; i < s->count; i++) {
        enum lca_op op = s->steps[i].op;

        initialized += (op == LCA_INITIALIZE) - (op == LCA_UNINITIALIZE);
        references += op == LCA_ADDREF || (op == LCA_LOGON && initialized);
        references -= op == LCA_RELEASE;
        if (op == LCA_RELEASE_ALL)
            references = 0;
        CU_ASSERT(references >= 0 && initialized >= (references > 0));
        CU_ASSERT(references || op != LCA_CALL);
    }
    return references;
}

static void random_walks_are_the_clients_to_do(void)
{
    const struct lca_case *cases[] = {
        dead(), lca_case_find("session/walks/again"),
        lca_case_find("session/walks/uninitialized"),
        lca_case_find("session/walks/cycles"),
    };
    unsigned asks[4] = { 0 };

    for (unsigned c = 0; c < 4; c++)
        for (uint32_t seed = 1; seed <= SEEDS; seed++) {
            struct lca_walk walk, same;

            lca_walk_random(cases[c], seed, seed % 2, &two, &walk);
            lca_walk_random(cases[c], seed, seed % 2, &two, &same);
            CU_ASSERT(memcmp(&walk, &same, sizeof walk) == 0);
            CU_ASSERT_EQUAL(walk.count, LCA_WALK_MAX);
            CU_ASSERT(build(cases[c], &walk) >= LCA_WALK_MAX);
            CU_ASSERT_EQUAL(held(&script), 0);
            CU_ASSERT(seed % 2 || !script.destructive);
            asks[c] += lca_walk_asks(&script);
        }
    CU_ASSERT_EQUAL(asks[0], SEEDS);
    CU_ASSERT(asks[1] > 50 && asks[2] > 50 && asks[3] > 50);
}

static void a_short_walk_is_a_cell(void)
{
    const struct lca_walk walk = {
        3, { LCA_WALK_CALL(LCA_MOVE_METHOD, LCA_IMAPISession_Advise),
             LCA_WALK_CALL(LCA_MOVE_ADDREF, 0),
             LCA_WALK_CALL(LCA_MOVE_LOGOFF, 0) },
    };
    struct lca_walk again, long_one = { .count = 5 };
    unsigned cell;

    CU_ASSERT_FATAL(lca_walk_cell(dead(), &walk, &cell));
    lca_walk_of_cell(dead(), cell, &again);
    CU_ASSERT_EQUAL(again.count, 3);
    CU_ASSERT(memcmp(again.calls, walk.calls, 3 * sizeof *walk.calls) == 0);
    for (unsigned i = 0; i < long_one.count; i++)
        long_one.calls[i] = walk.calls[0];
    CU_ASSERT_FALSE(lca_walk_cell(dead(), &long_one, &cell));
}

/* A method that tells nothing is left out, and so is what cannot be done. */
static void what_cannot_be_asked_is_left_out(void)
{
    struct lca_walk walk = {
        4, { LCA_WALK_CALL(LCA_MOVE_METHOD, LCA_IMAPISession_Advise),
             LCA_WALK_CALL(LCA_MOVE_LOGON, 0),
             LCA_WALK_CALL(LCA_MOVE_UNINITIALIZE, 0),
             LCA_WALK_CALL(LCA_MOVE_METHOD,
                           LCA_IMAPISession_QueryIdentity) },
    };
    struct lca_walk one = { 1, { walk.calls[3] } };
    unsigned count = build(dead(), &one);

    CU_ASSERT_EQUAL(build(dead(), &walk), count);
    CU_ASSERT_EQUAL(lca_walk_build(dead(), &walk, &none, &script).code,
                    LCA_OK);
    CU_ASSERT_EQUAL(script.count, count - 1);
}

/* What the judge says if the walk crashes in its last step of that op. */
static enum lca_verdict crashed_in(const struct lca_case *c, enum lca_op op)
{
    static struct lca_record record;
    struct lca_hearing h = { .c = c, .script = &script, .record = &record };
    struct lca_calibration known = { .ready = true, .probes = two };

    memset(&record, 0, sizeof record);
    record.ending = LCA_CRASHED;
    record.number = 11;
    record.count = script.count;
    while (record.count > 0 && script.steps[record.count].op != op)
        record.count--;
    for (unsigned i = 0; i < record.count; i++)
        record.answers[i] = (struct lca_answer){ .calls = 1, .successes = 1 };
    h.calibration = &known;
    return lca_judge(&h).verdict;
}

static void a_case_judges_its_own_calls(void)
{
    const struct lca_case *again = lca_case_find("session/walks/again");
    struct lca_walk walk = {
        4, { LCA_WALK_CALL(LCA_MOVE_ADDREF, 0),
             LCA_WALK_CALL(LCA_MOVE_LOGOFF, 0),
             LCA_WALK_CALL(LCA_MOVE_RELEASE, 0),
             LCA_WALK_CALL(LCA_MOVE_RELEASE, 0) },
    };

    build(again, &walk);
    CU_ASSERT_FALSE(lca_walk_asks(&script));
    walk.calls[walk.count++] = LCA_WALK_CALL(LCA_MOVE_LOGON, 0);
    build(again, &walk);
    CU_ASSERT(lca_walk_asks(&script));
    CU_ASSERT_EQUAL(crashed_in(again, LCA_LOGON), LCA_FAIL);
    CU_ASSERT_EQUAL(crashed_in(again, LCA_ADDREF), LCA_SKIP);
    CU_ASSERT_EQUAL(crashed_in(again, LCA_RELEASE), LCA_SKIP);
    build(dead(), &walk);
    CU_ASSERT_EQUAL(crashed_in(dead(), LCA_RELEASE), LCA_FAIL);
    CU_ASSERT_EQUAL(crashed_in(dead(), LCA_PREPARE), LCA_SKIP);
}

CU_TestInfo lca_walk_tests[] = {
    { "the model is a machine", the_model_is_a_machine },
    { "what is counted is kept", what_is_counted_is_kept },
    { "random walks are the client's to do",
      random_walks_are_the_clients_to_do },
    { "a short walk is a cell", a_short_walk_is_a_cell },
    { "what cannot be asked is left out", what_cannot_be_asked_is_left_out },
    { "a case judges its own calls", a_case_judges_its_own_calls },
    CU_TEST_INFO_NULL,
};
