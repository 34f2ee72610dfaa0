/*
 * player: plays the steps of a trial in the trial's own process
 *
 * Each answer is in the record before the next step begins; record->count is
 * the step in hand. The player returns only if every step did. traced: what
 * is not given back is written down, too. stacks: and who takes each lock.
 */

#ifndef LCA_PLAYER_H
#define LCA_PLAYER_H

#include "harness/model/record.h"
#include "harness/model/step.h"
#include "harness/model/wire.h"
#include "harness/subject/subject.h"

void lca_player_play(const struct lca_subject *subject,
                     const struct lca_subject_info *info,
                     const struct lca_step *steps, unsigned count,
                     bool traced, bool stacks, struct lca_record *record);

#endif
