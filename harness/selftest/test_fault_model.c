/* fault: which calls can fail and how, and what a plan orders. */

#include "harness/fault/strike.h"
#include "harness/model/fault.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <ctype.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

enum { NOTHING = LCA_ON_NOTHING, SOCKET = LCA_ON_SOCKET, PIPE = LCA_ON_PIPE,
       DISK = LCA_ON_FILE, OTHER = LCA_ON_OTHER, PROMPT = LCA_ON_PROMPT,
       MANY = LCA_ON_LONG };

static void calls_are_told_apart(void)
{
    for (int i = 0; i < LCA_FAULTY_COUNT; i++) {
        const struct lca_faulty_row *row = &lca_faulty[i];

        LCA_ROW(row->name, (int)lca_faulty_find(row->name) == i);
        LCA_ROW(row->name, strchr(row->point, '/') != NULL);
        for (int j = 0; j < i; j++)
            LCA_ROW(row->name, strcmp(row->point, lca_faulty[j].point) != 0);
        if (row->family != LCA_MEMORY)
            continue;
        LCA_ROW(row->name, strcmp(row->standard, "ENOMEM") == 0);
        LCA_ROW(row->name, *row->full == '\0');
    }
    CU_ASSERT_EQUAL(lca_faulty_find(""), LCA_FAULTY_COUNT);
    CU_ASSERT_EQUAL(lca_faulty_find("sen"), LCA_FAULTY_COUNT);
    CU_ASSERT_EQUAL(lca_faulty_find("sends"), LCA_FAULTY_COUNT);
}

/* Each word is a kind, and is there once; counts them by kind. */
static void count_words(const struct lca_faulty_row *row, const char *words,
                        unsigned *seen)
{
    size_t length;

    for (; *words; words += length + (words[length] == ' ')) {
        enum lca_kind kind;

        length = strcspn(words, " ");
        kind = lca_kind_find(words, length);
        LCA_ROW(words, kind > LCA_KIND_NONE && kind < LCA_KIND_COUNT);
        if (kind >= LCA_KIND_COUNT)
            continue;
        LCA_ROW(words, seen[kind]++ == 0);
        LCA_ROW(words, lca_kind_is_of(kind, row));
        LCA_ROW(words, !lca_kind_is_of_peer(kind));
        LCA_ROW(words, words[length] != ' ' || words[length + 1]);
    }
}

static void words_of_calls_are_kinds(void)
{
    unsigned used[LCA_KIND_COUNT] = { 0 };

    for (int i = 0; i < LCA_FAULTY_COUNT; i++) {
        const struct lca_faulty_row *row = &lca_faulty[i];
        unsigned seen[LCA_KIND_COUNT] = { 0 };

        count_words(row, row->standard, seen);
        count_words(row, row->full, seen);
        for (int k = LCA_KIND_NONE + 1; k < LCA_KIND_COUNT; k++) {
            bool of_peer = lca_kind_is_of_peer((enum lca_kind)k) &&
                           row->family == LCA_IPC;

            used[k] += seen[k] + of_peer;
            LCA_ROW(row->name, lca_kind_is_of((enum lca_kind)k, row) ==
                               (of_peer || seen[k]));
        }
    }
    for (int k = LCA_KIND_NONE + 1; k < LCA_KIND_COUNT; k++)
        if (k != LCA_KIND_EPERM)        /* no call of these gives it */
            LCA_ROW(lca_kind_name((enum lca_kind)k), used[k] > 0);
}

