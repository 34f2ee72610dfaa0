/* crash: a process writes down how it dies. */

#include "harness/platform/crash.h"

#include "harness/platform/child.h"
#include "harness/platform/shared.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NEAR = 4096, ENOUGH = 1 << 20 };

/* Specimens, called through a table so that each has an address. */
static int touches(void *page)
{
    *(volatile char *)page = 1;
    return 1;
}

static int jumps(void *page)
{
    ((void (*)(void))(uintptr_t)page)();
    return 1;
}

static int raises(void *page)
{
    (void)page;
    return raise(SIGFPE) + 1;
}

static int runs_deep(void *page)
{
    volatile char here[512];

    here[0] = 1;
    return page ? runs_deep((void *)here) + here[0] : 0;
}

static const struct {
    const char *name;
    int (*does)(void *page);
    int signal;
    bool page;                  /* the address is that of the page */
    bool pc;                    /* the innermost frame is in the specimen */
    unsigned frames;            /* at least; 0: walking it may fail */
} rows[] = {
    { "touches what it may not", touches,   SIGSEGV, true,  true,  3 },
    { "jumps into nothing",      jumps,     SIGSEGV, true,  false, 0 },
    { "raises a signal",         raises,    SIGFPE,  false, false, 3 },
    { "runs out of stack",       runs_deep, SIGSEGV, false, true,
      LCA_CRASH_FRAMES },
};

struct diary {
    size_t row;
    char *page;
    unsigned reports;
    struct lca_crash crash[2];
};
static struct diary *diary;     /* shared with the process that dies */

static void write_down(const struct lca_crash *crash)
{
    if (diary->reports < 2)
        diary->crash[diary->reports] = *crash;
    diary->reports++;
}

static void crash(void *unused)
{
    struct rlimit stack = { ENOUGH, ENOUGH }, core = { 0, 0 };

    (void)unused;
    setrlimit(RLIMIT_STACK, &stack);
    setrlimit(RLIMIT_CORE, &core);
    lca_crash_watch(write_down);
    rows[diary->row].does(diary->page);
}

static void no_word(void *unused, int32_t pid)
{
    (void)unused, (void)pid;
}

/* Is one of its frames in the function of this row? */
static bool passes(const struct lca_crash *c, size_t row)
{
    uintptr_t from = (uintptr_t)rows[row].does;

    for (unsigned i = 0; i < c->count; i++)
        if (c->frames[i] >= from && c->frames[i] < from + NEAR)
            return true;
    return false;
}

static void check_first(size_t row)
{
    const struct lca_crash *first = &diary->crash[0];
    const char *name = rows[row].name;
    uintptr_t page = (uintptr_t)diary->page;

    LCA_ROW(name, first->signal == rows[row].signal);
    LCA_ROW(name, first->count == 1);
    LCA_ROW(name, (first->address == page) == rows[row].page);
    LCA_ROW(name, passes(first, row) == rows[row].pc);
    if (rows[row].does == jumps)
        LCA_ROW(name, first->frames[0] == page);
    if (rows[row].does == raises)       /* nothing was out of reach */
        LCA_ROW(name, first->address == first->frames[0]);
}

/* The first of them says where it is, whatever it is called. */
static void check_registers(size_t row)
{
    const struct lca_crash *first = &diary->crash[0];
    const struct lca_crash *last = &diary->crash[1];
    unsigned named = 0;
    bool told = false;

    while (lca_registers_name(named))
        named++;
    LCA_ROW(rows[row].name, named == LCA_REGISTERS);
    LCA_ROW(rows[row].name, first->register_count == named);
    LCA_ROW(rows[row].name, first->registers[0] == first->frames[0]);
    for (unsigned i = 0; i < named; i++) {
        told |= first->registers[i] == (uintptr_t)diary->page;
        LCA_ROW(rows[row].name, diary->reports < 2 ||
                                    first->registers[i] == last->registers[i]);
    }
    if (rows[row].page)         /* who touches it has its address */
        LCA_ROW(rows[row].name, told);
}

static void check_last(size_t row)
{
    const struct lca_crash *first = &diary->crash[0];
    const struct lca_crash *last = &diary->crash[1];
    const char *name = rows[row].name;

    LCA_ROW(name, last->signal == first->signal);
    LCA_ROW(name, last->address == first->address);
    LCA_ROW(name, last->frames[0] == first->frames[0]);
    LCA_ROW(name, last->count >= rows[row].frames);
    LCA_ROW(name, last->count <= LCA_CRASH_FRAMES);
    LCA_ROW(name, passes(last, row));
}

static void a_crash_is_written_down(void)
{
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = lca_shared_new(2 * size);

    diary = lca_shared_new(sizeof *diary);
    CU_ASSERT_FATAL(pages && diary);
    CU_ASSERT_EQUAL_FATAL(mprotect(pages + size, size, PROT_NONE), 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_fate fate = { 0 };
        uint32_t stopped = 0;

        *diary = (struct diary){ .row = i, .page = pages + size };
        CU_ASSERT_EQUAL(lca_child_play(crash, NULL, no_word, NULL,
                                       &stopped, &fate).code, LCA_OK);
        LCA_ROW(rows[i].name, fate.signal == rows[i].signal);
        LCA_ROW(rows[i].name, diary->reports == 2 ||
                                  (diary->reports == 1 && !rows[i].frames));
        check_first(i);
        check_registers(i);
        if (rows[i].frames)
            check_last(i);
    }
    munmap(pages, 2 * size);
    munmap(diary, sizeof *diary);
}

CU_TestInfo lca_crash_tests[] = {
    { "a crash is written down", a_crash_is_written_down },
    CU_TEST_INFO_NULL,
};
