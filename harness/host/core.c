#include "harness/host/core.h"

#include "harness/platform/cores.h"
#include "harness/platform/system.h"

#include <inttypes.h>
#include <stdio.h>

/* One host a process. */
static char run[1024], own[1100];
static uint64_t taken;

void lca_core_prepare(const struct lca_subject_info *info)
{
    /* Valgrind writes a core of its own beside its log, which is nowhere. */
    if (*own || !*info->core || lca_watch_has_tool(info->watch))
        return;
    snprintf(run, sizeof run, "%s", info->core);
    snprintf(own, sizeof own, "%s/host-%d", run, lca_system_pid());
    taken = (uint64_t)lca_system_pid() << 32;
    if (!lca_system_make_folder(own))
        *own = '\0';
}

void lca_core_allow(void)
{
    lca_cores_limit(*own != '\0');
}

void lca_core_go(void)
{
    if (*own)
        lca_cores_go(own);
}

uint64_t lca_core_take(const struct lca_record *record)
{
    char path[1100];

    if (!*own || record->ending != LCA_CRASHED)
        return 0;
    snprintf(path, sizeof path, "%s/%" PRIu64, run, taken + 1);
    return lca_cores_take(own, path) ? ++taken : 0;
}
