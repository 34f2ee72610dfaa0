/* guard: blocks whose misuse ends the process, and what is told of them. */

#include "harness/fault/guard.h"

#include "harness/fault/callers.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"
#include "harness/selftest/wrappers_trial.h"

#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILL = 0x5A, PAGE = 4096, FIRST = 1024 };

static struct lca_wrapped_build subject;
static void (*played)(void);

/* A place in the subject that takes or gives; no code is run there. */
static const char *place(uintptr_t nth)
{
    const char *at;

    memcpy(&at, &subject.rows[0].call, sizeof at);
    return at + nth;
}

static void prepare_and_play(void)
{
    bool open = lca_wrapped_open(LCA_WRAPPED, &subject);

    LCA_APART(open);
    if (!open)
        return;
    lca_callers_prepare(LCA_WRAPPED, "");
    LCA_APART(!lca_guard_take(8, 16, false, place(1)));     /* not open */
    lca_guard_open(FILL);
    played();
}

static void of_subject(void (*test)(void))
{
    played = test;
    if (!LCA_SANITIZED)
        lca_apart(prepare_and_play);
}

static unsigned char *take(size_t size)
{
    return lca_guard_take(size, 16, false, place(1));
}

/* Would it end the process? */
static bool ends(void (*use)(unsigned char *), unsigned char *at)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        close(STDERR_FILENO);
        use(at);
        _exit(0);
    }
    return waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
           (WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGABRT);
}

static void reads(unsigned char *at)    { (void)*(volatile unsigned char *)at; }
static void writes(unsigned char *at)   { *(volatile unsigned char *)at = 1; }
static void frees(unsigned char *at)    { lca_guard_give(at, place(2)); }
static void moves(unsigned char *at)    { lca_guard_again(at, 8, place(2)); }

static void writes_behind(unsigned char *at)
{
    at[lca_guard_size(at)] = 1;
    frees(at);
}

static bool tells(const unsigned char *at, enum lca_guarded_what what,
                  uint64_t size, uint64_t offset)
{
    struct lca_guarded g;

    lca_guard_explain((uintptr_t)at, &g);
    return g.what == what && (!what || (g.size == size &&
           g.offset == offset && strcmp(g.taker.module,
                                        strrchr(LCA_WRAPPED, '/') + 1) == 0));
}

static void play_behind(void)
{
    static const size_t sizes[] = { 1, 15, 16, 24, 4095, 4096, 4097, 70000 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = sizes[i], to = (size + 15) / 16 * 16;
        unsigned char *at = take(size);

        LCA_APART(at && (uintptr_t)at % 16 == 0 && lca_guard_owns(at));
        if (!at)
            return;
        LCA_APART(at[0] == FILL && at[size - 1] == FILL);
        memset(at, 7, size);
        LCA_APART(lca_guard_size(at) == size);
        LCA_APART(!ends(reads, at + size - 1) && !ends(frees, at));
        LCA_APART(ends(reads, at + to) && ends(writes, at + to));
        LCA_APART(ends(writes_behind, at));
        LCA_APART(tells(at + to, LCA_GUARDED_BEHIND, size, to));
        LCA_APART(tells(at + size - 1, LCA_GUARDED_NOT, 0, 0));
    }
}

static void play_freed(void)
{
    unsigned char *at = take(40), *other = take(24);
    struct lca_guarded g;

    lca_guard_give(at, place(2));
    LCA_APART(ends(reads, at) && ends(writes, at + 39) && ends(frees, at));
    LCA_APART(ends(moves, at) && ends(frees, other + 8));
    LCA_APART(!ends(reads, other) && !ends(frees, other));
    LCA_APART(tells(at + 8, LCA_GUARDED_FREED, 40, 8));
    lca_guard_explain((uintptr_t)at, &g);
    LCA_APART(g.giver.offset == g.taker.offset + 1);
    LCA_APART(take(40) != at);                  /* no place is used twice */
    LCA_APART(tells((unsigned char *)&g, LCA_GUARDED_NOT, 0, 0));
}

static void play_moved(void)
{
    unsigned char *at = take(24), *more;

    memset(at, 7, 24);
    more = lca_guard_again(at, 5000, place(3));
    LCA_APART(more && lca_guard_owns(more) && more[0] == 7 && more[23] == 7);
    LCA_APART(ends(reads, at));
    at = lca_guard_again(more, 8, NULL);        /* nobody's: not guarded */
    LCA_APART(at && !lca_guard_owns(at) && at[7] == 7);
    free(at);
    at = take(24);
    LCA_APART(lca_guard_again(at, 0, place(3)) == NULL && ends(reads, at));
}