/* A kind that has an errno's name has its number; the ways have none. */
static void kinds_have_their_numbers(void)
{
    static const struct { enum lca_kind kind; int number; } others[] = {
        { LCA_KIND_EAI_AGAIN, EAI_AGAIN },   { LCA_KIND_EAI_FAIL, EAI_FAIL },
        { LCA_KIND_EAI_MEMORY, EAI_MEMORY },
        { LCA_KIND_EAI_NONAME, EAI_NONAME },
    };

    for (int k = LCA_KIND_NONE + 1; k < LCA_KIND_COUNT; k++) {
        const char *name = lca_kind_name((enum lca_kind)k);
        int number = lca_strike_number((enum lca_kind)k);

        LCA_ROW(name, lca_kind_find(name, strlen(name)) == (enum lca_kind)k);
        LCA_ROW(name, lca_kind_find(name, strlen(name) - 1) ==
                      LCA_KIND_COUNT);
        if (strncmp(name, "EAI_", 4) == 0)
            continue;
        if (isupper((unsigned char)*name))
            LCA_ROW(name, number > 0 &&
                          strcmp(strerrorname_np(number), name) == 0);
        else
            LCA_ROW(name, number == 0);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CU_ASSERT_EQUAL(lca_strike_number(others[i].kind), others[i].number);
    CU_ASSERT_EQUAL(lca_strike_number(LCA_KIND_NONE), 0);
    CU_ASSERT_EQUAL(lca_kind_find("", 0), LCA_KIND_COUNT);
    CU_ASSERT_EQUAL(lca_kind_find("ENOMEM EIO", 6), LCA_KIND_ENOMEM);
}

static void kinds_fit_what_can_have_them(void)
{
    static const struct {
        const char *kind;
        uint32_t on;
        bool fits;
    } rows[] = {
        { "ENOMEM", NOTHING, true },        { "ENOMEM", OTHER, true },
        { "ENOMEM", 0, false },             { "ENOMEM", PROMPT, false },
        { "ENOSPC", DISK | MANY, true },    { "ENOSPC", SOCKET, false },
        { "EIO", DISK, true },              { "EIO", PIPE, false },
        { "ECONNRESET", SOCKET, true },     { "ECONNRESET", PIPE, false },
        { "ECONNRESET", DISK, false },      { "ECONNRESET", OTHER, false },
        { "EPIPE", PIPE | MANY, true },     { "EPIPE", DISK, false },
        { "eof", SOCKET | PROMPT, true },   { "eof", NOTHING, false },
        { "EINTR", SOCKET, true },          { "EINTR", NOTHING, true },
        { "EINTR", SOCKET | PROMPT, false }, { "EINTR", DISK, false },
        { "EINTR", OTHER, true },           { "EINTR", PROMPT, false },
        { "EAGAIN", SOCKET | PROMPT, true }, { "EAGAIN", SOCKET, false },
        { "one", SOCKET | MANY, true },     { "one", SOCKET, false },
        { "less", DISK | MANY, true },      { "less", DISK, false },
        { "stall", PIPE, true },            { "stall", OTHER, false },
        { "late", SOCKET, true },           { "late", DISK, false },
        { "corrupt3", PIPE, true },         { "corrupt3", NOTHING, false },
        { "kill", NOTHING, true },          { "kill", OTHER, true },
        { "kill", MANY | PROMPT, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum lca_kind kind = lca_kind_find(rows[i].kind,
                                           strlen(rows[i].kind));
        char text[48];

        snprintf(text, sizeof text, "%s on %u", rows[i].kind,
                 (unsigned)rows[i].on);
        LCA_ROW(text, lca_kind_fits(kind, rows[i].on) == rows[i].fits);
        LCA_ROW(text, lca_kind_fits(kind, rows[i].on | LCA_ON_KEPT) ==
                      rows[i].fits);
    }
}

static bool is_word_of(const char *word, const char *words)
{
    const char *at = strstr(words, word);
    size_t length = strlen(word);

    return at && (at == words || at[-1] == ' ') &&
           (at[length] == ' ' || !at[length]);
}

static void kinds_are_of_their_sort(void)
{
    for (int k = LCA_KIND_NONE + 1; k < LCA_KIND_COUNT; k++) {
        const char *name = lca_kind_name((enum lca_kind)k);

        LCA_ROW(name, lca_kind_is_passing((enum lca_kind)k) ==
                      is_word_of(name, "EINTR EAGAIN one less late"));
        LCA_ROW(name, lca_kind_is_of_peer((enum lca_kind)k) ==
                      is_word_of(name, "kill stop restart"));
    }
    for (int i = 0; i < LCA_FAULTY_COUNT; i++)
        LCA_ROW(lca_faulty[i].name,
                lca_faulty_sends((enum lca_faulty)i) ==
                is_word_of(lca_faulty[i].name,
                           "send sendto sendmsg write writev"));
}

#define W(name)   (1u << LCA_WINDOW_##name)
#define USUAL     (W(logoff) | W(release))
#define C(name)   LCA_FAULTY_##name
#define K(name)   LCA_KIND_##name
#define EVER      UINT32_MAX

static void plans_become_orders(void)
{
    static const struct {
        const char *plan;
        uint32_t trace;
        struct lca_order order[LCA_STRIKES_MAX];        /* first 0: none */
    } rows[] = {
        { "", USUAL },
        { "malloc@3", USUAL, { { C(malloc), K(ENOMEM), USUAL, 3, 3 } } },
        { "send@1+", USUAL, { { C(send), K(ECONNRESET), USUAL, 1, EVER } } },
        { "close@2..4", USUAL, { { C(close), K(EINTR), USUAL, 2, 4 } } },
        { "sem_post@1", USUAL, { { C(sem_post), K(kill), USUAL, 1, 1 } } },
        { "recv:restart@7", USUAL, { { C(recv), K(restart), USUAL, 7, 7 } } },
        { "logon/recv:stall@1", USUAL | W(logon),
          { { C(recv), K(stall), W(logon), 1, 1 } } },
        { "logoff/malloc@1", USUAL,
          { { C(malloc), K(ENOMEM), W(logoff), 1, 1 } } },
        { "initialise/mmap@1;uninitialise/clock_nanosleep:EINTR@2+",
          USUAL | W(initialise) | W(uninitialise),
          { { C(mmap), K(ENOMEM), W(initialise), 1, 1 },
            { C(clock_nanosleep), K(EINTR), W(uninitialise), 2, EVER } } },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned count = 0;
        struct lca_orders o;
        struct lca_plan plan;

        while (count < LCA_STRIKES_MAX && rows[i].order[count].first)
            count++;
        LCA_ROW(rows[i].plan, !lca_plan_parse(rows[i].plan,
                                              strlen(rows[i].plan),
                                              &plan).code);
        memset(&o, 0x55, sizeof o);
        LCA_ROW(rows[i].plan, !lca_orders_take(&plan, USUAL, &o).code);
        LCA_ROW(rows[i].plan, o.trace == rows[i].trace && o.count == count &&
                              !o.sends && !o.threads && !o.peer);
        LCA_ROW(rows[i].plan, memcmp(o.order, rows[i].order,
                                     count * sizeof *o.order) == 0);
    }
}

static void plans_that_cannot_be_are_told(void)
{
    static const struct { const char *plan, *says; } rows[] = {
        { "free@1", "no call 'free' can be made to fail (lastcall help" },
        { "Malloc@1", "no call 'Malloc'" },
        { "malloc:EIO@1", "malloc cannot fail with 'EIO', but with ENOMEM" },
        { "malloc:kill@1", "cannot fail with 'kill'" },
        { "malloc:enomem@1", "cannot fail with 'enomem'" },
        { "listen:ENOMEM@1", "with 'ENOMEM', but with EADDRINUSE kill stop" },
        { "recv:EPIPE@1", "but with ECONNRESET eof EINTR one EAGAIN" },
        { "pread:eof@1", "pread cannot fail with 'eof', but with EIO kill" },
        { "sem_post:EIO@1", "'EIO', but with kill stop restart" },
        { "malloc@1;send:ENOENT@2", "send cannot fail with 'ENOENT'" },
        { "fork:corrupt0@1", "cannot fail with 'corrupt0'" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_orders o;
        struct lca_plan plan;
        struct lca_result r = lca_plan_parse(rows[i].plan,
                                             strlen(rows[i].plan), &plan);

        LCA_ROW(rows[i].plan, !r.code);
        r = lca_orders_take(&plan, USUAL, &o);
        LCA_ROW(rows[i].plan, r.code == LCA_USAGE);
        LCA_ROW(r.text, strstr(r.text, rows[i].says) != NULL);
    }
}

CU_TestInfo lca_fault_model_tests[] = {
    { "calls are told apart", calls_are_told_apart },
    { "each word of a call is a kind", words_of_calls_are_kinds },
    { "kinds have their numbers", kinds_have_their_numbers },
    { "kinds fit what can have them", kinds_fit_what_can_have_them },
    { "kinds are of their sort", kinds_are_of_their_sort },
    { "plans become orders", plans_become_orders },
    { "plans that cannot be are told", plans_that_cannot_be_are_told },
    CU_TEST_INFO_NULL,
};
