/* platform: clock, library, thread, resources, capture, system. */

#include "harness/base/text.h"
#include "harness/platform/capture.h"
#include "harness/platform/clock.h"
#include "harness/platform/library.h"
#include "harness/platform/maps.h"
#include "harness/platform/resources.h"
#include "harness/platform/system.h"
#include "harness/platform/thread.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void now(char *text, size_t size)
{
    time_t seconds = time(NULL);

    strftime(text, size, "%Y-%m-%dT%H:%M:%S", gmtime(&seconds));
}

static void time_only_moves_forward(void)
{
    uint64_t from = lca_clock_us(), last = from;
    char before[32], stamp[32], after[32];

    for (int i = 0; i < 1000; i++) {
        uint64_t next = lca_clock_us();

        CU_ASSERT(next >= last);
        last = next;
    }
    lca_clock_sleep(5);
    CU_ASSERT(lca_clock_us() - last >= 5000);
    now(before, sizeof before);
    lca_clock_stamp(stamp, sizeof stamp);
    now(after, sizeof after);
    CU_ASSERT(strcmp(before, stamp) <= 0 && strcmp(stamp, after) <= 0);
    CU_ASSERT_EQUAL(strlen(stamp), 19);
}

static void a_library_is_opened(void)
{
    struct lca_library *library = NULL;
    lca_function *found = NULL;
    struct lca_result r = lca_library_open("/nowhere/libmapi.so", &library);

    CU_ASSERT_EQUAL(r.code, LCA_MISSING);
    CU_ASSERT_PTR_NULL(library);
    CU_ASSERT_PTR_NOT_NULL(strstr(r.text, "/nowhere/libmapi.so"));
    CU_ASSERT_EQUAL_FATAL(lca_library_open("libm.so.6", &library).code,
                          LCA_OK);
    r = lca_library_find(library, "MAPILogonEx", &found);
    CU_ASSERT_EQUAL(r.code, LCA_MISSING);
    CU_ASSERT_PTR_NOT_NULL(strstr(r.text, "MAPILogonEx"));
    CU_ASSERT_EQUAL_FATAL(lca_library_find(library, "floor", &found).code,
                          LCA_OK);
    CU_ASSERT_EQUAL(((double (*)(double))found)(2.5), 2.0);
    lca_library_close(library);
    lca_library_close(NULL);
}

/* Two of the C library's that nobody opens otherwise. */
static void a_library_is_whole_and_goes_away(void)
{
    struct lca_library *library = NULL;
    lca_function *found = NULL;

    /* It lacks what a debugger would bring: that is told now, not later. */
    CU_ASSERT_EQUAL(lca_library_open("libthread_db.so.1", &library).code,
                    LCA_MISSING);
    CU_ASSERT_EQUAL_FATAL(lca_library_open("libBrokenLocale.so.1",
                                           &library).code, LCA_OK);
    CU_ASSERT_EQUAL_FATAL(lca_library_find(library, "__ctype_get_mb_cur_max",
                                           &found).code, LCA_OK);
    CU_ASSERT_EQUAL(((size_t (*)(void))found)(), 1);
    lca_library_close(library);
    CU_ASSERT(!lca_maps_executable((const void *)(uintptr_t)found));
}

static _Thread_local int mine;          /* a thread is known by its address */

struct work {
    unsigned count;
    int *whose;
};

static void work(void *argument)
{
    struct work *w = argument;

    w->count++;
    w->whose = &mine;
}

static void a_thread_does_what_it_is_told(void)
{
    uint32_t before = lca_resources_threads();
    struct lca_thread *a = lca_thread_start(), *b = lca_thread_start();
    struct work one = { 0 }, two = { 0 };

    CU_ASSERT_FATAL(a && b);
    CU_ASSERT_EQUAL(lca_resources_threads(), before + 2);
    for (unsigned i = 1; i <= 1000; i++) {
        lca_thread_do(a, work, &one);
        CU_ASSERT_EQUAL(one.count, i);
    }
    lca_thread_do(b, work, &two);
    CU_ASSERT_EQUAL(two.count, 1);
    CU_ASSERT(one.whose != &mine && two.whose != &mine);
    CU_ASSERT(one.whose != two.whose);
    lca_thread_stop(b);
    lca_thread_do(a, work, &one);
    CU_ASSERT_EQUAL(one.count, 1001);
    lca_thread_stop(a);
    lca_thread_stop(NULL);
}

struct met {
    struct lca_meeting *meeting;
    atomic_uint *here;          /* who came */
    unsigned seen;              /* of them, when all went on */
};

