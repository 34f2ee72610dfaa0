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
 * so that use after free and before initialisation show.
 */
void lca_resources_junk(void);

/*
 * The C library keeps freed blocks in caches that count as in use. Starts
 * the program anew with them off, once; returns if they are off already, or
 * if that cannot be done.
 */
void lca_resources_exact_heap(char **argv);

#endif
