/*
 * player: plays the steps of a trial in the trial's own process
 *
 * Each answer is in the record before the next step begins; record->count is
 * the step in hand. The player returns only if every step did. Where calls
 * are traced, what is not given back is written down, too.
 */

#ifndef LCA_PLAYER_H
#define LCA_PLAYER_H

#include "harness/model/fault.h"
#include "harness/model/record.h"
#include "harness/model/step.h"
#include "harness/model/wire.h"
#include "harness/subject/subject.h"

/* orders NULL: nothing is watched, as in a rehearsal. */
void lca_player_play(const struct lca_subject *subject,
                     const struct lca_subject_info *info,
                     const struct lca_step *steps, unsigned count,
                     const struct lca_orders *orders,
                     struct lca_record *record);

/* In a process beside the trial's: plays the steps that it is told to, until
   it is told to leave. Faults do not strike in it, nor are calls traced. */
void lca_player_serve(const struct lca_subject *subject,
                      const struct lca_subject_info *info,
                      const struct lca_step *steps, unsigned count,
                      struct lca_record *record);

/* 1 + the step that this thread plays; 0: none. */
unsigned lca_player_in_hand(void);

#endif
