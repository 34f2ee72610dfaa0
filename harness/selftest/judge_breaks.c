/* Which clause a symptom breaks, and which case would see it. */

#include "harness/selftest/apart.h"
#include "harness/selftest/faults_desk.h"

#include "cases/catalogue.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

enum { M = LCA_SWEEP_MEMORY, I = LCA_SWEEP_IPC, P = LCA_SWEEP_PASSING,
       K = LCA_SWEEP_PEER, ALL = LCA_SWEEP_ALL };

#define S(name)  (1u << LCA_SYMPTOM_##name)
#define BAD_ENDS (S(ENDED) | S(ABORTED) | S(UNSOUND) | S(HUNG) |            \
                  S(HOLLOW) | S(BARRED))
#define ARGUMENT (BAD_ENDS | S(HALF) | S(STUCK) | S(SPOILT))

/* From the contract: who is concerned by what, when what fails. */
static const struct {
    const char *clause;
    uint32_t symptoms;
    unsigned sweeps;
} rows[] = {
    { "MEM-007", BAD_ENDS, M },         { "MEM-008", S(HALF) | S(STUCK), M },
    { "MEM-009", S(NEEDY), M },         { "MEM-010", S(HELD_UP), M },
    { "MEM-011", S(BLOCKS), ALL },      { "MEM-015", S(MISCODED), M },
    { "MEM-016", S(DIRTY), ALL },       { "MEM-018", S(COUNTED), M },
    { "FLT-002", BAD_ENDS, I },         { "FLT-003", S(HALF), ALL },
    { "FLT-004", S(STUCK), ALL },       { "FLT-005", S(FACILITY), ALL },
    { "FLT-006", S(TORN), ALL },        { "FLT-007", S(CODED), I | K },
    { "FLT-008", BAD_ENDS, K },         { "FLT-009", S(FDS), ALL },
    { "FLT-010", S(RELOGON), I | K },
    { "FLT-011", BAD_ENDS | S(CHANGED), P },
    { "FLT-012", S(TWICE) | S(FOREIGN), ALL },
    { "FLT-013", S(THREADS), ALL },     { "SES-005", ARGUMENT, ALL },
    { "RES-002", ARGUMENT, ALL },       { "RSD-006", S(LOCKED), ALL },
};

static size_t row_of(const char *clause)
{
    size_t i = 0;

    while (i < sizeof rows / sizeof *rows &&
           strcmp(rows[i].clause, clause) != 0)
        i++;
    return i;
}

/* Each clause there is, each symptom, each thing that can fail. */
void lca_faults_of_clauses(void)
{
    unsigned known = 0;

    for (unsigned c = 0; c < LCA_CLAUSES; c++) {
        const char *id = lca_clauses[c].id;
        size_t row = row_of(id);
        bool listed = row < sizeof rows / sizeof *rows;

        known += listed;
        for (unsigned s = 0; s < LCA_SYMPTOM_COUNT; s++)
            for (unsigned sweep = 1; sweep <= ALL; sweep *= 2)
                LCA_ROW(id, lca_faults_break(id, s, sweep) ==
                            (listed && rows[row].symptoms & 1u << s &&
                             rows[row].sweeps & sweep));
    }
    CU_ASSERT_EQUAL(known, sizeof rows / sizeof *rows);
    CU_ASSERT_FALSE(lca_faults_break("MEM-999", LCA_SYMPTOM_ENDED, ALL));
}

void lca_faults_of_symptoms(void)
{
    static const uint32_t always = S(ENDED) | S(UNSOUND) | S(HUNG) |
                                   S(ABORTED) | S(FOREIGN) | S(TWICE);

    for (unsigned s = 0; s < LCA_SYMPTOM_COUNT; s++) {
        unsigned clauses = 0;
        char text[24];

        for (unsigned c = 0; c < LCA_CLAUSES; c++)
            clauses += lca_faults_break(lca_clauses[c].id, s, ALL);
        snprintf(text, sizeof text, "symptom %u", s);
        LCA_ROW(text, clauses > 0);
        LCA_ROW(text, lca_faults_always_wrong(s) == !!(always & 1u << s));
    }
}

