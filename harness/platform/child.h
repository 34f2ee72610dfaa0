/*
 * child: processes of our own making
 *
 * A helper is forked and talks over a channel; a trial is forked, plays, and
 * is waited for. Each is the leader of a process group of its own, so that
 * what it started can be ended with it. Nobody but the parent waits.
 */

#ifndef LCA_CHILD_H
#define LCA_CHILD_H

#include "harness/platform/channel.h"

#include <stdint.h>

/* How a process ended. */
struct lca_fate {
    int32_t pid;
    int32_t signal;             /* 0: it exited */
    int32_t status;             /* of exit */
    uint32_t orphans;           /* what it left behind, and was ended */
};

struct lca_actors;              /* actor.h */

struct lca_child {
    int32_t pid;                /* 0: none */
    struct lca_channel channel;
};

typedef int lca_body(void *argument, struct lca_channel *channel);

/*
 * A helper: runs body, exits with what it returns. If the parent ends, so
 * does the helper. Its channel lies where a subject will not look for it.
 * Errors: LCA_SYSTEM, and then there is no child.
 */
struct lca_result lca_child_start(lca_body *body, void *argument,
                                  struct lca_child *child);
/* In a helper: of all descriptors it keeps 0 to 2 and its channel's. */
void lca_child_shed(const struct lca_channel *channel);
/* Kills it if it still runs, and takes its status. Safe on a zeroed child. */
void lca_child_stop(struct lca_child *child);

/* How it ended, if it does until then (the clock's us). It is not reaped. */
bool lca_child_ended(const struct lca_child *child, uint64_t until,
                     struct lca_fate *fate);

/* Closes its input, which asks it to end by itself. */
void lca_child_finish(struct lca_child *child);
/* The same, and waits for it until then (the clock's us); then stops it. */
void lca_child_end(struct lca_child *child, uint64_t until);

/*
 * A trial: forked without a channel. In its process `started` is told its
 * pid, and body runs when that has returned; it is waited for, its group is
 * killed, so are the actors that play beside it (NULL: none), and every
 * orphan that came to this process is ended and reaped. *stopped is the
 * signal that the trial stands still by, while it does, or 0; it may lie in
 * shared memory.
 */
struct lca_result lca_child_play(void (*body)(void *), void *argument,
                                 void (*started)(void *, int32_t pid),
                                 struct lca_actors *actors,
                                 uint32_t *stopped, struct lca_fate *fate);

/* Kills the group of a trial that lca_child_play waits for elsewhere. */
void lca_child_kill(int32_t pid);

/*
 * A command in a shell, reached by its standard input and output. It ends
 * with this process, if the shell's command is one that is exec'ed.
 */
struct lca_result lca_child_command(const char *command,
                                    struct lca_child *child);
bool lca_child_runs(const struct lca_child *child);

#endif
