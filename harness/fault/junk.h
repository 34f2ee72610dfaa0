/*
 * junk: what was freed looks like nothing sound, to its last word
 *
 * The C library fills all of a freed block but that word. Once the block has
 * come to lie at the end of the heap, an address in it would still be good.
 */

#ifndef LCA_JUNK_H
#define LCA_JUNK_H

#include <stdbool.h>

/* From now on, in this process. false: it is another allocator's heap. */
bool lca_junk_open(void);

/* For the wrapper of free: of a block that is freed next; NULL is none. */
void lca_junk_end(void *block);

#endif
