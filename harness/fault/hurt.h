/*
 * hurt: what happens to the subject's server
 *
 * Only to one that the host started, or that may be hurt all the same. A
 * killed server is gone when hurt returns, and one that is started again is
 * ready: it ends with the trial. Errors are none: then nothing happened.
 */

#ifndef LCA_HURT_H
#define LCA_HURT_H

#include "harness/model/fault.h"
#include "harness/model/wire.h"

/* pid 0: there is none. info stays the caller's. */
void lca_hurt_prepare(int32_t pid, const struct lca_subject_info *info);
void lca_hurt(enum lca_kind kind);
/* The fault is over: a server that was stopped or killed serves again. */
void lca_hurt_mend(void);

#endif
