/* rows: what a sweep consists of, from a trace made up. */

#include "harness/run/rows.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include "harness/model/complaint.h"

#include <stdio.h>
#include <string.h>

#define W(name) (1u << LCA_WINDOW_##name)
#define SITE(what, in, about, times)                                        \
    { .call = LCA_FAULTY_##what, .window = LCA_WINDOW_##in, .on = about,    \
      .count = times }

enum { ENDS = W(logoff) | W(release), MANY = LCA_ON_LONG,
       ALL = LCA_SWEEP_ALL };

/* malloc from two places; a stream, one that does not wait, and a file. */
static const struct lca_site sites[] = {
    SITE(malloc, logoff, LCA_ON_NOTHING, 2),
    SITE(malloc, logoff, LCA_ON_NOTHING, 3),
    SITE(malloc, release, LCA_ON_NOTHING, 1),
    SITE(calloc, logon, LCA_ON_NOTHING, 9),
    SITE(send, logoff, LCA_ON_SOCKET | MANY, 2),
    SITE(send, logoff, LCA_ON_SOCKET | LCA_ON_PROMPT, 4),
    SITE(write, release, LCA_ON_FILE | MANY, 1),
    SITE(sem_post, logoff, LCA_ON_NOTHING, 1),
};

enum { SITES = sizeof sites / sizeof *sites };

static void trace(struct lca_record *r)
{
    memset(r, 0, sizeof *r);
    r->site_count = SITES;
    memcpy(r->sites, sites, sizeof sites);
}

#define ROW(what, way, in, to, n, sort)                                     \
    { LCA_FAULTY_##what, way, W(in), to, n, LCA_SWEEP_##sort }
#define EVER(what, way, in, n, sort)                                        \
    ROW(what, way, in, 1, n, sort), ROW(what, way, in, UINT32_MAX, n, sort)
#define PASS(what, way, in, n)                                              \
    ROW(what, way, in, 1, n, PASSING), ROW(what, way, in, 3, n, PASSING)
#define PEER(what, in, n)                                                   \
    ROW(what, "kill", in, 1, n, PEER), ROW(what, "stop", in, 1, n, PEER),   \
    ROW(what, "restart", in, 1, n, PEER)

struct expected {
    enum lca_faulty call;
    const char *kind;
    uint32_t windows, last;
    unsigned calls, sweep;
};

/* In this order: by window, call, and the call's list of kinds. */
static const struct expected standard[] = {
    EVER(malloc, "ENOMEM", logoff, 5, MEMORY),
    EVER(send, "ECONNRESET", logoff, 6, IPC),
    EVER(send, "EPIPE", logoff, 6, IPC),
    PASS(send, "EINTR", logoff, 2),
    PASS(send, "one", logoff, 2),
    PEER(send, logoff, 6),
    PEER(sem_post, logoff, 1),
    EVER(malloc, "ENOMEM", release, 1, MEMORY),
    EVER(write, "ENOSPC", release, 1, IPC),
    EVER(write, "EIO", release, 1, IPC),
    PASS(write, "one", release, 1),
    PEER(write, release, 1),
};

static void check(const struct lca_rows *rows, const struct expected *e,
                  size_t count)
{
    unsigned trials = 0;

    CU_ASSERT_EQUAL_FATAL(rows->count, count);
    for (size_t i = 0; i < count; i++) {
        const struct lca_row *r = &rows->rows[i];
        char text[64];

        snprintf(text, sizeof text, "row %u: %s %s", (unsigned)i,
                 lca_faulty[e[i].call].name, e[i].kind);
        LCA_ROW(text, r->order.call == e[i].call);
        LCA_ROW(text, strcmp(lca_kind_name(r->order.kind), e[i].kind) == 0);
        LCA_ROW(text, r->order.windows == e[i].windows);
        LCA_ROW(text, r->order.first == 1 && r->order.last == e[i].last);
        LCA_ROW(text, r->calls == e[i].calls);
        LCA_ROW(text, r->sweep == e[i].sweep);
        LCA_ROW(text, r->before == trials);
        LCA_ROW(text, !r->ended && !r->hangs);
        trials += e[i].calls + 1;
    }
    CU_ASSERT_EQUAL(rows->trials, trials);
}

#define CHECK(rows, e) check(rows, e, sizeof e / sizeof *e)

static void a_trace_makes_rows(void)
{
    static struct lca_record plain;
    struct lca_rows rows = { 0 };

    trace(&plain);
    CU_ASSERT_EQUAL(lca_rows_add(&plain, ALL, ENDS, false, &rows).code,
                    LCA_OK);
    CHECK(&rows, standard);
    lca_rows_free(&rows);
    CU_ASSERT(rows.rows == NULL && rows.count == 0 && rows.trials == 0);
    lca_rows_free(&rows);
}

/* What is not asked for, and what is not there, makes none. */
static void rows_are_those_asked_for(void)
{
    static const struct expected memory[] = {
        EVER(malloc, "ENOMEM", logoff, 5, MEMORY),
    };
    static const struct expected passing[] = {
        PASS(write, "one", release, 1),
    };
    static const struct expected server[] = { PEER(write, release, 1) };
    static const struct {
        unsigned sweeps, windows;
        const struct expected *e;
        size_t count;
    } asked[] = {
        { LCA_SWEEP_MEMORY, W(logoff), memory, 2 },
        { LCA_SWEEP_PASSING, W(release), passing, 2 },
        { LCA_SWEEP_PEER, W(release), server, 3 },
        { 0, ENDS, NULL, 0 }, { ALL, 0, NULL, 0 }, { ALL, W(use), NULL, 0 },
        { LCA_SWEEP_IPC, W(logon), NULL, 0 },
    };
    static struct lca_record plain;

    trace(&plain);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct lca_rows rows = { 0 };

        CU_ASSERT_EQUAL(lca_rows_add(&plain, asked[i].sweeps,
                                     asked[i].windows, false, &rows).code,
                        LCA_OK);
        check(&rows, asked[i].e, asked[i].count);
        lca_rows_free(&rows);
    }
}

