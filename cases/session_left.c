/* session/left: what the client leaves open over Logoff. */

#include "cases/axes.h"
#include "cases/catalogue.h"

#define OBJECT LCA_TAKES(LCA_SET_OBJECT)

static const struct lca_axis objects[] = { LCA_AXIS(object), { 0 } };
static const struct lca_axis sessions[] = { LCA_AXIS(session), { 0 } };

#define OPEN  { LCA_OPEN, .takes = OBJECT, .want = LCA_WANT_OFFERED }
#define HOLD  { LCA_GRASP, .takes = OBJECT, .want = LCA_WANT_SURVIVE }
#define DROP  { LCA_DROP, .takes = OBJECT, .want = LCA_WANT_SURVIVE }
#define LEAVE { LCA_RELEASE, .want = LCA_WANT_SURVIVE }

static const struct lca_step before_session[] = {
    { LCA_LOGON }, OPEN, { LCA_LOGOFF }, HOLD, DROP, DROP, LEAVE, { LCA_END },
};

static const struct lca_step after_session[] = {
    { LCA_LOGON }, OPEN, { LCA_LOGOFF }, LEAVE, HOLD, DROP, DROP, { LCA_END },
};

#define CALL(name) { LCA_CALL, .method = LCA_IMAPISession_##name }
#define BALANCED   { LCA_SINK, .want = LCA_WANT_BALANCED }

static const struct lca_step unadvised[] = {
    { LCA_LOGON }, { LCA_PREPARE }, CALL(Unadvise), BALANCED, { LCA_LOGOFF },
    BALANCED, { LCA_RELEASE }, BALANCED, { LCA_END },
};

static const struct lca_step advised[] = {
    { LCA_LOGON }, { LCA_PREPARE }, CALL(Advise), { LCA_LOGOFF }, BALANCED,
    { LCA_RELEASE }, BALANCED, { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/left/before-session",
        .clause = "OBJ-005",
        .title  = "an object is released after Logoff, then the session",
        .axes   = objects,
        .steps  = before_session,
    },
    {
        .id     = "session/left/after-session",
        .clause = "OBJ-005",
        .title  = "an object is released after its session",
        .axes   = objects,
        .steps  = after_session,
    },
    {
        .id     = "session/left/unadvised",
        .clause = "OBJ-015",
        .title  = "a sink is given back once: by Unadvise, not by Logoff",
        .axes   = sessions,
        .steps  = unadvised,
    },
    {
        .id     = "session/left/advised",
        .clause = "OBJ-015",
        .title  = "a sink is given back once: by Logoff, or by Release",
        .axes   = sessions,
        .steps  = advised,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_left = {
    "session/left", "what is left open over Logoff", cases,
};
