/* session/residue: what a process keeps after its last session. */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "cases/rounds.h"

static const struct lca_axis kinds[] = {
    LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_axis sessions[] = { LCA_AXIS(session), { 0 } };
static const struct lca_axis inits[] = { LCA_AXIS(init), { 0 } };

#define CYCLE                                                               \
    { LCA_INITIALIZE }, { LCA_LOGON }, { LCA_READ, .want = LCA_WANT_OFFERED },\
    { LCA_LOGOFF }, { LCA_RELEASE }, { LCA_UNINITIALIZE }

static const struct lca_step descriptors[] = {
    LCA_ROUNDS_OF(6, LCA_LOOK_HOLDINGS, LCA_WANT_NO_NEW_FDS, CYCLE),
    { LCA_END },
};

/* Numbers that the subject gave back are taken at once, by its caller. */
#define OWN                                                                 \
    { LCA_OWN }, { LCA_CENSUS, .flags = LCA_LOOK_AT_ONCE,                   \
                   .want = LCA_WANT_OWN_FDS }

static const struct lca_step foreign[] = {
    { LCA_INITIALIZE }, { LCA_LOGON }, OWN, { LCA_LOGOFF }, OWN,
    { LCA_RELEASE }, OWN, { LCA_UNINITIALIZE }, OWN,
    { LCA_END },
};

static const struct lca_step threads[] = {
    LCA_ROUNDS_OF(6, LCA_LOOK_HOLDINGS, LCA_WANT_NO_NEW_THREADS, CYCLE),
    { LCA_END },
};

static const struct lca_step heap[] = {
    LCA_ROUNDS(6, LCA_WANT_NO_NEW_HEAP, CYCLE), { LCA_END },
};

/* A server is started once, and serves them all. */
static const struct lca_step children[] = {
    LCA_ROUNDS_OF(6, LCA_LOOK_CHILDREN, LCA_WANT_NO_MORE, CYCLE),
    { LCA_END },
};

/* A log to which is added, a lock that all sessions share: made once. */
static const struct lca_step made[] = {
    LCA_ROUNDS_OF(6, LCA_LOOK_MADE, LCA_WANT_NO_MORE, CYCLE), { LCA_END },
};

/* Work that is yet to be done, for a session that is over. */
static const struct lca_step timers[] = {
    LCA_ROUNDS_OF(6, LCA_LOOK_TIMERS, LCA_WANT_NO_MORE, CYCLE), { LCA_END },
};

/* Sessions in a process that goes on to use MAPI. */
static const struct lca_step provider_threads[] = {
    { LCA_INITIALIZE },
    LCA_ROUNDS_OF(4, LCA_LOOK_HOLDINGS, LCA_WANT_NO_NEW_THREADS,
                  { LCA_LOGON }, { LCA_READ, .want = LCA_WANT_OFFERED },
                  { LCA_LOGOFF }, { LCA_RELEASE }),
    { LCA_UNINITIALIZE }, { LCA_END },
};

/*
 * As before logon: MAPIInitialize may change something that MAPIUninitialize
 * restores, so what was before it will do, too.
 */
#define BEFORE(look)                                                        \
    { LCA_CENSUS, .flags = (look) | LCA_LOOK_BEFORE | LCA_LOOK_AT_ONCE }
#define RESTORED(look)                                                      \
    BEFORE(look), { LCA_INITIALIZE }, BEFORE(look), { LCA_LOGON },          \
    { LCA_READ, .want = LCA_WANT_OFFERED }, { LCA_LOGOFF },                 \
    { LCA_RELEASE }, { LCA_UNINITIALIZE },                                  \
    { LCA_CENSUS, .flags = (look) | LCA_LOOK_AT_ONCE,                       \
      .want = LCA_WANT_RESTORED }

static const struct lca_step mask[] = {
    RESTORED(LCA_LOOK_MASK), { LCA_END },
};

/*
 * A run-time system that comes with a plug-in, or a library that ignores a
 * broken pipe from its first session on, sets a handler once and for good:
 * that is no finding. So the first cycle is not looked at. Then the client
 * sets handlers of its own; a session that takes them away from it does not
 * leave them as they were before logon.
 */
static const struct lca_step handlers[] = {
    CYCLE, { LCA_HANDLE }, RESTORED(LCA_LOOK_HANDLERS), { LCA_END },
};

static const struct lca_step surroundings[] = {
    RESTORED(LCA_LOOK_SURROUNDINGS), { LCA_END },
};

static const struct lca_step streams[] = {
    RESTORED(LCA_LOOK_STREAMS), { LCA_END },
};

/*
 * A pool that sessions fill has filled in the rounds before, which ask for no
 * thread: what MAPIInitialize makes then, and is there a while later, is what
 * it was asked for.
 */
static const struct lca_step notifier[] = {
    { LCA_INITIALIZE }, { LCA_LOGON }, { LCA_LOGOFF }, { LCA_RELEASE },
    { LCA_UNINITIALIZE }, { LCA_LOOP, .back = 5, .times = 20 },
    { LCA_CENSUS, .flags = LCA_LOOK_HOLDINGS | LCA_LOOK_AT_ONCE },
    { LCA_INITIALIZE, .init = LCA_INIT_MULTI },
    { LCA_CENSUS, .flags = LCA_LOOK_HOLDINGS | LCA_LOOK_MARK |
                           LCA_LOOK_AT_ONCE },
    { LCA_LOGON }, { LCA_LOGOFF }, { LCA_RELEASE },
    { LCA_CENSUS, .flags = LCA_LOOK_HOLDINGS | LCA_LOOK_AT_ONCE,
      .want = LCA_WANT_LASTING },
    { LCA_UNINITIALIZE },
    { LCA_CENSUS, .flags = LCA_LOOK_HOLDINGS | LCA_LOOK_END,
      .want = LCA_WANT_OVER },
    { LCA_END },
};

#define EVERYTHING (LCA_LOOK_HOLDINGS | LCA_LOOK_TIMERS |                   \
                    LCA_LOOK_CHILDREN | LCA_LOOK_MADE | LCA_LOOK_STATES |   \
                    LCA_LOOK_AT_ONCE)