/* The step that a symptom is seen in; END: the record tells. */
static const struct { enum lca_op op; enum lca_want want; }
seen_in[LCA_SYMPTOM_COUNT] = {
    [LCA_SYMPTOM_HOLLOW]   = { LCA_PROBE,  LCA_WANT_WHOLE },
    [LCA_SYMPTOM_HALF]     = { LCA_PROBE,  LCA_WANT_WHOLE },
    [LCA_SYMPTOM_SPOILT]   = { LCA_PROBE,  LCA_WANT_UNTOUCHED },
    [LCA_SYMPTOM_STUCK]    = { LCA_PROBE,  LCA_WANT_ENDED },
    [LCA_SYMPTOM_BARRED]   = { LCA_LOGON,  LCA_WANT_AGAIN },
    [LCA_SYMPTOM_FACILITY] = { LCA_LOGOFF, LCA_WANT_STRUCK },
    [LCA_SYMPTOM_TORN]     = { LCA_CALL,   LCA_WANT_LAST_WORDS },
    [LCA_SYMPTOM_FDS]      = { LCA_CENSUS, LCA_WANT_AS_BEFORE },
    [LCA_SYMPTOM_THREADS]  = { LCA_CENSUS, LCA_WANT_AS_BEFORE },
    [LCA_SYMPTOM_FOREIGN]  = { LCA_CENSUS, LCA_WANT_AS_BEFORE },
    [LCA_SYMPTOM_CHANGED]  = { LCA_LOGOFF, LCA_WANT_STRUCK },
    [LCA_SYMPTOM_DIRTY]    = { LCA_LOGON,  LCA_WANT_STRUCK },
    [LCA_SYMPTOM_MISCODED] = { LCA_CHAIN,  LCA_WANT_STRUCK },
    [LCA_SYMPTOM_COUNTED]  = { LCA_LOGON,  LCA_WANT_UNCOUNTED },
    [LCA_SYMPTOM_NEEDY]    = { LCA_LOGOFF, LCA_WANT_STRUCK },
    [LCA_SYMPTOM_HELD_UP]  = { LCA_LOGOFF, LCA_WANT_NOTICED },
    [LCA_SYMPTOM_CODED]    = { LCA_LOGOFF, LCA_WANT_STRUCK },
};

static bool sees(const struct lca_case *c, unsigned symptom)
{
    const struct lca_step *s = c->steps;

    if (seen_in[symptom].op == LCA_END)
        return true;
    for (; s->op != LCA_END; s++)
        if (s->op == seen_in[symptom].op &&
            (s->want == seen_in[symptom].want ||
             (s->want == LCA_WANT_UNTOUCHED &&
              seen_in[symptom].want == LCA_WANT_WHOLE)))
            return true;
    return false;
}

/* Is there a case for the clause in which that is seen, when that fails? */
static bool is_sought(const char *clause, unsigned symptom, unsigned sweep)
{
    const struct lca_case *c = lca_chapter_faults.cases;

    while (c->id && (strcmp(c->clause, clause) != 0 || !(c->sweep & sweep) ||
                     !sees(c, symptom)))
        c++;
    return c->id != NULL;
}

void lca_faults_of_cases(void)
{
    char text[64];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (unsigned s = 0; s < LCA_SYMPTOM_COUNT; s++) {
            snprintf(text, sizeof text, "%s, symptom %u", rows[i].clause, s);
            LCA_ROW(text, !(rows[i].symptoms & 1u << s) ||
                          is_sought(rows[i].clause, s, rows[i].sweeps));
        }
    for (const struct lca_case *c = lca_chapter_faults.cases; c->id; c++) {
        size_t row = row_of(c->clause);

        LCA_ROW(c->id, row < sizeof rows / sizeof *rows &&
                       !(c->sweep & ~rows[row].sweeps) && c->sweep);
    }
}

/* A trial is about the last fault that struck in it. */
void lca_faults_of_sweeps(void)
{
    static const struct { struct lca_order order; unsigned sweep; } kinds[] = {
        { LCA_ONCE(malloc, ENOMEM), M },    { LCA_ONCE(mmap, ENOMEM), M },
        { LCA_ONCE(getline, ENOMEM), M },   { LCA_ONCE(socket, ENOMEM), I },
        { LCA_ONCE(recv, eof), I },         { LCA_ONCE(recv, stall), I },
        { LCA_ONCE(recv, corrupt7), I },    { LCA_ONCE(recv, EINTR), P },
        { LCA_ONCE(send, EAGAIN), P },      { LCA_ONCE(send, one), P },
        { LCA_ONCE(send, less), P },        { LCA_ONCE(send, late), P },
        { LCA_ONCE(send, kill), K },        { LCA_ONCE(send, stop), K },
        { LCA_ONCE(send, restart), K },
    };
    static struct lca_record record;
    struct lca_orders orders = { 0 };

    CU_ASSERT_EQUAL(lca_faults_sweep(&orders, &record), 0);
    orders.order[1] = (struct lca_order)LCA_ONCE(send, kill);
    record.hit_count = 2;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *name = lca_kind_name(kinds[i].order.kind);

        orders.order[0] = kinds[i].order;
        LCA_ROW(name, lca_faults_sweep_of(&kinds[i].order) == kinds[i].sweep);
        for (orders.count = 1; orders.count <= 2; orders.count++)
            for (uint32_t n = 0; n < 2; n++) {
                record.hits[1].calls = n;
                LCA_ROW(name, lca_faults_sweep(&orders, &record) ==
                              (orders.count == 2 && n ? K : kinds[i].sweep));
            }
    }
}
