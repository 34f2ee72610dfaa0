/* session/locks: none that a call took is held when it returns. */

#include "cases/axes.h"
#include "cases/catalogue.h"

#define FLAGS    LCA_TAKES(LCA_SET_FLAGS)
#define METHOD   LCA_TAKES(LCA_SET_METHOD)
#define UNLOCKED .want = LCA_WANT_UNLOCKED

static const struct lca_axis ways[] = {
    LCA_AXIS(flags), LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

/* What is refused first is asked for again: nothing may wait for it. */
static const struct lca_step logoffs[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, UNLOCKED, .flags = 1u << 2 },
    { LCA_LOGOFF, UNLOCKED, .reserved = 1 },
    { LCA_LOGOFF, UNLOCKED, .takes = FLAGS },
    { LCA_LOGOFF, UNLOCKED },
    { LCA_RELEASE, UNLOCKED },
    { LCA_END },
};

static const struct lca_step ends[] = {
    { LCA_INITIALIZE }, { LCA_INITIALIZE },
    { LCA_LOGON },
    { LCA_RELEASE, UNLOCKED },
    { LCA_UNINITIALIZE, UNLOCKED },
    { LCA_LOGON },
    { LCA_LOGOFF, UNLOCKED },
    { LCA_RELEASE, UNLOCKED },
    { LCA_UNINITIALIZE, UNLOCKED },
    { LCA_END },
};

static const struct lca_axis methods[] = {
    LCA_AXIS_AS("method", every), { 0 },
};

static const struct lca_step dead[] = {
    { LCA_LOGON }, { LCA_ADDREF }, { LCA_PREPARE },
    { LCA_LOGOFF, UNLOCKED },
    { LCA_CALL, UNLOCKED, .takes = METHOD },
    { LCA_TIDY },
    { LCA_RELEASE_ALL, UNLOCKED },
    { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/locks/logoff",
        .clause = "RSD-006",
        .title  = "no lock is held when Logoff or Release returns",
        .axes   = ways,
        .steps  = logoffs,
    },
    {
        .id     = "session/locks/ends",
        .clause = "RSD-006",
        .title  = "nor when the last Release or MAPIUninitialize does",
        .bare   = true,
        .steps  = ends,
    },
    {
        .id     = "session/locks/dead",
        .clause = "RSD-006",
        .title  = "nor when a method does that Logoff has ended",
        .axes   = methods,
        .steps  = dead,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_locks = {
    "session/locks", "locks that are held when a call returns", cases,
};
