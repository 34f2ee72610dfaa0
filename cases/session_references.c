/* session/references: who counts, and what lives as long as it is counted. */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "cases/rounds.h"

#define OBJECT LCA_TAKES(LCA_SET_OBJECT)

static const struct lca_axis kinds[] = {
    LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_axis sessions[] = { LCA_AXIS(session), { 0 } };

static const struct lca_axis objects[] = { LCA_AXIS_WALKED(object), { 0 } };
static const struct lca_axis each_object[] = { LCA_AXIS(object), { 0 } };

static const struct lca_step not_consumed[] = {
    { LCA_LOGON },
    { LCA_ADDREF },
    { LCA_LOGOFF },
    { LCA_RELEASE },
    { LCA_TOUCH, .want = LCA_WANT_INTACT },
    { LCA_RELEASE },
    { LCA_END },
};

#define RELEASE { LCA_RELEASE, .want = LCA_WANT_SURVIVE }
#define TOUCH   { LCA_TOUCH, .want = LCA_WANT_INTACT }

static const struct lca_step extra[] = {
    { LCA_LOGON }, { LCA_ADDREF }, { LCA_ADDREF }, { LCA_ADDREF },
    { LCA_LOGOFF }, TOUCH, RELEASE, TOUCH, RELEASE, TOUCH, RELEASE, TOUCH,
    RELEASE, { LCA_END },
};

static const struct lca_step freed[] = {
    LCA_ROUNDS(5, LCA_WANT_NO_NEW_HEAP,
               { LCA_LOGON }, { LCA_ADDREF }, { LCA_LOGOFF },
               { LCA_RELEASE }, { LCA_RELEASE }),
    { LCA_END },
};

#define IDENTITY { LCA_IDENTIFY, .want = LCA_WANT_SAME_VALUE }

/* Each IUnknown is held while the next is asked for. */
static const struct lca_step identity[] = {
    { LCA_LOGON }, IDENTITY, IDENTITY, { LCA_QUERY },
    { LCA_IDENTIFY, .via = true, .want = LCA_WANT_SAME_VALUE },
    { LCA_PROBE, .via = true, .want = LCA_WANT_ALIVE },
    { LCA_TIDY }, { LCA_LOGOFF }, { LCA_RELEASE_ALL }, { LCA_END },
};

static const struct lca_step unknown_iid[] = {
    { LCA_LOGON },
    { LCA_CALL, .method = LCA_IUnknown_QueryInterface,
      .iid = LCA_IID_RANDOM, .want = LCA_WANT_NO_INTERFACE },
    { LCA_LOGOFF },
    { LCA_RELEASE },
    { LCA_END },
};

/* No Logoff here: the session goes first, what it gave afterwards. */
static const struct lca_step child_survives[] = {
    { LCA_LOGON },
    { LCA_OPEN, .takes = OBJECT },
    { LCA_ASK, .takes = OBJECT },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_ASK, .takes = OBJECT, .want = LCA_WANT_SURVIVE },
    { LCA_DROP, .takes = OBJECT, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

static const struct lca_step counted[] = {
    { LCA_LOGON },
    { LCA_OPEN, .takes = OBJECT },
    { LCA_ASK, .takes = OBJECT },
    { LCA_OPEN, .slot = 1, .takes = OBJECT },
    { LCA_DROP, .slot = 1, .takes = OBJECT, .want = LCA_WANT_SURVIVE },
    { LCA_ASK, .takes = OBJECT, .want = LCA_WANT_SUCCEED },
    { LCA_DROP, .takes = OBJECT, .want = LCA_WANT_SURVIVE },
    { LCA_LOGOFF },
    { LCA_RELEASE },
    { LCA_END },
};

#define ALONE                                                               \
    { LCA_INITIALIZE }, { LCA_LOGON }, { LCA_LOGOFF }, { LCA_RELEASE },     \
    { LCA_UNINITIALIZE }

/* Of what is kept alive the memory is kept, too. */
static const struct lca_step no_circle[] = {
    ALONE, { LCA_LOOP, .back = 5, .times = 20 }, { LCA_CENSUS },
    ALONE, { LCA_LOOP, .back = 5, .times = 67 }, { LCA_CENSUS },
    LCA_ROUNDS(7, LCA_WANT_NO_CIRCLE,
               { LCA_INITIALIZE }, { LCA_LOGON },
               { LCA_OPEN, .takes = OBJECT }, { LCA_LOGOFF },
               { LCA_DROP, .takes = OBJECT }, { LCA_RELEASE },
               { LCA_UNINITIALIZE }),
    { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/references/not-consumed",
        .clause = "REF-001",
        .title  = "Logoff does not take the caller's reference",
        .axes   = kinds,
        .steps  = not_consumed,
    },
    {
        .id     = "session/references/extra",
        .clause = "REF-003",
        .title  = "the session is there until its last reference goes",
        .axes   = kinds,
        .steps  = extra,
    },
    {
        .id     = "session/references/freed",
        .clause = "REF-004",
        .title  = "the last Release after Logoff frees the session",
        .axes   = sessions,
        .steps  = freed,
    },
    {
        .id     = "session/references/identity",
        .clause = "REF-005",
        .title  = "QueryInterface gives one IUnknown and a working session",
        .need   = LCA_NEEDS_PROBES,
        .axes   = sessions,
        .steps  = identity,
    },
    {
        .id     = "session/references/unknown-iid",
        .clause = "REF-006",
        .title  = "an interface that is not there is E_NOINTERFACE",
        .axes   = sessions,
        .steps  = unknown_iid,
    },
    {
        .id     = "session/references/no-circle",
        .clause = "REF-008",
        .title  = "a session and what it opened do not keep each other",
        .axes   = each_object,
        .steps  = no_circle,
    },
    {
        .id     = "session/references/child-survives",
        .clause = "REF-009",
        .title  = "an object outlives the session's last Release unharmed",
        .axes   = objects,
        .steps  = child_survives,
    },
    {
        .id     = "session/references/counted",
        .clause = "REF-010",
        .title  = "releasing one of two opened objects leaves the other",
        .axes   = each_object,
        .steps  = counted,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_references = {
    "session/references", "reference counting and COM identity", cases,
};
