/*
 * resources: what this process holds right now
 *
 * Counting is for a trial: it allocates for a moment, and gives back.
 */

#ifndef LCA_RESOURCES_H
#define LCA_RESOURCES_H

#include <stdbool.h>
#include <stdint.h>

uint32_t lca_resources_fds(void);       /* open descriptors */
uint32_t lca_resources_threads(void);   /* this one included */
uint64_t lca_resources_heap(void);      /* bytes in use, all arenas */

/*
 * Descriptors of the caller's own, opened and later looked at again: how
 * many still lead where they led. A subject that closes what is not its own
 * is caught by these. The first call takes standard input, output and error
 * too; each further one opens more, at the lowest numbers that are free.
 */
enum { LCA_OWN_FDS = 23 };
struct lca_own_fds {
    unsigned count;
    int fd[LCA_OWN_FDS];
    uint64_t device[LCA_OWN_FDS];
    uint64_t inode[LCA_OWN_FDS];
};
void lca_resources_own(struct lca_own_fds *own);
/* How many are lost. */
uint32_t lca_resources_lost(const struct lca_own_fds *own);

/*
 * Memory that was freed keeps a pattern, and fresh memory starts with one,
 * so that use after free and before initialisation show. The allocator keeps
 * a freed block's first words for itself, and leaves the last as it was.
 * false: it is not the C library that allocates.
 */
bool lca_resources_junk(void);
enum { LCA_RESOURCES_FRESH = 0x5A,      /* what fresh memory is filled with */
       LCA_RESOURCES_FREED = LCA_RESOURCES_FRESH ^ 0xFF };

/*
 * The C library keeps freed blocks in caches that count as in use: they are
 * off in the programs that this one becomes or starts from now on.
 */
void lca_resources_exact_heap(void);

/*
 * From now on this process gets so many MiB of address space more than it
 * has. 0: 2048, UINT32_MAX: without limit. Under Valgrind
 * or a sanitizer, which map far more than they use, there is none. Returns
 * whether there is.
 */
bool lca_resources_limit(uint32_t mib);
/* What it has is measured now, also for processes that this one forks. */
void lca_resources_measure(void);

#endif
