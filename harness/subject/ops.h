/* ops: which of the client's functions plays a step, and whether it can. */

#ifndef LCA_OPS_H
#define LCA_OPS_H

#include "harness/subject/client.h"

/* NULL: it is no call into the subject, and the player's own. */
lca_client_play *lca_ops_play(enum lca_op op);

/* false: it needs a session, or the pointer to reach it by, and has none. */
bool lca_ops_reach(const struct lca_session *s, const struct lca_step *step);

/* What the calls after a PREPARE need of its session: enum lca_needs. */
uint32_t lca_ops_needs(const struct lca_step *steps, unsigned count,
                       unsigned at);

#endif