/* Also what a session holds while it is there, for those who look. */
static const struct lca_step first[] = {
    { LCA_CENSUS, .flags = EVERYTHING | LCA_LOOK_BEFORE },
    { LCA_INITIALIZE }, { LCA_LOGON },
    { LCA_CENSUS, .flags = EVERYTHING },
    { LCA_READ, .want = LCA_WANT_OFFERED }, { LCA_LOGOFF },
    { LCA_CENSUS, .flags = EVERYTHING },
    { LCA_RELEASE },
    { LCA_CENSUS, .flags = EVERYTHING },
    { LCA_UNINITIALIZE },
    { LCA_CENSUS, .flags = EVERYTHING, .want = LCA_WANT_NOTED },
    { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/residue/descriptors",
        .clause = "RSD-001",
        .title  = "no descriptor more from cycle to cycle",
        .bare   = true,
        .axes   = kinds,
        .steps  = descriptors,
    },
    {
        .id     = "session/residue/foreign-descriptors",
        .clause = "RSD-001",
        .title  = "none of the caller's descriptors is closed",
        .bare   = true,
        .axes   = kinds,
        .steps  = foreign,
    },
    {
        .id     = "session/residue/threads",
        .clause = "RSD-002",
        .title  = "no thread more from cycle to cycle",
        .bare   = true,
        .axes   = kinds,
        .steps  = threads,
    },
    {
        .id     = "session/residue/heap",
        .clause = "RSD-004",
        .title  = "no heap more from cycle to cycle",
        .bare   = true,
        .axes   = kinds,
        .steps  = heap,
    },
    {
        .id     = "session/residue/children",
        .clause = "RSD-003",
        .title  = "no child process more from cycle to cycle",
        .bare   = true,
        .axes   = sessions,
        .steps  = children,
    },
    {
        .id     = "session/residue/made",
        .clause = "RSD-005",
        .title  = "no file, shared memory, semaphore or queue more",
        .bare   = true,
        .axes   = sessions,
        .steps  = made,
    },
    {
        .id     = "session/residue/timers",
        .clause = "FLT-013",
        .title  = "no timer is left for each session",
        .bare   = true,
        .axes   = sessions,
        .steps  = timers,
    },
    {
        .id     = "session/residue/provider-threads",
        .clause = "THR-008",
        .title  = "no thread more from session to session",
        .bare   = true,
        .axes   = inits,
        .steps  = provider_threads,
    },
    {
        .id     = "session/residue/mask",
        .clause = "RSD-007",
        .title  = "the signal mask is as before logon",
        .bare   = true,
        .axes   = kinds,
        .steps  = mask,
    },
    {
        .id     = "session/residue/handlers",
        .clause = "RSD-007",
        .title  = "the client's signal handlers are as before logon",
        .bare   = true,
        .axes   = kinds,
        .steps  = handlers,
    },
    {
        .id     = "session/residue/surroundings",
        .clause = "RSD-008",
        .title  = "folder, umask, locale, environment and limits are, too",
        .bare   = true,
        .axes   = kinds,
        .steps  = surroundings,
    },
    {
        .id     = "session/residue/streams",
        .clause = "RSD-009",
        .title  = "and the standard streams",
        .bare   = true,
        .axes   = kinds,
        .steps  = streams,
    },
    {
        .id     = "session/residue/notifier",
        .clause = "PRO-011",
        .title  = "the notification thread stays until MAPIUninitialize",
        .bare   = true,
        .steps  = notifier,
    },
    {
        .id     = "session/residue/first-cycle",
        .clause = "RSD-010",
        .title  = "what the first cycle keeps is noted",
        .bare   = true,
        .axes   = kinds,
        .steps  = first,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_residue = {
    "session/residue", "what a process keeps after its last session", cases,
};
