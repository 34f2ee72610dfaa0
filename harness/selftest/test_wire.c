/* wire: what was written is read back, and nonsense is refused. */

#include "harness/base/text.h"
#include "harness/mapi/abi.h"
#include "harness/model/wire.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fields that travel, with the greatest number that each may be. */
#define STEP_FIELDS(X)                                                      \
    X(op, LCA_OP_COUNT - 1)        X(method, LCA_METHOD_COUNT - 1)          \
    X(recipe, LCA_RECIPES - 1)     X(kind, LCA_LOGON_KINDS - 1)           \
    X(init, LCA_INITS - 1)    X(ui, LCA_UIS - 1)                       \
    X(iid, LCA_IID_CHOICES - 1)    X(object, LCA_OBJECTS - 1)               \
    X(flags, UINT32_MAX)           X(reserved, UINT32_MAX)                  \
    X(times, 1000000)              X(back, LCA_STEPS_MAX)                   \
    X(session, LCA_SESSIONS - 1)   X(slot, LCA_SLOTS - 1)                   \
    X(actor, LCA_ACTORS - 1)       X(via, 1)    X(if_refused, 1)            \
    X(calm, 1)                     X(together, 1)                           \
    X(process, LCA_PROCESSES - 1)

static bool same_step(const struct lca_step *a, const struct lca_step *b)
{
#define X(name, limit) && a->name == b->name
    return true STEP_FIELDS(X);
#undef X
}

/* Through the wire and back; false: refused. */
static bool travel(const struct lca_step *step, struct lca_step *back)
{
    struct lca_text text = { 0 };
    bool good;
    char *rest;

    lca_wire_step(step, &text);
    CU_ASSERT_FATAL(text.length && text.bytes[text.length - 1] == '\n');
    text.bytes[text.length - 1] = '\0';
    CU_ASSERT_STRING_EQUAL(lca_wire_word(text.bytes, &rest), "step");
    memset(back, 0x55, sizeof *back);
    good = lca_wire_read_step(rest, back);
    lca_text_free(&text);
    return good;
}

