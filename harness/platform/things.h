/*
 * things: what this process holds, one by one
 *
 * Each walks over the things of a kind that there are now and shows them to
 * `see`: an identity, which no other one has while this one is there, and a
 * name, which is the same from run to run as far as it can be. Nothing is
 * kept. For one thread, in a trial.
 */

#ifndef LCA_PLATFORM_THINGS_H
#define LCA_PLATFORM_THINGS_H

#include <stdint.h>

typedef void lca_things_see(void *context, uint64_t identity,
                            const char *name);

/* "pipe", "socket to PATH", a path: as short as lca_scratch_short has it. */
void lca_things_fds(lca_things_see *see, void *context);
void lca_things_threads(lca_things_see *see, void *context);
void lca_things_timers(lca_things_see *see, void *context);
void lca_things_mappings(lca_things_see *see, void *context);
/*
 * Descendants of the process that this one was forked from, but this one:
 * what it forked, what came of that, and what was orphaned. Zombies too.
 */
void lca_things_children(lca_things_see *see, void *context);

uint64_t lca_things_hash(uint64_t hash, const void *bytes, uint32_t count);

#endif