/* The full tier's kinds come after; EAGAIN where it does not wait. */
static void full_adds_kinds(void)
{
    static const struct expected full[] = {
        EVER(send, "ECONNRESET", logoff, 6, IPC),
        EVER(send, "EPIPE", logoff, 6, IPC),
        PASS(send, "EINTR", logoff, 2),
        PASS(send, "one", logoff, 2),
        PASS(send, "EAGAIN", logoff, 4),
        EVER(send, "ETIMEDOUT", logoff, 6, IPC),
        EVER(send, "ENOBUFS", logoff, 6, IPC),
        EVER(send, "ENOMEM", logoff, 6, IPC),
        PASS(send, "less", logoff, 2),
        PASS(send, "late", logoff, 6),
        EVER(send, "stall", logoff, 6, IPC),
    };
    static struct lca_record plain;
    struct lca_rows rows = { 0 };

    trace(&plain);
    CU_ASSERT_EQUAL(lca_rows_add(&plain, LCA_SWEEP_IPC | LCA_SWEEP_PASSING,
                                 W(logoff), true, &rows).code, LCA_OK);
    CHECK(&rows, full);
    lca_rows_free(&rows);
}

static void trials_are_found_in_their_rows(void)
{
    static struct lca_record plain;
    struct lca_rows rows = { 0 };
    unsigned index = 0, nth;

    trace(&plain);
    CU_ASSERT_EQUAL_FATAL(lca_rows_add(&plain, ALL, ENDS, true, &rows).code,
                          LCA_OK);
    CU_ASSERT(rows.count > 2);
    for (unsigned i = 0; i < rows.count; i++)
        for (unsigned n = 1; n <= rows.rows[i].calls + 1; n++, index++) {
            CU_ASSERT_PTR_EQUAL(lca_rows_find(&rows, index, &nth),
                                &rows.rows[i]);
            CU_ASSERT_EQUAL(nth, n);
        }
    CU_ASSERT_EQUAL(index, rows.trials);
    rows.count = 1;
    CU_ASSERT_PTR_EQUAL(lca_rows_find(&rows, 5, &nth), rows.rows);
    CU_ASSERT_EQUAL(nth, 6);
    lca_rows_free(&rows);
}

static void a_trial_strikes_its_own_call(void)
{
    static const struct { uint32_t last; unsigned nth; uint32_t to; }
    rows[] = {
        { 1, 1, 1 },            { 1, 2, 2 },            { 1, 300, 300 },
        { 3, 1, 3 },            { 3, 2, 4 },            { 3, 300, 302 },
        { UINT32_MAX, 1, UINT32_MAX },          { UINT32_MAX, 7, UINT32_MAX },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct lca_row row = {
            .order = { LCA_FAULTY_recv, LCA_KIND_eof, W(use), 1,
                       rows[i].last },
        };
        struct lca_order o = lca_row_order(&row, rows[i].nth);

        CU_ASSERT_EQUAL(o.first, rows[i].nth);
        CU_ASSERT_EQUAL(o.last, rows[i].to);
        CU_ASSERT_EQUAL(o.call, LCA_FAULTY_recv);
        CU_ASSERT_EQUAL(o.kind, LCA_KIND_eof);
        CU_ASSERT_EQUAL(o.windows, W(use));
    }
}

CU_TestInfo lca_rows_tests[] = {
    { "a trace makes rows", a_trace_makes_rows },
    { "rows are those asked for", rows_are_those_asked_for },
    { "the full tier adds kinds", full_adds_kinds },
    { "trials are found in their rows", trials_are_found_in_their_rows },
    { "a trial strikes its own call", a_trial_strikes_its_own_call },
    CU_TEST_INFO_NULL,
};
