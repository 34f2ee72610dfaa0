/* cores: where they can be had, and what becomes of them. */

#include "harness/platform/cores.h"

#include "harness/platform/child.h"
#include "harness/platform/crash.h"
#include "harness/platform/system.h"
#include "harness/run/cores.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void it_is_known_where_none_can_be_had(void)
{
    static const struct {
        const char *pattern;
        bool with_pid;
        uint64_t most;
        const char *said;       /* of the sentence; empty: it can */
    } rows[] = {
        { "core", false, UINT64_MAX, "" },
        { "core.%e.%p", false, 1, "" },
        { "%e|core", false, 1, "" },
        { "", true, 1, "" },
        { "", false, 1, "core_pattern is empty" },
        { "|/usr/lib/keeper %P %s", false, UINT64_MAX,
          "to a program, '/usr/lib/keeper %P %s'" },
        { "|", true, 1, "to a program" },
        { "/var/cores/%e.%p", true, UINT64_MAX, "'/var/cores/%e.%p'" },
        { "cores/core", false, UINT64_MAX, "nowhere else" },
        { "core", true, 0, "no bytes" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_result r = lca_cores_judge(rows[i].pattern,
                                              rows[i].with_pid,
                                              rows[i].most);

        LCA_ROW(rows[i].pattern, (r.code == LCA_OK) == !*rows[i].said);
        LCA_ROW(rows[i].pattern, strstr(r.text, rows[i].said) != NULL);
    }
}

static struct { char folder[64], inside[80], core[80]; bool wanted; } at;

static void last_breath(const struct lca_crash *crash)
{
    (void)crash;
    lca_cores_go(at.inside);
}

static void crash(void *unused)
{
    (void)unused;
    lca_cores_limit(at.wanted);
    lca_crash_watch(last_breath);
    raise(SIGSEGV);
}

static void no_word(void *unused, int32_t pid)
{
    (void)unused, (void)pid;
}

static bool begins_as_core(const char *path)
{
    char bytes[18] = "";
    FILE *file = fopen(path, "rbe");
    bool is = file && fread(bytes, 1, sizeof bytes, file) == sizeof bytes &&
              memcmp(bytes, "\177ELF", 4) == 0 && bytes[16] == 4;

    if (file)
        fclose(file);
    return is;
}

static void set_up(void)
{
    snprintf(at.folder, sizeof at.folder, "/tmp/lastcall-cores.XXXXXX");
    CU_ASSERT_FATAL(mkdtemp(at.folder) != NULL);
    snprintf(at.inside, sizeof at.inside, "%s/inside", at.folder);
    snprintf(at.core, sizeof at.core, "%s/core", at.folder);
    CU_ASSERT_FATAL(lca_system_make_folder(at.inside));
}

/* Where the system gives none, it is at least not said that there is one. */
static void a_process_that_crashes_leaves_one(void)
{
    static const bool wanted[] = { true, false, true };
    bool possible = !lca_cores_possible().code;

    set_up();
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct lca_fate fate;
        uint32_t stopped = 0;

        at.wanted = wanted[i];
        CU_ASSERT_EQUAL(lca_child_play(crash, NULL, no_word, NULL,
                                       &stopped, &fate).code, LCA_OK);
        CU_ASSERT_EQUAL(fate.signal, SIGSEGV);
        CU_ASSERT_EQUAL(lca_cores_take(at.inside, at.core),
                        possible && wanted[i]);
        CU_ASSERT_EQUAL(begins_as_core(at.core), possible && wanted[i]);
        CU_ASSERT_FALSE(lca_cores_take(at.inside, at.core));
        lca_system_remove(at.core);
    }
    CU_ASSERT_FALSE(lca_cores_take("/nowhere", at.core));
    lca_cores_remove(at.folder);
    CU_ASSERT_FALSE(lca_system_exists(at.folder));
}

/* As a host has put it there. */
static void put(const struct lca_cores *c, uint64_t number)
{
    char path[1200];
    FILE *file;

    snprintf(path, sizeof path, "%s/%llu", c->folder,
             (unsigned long long)number);
    file = fopen(path, "we");
    CU_ASSERT_FATAL(file != NULL);
    fprintf(file, "%llu", (unsigned long long)number);
    fclose(file);
}

/* Which core is in the file; 0: it is not there. */
static int number_in(const char *name)
{
    char path[512];
    FILE *file;
    int number = 0;

    snprintf(path, sizeof path, "%s/%s", at.folder, name);
    file = fopen(path, "re");
    if (file && fscanf(file, "%d", &number) != 1)
        number = -1;
    if (file)
        fclose(file);
    return number;
}

