/*
 * nearest: what somebody may have meant by a word that is not known
 *
 * Ownership: keeps pointers to the words it was told.
 */

#ifndef LCA_CLI_NEAREST_H
#define LCA_CLI_NEAREST_H

#include "harness/base/text.h"

struct lca_nearest {
    const char *word;           /* what was typed; set by the caller */
    const char *best;           /* NULL: nothing is near */
    unsigned distance;          /* letters that differ */
    char hint[96];
};

/* One more word that it could have been. Case does not matter. */
void lca_nearest_try(struct lca_nearest *nearest, const char *candidate);

/* "did you mean 'best'?", or `otherwise`. Valid as long as `nearest`. */
const char *lca_nearest_hint(struct lca_nearest *nearest,
                             const char *otherwise);

/* Case does not matter; ASCII alone. */
bool lca_same_word(const char *one, const char *other);

#endif