static void meet(void *argument)
{
    struct met *m = argument;

    atomic_fetch_add(m->here, 1);
    lca_meeting_wait(m->meeting);
    m->seen = atomic_load(m->here);
}

static void nobody_goes_on_before_all_are_there(void)
{
    struct lca_thread *a = lca_thread_start(), *b = lca_thread_start();

    CU_ASSERT_FATAL(a && b);
    for (int i = 0; i < 200; i++) {
        struct lca_meeting meeting = { 3 };
        atomic_uint here = 0;
        struct met met[3] = { { &meeting, &here }, { &meeting, &here },
                              { &meeting, &here } };

        lca_thread_begin(a, meet, &met[1]);
        lca_thread_begin(b, meet, &met[2]);
        meet(&met[0]);
        lca_thread_await(a);
        lca_thread_await(b);
        for (int j = 0; j < 3; j++)
            CU_ASSERT_EQUAL(met[j].seen, 3);
    }
    lca_thread_stop(a);
    lca_thread_stop(b);
}

/* Under a sanitizer malloc is not the C library's, and cannot be asked. */
static bool malloc_is_known(void)
{
    uint64_t offset;
    char name[32];

    return lca_maps_module((uintptr_t)malloc, name, sizeof name, &offset) &&
           strncmp(name, "libc.so", 7) == 0;
}

static void what_is_held_is_counted(void)
{
    uint32_t fds = lca_resources_fds();
    uint64_t heap = lca_resources_heap(), more;
    int ends[4];
    void *volatile big, *volatile small;        /* not to be optimised away */

    CU_ASSERT(fds >= 3 && lca_resources_threads() >= 1);
    CU_ASSERT_FATAL(pipe(ends) == 0 && pipe(ends + 2) == 0);
    CU_ASSERT_EQUAL(lca_resources_fds(), fds + 4);
    for (int i = 0; i < 4; i++) {
        close(ends[i]);
        CU_ASSERT_EQUAL(lca_resources_fds(), fds + 3 - (uint32_t)i);
    }
    if (!malloc_is_known())
        return;
    small = malloc(5000);
    more = lca_resources_heap();
    CU_ASSERT(more >= heap + 5000 && more < heap + 6000);
    big = malloc(4000000);              /* a mapping of its own */
    CU_ASSERT(lca_resources_heap() >= more + 4000000);
    free(big);
    CU_ASSERT_EQUAL(lca_resources_heap(), more);
    free(small);
    CU_ASSERT_EQUAL(lca_resources_heap(), heap);
}

/* Closed, its number taken again by something of the same kind, and back. */
static void lose(const struct lca_own_fds *own, unsigned i, int other)
{
    int kept = dup(own->fd[i]);

    close(own->fd[i]);
    LCA_APART(lca_resources_lost(own) == 1);
    LCA_APART(dup2(other, own->fd[i]) == own->fd[i]);
    LCA_APART(lca_resources_lost(own) == 1);
    LCA_APART(dup2(kept, own->fd[i]) == own->fd[i]);
    LCA_APART(lca_resources_lost(own) == 0);
    close(kept);
}

static void loses_descriptors(void)
{
    struct lca_own_fds own = { 0 };
    int other[2];

    LCA_APART(pipe(other) == 0);
    lca_resources_own(&own);
    LCA_APART(own.count > 3 && lca_resources_lost(&own) == 0);
    for (int fd = 0; fd < 3; fd++)      /* the standard ones are first */
        LCA_APART(own.fd[fd] == fd);
    for (unsigned calls = 0, before = 0; own.count > before; calls++) {
        before = own.count;
        lca_resources_own(&own);
        LCA_APART(calls < LCA_OWN_FDS && own.count <= LCA_OWN_FDS);
    }
    LCA_APART(own.count + 4 > LCA_OWN_FDS);     /* until there is no room */
    for (unsigned i = 0; i < own.count; i++)
        lose(&own, i, other[i % 2]);
    for (unsigned i = 0; i < own.count; i++) {
        close(own.fd[i]);
        LCA_APART(lca_resources_lost(&own) == i + 1);
    }
}

static void own_descriptors_are_recognised(void)
{
    lca_apart(loses_descriptors);
}

static void finds_junk(void)
{
    void *(*volatile take)(size_t) = malloc;    /* nobody knows it for it */
    unsigned char *fresh;

    lca_resources_junk();
    fresh = take(1000);
    LCA_APART(fresh && !memchr(fresh, 0, 1000));
    LCA_APART(fresh && memcmp(fresh, fresh + 1, 999) == 0);
    free(fresh);
}

