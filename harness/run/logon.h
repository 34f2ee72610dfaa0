/*
 * logon: why a subject cannot be logged on to
 *
 * One sentence with the cause and the next step, the same for every command
 * that needs a session. What opening can fail with is the host's to say, in
 * the result of lca_pool_open; this is for what comes after it.
 */

#ifndef LCA_LOGON_H
#define LCA_LOGON_H

#include "harness/run/options.h"

/* Did the plain trial get a session? */
bool lca_logon_worked(const struct lca_record *plain);

/*
 * For a plain trial that got none; never LCA_OK. LCA_GONE: the host was lost
 * with it, so nothing is known of the subject; otherwise LCA_MISSING.
 */
struct lca_result lca_logon_failed(const struct lca_options *options,
                                   const struct lca_record *plain);

#endif
