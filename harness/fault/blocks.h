/*
 * blocks: guarded memory, and the list of who has it
 *
 * A block is filled when it is made and again when it is freed, and has a
 * guard before and behind it. What is known of it is kept apart from it, so
 * that nothing written through a wild pointer misleads the list, and no
 * pointer is followed before it is found there.
 *
 * Freed blocks are held back for a while, so that a pointer to one of them is
 * still known and what is written there is seen.
 *
 * Ownership   a block belongs to the list, until drop.
 * Threads     one at a time: memory.c has the lock.
 */

#ifndef LCA_BLOCKS_H
#define LCA_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

enum lca_lender { LCA_LENT_ROOT, LCA_LENT_CHAINED, LCA_LENT_MALLOC };

struct lca_block {
    void *at;                   /* what its user was given */
    size_t size;
    enum lca_lender lender;
    bool freed;
    bool told_before, told_behind, told_late;   /* for who judges it */
    const void *caller;         /* return address in who asked for it */
    struct lca_block *chain;    /* what is freed with it, one after another */
    struct lca_block *next;     /* in the list; blocks.c alone uses it */
    struct lca_block *later;    /* freed after it; likewise */
};

/* NULL: the system has no memory. */
struct lca_block *lca_block_make(size_t size, enum lca_lender lender,
                                 const void *caller);
/* NULL: there is none, or not any more. A freed one is found. */
struct lca_block *lca_block_find(const void *at);

/* Fills it and holds it back. Only once, and not what is chained to it. */
void lca_block_free(struct lca_block *block);
/* Held back the longest, if too many are; NULL: they are not. */
struct lca_block *lca_block_surplus(void);
/* Gives what lca_block_surplus answered back to the system. */
void lca_block_drop(struct lca_block *block);
/* Gives all of them back, freed or not. */
void lca_block_drop_all(void);

bool lca_block_whole_before(const struct lca_block *block);
bool lca_block_whole_behind(const struct lca_block *block);
/* Of a freed one: has nobody written to it since? */
bool lca_block_untouched(const struct lca_block *block);

void lca_block_each(void (*look)(struct lca_block *block, void *argument),
                    void *argument);

#endif