static void the_first_of_each_place_is_kept(void)
{
    static struct lca_cores c;
    static struct lca_record r;
    static const struct {
        uint32_t signal;
        const char *module;
        uint64_t offset;
        const char *trial, *name;
        int kept;
    } rows[] = {
        { 11, "a.so", 5, "session/x[a=1,b=2]", "session-x-a=1,b=2.core", 1 },
        { 11, "a.so", 6, "session/y{malloc@3+}~7",
          "session-y-malloc@3+-~7.core", 2 },
        { 11, "a.so", 5, "session/z", "session-z.core", 0 },
        { 6, "a.so", 5, "../$(x) 'y'", "..---x---y.core", 4 },
        { 11, "b.so", 5, "session/x[a=1,b=2]", "session-x-a=1,b=2.core", 5 },
        { 11, "b.so", 5, "session/x[a=1,b=2]", "session-x-a=1,b=2.core", 5 },
    };

    set_up();
    CU_ASSERT_EQUAL_FATAL(lca_cores_open(&c, at.folder).code, LCA_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_text text = { 0 };

        r = (struct lca_record){ .number = rows[i].signal, .core = i + 1,
                                 .frame_count = 1 };
        snprintf(r.frames[0].module, sizeof r.frames[0].module, "%s",
                 rows[i].module);
        r.frames[0].offset = rows[i].offset;
        put(&c, i + 1);
        lca_cores_meet(&c, &r);
        lca_cores_keep(&c, &r, rows[i].trial, &text);
        LCA_ROW(rows[i].trial, number_in(rows[i].name) == rows[i].kept);
        LCA_ROW(rows[i].trial, (r.core == i + 1) ==
                                   (rows[i].kept == (int)i + 1));
        LCA_ROW(rows[i].trial, (text.length > 0) == (r.core != 0));
        lca_text_free(&text);
    }
    put(&c, 99);                /* nobody has named it */
    lca_cores_close(&c);
    CU_ASSERT_EQUAL(rmdir(at.inside), 0);
    CU_ASSERT(number_in("session-y-malloc@3+-~7.core") == 2);
    lca_cores_remove(at.folder);
}

static void long_names_stay_apart(void)
{
    static struct lca_cores c;
    static struct lca_record r;
    char trial[600], first[400] = "";

    set_up();
    CU_ASSERT_EQUAL_FATAL(lca_cores_open(&c, at.folder).code, LCA_OK);
    memset(trial, 'x', sizeof trial);
    for (uint32_t i = 1; i <= 2; i++) {
        struct lca_text text = { 0 };

        snprintf(trial + 500, sizeof trial - 500, "%u", i);
        r = (struct lca_record){ .core = i, .number = i };
        put(&c, i);
        lca_cores_meet(&c, &r);
        lca_cores_keep(&c, &r, trial, &text);
        CU_ASSERT_FATAL(text.length > 6 && text.length < sizeof first);
        text.bytes[text.length - 1] = '\0';
        CU_ASSERT(lca_system_exists(text.bytes + strlen("core: ")));
        CU_ASSERT(strlen(strrchr(text.bytes, '/') + 1) <= 255);
        CU_ASSERT(strcmp(first, text.bytes) != 0);
        snprintf(first, sizeof first, "%s", text.bytes);
        lca_text_free(&text);
    }
    lca_cores_close(&c);
    lca_cores_remove(at.folder);
}

static void without_a_folder_none_is_kept(void)
{
    static struct lca_cores c;
    static struct lca_record r = { .core = 1 };
    struct lca_text text = { 0 };
    struct lca_result bad = lca_cores_open(&c, "/proc");

    CU_ASSERT_EQUAL(bad.code, LCA_USAGE);
    CU_ASSERT(strstr(bad.text, "'/proc'") != NULL);
    lca_cores_close(&c);
    CU_ASSERT_EQUAL(lca_cores_open(&c, "").code, LCA_OK);
    lca_cores_meet(&c, &r);
    lca_cores_keep(&c, &r, "session/x", &text);
    CU_ASSERT_EQUAL(text.length, 0);
    lca_cores_close(&c);
    lca_text_free(&text);
}

CU_TestInfo lca_cores_tests[] = {
    { "it is known where none can be had",
      it_is_known_where_none_can_be_had },
    { "a process that crashes leaves one",
      a_process_that_crashes_leaves_one },
    { "the first of each place is kept", the_first_of_each_place_is_kept },
    { "long names stay apart", long_names_stay_apart },
    { "without a folder none is kept", without_a_folder_none_is_kept },
    CU_TEST_INFO_NULL,
};
