/*
 * residue: what a process may leave behind, and what it may leave changed
 *
 * A CENSUS counts descriptors, threads and heap. What is dearer to see, or
 * has a name, is looked for where the step's flags say so: bits LCA_LOOK_*.
 * What was not there at the last look is told by name.
 */

#ifndef LCA_RESIDUE_H
#define LCA_RESIDUE_H

#include <stdint.h>

/* A member of struct lca_census, one of them, more, and the bit to ask by. */
#define LCA_THINGS(X)                                                       \
    X(fds,        "descriptor",     "descriptors",     HOLDINGS)            \
    X(threads,    "thread",         "threads",         HOLDINGS)            \
    X(timers,     "timer",          "timers",          TIMERS)              \
    X(mappings,   "mapping",        "mappings",        HOLDINGS)            \
    X(children,   "child process",  "child processes", CHILDREN)            \
    X(files,      "file",           "files",           MADE)                \
    X(segments,   "segment of shared memory", "segments of shared memory",  \
      MADE)                                                                 \
    X(semaphores, "semaphore",      "semaphores",      MADE)                \
    X(queues,     "message queue",  "message queues",  MADE)

/* What is as it was, or not, and the bit to ask by. */
#define LCA_STATES(X)                                                       \
    X(MASK,        MASK)        /* of signals, of the thread that calls */  \
    X(HANDLERS,    HANDLERS)                                                \
    X(FOLDER,      SURROUNDINGS)                                            \
    X(UMASK,       SURROUNDINGS)                                            \
    X(LOCALE,      SURROUNDINGS)                                            \
    X(ENVIRONMENT, SURROUNDINGS)                                            \
    X(LIMITS,      SURROUNDINGS)                                            \
    X(STREAMS,     STREAMS)     /* descriptors 0 to 2 */

enum lca_what {
#define X(member, one, more, look) LCA_WHAT_##member,
    LCA_THINGS(X)
#undef X
    LCA_THING_COUNT,
    LCA_BEFORE_STATES = LCA_THING_COUNT - 1,
#define X(name, look) LCA_WHAT_##name,
    LCA_STATES(X)
#undef X
    LCA_WHAT_COUNT
};

enum {
    LCA_LOOK_HOLDINGS     = 1,
    LCA_LOOK_CHILDREN     = 2,
    LCA_LOOK_MADE         = 4,
    LCA_LOOK_MASK         = 8,
    LCA_LOOK_HANDLERS     = 16,
    LCA_LOOK_SURROUNDINGS = 32,
    LCA_LOOK_STREAMS      = 64,
    LCA_LOOK_STATES       = 120,    /* the four above */
    LCA_LOOK_BEFORE       = 128,    /* what comes is compared with this, for
                                       states also with the one before it */
    LCA_LOOK_MARK         = 256,    /* threads that are new: watch them */
    LCA_LOOK_END          = 512,    /* they are about to end: wait a little */
    LCA_LOOK_AT_ONCE      = 1024,   /* no count is judged: do not wait */
    LCA_LOOK_TIMERS       = 2048,
};

enum { LCA_THINGS_MAX = 40 };

/* At one census: things that are new, or a state that is not as it was. */
struct lca_thing {
    uint32_t census;            /* from 0 */
    uint32_t what;              /* enum lca_what */
    uint32_t count;             /* of things; 0: of a state */
    char name[104];             /* of a state, a sentence; of many things what
                                   their names have in common, with a star */
};

uint32_t lca_what_look(enum lca_what what);     /* its LCA_LOOK_ bit */
/* "file", "files"; of a state NULL. */
const char *lca_what_name(enum lca_what what, uint32_t count);

#endif
