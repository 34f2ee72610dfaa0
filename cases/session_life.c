/* session/life: logging on and off again, alone and beside others. */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "cases/rounds.h"

#define FLAGS LCA_TAKES(LCA_SET_FLAGS)

static const struct lca_axis kinds[] = {
    LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_axis inits[] = {
    LCA_AXIS_AS("init", any_init), { 0 },
};

static const struct lca_step at_once[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_SUCCEED },
    { LCA_RELEASE },
    { LCA_END },
};

#define OPEN(where, what) { LCA_OPEN, .slot = where, .object = what,        \
                            .want = LCA_WANT_OFFERED }
#define DROP(where, what) { LCA_DROP, .slot = where, .object = what }

static const struct lca_step everything[] = {
    { LCA_LOGON },
    OPEN(0, LCA_STORES_TABLE), OPEN(1, LCA_STATUS_TABLE), OPEN(2, LCA_STORE),
    OPEN(3, LCA_ADDRESS_BOOK), OPEN(4, LCA_PROFILE_SECTION),
    OPEN(5, LCA_SERVICES),
    DROP(5, LCA_SERVICES), DROP(4, LCA_PROFILE_SECTION),
    DROP(3, LCA_ADDRESS_BOOK), DROP(2, LCA_STORE),
    DROP(1, LCA_STATUS_TABLE), DROP(0, LCA_STORES_TABLE),
    { LCA_LOGOFF, .want = LCA_WANT_SUCCEED },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_axis neighbours[] = {
    LCA_AXIS(flags), LCA_AXIS(init), { 0 },
};

static const struct lca_axis ways[] = {
    LCA_AXIS(flags), LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_step neighbour[] = {
    { LCA_LOGON },
    { LCA_LOGON, .session = 1 },
    { LCA_LOGOFF, .takes = FLAGS },
    { LCA_PROBE, .session = 1, .want = LCA_WANT_ALIVE },
    { LCA_RELEASE },
    { LCA_PROBE, .session = 1, .want = LCA_WANT_ALIVE },
    { LCA_TIDY, .session = 1 },
    { LCA_LOGOFF, .session = 1, .want = LCA_WANT_SURVIVE },
    { LCA_RELEASE, .session = 1 },
    { LCA_END },
};

static const struct lca_step again[] = {
    { LCA_LOGON },
    { LCA_READ, .want = LCA_WANT_SAME_VALUE },
    { LCA_LOGOFF, .takes = FLAGS },
    { LCA_RELEASE },
    { LCA_LOGON, .want = LCA_WANT_SUCCEED },
    { LCA_READ, .want = LCA_WANT_SAME_VALUE },
    { LCA_LOGOFF, .want = LCA_WANT_SUCCEED },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_step cycles[] = {
    LCA_ROUNDS(3, LCA_WANT_NO_GROWTH,
               { LCA_LOGON }, { LCA_LOGOFF }, { LCA_RELEASE }),
    { LCA_END },
};

/* Smart-pointer clients never call Logoff. */
static const struct lca_step no_logoff[] = {
    { LCA_INITIALIZE },
    { LCA_LOGON },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_UNINITIALIZE, .want = LCA_WANT_SURVIVE },
    { LCA_INITIALIZE },
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_SUCCEED },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_UNINITIALIZE },
    { LCA_END },
};

static const struct lca_step no_logoff_cycles[] = {
    LCA_ROUNDS(2, LCA_WANT_NO_GROWTH, { LCA_LOGON }, { LCA_RELEASE }),
    { LCA_END },
};

/*
 * Two initialisations: what worked before Logoff works after it, and until
 * the second initialisation is undone.
 */
#define BALANCE(op)                                                         \
    { LCA_INITIALIZE }, { LCA_INITIALIZE }, { op }, { LCA_LOGON },          \
    { LCA_LOGOFF }, { LCA_RELEASE }, { op, .want = LCA_WANT_SUCCEED },      \
    { LCA_UNINITIALIZE }, { op, .want = LCA_WANT_SUCCEED },                 \
    { LCA_UNINITIALIZE }, { LCA_END }

