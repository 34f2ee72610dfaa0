/* callers: whose a call is, and how it is written down. */

#include "harness/fault/callers.h"

#include "harness/fault/trace.h"
#include "harness/model/fault.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"
#include "harness/selftest/wrappers_trial.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LOGOFF = LCA_WINDOW_logoff, RELEASE = LCA_WINDOW_release };

static struct lca_wrapped_build subject, beside;

static bool is_open(void)
{
    return lca_wrapped_open(LCA_WRAPPED, &subject) &&
           lca_wrapped_open(LCA_WRAPPED_LARGE, &beside);
}

/* A function travels as an address: ISO C lacks the cast. */
static const char *address(void (*function)(void))
{
    const char *at;

    memcpy(&at, &function, sizeof at);
    return at;
}

static const char *in_build(const struct lca_wrapped_build *build)
{
    const char *at;

    memcpy(&at, &build->rows[0].call, sizeof at);
    return at;
}

static bool is_subjects(const void *caller)
{
    struct lca_callers callers = { 0 };
    bool is = lca_callers_one(caller, &callers);

    return is && callers.count == 1 &&
           callers.frames[0] == (uintptr_t)caller;
}

/* In the subject's folder is all the subject's; elsewhere who is asked for. */
static void play_owners(void)
{
    const char *cunit = dlsym(RTLD_DEFAULT, "CU_initialize_registry");
    const char *fiu = dlsym(RTLD_DEFAULT, "fiu_init");
    const char *libc = dlsym(RTLD_NEXT, "qsort");

    LCA_APART(cunit && fiu && libc);
    LCA_APART(is_subjects(in_build(&subject)));
    LCA_APART(is_subjects(in_build(&subject) + 1));
    LCA_APART(is_subjects(in_build(&beside)));
    LCA_APART(!is_subjects(address(play_owners)));
    LCA_APART(!is_subjects(cunit));
    LCA_APART(!is_subjects(fiu));
    LCA_APART(!is_subjects(libc));         /* the harness asked it */
    LCA_APART(!is_subjects(NULL));
    lca_callers_prepare(LCA_WRAPPED, "other* libcuni?.so* libfiu*");
    LCA_APART(is_subjects(cunit));
    LCA_APART(is_subjects(in_build(&subject)));
    LCA_APART(!is_subjects(fiu));
    lca_callers_prepare(LCA_WRAPPED, "libcunit");
    LCA_APART(!is_subjects(cunit));
}

/* Where the C library is, is everybody; an unknown folder is nobody's. */
static void play_folders(void)
{
    const char *cunit = dlsym(RTLD_DEFAULT, "CU_initialize_registry");
    char path[1024];
    Dl_info info = { 0 };

    LCA_APART(dladdr(cunit, &info) != 0);
    lca_callers_prepare(info.dli_fname, "");
    LCA_APART(is_subjects(cunit));
    LCA_APART(!is_subjects(in_build(&subject)));
    LCA_APART(dladdr(dlsym(RTLD_NEXT, "qsort"), &info) != 0);
    snprintf(path, sizeof path, "%.*s/none.so",
             (int)(strrchr(info.dli_fname, '/') - info.dli_fname),
             info.dli_fname);
    lca_callers_prepare(path, "");
    LCA_APART(!is_subjects(cunit));
    lca_callers_prepare("none.so", "");
    LCA_APART(!is_subjects(in_build(&subject)));
}

static void play_names(void)
{
    struct lca_callers callers = { 2, { 0x10 } };
    const char *at = in_build(&subject);
    struct lca_frame frame;
    Dl_info info = { 0 };

    LCA_APART(dladdr(at, &info) != 0);
    callers.frames[1] = (uintptr_t)at;
    lca_callers_name(&callers, 1, &frame);
    LCA_APART(strcmp(frame.module, strrchr(LCA_WRAPPED, '/') + 1) == 0);
    LCA_APART(frame.offset == (uintptr_t)at - (uintptr_t)info.dli_fbase);
    lca_callers_name(&callers, 0, &frame);
    LCA_APART(*frame.module == '\0');
    LCA_APART(frame.offset == 0x10);
}

/* A call of `call`, from the n-th place of the subject; its number. */
static uint32_t trace(struct lca_record *r, enum lca_faulty call,
                      uint32_t window, uint32_t on, uintptr_t place, int fd)
{
    struct lca_callers callers = {
        2, { (uintptr_t)in_build(&subject) + place,
             (uintptr_t)in_build(&subject) },
    };
    struct lca_site site = { .call = call, .window = window, .on = on };

    lca_trace_call(r, &callers, &site, fd);
    return site.first;
}

