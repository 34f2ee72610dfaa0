/*
 * shake: a seed disturbs the schedule of threads that race
 *
 * A thread that is shaken waits a little before its racing call, and now and
 * then yields or waits at a wrapped call: what a busy machine does to it now
 * and then, often. Who waits where comes from the seed and the thread's
 * number alone, so the same seed meets the same calls with the same waits;
 * what comes of it is still up to the machine.
 *
 * begin and end stand around what a thread plays of a race. Other threads,
 * the subject's own too, are never shaken.
 */

#ifndef LCA_SHAKE_H
#define LCA_SHAKE_H

#include <stdint.h>

void lca_shake_begin(uint32_t seed, unsigned number);   /* seed 0: not */
/* Before a racing call: half of the time at once, at most a millisecond. */
void lca_shake_wait(void);
void lca_shake_end(void);

/* What is left of this thread's seed; 0: it is not shaken. */
extern _Thread_local uint64_t lca_shaken;
void lca_shake_now(void);

/* For wrappers. errno stays as it was. */
static inline void lca_shake(void)
{
    if (lca_shaken)
        lca_shake_now();
}

#endif
