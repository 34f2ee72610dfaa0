/*
 * crash: a process writes down how it dies
 *
 * The handler runs on a stack of its own, tells `report` the signal, the
 * address and the innermost frames, and lets the signal have its way.
 */

#ifndef LCA_CRASH_H
#define LCA_CRASH_H

#include "harness/platform/registers.h"

enum { LCA_CRASH_FRAMES = 16 };

struct lca_crash {
    int signal;
    uintptr_t address;          /* what could not be reached, or the code */
    unsigned count;
    uintptr_t frames[LCA_CRASH_FRAMES];         /* innermost first */
    unsigned register_count;
    uint64_t registers[LCA_REGISTERS];
};

/*
 * report is called up to twice: with the innermost frame alone, which is
 * always known, and with the whole stack, if walking it did not fail.
 */
void lca_crash_watch(void (*report)(const struct lca_crash *));

/* What is slow the first time, for this process and those that it forks. */
void lca_crash_prepare(void);

#endif
