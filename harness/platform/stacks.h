/*
 * stacks: where the threads of another process are
 *
 * A process is made to answer before it runs the subject's code. Whoever
 * waits for it sends each of its threads a signal, whose handler writes the
 * thread's stack down in memory that both share. It is a signal that the C
 * library keeps for itself, so that a thread that blocks all signals answers
 * too, and nobody takes it by chance. A thread does not answer if the process
 * took the signal after all (the C library does, when it first cancels a
 * thread), if it stands still, or if its stack leads nowhere.
 *
 * What is in the shared memory may be the doing of the subject: take reads it
 * once, into memory of its own.
 */

#ifndef LCA_STACKS_H
#define LCA_STACKS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LCA_STACKS = 16, LCA_STACKS_DEPTH = 32 };

/* What a thread of the process writes, and take asks of it. */
struct lca_stacks {
    struct lca_stacks_row {
        atomic_int thread;      /* 0: nobody is asked */
        atomic_uint answered;
        uint32_t mark;
        uint32_t count;
        uintptr_t frames[LCA_STACKS_DEPTH];     /* innermost first */
    } rows[LCA_STACKS];
};

/* A thread, as take found it. */
struct lca_stacks_thread {
    int32_t thread;
    bool answered;              /* with the whole stack */
    uint32_t mark;
    unsigned count;             /* without an answer: at most the innermost */
    uintptr_t frames[LCA_STACKS_DEPTH];
    char name[16];
    char doing[24];             /* "is in futex"; empty: not known */
};

/*
 * From now on threads of this process answer. mark is asked in the thread, in
 * a handler, for a number that is the caller's affair. False: they will not.
 */
bool lca_stacks_answer(struct lca_stacks *shared, unsigned (*mark)(void));

/*
 * Asks the threads of a process, as many as there is room for, and waits for
 * their answers, ms at the most. Returns how many of them it has; *all is how
 * many there are.
 */
unsigned lca_stacks_take(int32_t pid, struct lca_stacks *shared, unsigned ms,
                         struct lca_stacks_thread to[LCA_STACKS],
                         unsigned *all);

/*
 * In a handler: the stack of what the signal interrupted. frames[0], where it
 * is, is given; returns how many there are then.
 */
unsigned lca_stacks_walk(uintptr_t *frames, unsigned room);

/* The module that an address of a process is in, and the place in it. */
bool lca_stacks_place(int32_t pid, uintptr_t address, char *name, size_t size,
                      uint64_t *offset);

#endif
