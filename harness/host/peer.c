#include "harness/host/peer.h"

#include "harness/platform/clock.h"
#include "harness/platform/system.h"

#include <stdio.h>

enum { TRIES = 1000, PAUSE_MS = 10, STAYS = 5 };

struct lca_result lca_peer_keep(const struct lca_subject_info *info,
                                struct lca_child *peer)
{
    char command[sizeof info->peer + 32];
    struct lca_result r;

    if (!*info->peer || lca_child_runs(peer))
        return lca_ok();
    lca_child_stop(peer);
    if (*info->pidfile)
        lca_system_remove(info->pidfile);
    snprintf(command, sizeof command, "exec %s >/dev/null", info->peer);
    r = lca_child_command(command, peer);
    for (int i = 0; !r.code && i < TRIES; i++) {
        if (!lca_child_runs(peer))
            return lca_fail(LCA_MISSING, "the server '%s' ended at once: "
                            "start it by hand and see ([peer] start)",
                            info->peer);
        if (*info->pidfile ? lca_system_exists(info->pidfile) : i >= STAYS)
            return r;
        lca_clock_sleep(PAUSE_MS);
    }
    if (r.code)
        return r;
    return lca_fail(LCA_MISSING, "the server '%s' made no pid file '%s' "
                    "within %d s ([peer] pidfile)", info->peer,
                    info->pidfile, TRIES * PAUSE_MS / 1000);
}
