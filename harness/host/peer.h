/*
 * peer: the server that a subject needs, started once a host
 *
 * Runs outside the trials, in the host's own folder and environment, and
 * ends with the host; it stays in the foreground. With a pid file it is ready
 * when the file appears; without one, when it has stayed for 50 ms.
 *
 * Errors: LCA_MISSING  it ended, or was not ready in time; with the command
 */

#ifndef LCA_PEER_H
#define LCA_PEER_H

#include "harness/model/wire.h"
#include "harness/platform/child.h"

/* Starts it, or again if it is gone; nothing to do if there is none. */
struct lca_result lca_peer_keep(const struct lca_subject_info *info,
                                struct lca_child *peer);

#endif
