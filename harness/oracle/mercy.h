/*
 * mercy: what a level and a profile make of an opinion. Pure.
 *
 * strict       MUST and SHOULD can fail
 * documented   MUST alone can; a deviation from a SHOULD is a skipped note
 * INFO and MAY never fail: what was seen is noted.
 */

#ifndef LCA_MERCY_H
#define LCA_MERCY_H

#include "harness/model/clause.h"
#include "harness/model/verdict.h"

enum lca_profile { LCA_STRICT, LCA_DOCUMENTED };

struct lca_opinion lca_mercy(enum lca_level level, enum lca_profile profile,
                             const struct lca_opinion *opinion);

#endif
