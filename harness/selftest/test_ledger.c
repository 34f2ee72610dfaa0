/* ledger: blocks that the subject took, and who did not give them back. */

#include "harness/fault/ledger.h"

#include "harness/fault/callers.h"
#include "harness/model/fault.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"
#include "harness/selftest/wrappers_trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* As harness/fault/ledger.c has it: as many blocks as it holds at once. */
enum { MOST = 49152 };

static struct lca_wrapped_build subject;
static struct lca_record record;

/* The n-th place in the subject that takes; no code is run there. */
static const char *place(uintptr_t nth)
{
    const char *at;

    memcpy(&at, &subject.rows[0].call, sizeof at);
    return at + nth;
}

/* Never read, so it need not be there. */
static void *block(uintptr_t nth)
{
    return (void *)(nth * 16 + 0x1000);
}

static void play_taking(void)
{
    lca_ledger_take(block(0), 8, place(0));     /* not open yet */
    lca_ledger_open();
    lca_ledger_take(block(1), 8, place(1));
    lca_ledger_take(block(2), 16, place(2));
    lca_ledger_take(block(3), 24, place(2));
    lca_ledger_take(block(4), 32, place(2));
    lca_ledger_take(block(5), 40, place(1));
    lca_ledger_take(NULL, 48, place(1));
    lca_ledger_take(block(6), 56, &subject);    /* the harness did */
    lca_ledger_take(block(7), 64, NULL);
    lca_ledger_give(block(5));
    lca_ledger_give(block(99));
    lca_ledger_give(NULL);
    lca_ledger_close(&record);
    LCA_APART(record.left_count == 2);
    LCA_APART(record.left[0].blocks == 3 && record.left[0].bytes == 72);
    LCA_APART(record.left[1].blocks == 1 && record.left[1].bytes == 8);
    LCA_APART(record.left[0].from.offset == record.left[1].from.offset + 1);
    LCA_APART(strcmp(record.left[0].from.module,
                     strrchr(LCA_WRAPPED, '/') + 1) == 0);
    record.left_count = 7;
    lca_ledger_take(block(8), 8, place(3));
    lca_ledger_close(&record);                  /* it is closed */
    LCA_APART(record.left_count == 7);
}

/* The same address, again and again, as an allocator has it. */
static void play_taking_again(void)
{
    lca_ledger_open();
    for (int i = 0; i < 3; i++) {
        lca_ledger_take(block(1), 8, place(1));
        lca_ledger_give(block(1));
    }
    lca_ledger_close(&record);
    LCA_APART(record.left_count == 0);
    lca_ledger_open();
    lca_ledger_take(block(1), 24, place(2));
    lca_ledger_close(&record);
    LCA_APART(record.left_count == 1 && record.left[0].blocks == 1);
    LCA_APART(record.left[0].bytes == 24);
}

static void take_many(uintptr_t count)
{
    lca_ledger_open();
    for (uintptr_t i = 0; i < count; i++)
        lca_ledger_take(block(i), 1, place(1));
}

static void play_full(void)
{
    take_many(MOST);
    for (uintptr_t i = 0; i < MOST; i += 2)
        lca_ledger_give(block(i));
    lca_ledger_take(block(0), 1, place(1));     /* its place is kept */
    lca_ledger_close(&record);
    LCA_APART(record.left_count == 1);
    LCA_APART(record.left[0].blocks == MOST / 2 + 1);
}

static void play_overflow(void)
{
    record.left_count = 3;
    take_many(MOST + 1);
    lca_ledger_close(&record);
    LCA_APART(record.left_count == 0);          /* nothing is claimed */
}

/* The n-th place takes n blocks: the greatest are told, in order. */
static void play_many_places(void)
{
    enum { PLACES = LCA_LEFT_MAX * 2 };
    uintptr_t n = 0;

    lca_ledger_open();
    for (uint32_t i = 1; i <= PLACES; i++)
        for (uint32_t j = 0; j < i; j++)
            lca_ledger_take(block(n++), 1, place(i));
    lca_ledger_close(&record);
    LCA_APART(record.left_count == LCA_LEFT_MAX);
    for (uint32_t i = 0; i < LCA_LEFT_MAX; i++)
        LCA_APART(record.left[i].blocks == PLACES - i &&
                  record.left[i].bytes == PLACES - i &&
                  record.left[i].from.offset + i ==
                  record.left[0].from.offset);
}