static const struct lca_step balance[] = { BALANCE(LCA_CHAIN) };
static const struct lca_step balance_admin[] = { BALANCE(LCA_ADMIN) };

static const struct lca_step too_early_logon[] = {
    { LCA_LOGON, .want = LCA_WANT_UNINITIALIZED },
    { LCA_END },
};

static const struct lca_step too_early_admin[] = {
    { LCA_ADMIN, .want = LCA_WANT_UNINITIALIZED },
    { LCA_END },
};

static const struct lca_step too_late[] = {
    { LCA_INITIALIZE },
    { LCA_LOGON },
    { LCA_LOGOFF },
    { LCA_RELEASE },
    { LCA_UNINITIALIZE },
    { LCA_ADMIN, .want = LCA_WANT_UNINITIALIZED },
    { LCA_LOGON, .want = LCA_WANT_UNINITIALIZED },
    { LCA_END },
};

static const struct lca_step profile[] = {
    { LCA_LOGON },
    { LCA_SAVE },
    { LCA_READ_PROFILE, .want = LCA_WANT_SAME_VALUE },
    { LCA_LOGOFF },
    { LCA_RELEASE },
    { LCA_LOGON },
    { LCA_READ_PROFILE, .want = LCA_WANT_SAME_VALUE },
    { LCA_LOGOFF },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_step full_cycles[] = {
    { LCA_INITIALIZE, .want = LCA_WANT_SUCCEED },
    { LCA_LOGON, .want = LCA_WANT_SUCCEED },
    { LCA_LOGOFF, .want = LCA_WANT_SUCCEED },
    { LCA_RELEASE },
    { LCA_UNINITIALIZE, .want = LCA_WANT_SURVIVE },
    { LCA_LOOP, .back = 5, .times = 20 },
    { LCA_END },
};

/* Each thread that uses MAPI initialises it (THR-002). */
static const struct lca_step other_thread[] = {
    { LCA_LOGON },
    { LCA_INITIALIZE, .actor = 1 },
    { LCA_LOGOFF, .actor = 1, .want = LCA_WANT_SUCCEED },
    { LCA_PROBE, .want = LCA_WANT_DECIDED },
    { LCA_UNINITIALIZE, .actor = 1 },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_step other_release[] = {
    { LCA_LOGON },
    { LCA_INITIALIZE, .actor = 1 },
    { LCA_LOGOFF },
    { LCA_RELEASE, .actor = 1, .want = LCA_WANT_SURVIVE },
    { LCA_UNINITIALIZE, .actor = 1 },
    { LCA_END },
};

static const struct lca_step unrelated[] = {
    { LCA_LOGON },
    { LCA_OPEN, .object = LCA_PROFILES },
    { LCA_ASK, .object = LCA_PROFILES },
    { LCA_LOGOFF },
    { LCA_ASK, .object = LCA_PROFILES, .want = LCA_WANT_SUCCEED },
    { LCA_RELEASE },
    { LCA_ASK, .object = LCA_PROFILES, .want = LCA_WANT_SUCCEED },
    { LCA_DROP, .object = LCA_PROFILES },
    { LCA_END },
};

/* It is never done: no call may follow, and no trial ends without any. */
static const struct lca_step shutdown[] = {
    { LCA_LOGON },
    { LCA_ASK_SHUTDOWN, .want = LCA_WANT_YES_OR_NO },
    { LCA_ASK_SHUTDOWN, .want = LCA_WANT_YES_OR_NO },
    { LCA_LOGOFF },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/life/at-once",
        .clause = "SES-012",
        .title  = "Logoff right after logon may be slow, and ends",
        .axes   = kinds,
        .steps  = at_once,
    },
    {
        .id     = "session/life/nothing-opened",
        .clause = "SES-013",
        .title  = "a session in which nothing was opened can be logged off",
        .axes   = kinds,
        .steps  = at_once,
    },
    {
        .id     = "session/life/everything-released",
        .clause = "SES-013",
        .title  = "so can one in which everything was opened and released",
        .axes   = kinds,
        .steps  = everything,
    },
    {
        .id     = "session/life/neighbour",
        .clause = "SES-014",
        .title  = "another private session goes on when this one ends",
        .need   = LCA_NEEDS_PROBES,
        .axes   = neighbours,
        .steps  = neighbour,
    },
    {
        .id     = "session/life/again",
        .clause = "SES-015",
        .title  = "the next session on the profile finds the same stores",
        .axes   = ways,
        .steps  = again,
    },
    {
        .id     = "session/life/cycles",
        .clause = "SES-016",
        .title  = "logging on and off 200 times grows nothing",
        .axes   = kinds,
        .steps  = cycles,
    },
    {
        .id     = "session/life/no-logoff",
        .clause = "SES-018",
        .title  = "the last Release without a Logoff ends the session",
        .bare   = true,
        .axes   = kinds,
        .steps  = no_logoff,
    },
    {
        .id     = "session/life/no-logoff-cycles",
        .clause = "SES-018",
        .title  = "and nothing of it is left, 200 times",
        .axes   = kinds,
        .steps  = no_logoff_cycles,
    },
    {
        .id     = "session/life/balance",
        .clause = "PRO-001",
        .title  = "Logoff undoes no MAPIInitialize",
        .bare   = true,
        .axes   = inits,
        .steps  = balance,
    },
    {
        .id     = "session/life/balance-admin",
        .clause = "PRO-001",
        .title  = "Logoff leaves MAPIAdminProfiles as it was",
        .bare   = true,
        .axes   = inits,
        .steps  = balance_admin,
    },
    {
        .id     = "session/life/too-early-logon",
        .clause = "PRO-002",
        .title  = "MAPILogonEx before MAPIInitialize says so",
        .bare   = true,
        .steps  = too_early_logon,
    },
    {
        .id     = "session/life/too-early-admin",
        .clause = "PRO-002",
        .title  = "MAPIAdminProfiles before MAPIInitialize says so",
        .bare   = true,
        .steps  = too_early_admin,
    },
    {
        .id     = "session/life/too-late",
        .clause = "PRO-002",
        .title  = "both say so after the last MAPIUninitialize",
        .bare   = true,
        .axes   = inits,
        .steps  = too_late,
    },
    {
        .id     = "session/life/profile",
        .clause = "PRO-009",
        .title  = "what the profile held before Logoff is there after it",
        .axes   = kinds,
        .steps  = profile,
    },
    {
        .id     = "session/life/full-cycles",
        .clause = "PRO-012",
        .title  = "20 cycles from MAPIInitialize to MAPIUninitialize work",
        .bare   = true,
        .axes   = kinds,
        .steps  = full_cycles,
    },
    {
        .id     = "session/life/other-thread",
        .clause = "THR-001",
        .title  = "Logoff works on another thread than logon",
        .need   = LCA_NEEDS_PROBES,
        .axes   = kinds,
        .steps  = other_thread,
    },
    {
        .id     = "session/life/other-release",
        .clause = "THR-009",
        .title  = "the last Release works on another thread than Logoff",
        .axes   = kinds,
        .steps  = other_release,
    },
    {
        .id     = "session/life/unrelated",
        .clause = "OBJ-009",
        .title  = "IProfAdmin is not of the session and outlives it",
        .axes   = kinds,
        .steps  = unrelated,
    },
    {
        .id     = "session/life/shutdown",
        .clause = "PRO-018",
        .title  = "QueryFastShutdown says yes or no; whom it asks is not seen",
        .axes   = kinds,
        .steps  = shutdown,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_life = {
    "session/life", "sessions that come, go and stand side by side", cases,
};
