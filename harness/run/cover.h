/*
 * cover: which cells of a case there are to choose from
 *
 * All of its matrix; of walks, which are too many, those in which each two
 * calls, or in the full tier each three, are at each two or three of the
 * four places. They are the rows of an orthogonal array: over the residues of
 * a prime p, (a, b, a+b, a+2b) has each pair in any two columns once, and
 * (a, b, c, a+b+c) each triple in any three. Cells may come twice, as there
 * are fewer calls than residues.
 */

#ifndef LCA_COVER_H
#define LCA_COVER_H

#include "harness/model/case.h"
#include "harness/run/options.h"

unsigned lca_cover_size(const struct lca_case *c, enum lca_tier_choice tier);
/* index: below the size. */
unsigned lca_cover_cell(const struct lca_case *c, enum lca_tier_choice tier,
                        unsigned index);

/* The one cell of a case that stands for random walks. */
bool lca_cover_is_random(const struct lca_case *c, unsigned cell);

#endif