/* Apart: what is counted is counted for good. */
static void play_places(void)
{
    static struct lca_record r;
    const enum lca_faulty send = LCA_FAULTY_send, recv = LCA_FAULTY_recv;
    const char *name = strrchr(LCA_WRAPPED, '/') + 1;

    LCA_APART(trace(&r, send, LOGOFF, 2, 0, -1) == 1);
    LCA_APART(trace(&r, send, LOGOFF, 2, 0, -1) == 2);
    LCA_APART(r.site_count == 1 && r.sites[0].count == 2);
    LCA_APART(trace(&r, send, LOGOFF, 2, 8, -1) == 3);
    LCA_APART(trace(&r, send, LOGOFF, 4, 0, -1) == 4);
    LCA_APART(trace(&r, recv, LOGOFF, 2, 0, -1) == 1);
    LCA_APART(trace(&r, send, RELEASE, 2, 0, -1) == 1);
    LCA_APART(trace(&r, send, LOGOFF, 2, 0, -1) == 5);
    LCA_APART(r.site_count == 5);
    LCA_APART(r.sites[0].count == 3 && r.sites[0].first == 1);
    LCA_APART(r.sites[1].count == 1 && r.sites[1].first == 3);
    LCA_APART(r.sites[2].on == 4 && r.sites[2].first == 4);
    LCA_APART(r.sites[3].call == LCA_FAULTY_recv);
    LCA_APART(r.sites[4].window == RELEASE && r.sites[4].first == 1);
    LCA_APART(r.sites[1].frame_count == 2);
    LCA_APART(strcmp(r.sites[1].frames[0].module, name) == 0);
    LCA_APART(r.sites[1].frames[0].offset == r.sites[1].frames[1].offset + 8);
    LCA_APART(lca_record_is_sound(&r));
}

static void play_more_places(void)
{
    static struct lca_record r;

    for (uint32_t i = 0; i < LCA_TRACE_MAX + 5; i++)
        LCA_APART(trace(&r, LCA_FAULTY_malloc, LOGOFF, 1, i, -1) == i + 1);
    LCA_APART(r.site_count == LCA_TRACE_MAX);
    LCA_APART(trace(&r, LCA_FAULTY_malloc, LOGOFF, 1, LCA_TRACE_MAX - 1,
                    -1) == LCA_TRACE_MAX + 6);
    for (uint32_t i = 0; i < LCA_TRACE_MAX; i++)
        LCA_APART(r.sites[i].first == i + 1 &&
                  r.sites[i].count == 1 + (i + 1 == LCA_TRACE_MAX));
    LCA_APART(r.hit_count == 0 && r.hits[0].calls == 0);
}

static void play_hits(void)
{
    static struct lca_record r;
    const struct lca_site first = { .call = 7, .first = 3 };
    const struct lca_site second = { .call = 7, .first = 4 };

    r.count = 5;
    lca_trace_hit(&r, 1, &first);
    r.count = 6;
    lca_trace_hit(&r, 1, &second);
    LCA_APART(r.hits[1].calls == 2 && r.hits[1].step == 5);
    LCA_APART(r.hits[1].site.first == 3);
    LCA_APART(r.hits[0].calls == 0);
}

/* Kept is what is open, and still the same, when its window ends. */
static void play_kept(void)
{
    static struct lca_record r;
    int kept[2] = { -1, -1 }, closed[2] = { -1, -1 };
    int replaced[2] = { -1, -1 };

    LCA_APART(!pipe(kept) && !pipe(closed) && !pipe(replaced));
    trace(&r, LCA_FAULTY_write, LOGOFF, 4, 0, kept[1]);
    trace(&r, LCA_FAULTY_write, LOGOFF, 4, 8, closed[1]);
    trace(&r, LCA_FAULTY_write, LOGOFF, 4, 16, replaced[1]);
    trace(&r, LCA_FAULTY_write, LOGOFF, 4, 24, -1);
    trace(&r, LCA_FAULTY_write, RELEASE, 4, 0, kept[1]);
    close(closed[1]);
    dup2(kept[1], replaced[1]);
    lca_trace_end(&r, 1u << LOGOFF);
    LCA_APART(r.sites[0].on == (4 | LCA_ON_KEPT));
    for (int i = 1; i < 5; i++)
        LCA_APART(r.sites[i].on == 4);
    trace(&r, LCA_FAULTY_write, LOGOFF, 4, 0, kept[1]);
    LCA_APART(r.site_count == 5 && r.sites[0].count == 2);
}

/* Looking at the stack opens a library for good: not in this process. */
static void (*played)(void);

static void prepare_and_play(void)
{
    bool open = is_open();

    LCA_APART(open);
    if (!open)
        return;
    lca_callers_prepare(LCA_WRAPPED, "");
    played();
}

static void of_subject(void (*test)(void))
{
    played = test;
    lca_apart(prepare_and_play);
}

static void modules_have_owners(void)    { of_subject(play_owners); }
static void a_systems_folder_is_everybodys(void) { of_subject(play_folders); }
static void frames_have_names(void)      { of_subject(play_names); }
static void places_are_told_apart(void)  { of_subject(play_places); }
static void a_full_trace_is_full(void)   { of_subject(play_more_places); }
static void the_first_hit_is_kept(void)  { of_subject(play_hits); }
static void what_is_kept_is_told(void)   { of_subject(play_kept); }

CU_TestInfo lca_callers_tests[] = {
    { "modules have owners", modules_have_owners },
    { "a system's folder is everybody's", a_systems_folder_is_everybodys },
    { "frames have names", frames_have_names },
    { "places are told apart, and calls numbered", places_are_told_apart },
    { "a full trace is full", a_full_trace_is_full },
    { "the first call that failed is kept", the_first_hit_is_kept },
    { "descriptors that stay open are told", what_is_kept_is_told },
    CU_TEST_INFO_NULL,
};