/* In what the subject forks it is closed. */
static void play_fork(void)
{
    int status = 0;
    pid_t pid;

    lca_ledger_open();
    lca_ledger_take(block(1), 8, place(1));
    record.left_count = 7;
    pid = fork();
    if (pid == 0) {
        lca_ledger_close(&record);
        _exit(record.left_count == 7 ? 42 : 1);
    }
    LCA_APART(waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
              WEXITSTATUS(status) == 42);
    lca_ledger_close(&record);
    LCA_APART(record.left_count == 1);
}

/* What the wrappers tell of the subject's real calls. */
static const struct {
    enum lca_faulty call;
    uint64_t bytes;             /* that it leaves, or 0: as many as it likes */
} calls[] = {
    { LCA_FAULTY_malloc, 24 },          { LCA_FAULTY_calloc, 24 },
    { LCA_FAULTY_realloc, 64 },         { LCA_FAULTY_reallocarray, 64 },
    { LCA_FAULTY_posix_memalign, 64 },  { LCA_FAULTY_aligned_alloc, 64 },
    { LCA_FAULTY_memalign, 64 },        { LCA_FAULTY_strdup, 5 },
    { LCA_FAULTY_strndup, 3 },          { LCA_FAULTY_asprintf, 0 },
    { LCA_FAULTY_vasprintf, 0 },
};

/* What the helper plays: it takes no argument. */
static struct {
    size_t row;
    bool gives;                 /* the harness frees the block */
} now;

static void play_call(void)
{
    const struct lca_wrapped_row *row = lca_wrapped_find(&subject,
                                                         calls[now.row].call);
    uint64_t bytes = calls[now.row].bytes;
    struct lca_wrapped w = { .fd = -1, .peer = -1 };
    bool well;

    lca_ledger_open();
    row->prepare(&w);
    row->call(&w);
    if (now.gives)
        free(w.text ? w.text : w.block);
    lca_ledger_close(&record);
    well = now.gives ? record.left_count == 0
                     : record.left_count == 1 &&
                       record.left[0].blocks == 1 &&
                       (!bytes || record.left[0].bytes == bytes);
    lca_apart_check(row->name, __LINE__, well);
}

/* Looking at the stack opens a library for good: not in this process. */
static void (*played)(void);

static void prepare_and_play(void)
{
    bool open = lca_wrapped_open(LCA_WRAPPED, &subject);

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

static void what_is_taken_is_known(void)  { of_subject(play_taking); }
static void a_block_is_taken_again(void)  { of_subject(play_taking_again); }
static void a_ledger_may_be_full(void)    { of_subject(play_full); }
static void a_ledger_too_full_is_silent(void) { of_subject(play_overflow); }
static void most_blocks_come_first(void)  { of_subject(play_many_places); }
static void a_fork_has_no_ledger(void)    { of_subject(play_fork); }

/* A sanitizer copies texts itself, into memory that it asks nobody for. */
static bool is_entered(enum lca_faulty call)
{
    return !LCA_SANITIZED || (call != LCA_FAULTY_strdup &&
                              call != LCA_FAULTY_strndup);
}

/* What a realloc answers here nobody keeps: it cannot be given back. */
static void real_calls_are_entered(void)
{
    for (now.row = 0; now.row < sizeof calls / sizeof *calls; now.row++) {
        bool again = calls[now.row].call == LCA_FAULTY_realloc ||
                     calls[now.row].call == LCA_FAULTY_reallocarray;

        if (!is_entered(calls[now.row].call))
            continue;
        for (int gives = 0; gives <= !again; gives++) {
            now.gives = gives;
            of_subject(play_call);
        }
    }
}

CU_TestInfo lca_ledger_tests[] = {
    { "what is taken and not given back is known", what_is_taken_is_known },
    { "a block may be taken again", a_block_is_taken_again },
    { "a ledger may be full", a_ledger_may_be_full },
    { "one that is too full claims nothing", a_ledger_too_full_is_silent },
    { "who left most is told first", most_blocks_come_first },
    { "what is forked has no ledger", a_fork_has_no_ledger },
    { "the subject's real calls are entered", real_calls_are_entered },
    CU_TEST_INFO_NULL,
};
