/* errors: Valgrind's XML becomes part of a record, whatever it is. */

#include "harness/base/text.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/errors_desk.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <string.h>

static const struct lca_xml_row steps[] = {
    { "nothing", "", "" },
    { "no XML", "lastcall step 1", "" },
    { "no error", WHOLE(STEP("1")), "" },
    { "before its mark", WHOLE(READ(AT("1010")) STEP("2")),
      "InvalidRead 1 subject.so+0x10" },
    { "between marks", WHOLE(STEP("1") READ(AT("1010")) STEP("3")
                             READ(AT("1020")) STEP("4")),
      "InvalidRead 2 subject.so+0x10; InvalidRead 3 subject.so+0x20" },
    { "behind the last mark: in the step in hand",
      WHOLE(STEP("1") READ(AT("1010"))), "InvalidRead 6 subject.so+0x10" },
    { "without a mark", WHOLE(READ(AT("1010"))),
      "InvalidRead 6 subject.so+0x10" },
    { "the same again", WHOLE(READ(AT("1010")) READ(AT("1010")) STEP("2")),
      "InvalidRead 1 subject.so+0x10" },
    { "the same in another step",
      WHOLE(READ(AT("1010")) STEP("1") READ(AT("1010")) STEP("2")),
      "InvalidRead 0 subject.so+0x10; InvalidRead 1 subject.so+0x10" },
    { "another kind there",
      WHOLE(READ(AT("1010")) ERROR("InvalidFree", STACK(AT("1010")))
            STEP("1")),
      "InvalidRead 0 subject.so+0x10; InvalidFree 0 subject.so+0x10" },
    { "a step that no script has",
      WHOLE(READ(AT("1010")) STEP("4000000000")),
      "InvalidRead 6 subject.so+0x10" },
    { "a step before the first", WHOLE(READ(AT("1010")) STEP("0")),
      "InvalidRead 6 subject.so+0x10" },
    { "a mark without a number",
      WHOLE(READ(AT("1010")) STEP("x") READ(AT("1020")) STEP("1")),
      "InvalidRead 0 subject.so+0x10; InvalidRead 0 subject.so+0x20" },
    { "what others say is no mark",
      WHOLE(READ(AT("1010")) SAY("step 1") SAY("lastcall") STEP("3")),
      "InvalidRead 2 subject.so+0x10" },
    { "a kind without words", WHOLE(ERROR("Novel", STACK(AT("1010")))
                                    STEP("1")),
      "Other 0 subject.so+0x10" },
    { "no kind, no stack", WHOLE("<error></error>" STEP("1")),
      "Other 0 nobody" },
};

#define NAMED(ip, fn) "<frame><ip>0x" ip "</ip><fn>" fn "</fn></frame>"
#define ORDER(here, there)                                                  \
    WHOLE(ERROR("LockOrder", STACK(here)                                    \
                "<auxwhat>Required order was established by</auxwhat>"      \
                STACK(AT("1090")) "<auxwhat>followed by</auxwhat>"          \
                STACK(there)) STEP("1"))

static const struct lca_xml_row threads[] = {
    { "an order of locks, the subject's here and there",
      ORDER(AT("b010") AT("5010") AT("1010"), AT("1020")),
      "LockOrder 0 subject.so+0x10, before in subject.so+0x20" },
    { "another library's there", ORDER(AT("1010"), AT("7010") AT("1020")),
      "LockOrder 0 nobody, before" },
    { "another library's here", ORDER(AT("7010"), AT("1020")),
      "LockOrder 0 nobody, before in subject.so+0x20" },
    { "who tries here is never stuck",
      ORDER(NAMED("5010", "pthread_mutex_trylock") AT("1010"), AT("1020")),
      "LockTried 0 subject.so+0x10, before in subject.so+0x20" },
    { "nor is who tries there",
      ORDER(AT("1010"), NAMED("5010", "pthread_rwlock_timedwrlock")
                        AT("1020")),
      "LockTried 0 subject.so+0x10, before in subject.so+0x20" },
    { "a name of the subject's own says nothing",
      ORDER(NAMED("1010", "trylock_names"), AT("1020")),
      "LockOrder 0 subject.so+0x10, before in subject.so+0x20" },
    { "a race", WHOLE(ERROR("Race", STACK(AT("1010"))
                      "<auxwhat>This conflicts with a previous write"
                      "</auxwhat>" STACK(AT("1020"))) STEP("1")),
      "Race 0 subject.so+0x10, before in subject.so+0x20" },
    { "a race in a wrapper is the harness's own",
      WHOLE(ERROR("ConflictingAccess", STACK(AT("5010") AT("1010")))
            STEP("1")), "ConflictingAccess 0 nobody" },
};

