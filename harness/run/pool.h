/*
 * pool: hosts, and the trials they play
 *
 * Trials are numbered from 0 and taken in that order; the pool runs a bounded
 * number ahead. `source` spells out a trial when its turn comes; it says
 * false when nothing is to be played, and then nothing can be taken.
 *
 * A host that dies costs the trial in hand one retry on a new host, then its
 * record is LCA_LOST. A hang is looked at again, alone, at ten times its
 * deadline, once for each place (the call in hand); what lasts is in the
 * record as LCA_HUNG.
 *
 * Errors: LCA_MISSING            the subject cannot be opened, in the host's
 *                                words
 *         LCA_USAGE              no host can be started, with the command
 *         LCA_GONE, LCA_SYSTEM   no host can be started any more
 */

#ifndef LCA_POOL_H
#define LCA_POOL_H

#include "harness/model/script.h"
#include "harness/run/options.h"

struct lca_pool;

typedef bool lca_source(void *context, unsigned index,
                        struct lca_script *script, unsigned *deadline_ms);

struct lca_result lca_pool_open(const struct lca_options *options,
                                struct lca_pool **pool);
void lca_pool_close(struct lca_pool *pool);             /* NULL is fine */

/* One trial, alone: everything that runs ahead is waited for first. */
struct lca_result lca_pool_play(struct lca_pool *pool,
                                const struct lca_script *script,
                                unsigned deadline_ms,
                                struct lca_record *record);

/* Trials 0 to total - 1, from now on. */
void lca_pool_start(struct lca_pool *pool, unsigned total,
                    lca_source *source, void *context);
/*
 * The next trial's record, and the script it was played from. Both live in
 * the pool until the next take. NULL: its source said false.
 */
struct lca_result lca_pool_take(struct lca_pool *pool,
                                const struct lca_script **script,
                                const struct lca_record **record);

/*
 * Another batch of trials, before the one in hand goes on: aside, then start
 * and take, then back. A hang of a trial under faults, or with a seed, is not
 * looked at again here: which it was matters. Errors: LCA_SYSTEM; those of
 * take.
 */
struct lca_batch;
struct lca_result lca_pool_aside(struct lca_pool *pool,
                                 struct lca_batch **kept);
struct lca_result lca_pool_back(struct lca_pool *pool,
                                struct lca_batch *kept);

/* Those of its trials; named while the pool is open. */
struct lca_cores;
const struct lca_cores *lca_pool_cores(const struct lca_pool *pool);

struct lca_foreigners;
struct lca_foreigners *lca_pool_foreign(struct lca_pool *pool);

unsigned lca_pool_trials(const struct lca_pool *pool);  /* played so far */
unsigned lca_pool_threads(const struct lca_pool *pool); /* opening began them */

/* How often the call of a step was seen to hang for good. */
unsigned lca_pool_hangs(const struct lca_pool *pool,
                        const struct lca_step *step);

#endif
