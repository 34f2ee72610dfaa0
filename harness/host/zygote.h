/*
 * zygote: forks trials from a process that has opened the subject
 *
 * The host starts it and stages a trial in memory that both share; the zygote
 * forks the trial, waits for it, and tells how it ended. The host keeps the
 * clock: a trial that is late is killed by it. What a lost zygote leaves
 * behind comes to the host, and is ended there. A trial that killed its
 * zygote, through the C library's kill, has the ending LCA_KILLED.
 *
 * Errors of start: LCA_MISSING and LCA_USAGE from opening the subject, with
 * its own words; LCA_GONE when the zygote died or hung in it.
 */

#ifndef LCA_ZYGOTE_H
#define LCA_ZYGOTE_H

#include "harness/model/record.h"
#include "harness/model/step.h"
#include "harness/model/wire.h"
#include "harness/platform/actor.h"
#include "harness/platform/capture.h"
#include "harness/platform/child.h"
#include "harness/platform/stacks.h"

struct lca_stage {
    unsigned count;
    struct lca_orders orders;
    struct lca_step steps[LCA_STEPS_MAX];
    struct lca_record record;
    struct lca_stacks stacks;
    struct lca_actors actors;
};

struct lca_zygote {
    struct lca_subject_info info;
    struct lca_stage *stage;            /* shared with zygote and trial */
    struct lca_capture capture;
    struct lca_child child;
    int32_t peer;                       /* the host's other child, or 0 */
    unsigned children;                  /* that opening the subject started */
    unsigned threads;                   /* that opening the subject started */
};

struct lca_result lca_zygote_start(struct lca_zygote *zygote);
/* Plays what is staged. After an error the zygote is gone. */
struct lca_result lca_zygote_play(struct lca_zygote *zygote,
                                  unsigned deadline_ms);
void lca_zygote_stop(struct lca_zygote *zygote);

#endif