static void locks_and_races_have_their_makers(void)
{
    LCA_XML_ROWS_HOLD(threads);
}

static const struct lca_xml_row blame[] = {
    { "behind a wrapper and the C library",
      WHOLE(READ(AT("b010") AT("3010") AT("5010") AT("1010") AT("1020")
                 AT("5020")) STEP("1")), "InvalidRead 0 subject.so+0x10" },
    { "another library's", WHOLE(READ(AT("7010") AT("1010")) STEP("1")),
      "InvalidRead 0 nobody" },
    { "another library's, behind the C library",
      WHOLE(READ(AT("3010") AT("7010") AT("1010")) STEP("1")),
      "InvalidRead 0 nobody" },
    { "the loader's", WHOLE(READ(AT("9010") AT("1010")) STEP("1")),
      "InvalidRead 0 nobody" },
    { "where no module is", WHOLE(READ(AT("ff10") AT("1010")) STEP("1")),
      "InvalidRead 0 nobody" },
    { "an address that is none", WHOLE(READ(AT("zz") AT("1010")) STEP("1")),
      "InvalidRead 0 nobody" },
    { "one that is too big", WHOLE(READ(AT("11111111111111111111"))
                                   STEP("1")), "InvalidRead 0 nobody" },
    { "the harness's own", WHOLE(READ(AT("5010") AT("3010")) STEP("1")),
      "InvalidRead 0 nobody" },
    { "a module's first byte, and the one behind its last",
      WHOLE(READ(AT("1000")) READ(AT("2000")) STEP("1")),
      "InvalidRead 0 subject.so+0x0; InvalidRead 0 nobody" },
    { "a function that was inlined has the same address",
      WHOLE(READ(AT("1010") AT("1010") AT("1020")) STEP("1")),
      "InvalidRead 0 subject.so+0x10" },
    { "the subject reads what it freed",
      WHOLE(ERROR("InvalidRead", STACK(AT("1010")) AUX(FREED)
                  STACK(AT("b010") AT("1020")) AUX("alloc'd")
                  STACK(AT("b020") AT("1030"))) STEP("1")),
      "InvalidRead 0 subject.so+0x10, freed in subject.so+0x20" },
    { "it reads what another library freed",
      WHOLE(ERROR("InvalidRead", STACK(AT("1010")) AUX(FREED)
                  STACK(AT("b010") AT("7020"))) STEP("1")),
      "InvalidRead 0 subject.so+0x10, freed" },
    { "the client reads what the subject freed",
      WHOLE(ERROR("InvalidRead", STACK(AT("b010") AT("5010")) AUX(FREED)
                  STACK(AT("b010") AT("5020") AT("1020"))) STEP("1")),
      "InvalidRead 0 client of subject.so+0x20, freed in subject.so+0x20" },
    { "it reads beyond what the subject took",
      WHOLE(ERROR("InvalidRead", STACK(AT("5010")) AUX(TAKEN)
                  STACK(AT("b010") AT("1020"))) STEP("1")),
      "InvalidRead 0 client of subject.so+0x20, taken in subject.so+0x20" },
    { "it reads what the harness freed",
      WHOLE(ERROR("InvalidRead", STACK(AT("5010")) AUX(FREED)
                  STACK(AT("b010") AT("5020"))) STEP("1")),
      "InvalidRead 0 nobody, freed" },
    { "another library reads what the subject freed",
      WHOLE(ERROR("InvalidRead", STACK(AT("7010")) AUX(FREED)
                  STACK(AT("b010") AT("1020"))) STEP("1")),
      "InvalidRead 0 nobody, freed in subject.so+0x20" },
    { "the client reads nobody's memory",
      WHOLE(ERROR("InvalidRead", STACK(AT("5010"))
                  AUX("not stack'd, malloc'd or (recently) free'd"))
            STEP("1")), "InvalidRead 0 nobody" },
    { "and what stands beside it is not that memory's",
      WHOLE(ERROR("InvalidRead", STACK(AT("5010"))
                  AUX("not stack'd, malloc'd or (recently) free'd")
                  STACK(AT("1020"))) STEP("1")),
      "InvalidRead 0 nobody in subject.so+0x20" },
    { "bytes between members are sent",
      WHOLE("<error><kind>SyscallParam</kind><what>Syscall param write(buf) "
            "points to uninitialised byte(s)</what>" STACK(AT("3010")
            AT("1010")) "</error>" STEP("1")),
      "UnsetBytes 0 subject.so+0x10" },
    { "what was freed is sent",
      WHOLE("<error><kind>SyscallParam</kind><what>Syscall param write(buf) "
            "points to unaddressable byte(s)</what>" STACK(AT("3010")
            AT("1010")) "</error>" STEP("1")),
      "SyscallParam 0 subject.so+0x10" },
};