static void fresh_memory_is_junk(void)
{
    lca_apart(finds_junk);
}

static void prints(void)
{
    struct lca_capture capture;
    char text[64] = "";
    uint64_t left;

    LCA_APART(!lca_capture_open(&capture).code);
    LCA_APART(lca_capture_take(&capture, text, sizeof text, &left) == 0);
    lca_capture_use(&capture);
    LCA_APART(write(STDOUT_FILENO, "out ", 4) == 4);
    LCA_APART(write(STDERR_FILENO, "err ", 4) == 4);
    LCA_APART(system("echo child; echo too >&2") == 0);
    LCA_APART(lca_capture_take(&capture, text, sizeof text, &left) == 18);
    LCA_APART(memcmp(text, "out err child\ntoo\n", 18) == 0);
    LCA_APART(lca_capture_take(&capture, text, sizeof text, &left) == 0);
    LCA_APART(write(STDOUT_FILENO, "a\0bcdefgh", 9) == 9);
    LCA_APART(lca_capture_take(&capture, text, 4, &left) == 4 && left == 5);
    LCA_APART(memcmp(text, "a\0bc", 4) == 0);
    LCA_APART(lca_capture_take(&capture, text, sizeof text, &left) == 0);
    LCA_APART(write(STDERR_FILENO, "again", 5) == 5);
    LCA_APART(lca_capture_take(&capture, text, sizeof text, &left) == 5);
    LCA_APART(memcmp(text, "again", 5) == 0);
}

static void what_is_printed_is_captured(void)
{
    lca_apart(prints);
}

static void paths_are_known(void)
{
    char text[4096], small[8];
    FILE *file;

    CU_ASSERT_FATAL(lca_system_program_folder(text, sizeof text));
    strcat(text, "/lca_selftest");
    CU_ASSERT(lca_system_exists(text));
    CU_ASSERT(!lca_system_program_folder(small, sizeof small));
    CU_ASSERT(lca_system_real_path("/proc/self/../self/exe", text,
                                   sizeof text));
    CU_ASSERT(lca_text_match("/*/lca_selftest", text));
    CU_ASSERT(!lca_system_real_path("/proc/self/exe", small, sizeof small));
    CU_ASSERT(!lca_system_real_path("/nowhere", text, sizeof text));
    CU_ASSERT(!lca_system_exists("/nowhere"));
    CU_ASSERT(lca_system_exists("/"));

    snprintf(text, sizeof text, "/tmp/lastcall-selftest-%d",
             lca_system_pid());
    file = fopen(text, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fclose(file);
    CU_ASSERT(lca_system_exists(text));
    lca_system_remove(text);
    CU_ASSERT(!lca_system_exists(text));
    lca_system_remove(text);
}

static void the_system_answers(void)
{
    char name[256] = "", small[2];
    int ends[2];

    CU_ASSERT(lca_system_processors() >= 1);
    CU_ASSERT_EQUAL(lca_system_pid(), (int)getpid());
    lca_system_hostname(name, sizeof name);
    CU_ASSERT(*name != '\0');
    lca_system_hostname(small, sizeof small);
    CU_ASSERT(strlen(small) < sizeof small);
    CU_ASSERT(lca_system_set("LCA_SELFTEST", "a b"));
    CU_ASSERT_STRING_EQUAL(getenv("LCA_SELFTEST"), "a b");
    CU_ASSERT(lca_system_set("LCA_SELFTEST", ""));
    CU_ASSERT_STRING_EQUAL(getenv("LCA_SELFTEST"), "");
    CU_ASSERT(!lca_system_set("LCA=SELFTEST", "x"));
    CU_ASSERT_FATAL(pipe(ends) == 0);
    CU_ASSERT(!lca_system_is_terminal(ends[0]));
    close(ends[0]);
    close(ends[1]);
    CU_ASSERT(!lca_system_is_terminal(ends[0]));
}

CU_TestInfo lca_platform_tests[] = {
    { "time only moves forward", time_only_moves_forward },
    { "a library is opened", a_library_is_opened },
    { "a library is whole", a_library_is_whole_and_goes_away },
    { "a thread does what it is told", a_thread_does_what_it_is_told },
    { "nobody goes on before all are there",
      nobody_goes_on_before_all_are_there },
    { "what is held is counted", what_is_held_is_counted },
    { "own descriptors are recognised", own_descriptors_are_recognised },
    { "fresh memory is junk", fresh_memory_is_junk },
    { "what is printed is captured", what_is_printed_is_captured },
    { "paths are known", paths_are_known },
    { "the system answers", the_system_answers },
    CU_TEST_INFO_NULL,
};
