/*
 * sites: calls that were seen to hang for good, and how often
 *
 * A site is the call in hand: an op, and the method if it is a CALL. Past the
 * first 64 they are not kept, and each hang is looked at twice.
 */

#ifndef LCA_SITES_H
#define LCA_SITES_H

#include "harness/model/step.h"

enum { LCA_SITES_MAX = 64 };

struct lca_sites {
    unsigned count;
    struct {
        enum lca_op op;
        enum lca_method method;
        unsigned hangs;
    } rows[LCA_SITES_MAX];
};

void lca_sites_hung(struct lca_sites *sites, const struct lca_step *step);
unsigned lca_sites_hangs(const struct lca_sites *sites,
                         const struct lca_step *step);

#endif