static const struct lca_xml_row losses[] = {
    { "before the first count", WHOLE(LOSS(AT("b010") AT("1010")) COUNT("1")
                                      STEP("1")), "" },
    { "since it", WHOLE(COUNT("1") STEP("1") LOSS(AT("b010") AT("1010"))
                        COUNT("2") STEP("3")),
      "Leak_DefinitelyLost 2 subject.so+0x10" },
    { "of a count that is none", WHOLE(LOSS(AT("1010")) COUNT("0") STEP("1")
                                       LOSS(AT("1010")) COUNT("x") STEP("2")),
      "" },
    { "without a count", WHOLE(LOSS(AT("1010")) STEP("2")), "" },
    { "without a mark", WHOLE(COUNT("2") STEP("1") LOSS(AT("1010"))), "" },
    { "a count that was cut short", WHOLE(LOSS(AT("1010")) COUNT("2")), "" },
    { "an error in the step that counts first",
      WHOLE(READ(AT("1010")) LOSS(AT("1020")) COUNT("1") STEP("1")),
      "InvalidRead 0 subject.so+0x10" },
    { "another library's", WHOLE(LOSS(AT("b010") AT("7010")) COUNT("2")
                                 STEP("1")), "Leak_DefinitelyLost 0 nobody" },
};

static const struct lca_xml_row modules[] = {
    { "none are told of", START READ(AT("1010")) STEP("1") END,
      "InvalidRead 0 nobody" },
    { "told of behind the error",
      START READ(AT("1010")) MODULES STEP("1") END,
      "InvalidRead 0 subject.so+0x10" },
    { "unloaded since",
      WHOLE(STEP("1") READ(AT("1010")) MODULE("b 3000 4000 3000 libc.so")
            STEP("2")), "InvalidRead 1 subject.so+0x10" },
    { "another stands in its place",
      WHOLE(STEP("1") MODULE("n 1800 2800 1800 new.so") READ(AT("1010"))
            READ(AT("1810")) STEP("2")),
      "InvalidRead 1 nobody" },
    { "a subject's module in another's place",
      WHOLE(MODULE("s 7000 8000 6000 plug.so") READ(AT("7010")) STEP("1")),
      "InvalidRead 0 plug.so+0x1010" },
    { "blanks and signs in its name",
      WHOLE(MODULE("s c000 d000 c000 my &lt;b&gt; &amp; c.so")
            READ(AT("c010")) STEP("1")),
      "InvalidRead 0 my <b> & c.so+0x10" },
    { "a name that looks like a mark",
      WHOLE(READ(AT("1010")) MODULE("s c000 d000 c000 lastcall step 2.so")
            READ(AT("c010")) STEP("1")),
      "InvalidRead 0 subject.so+0x10; "
      "InvalidRead 0 lastcall step 2.so+0x10" },
    { "a name that is too long",
      WHOLE(MODULE("s c000 d000 c000 0123456789012345678901234567890123456789"
                   "01234567890123456789.so") READ(AT("c010")) STEP("1")),
      "InvalidRead 0 01234567890123456789012345678901234567890123456+0x10" },
    { "lines that are none",
      WHOLE(MODULE("") MODULE("s") MODULE("s 1000 zz 0 x")
            MODULE("s c000 b000 0 x") READ(AT("1010")) STEP("1")),
      "InvalidRead 0 subject.so+0x10" },
    { "each process has its own",
      WHOLE(READ(AT("1010")) STEP("2")) START READ(AT("1020")) STEP("3") END,
      "InvalidRead 1 subject.so+0x10; InvalidRead 2 nobody" },
    { "and its own errors",
      START READ(AT("1010")) WHOLE(READ(AT("1020")) STEP("2")),
      "InvalidRead 6 nobody; InvalidRead 1 subject.so+0x20" },
};