static void a_step_comes_back(void)
{
    struct lca_step step = { 0 }, back;

    CU_ASSERT(travel(&step, &back) && same_step(&step, &back));
#define X(name, limit)                                                      \
    step = (struct lca_step){ .name = limit };                              \
    LCA_ROW(#name, travel(&step, &back) && same_step(&step, &back));        \
    step.name = 1;                                                          \
    LCA_ROW(#name, travel(&step, &back) && same_step(&step, &back));
    STEP_FIELDS(X)
#undef X
    step = (struct lca_step){
#define X(name, limit) .name = limit,
        STEP_FIELDS(X)
#undef X
    };
    CU_ASSERT(travel(&step, &back) && same_step(&step, &back));
    CU_ASSERT_EQUAL(back.want, 0);      /* the judge's; a host knows none */
    CU_ASSERT_EQUAL(back.takes, 0);
    CU_ASSERT_EQUAL(back.group, 0);
}

static void a_step_has_limits(void)
{
    static const struct { const char *name; uint64_t limit; } rows[] = {
#define X(name, limit) { #name, limit },
        STEP_FIELDS(X)
#undef X
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_step step;
        char words[64];

        snprintf(words, sizeof words, "%s=%" PRIu64, rows[i].name,
                 rows[i].limit);
        LCA_ROW(rows[i].name, lca_wire_read_step(words, &step));
        snprintf(words, sizeof words, "%s=%" PRIu64, rows[i].name,
                 rows[i].limit + 1);
        LCA_ROW(rows[i].name, !lca_wire_read_step(words, &step));
        snprintf(words, sizeof words, "%s=-1", rows[i].name);
        LCA_ROW(rows[i].name, !lca_wire_read_step(words, &step));
    }
}

static void what_is_no_step_is_refused(void)
{
    static const char *const rows[] = {
        "op", "op=", "=", "=1", "1", "op=x", "op=1x", "op=0x1", "op=+1",
        "op=-0", "op=1.5", "op=1,", "op=%31", "op==1", "op=1=1", "Op=1",
        " op=1", "op=1  flags=1", "op=\t1", "op=1\tflags=1", "op=1 flags",
        "op=1 colour=1", "colour=1 op=1", "oper=1", "o=1", "want=1",
        "takes=1", "group=1", "path=x", "op=1 op=99",
        "flags=4294967296", "flags=18446744073709551616",
        "flags=99999999999999999999999999", "via=2", "session=256",
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_step step;
        char words[64];

        strcpy(words, rows[i]);
        LCA_ROW(rows[i], !lca_wire_read_step(words, &step));
    }
}

static void a_subject_comes_back(void)
{
    static struct lca_subject_info full = {
        .path = "/a b/%41%/\xC3\xA9=\n\t'\x7F", .profile = "per son=al %",
        .peer = "server --at \"$HOME\" 2>&1", .pidfile = "/tmp/ p",
        .abi = LCA_ABI_COUNT - 1, .create = 1, .logon_flags = UINT32_MAX,
        .snapshot = LCA_SNAPSHOTS - 1, .no_junk = 1, .guard = 1,
        .watch = LCA_WATCHES - 1, .suppressions = "/a b/known %",
        .core = "/a b/%cores",
    };
    static struct lca_subject_info rows[3] = { { .path = "x" } }, back;
    struct lca_text text = { 0 };
    char *rest;

    rows[1] = rows[2] = full;
    memset(rows[2].path, 'p', sizeof full.path - 1);
    memset(rows[2].profile, '%', sizeof full.profile - 1);
    memset(rows[2].peer, ' ', sizeof full.peer - 1);
    memset(rows[2].pidfile, '\xFF', sizeof full.pidfile - 1);
    memset(rows[2].suppressions, '\n', sizeof full.suppressions - 1);
    memset(rows[2].core, '=', sizeof full.core - 1);
    for (int i = 0; i < 3; i++) {
        lca_text_clear(&text);
        lca_wire_subject(&rows[i], &text);
        CU_ASSERT_FATAL(text.bytes[text.length - 1] == '\n');
        CU_ASSERT_PTR_EQUAL(strchr(text.bytes, '\n'),
                            text.bytes + text.length - 1);
        text.bytes[text.length - 1] = '\0';
        CU_ASSERT_STRING_EQUAL(lca_wire_word(text.bytes, &rest), "subject");
        CU_ASSERT(lca_wire_read_subject(rest, &back));
        CU_ASSERT_STRING_EQUAL(back.path, rows[i].path);
        CU_ASSERT_STRING_EQUAL(back.profile, rows[i].profile);
        CU_ASSERT_STRING_EQUAL(back.peer, rows[i].peer);
        CU_ASSERT_STRING_EQUAL(back.pidfile, rows[i].pidfile);
        CU_ASSERT_EQUAL(back.abi, rows[i].abi);
        CU_ASSERT_EQUAL(back.create, rows[i].create);
        CU_ASSERT_EQUAL(back.logon_flags, rows[i].logon_flags);
        CU_ASSERT_EQUAL(back.snapshot, rows[i].snapshot);
        CU_ASSERT_EQUAL(back.no_junk, rows[i].no_junk);
        CU_ASSERT_EQUAL(back.guard, rows[i].guard);
        CU_ASSERT_EQUAL(back.watch, rows[i].watch);
        CU_ASSERT_STRING_EQUAL(back.suppressions, rows[i].suppressions);
        CU_ASSERT_STRING_EQUAL(back.core, rows[i].core);
    }
    lca_text_free(&text);
}

static void what_is_no_subject_is_refused(void)
{
    static const struct { const char *words; int length; } rows[] = {
        { "" },                 { "abi=1" },            { "path=" },
        { "path" },             { "path=a b" },         { "path=a abi=2" },
        { "path=a create=2" },  { "path=a snapshot=3" }, { "path=a op=1" },
        { "path=a no_junk=2" }, { "path=a guard=2" },
        { "path=a logon_flags=4294967296" }, { "path=a abi=-1" },
        { "path=a%00b" },       { "path=a profile=%00" },
        { "path=a profile=", 128 }, { "path=a peer=", 1024 },
        { "path=a pidfile=", 256 }, { "path=", 1024 },
        { "path=a suppressions=", 1024 }, { "path=a core=", 1024 },
        { "path=a watch=5" },
        { "path=a watch=-1" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_subject_info info;
        char words[2048];
        size_t at = (size_t)snprintf(words, sizeof words, "%s",
                                     rows[i].words);

        memset(words + at, 'x', (size_t)rows[i].length);
        words[at + (size_t)rows[i].length] = '\0';
        LCA_ROW(rows[i].words, !lca_wire_read_subject(words, &info));
    }
}

static void words_and_numbers_are_found(void)
{
    static const struct { const char *words, *key; uint64_t number; } rows[] = {
        { "", "a", 7 },                   { "a=1", "a", 1 },
        { "a=0", "a", 0 },                { "a", "a", 7 },
        { "aa=1", "a", 7 },               { "a=1", "aa", 7 },
        { "b=2 a=3", "a", 3 },            { "ba=2 a=3", "a", 3 },
        { "7 deadline=500", "deadline", 500 }, { "b=a=1 a=2", "a", 2 },
        { "a=1 a=2", "a", 1 },            { "b= a=4 ", "a", 4 },
        { "a=18446744073709551615", "a", UINT64_MAX },
    };
    char line[] = "play 7  x=1", *rest;

    CU_ASSERT_STRING_EQUAL(lca_wire_word(line, &rest), "play");
    CU_ASSERT_STRING_EQUAL(lca_wire_word(rest, &rest), "7");
    CU_ASSERT_STRING_EQUAL(lca_wire_word(rest, &rest), "");
    CU_ASSERT_STRING_EQUAL(lca_wire_word(rest, &rest), "x=1");
    CU_ASSERT_STRING_EQUAL(lca_wire_word(rest, &rest), "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        LCA_ROW(rows[i].words, lca_wire_number(rows[i].words, rows[i].key,
                                               7) == rows[i].number);
}

/* What a host reads of the lines: false at the first that is refused. */
static bool obey(char *lines, struct lca_orders *orders)
{
    bool good = true;
    char *rest;

    for (char *end; good && (end = strchr(lines, '\n')); lines = end + 1) {
        const char *word;

        *end = '\0';
        word = lca_wire_word(lines, &rest);
        good = lca_wire_read_orders(word, rest, orders);
    }
    return good && !*lines;
}

#define LAST_CALL LCA_FAULTY_COUNT - 1
#define LAST_KIND LCA_KIND_COUNT - 1
#define MOST      UINT32_MAX

static void orders_come_back(void)
{
    static const struct lca_orders rows[] = {
        { 0 },
        { .trace = MOST, .sends = 1, .threads = 1, .stacks = 1 },
        { .count = 1 },
        { .trace = 24, .sends = MOST, .count = 1,
          .order = { { LAST_CALL, LAST_KIND, 8, 3, MOST } } },
        { .trace = 1, .count = 2,
          .order = { { 7, 9, 1, 1, 1 },
                     { LAST_CALL, LAST_KIND, MOST, MOST, MOST - 1 } } },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_text text = { 0 };
        struct lca_orders back;

        memset(&back, 0x55, sizeof back);
        lca_wire_orders(&rows[i], &text);
        CU_ASSERT(obey(text.bytes, &back));
        CU_ASSERT(memcmp(&rows[i], &back, sizeof back) == 0);
        lca_text_free(&text);
    }
}

/* The controller does not say which process: the host knows. */
static void a_server_is_the_hosts(void)
{
    static const struct lca_orders orders = { .peer = 7 };
    struct lca_text text = { 0 };

    lca_wire_orders(&orders, &text);
    CU_ASSERT_STRING_EQUAL(text.bytes, "faults\n");
    lca_text_free(&text);
}

/* The greatest of each number, and one more. */
static void orders_have_limits(void)
{
    static const struct { const char *words; uint64_t limit; } rows[] = {
        { "faults trace", MOST },           { "faults sends", MOST },
        { "faults threads", 1 },            { "faults stacks", 1 },
        { "strike call", LAST_CALL },       { "strike kind", LAST_KIND },
        { "strike windows", MOST },         { "strike first", MOST },
        { "strike last", MOST },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (uint64_t more = 0; more < 2; more++) {
            struct lca_orders orders = { 0 };
            char text[64];

            snprintf(text, sizeof text, "%s=%" PRIu64 "\n", rows[i].words,
                     rows[i].limit + more);
            LCA_ROW(rows[i].words, obey(text, &orders) == !more);
        }
}

static void what_is_no_order_is_refused(void)
{
    static const char *const rows[] = {
        "faults peer=7\n", "faults count=1\n", "faults trace\n",
        "faults sends=-1\n", "fault\n", "step\n", "Strike\n", "\n",
        "strike last=x\n", "strike call=-1\n", "strike colour=1\n",
        "faults\nstrike\nstrike\nstrike\n",
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_orders orders = { 0 };
        char text[64];

        snprintf(text, sizeof text, "%s", rows[i]);
        LCA_ROW(rows[i], !obey(text, &orders));
    }
}

/* A list of faults begins anew with each "faults". */
static void orders_begin_anew(void)
{
    char text[] = "strike call=1\nfaults trace=8\nstrike call=2 first=1\n"
                  "faults threads=1\nstrike call=3 last=7\n";
    struct lca_orders orders = { 0 };

    CU_ASSERT(obey(text, &orders));
    CU_ASSERT(orders.count == 1 && orders.trace == 0 && orders.threads == 1);
    CU_ASSERT(orders.order[0].call == 3 && orders.order[0].first == 0 &&
              orders.order[0].last == 7);
}

CU_TestInfo lca_wire_tests[] = {
    { "a step comes back", a_step_comes_back },
    { "a step has limits", a_step_has_limits },
    { "what is no step is refused", what_is_no_step_is_refused },
    { "a subject comes back", a_subject_comes_back },
    { "what is no subject is refused", what_is_no_subject_is_refused },
    { "words and numbers are found", words_and_numbers_are_found },
    { "orders come back", orders_come_back },
    { "whose server it is goes without saying", a_server_is_the_hosts },
    { "orders have limits", orders_have_limits },
    { "what is no order is refused", what_is_no_order_is_refused },
    { "orders begin anew", orders_begin_anew },
    CU_TEST_INFO_NULL,
};
