/*
 * actors: the processes of a trial's further clients
 *
 * Those that steps name are forked beside the trial, before it: B, C. Each
 * plays its steps when the trial says so, and writes its answers into the
 * record. A signal to one is the trial's own step. One that ends without
 * having been made to is the end of the trial.
 */

#ifndef LCA_HOST_ACTORS_H
#define LCA_HOST_ACTORS_H

#include "harness/host/zygote.h"
#include "harness/subject/client.h"

/* In the zygote. body runs in each of them, and knows itself by the first of
   the functions below. */
void lca_actors_start(struct lca_stage *stage, void (*body)(void *));

/* Which process this is: 0 the trial's own. */
unsigned lca_actors_self(void);

/* In the trial. Step `at` is another process's; does not return if that has
   ended. */
void lca_actors_play(unsigned at);
/* The step is a signal to one. */
void lca_actors_strike(struct lca_client *client, const struct lca_step *step,
                       struct lca_answer *answer);
/* All have played what there was. */
void lca_actors_dismiss(void);

/* In an actor: the next step to play, or false: no more. */
bool lca_actors_await(unsigned *at);
void lca_actors_done(void);

/* Before step `at`, has anybody attached to a session when there was none?
   Answers tell, which are those of all processes. */
bool lca_actors_unshared(const struct lca_step *steps,
                         const struct lca_record *record, unsigned at);

/* In the host: which process has the step in hand, by its number. */
int32_t lca_actors_in_hand(const struct lca_stage *stage, int32_t trial);
/* When all is over: was the end of one of them the end of the trial? */
bool lca_actors_conclude(struct lca_stage *stage);

#endif