/* Of a subject that writes into the file, or has such names. */
static const struct lca_xml_row hostile[] = {
    { "entities", "<?xml version=\"1.0\"?><!DOCTYPE v [<!ENTITY a \"x\">"
      "<!ENTITY b \"&a;&a;&a;\">]><valgrindoutput>" MODULES
      "<error><kind>InvalidRead</kind><what>&b;</what>" STACK(AT("1010"))
      "</error>" STEP("1") END, "" },
    { "control characters, and bytes that are no UTF-8",
      WHOLE("<status>\x01\x1b\xff\xc3(</status>" READ(AT("1010")) STEP("1")),
      "InvalidRead 0 subject.so+0x10" },
    { "another root", "<?xml version=\"1.0\"?><a>" MODULES READ(AT("1010"))
      STEP("1") "</a>", "InvalidRead 0 subject.so+0x10" },
    { "errors in errors", WHOLE("<error>" READ(AT("1010")) "</error>"
                                STEP("1")), "Other 0 nobody" },
    { "junk between two processes",
      "junk" WHOLE(READ(AT("1010")) STEP("1")) "<junk>"
      WHOLE(READ(AT("1020")) STEP("1")), "InvalidRead 0 subject.so+0x10; "
      "InvalidRead 0 subject.so+0x20" },
};

static void an_error_has_its_step(void)
{
    LCA_XML_ROWS_HOLD(steps);
}

static void somebody_is_blamed(void)
{
    LCA_XML_ROWS_HOLD(blame);
}

static void losses_are_since(void)
{
    LCA_XML_ROWS_HOLD(losses);
}

static void modules_change(void)
{
    LCA_XML_ROWS_HOLD(modules);
}

static void a_file_may_be_hostile(void)
{
    LCA_XML_ROWS_HOLD(hostile);
}

static void all_of_an_error_is_read(void)
{
    static struct lca_record r;
    static const char xml[] = WHOLE(
        "<error><kind>InvalidRead</kind><what>Invalid &lt;read&gt;</what>"
        STACK(AT("3010") AT("1010") AT("5010") AT("ff00")) AUX(FREED)
        STACK(AT("b010") AT("1020")) "</error>" STEP("1") COUNT("1")
        STEP("2") LOSS(AT("1010")) COUNT("2") STEP("3"));
    const struct lca_error *e = r.errors;

    lca_xml_read(xml, strlen(xml), &r);
    CU_ASSERT_EQUAL_FATAL(r.error_count, 2);
    CU_ASSERT_STRING_EQUAL(e->what, "Invalid <read>");
    CU_ASSERT_EQUAL(e->frame_count, 4);
    CU_ASSERT_STRING_EQUAL(e->frames[0].module, "libc.so");
    CU_ASSERT_EQUAL(e->frames[0].offset, 0x10);
    CU_ASSERT_STRING_EQUAL(e->frames[2].module, "");    /* the program's */
    CU_ASSERT_EQUAL(e->frames[2].offset, 0x5010);
    CU_ASSERT_STRING_EQUAL(e->frames[3].module, "?");
    CU_ASSERT_EQUAL(e->frames[3].offset, 0xff00);
    CU_ASSERT_EQUAL(e->other_count, 2);
    CU_ASSERT_STRING_EQUAL(e->others[1].module, "subject.so");
    CU_ASSERT_EQUAL(e->others[1].offset, 0x20);
    CU_ASSERT_STRING_EQUAL(e[1].what, "24 bytes");
    CU_ASSERT_EQUAL(e[1].bytes, 24);
    CU_ASSERT_EQUAL(e[1].blocks, 2);
}

static void put(struct lca_text *xml, const char *kind, unsigned from,
                unsigned count, unsigned step)
{
    for (unsigned i = 0; i < count; i++)
        lca_text_print(xml, "<error><kind>%s</kind>" STACK(AT("%x"))
                       "</error>", kind, from + i);
    lca_text_print(xml, COUNT("2") STEP("%u"), step);
}

