/*
 * actor: a process that plays beside the trial, when it is told to
 *
 * It is forked by who forks the trial, before the trial is, so that neither
 * of the two is the other's child, and each has a group of its own. What they
 * have to say to each other is in memory that all three share: descriptors
 * are the subject's affair. One of the two acts at a time.
 *
 * Rows lie in shared memory, and a row is zeroed before it is started.
 */

#ifndef LCA_ACTOR_H
#define LCA_ACTOR_H

#include "harness/platform/child.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { LCA_ACTORS_MAX = 3 };    /* one more than there can be */

struct lca_actor {
    int32_t pid;                /* 0: there is none */
    atomic_uint word;           /* what it does now; 0: it waits */
    uint32_t excused;           /* it may end, or stand still */
    uint32_t ended;             /* by itself, before it was made to */
    struct lca_fate fate;       /* once it has been ended */
};

/* Row 0 is the trial itself, and stays empty. */
struct lca_actors {
    struct lca_actor all[LCA_ACTORS_MAX];
};

/* In the parent. body runs in the new process, which leaves when it returns.
   Errors: LCA_SYSTEM, and then there is none. */
struct lca_result lca_actor_start(struct lca_actor *actor,
                                  void (*body)(void *), void *argument);
/* All that were started are made to end, and waited for. Those that were
   told to leave have a moment to do so. */
void lca_actors_end(struct lca_actors *actors);

/*
 * In the trial: what it is to do, not 0, and waits until it has been done.
 * False: the process has ended instead.
 */
bool lca_actor_do(struct lca_actor *actor, uint32_t word);
/* Does not wait. One that stands still is not told. */
void lca_actor_leave(struct lca_actor *actor);

enum lca_blow { LCA_BLOW_KILL, LCA_BLOW_STOP, LCA_BLOW_CONTINUE };

/* Waits until it shows. False: it does not. */
bool lca_actor_strike(struct lca_actor *actor, enum lca_blow blow);

/* In the actor: what it is to do next; 0: to leave. */
uint32_t lca_actor_await(struct lca_actor *actor);
void lca_actor_done(struct lca_actor *actor);

#endif