static void play_choice(void)
{
    unsigned guarded = 0;
    unsigned char *clear = lca_guard_take(100, 16, true, place(1));
    unsigned char *wide = lca_guard_take(100, 1024, false, place(1));

    LCA_APART(clear && !clear[0] && memcmp(clear, clear + 1, 99) == 0);
    LCA_APART(wide && (uintptr_t)wide % 1024 == 0);
    LCA_APART(!lca_guard_take(0, 16, false, place(1)));
    LCA_APART(!lca_guard_take(SIZE_MAX, 16, false, place(1)));
    LCA_APART(!lca_guard_take(8, 2, false, place(1)));
    LCA_APART(!lca_guard_take(8, 24, false, place(1)));
    LCA_APART(!lca_guard_take(8, (size_t)2 * PAGE, false, place(1)));
    LCA_APART(!lca_guard_take(8, 16, false, &subject));
    for (unsigned i = 2; i < FIRST; i++)
        guarded += take(8) != NULL;
    LCA_APART(guarded == FIRST - 2);
    for (unsigned i = 0; i < 16; i++)
        guarded += take(8) != NULL;
    LCA_APART(guarded == FIRST - 1);
    for (unsigned i = 0; i < 1u << 20; i++)     /* until it is full */
        guarded += take(8) != NULL;
    LCA_APART(guarded > 4 * FIRST && guarded < 16 * FIRST);
}

/* A copy frees what it has, and takes ordinary blocks. */
static void play_fork(void)
{
    unsigned char *at = take(24);
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        lca_guard_give(at, place(2));
        _exit(take(8) ? 1 : 42);
    }
    LCA_APART(waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
              WEXITSTATUS(status) == 42);
    LCA_APART(!ends(reads, at));
}

/* Names that give memory; what a row leaves is guarded, and can be freed. */
static const struct { enum lca_faulty call; size_t size; } calls[] = {
    { LCA_FAULTY_malloc, 24 },          { LCA_FAULTY_calloc, 24 },
    { LCA_FAULTY_posix_memalign, 64 },  { LCA_FAULTY_aligned_alloc, 64 },
    { LCA_FAULTY_memalign, 64 },        { LCA_FAULTY_strdup, 5 },
    { LCA_FAULTY_strndup, 3 },
};

static void play_calls(void)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        const struct lca_wrapped_row *row = lca_wrapped_find(&subject,
                                                             calls[i].call);
        struct lca_wrapped w = { .fd = -1, .peer = -1 };
        void *block, *more;
        struct lca_guarded g;

        row->prepare(&w);
        row->call(&w);
        block = w.text ? w.text : w.block;
        lca_apart_check(row->name, __LINE__, lca_guard_owns(block) &&
                        malloc_usable_size(block) == calls[i].size);
        lca_guard_explain((uintptr_t)block + calls[i].size, &g);
        more = realloc(block, 100);             /* by the harness */
        lca_apart_check(row->name, __LINE__, more && !lca_guard_owns(more) &&
                        g.what == LCA_GUARDED_BEHIND &&
                        g.size == calls[i].size);
        free(more);
    }
}

static void blocks_end_at_a_guard(void)     { of_subject(play_behind); }
static void freed_blocks_are_gone(void)     { of_subject(play_freed); }
static void blocks_move(void)               { of_subject(play_moved); }
static void not_every_block_is_guarded(void) { of_subject(play_choice); }
static void a_copy_has_no_new_ones(void)    { of_subject(play_fork); }
static void real_calls_are_guarded(void)    { of_subject(play_calls); }

CU_TestInfo lca_guard_tests[] = {
    { "a block ends at a guard", blocks_end_at_a_guard },
    { "a freed one is gone for good", freed_blocks_are_gone },
    { "one that grows or shrinks is moved", blocks_move },
    { "not every block is guarded", not_every_block_is_guarded },
    { "a copy of the process has no new ones", a_copy_has_no_new_ones },
    { "the subject's real calls are guarded", real_calls_are_guarded },
    CU_TEST_INFO_NULL,
};