struct room {
    const char *what;
    struct { const char *kind; unsigned from, count, step; } put[3];
    unsigned kept[3];           /* of each step */
};

static void check_room(const struct room *row)
{
    static struct lca_record r;
    struct lca_text xml = { 0 };
    unsigned kept[LCA_XML_STEPS + 1] = { 0 };
    bool ordered = true;

    lca_text_print(&xml, "%s", START MODULES);
    for (unsigned i = 0; i < 3 && row->put[i].kind; i++)
        put(&xml, row->put[i].kind, row->put[i].from, row->put[i].count,
            row->put[i].step);
    CU_ASSERT_FATAL(!xml.failed);
    lca_xml_read(xml.bytes, xml.length, &r);
    lca_text_free(&xml);
    LCA_ROW(row->what, lca_xml_is_sound(&r));
    for (unsigned i = 0; i < r.error_count; i++) {
        kept[r.errors[i].step]++;
        ordered &= i == 0 || r.errors[i - 1].step <= r.errors[i].step;
    }
    LCA_ROW(row->what, ordered &&
            memcmp(kept, row->kept, sizeof row->kept) == 0);
}

/* What is kept is what matters most, where it matters. */
static void there_is_room_for_what_matters(void)
{
    static const struct room rows[] = {
        { "what is nobody's makes room",
          { { "InvalidRead", 0x3010, 1, 1 },
            { "InvalidRead", 0x1010, LCA_ERRORS_MAX, 2 } },
          { 0, LCA_ERRORS_MAX } },
        { "and takes none",
          { { "InvalidRead", 0x1010, LCA_ERRORS_MAX, 1 },
            { "InvalidRead", 0x7010, 20, 2 } }, { LCA_ERRORS_MAX } },
        { "losses make room for errors",
          { { "Leak_DefinitelyLost", 0x1010, 30, 1 },
            { "InvalidRead", 0x1010, 3, 2 } }, { LCA_ERRORS_MAX - 3, 3 } },
        { "a step that has less is not crowded out",
          { { "UninitCondition", 0x1010, 300, 1 },
            { "InvalidRead", 0x1010, 1, 2 }, { "InvalidRead", 0x1020, 2, 3 } },
          { LCA_ERRORS_MAX - 3, 1, 2 } },
        { "nor crowds out others",
          { { "InvalidRead", 0x1010, 5, 1 }, { "InvalidRead", 0x1010, 99, 2 } },
          { 5, LCA_ERRORS_MAX - 5 } },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_room(&rows[i]);
}

/* A trial that was ended leaves a file that ends anywhere. */
static void a_file_may_be_cut_short(void)
{
    static const char xml[] = WHOLE(
        ERROR("InvalidRead", STACK(AT("b010") AT("1010")) AUX(FREED)
              STACK(AT("b010") AT("1020"))) STEP("1")
        COUNT("1") STEP("2") LOSS(AT("1030")) COUNT("2") STEP("3"))
        START MODULES READ(AT("1040")) STEP("2") END;
    static struct lca_record r, whole;
    unsigned most = 0;

    lca_xml_read(xml, sizeof xml - 1, &whole);
    CU_ASSERT_EQUAL_FATAL(whole.error_count, 3);
    for (size_t n = 0; n < sizeof xml; n++) {
        bool good;

        lca_xml_read(xml, n, &r);
        good = lca_xml_is_sound(&r) && r.error_count <= 3;
        for (unsigned i = 0; good && i < r.error_count; i++) {
            const struct lca_error *e = &r.errors[i];

            good = !e->subjects ||
                   e->from.offset == whole.errors[i].from.offset;
            most = i + 1 > most ? i + 1 : most;
        }
        CU_ASSERT(good);
    }
    CU_ASSERT_EQUAL(most, 3);
}

CU_TestInfo lca_errors_tests[] = {
    { "an error has its step", an_error_has_its_step },
    { "somebody is blamed, or nobody", somebody_is_blamed },
    { "locks and races have their makers", locks_and_races_have_their_makers },
    { "losses are since the last count", losses_are_since },
    { "modules change", modules_change },
    { "a file may be hostile", a_file_may_be_hostile },
    { "all of an error is read", all_of_an_error_is_read },
    { "there is room for what matters", there_is_room_for_what_matters },
    { "a file may be cut short", a_file_may_be_cut_short },
    CU_TEST_INFO_NULL,
};
