/* session/beside: after Logoff, through another pointer, beside a session. */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/mapi.h"

#define FLAGS  LCA_TAKES(LCA_SET_FLAGS)
#define METHOD LCA_TAKES(LCA_SET_METHOD)
#define RECIPE LCA_TAKES(LCA_SET_RECIPE)
#define TIMES  LCA_TAKES(LCA_SET_TIMES)

#define NEIGHBOUR      { LCA_LOGON, .session = 1 }
#define NEIGHBOUR_ENDS { LCA_LOGOFF, .session = 1 },                        \
                       { LCA_RELEASE, .session = 1 }

static const struct lca_axis iids[] = {
    LCA_AXIS(iid), LCA_AXIS(times), LCA_AXIS(session), { 0 },
};

static const struct lca_axis counts[] = {
    LCA_AXIS(times), LCA_AXIS(session), { 0 },
};

static const struct lca_axis spoiled[] = {
    LCA_AXIS_WALKED(method), LCA_AXIS(recipe), LCA_AXIS(times), { 0 },
};

/* Of which smoke takes one: it takes all of those above. */
static const struct lca_axis spoiled_alias[] = {
    LCA_AXIS(method), LCA_AXIS(recipe), LCA_AXIS(times), { 0 },
};

/*
 * The others of the 22 methods, asked through a queried pointer while
 * another session lives.
 */
#define BESIDE_BEGINS                                                       \
    { LCA_LOGON }, NEIGHBOUR, { LCA_QUERY }, { LCA_LOGOFF }
#define BESIDE_ENDS { LCA_RELEASE_ALL }, NEIGHBOUR_ENDS, { LCA_END }

static const struct lca_step last_error_beside[] = {
    BESIDE_BEGINS,
    { LCA_CALL, .method = LCA_IMAPISession_GetLastError, .via = true,
      .want = LCA_WANT_LAST_ERROR, .takes = FLAGS | TIMES },
    BESIDE_ENDS,
};

static const struct lca_step query_beside[] = {
    BESIDE_BEGINS,
    { LCA_CALL, .method = LCA_IUnknown_QueryInterface, .via = true,
      .want = LCA_WANT_QUERIED, .takes = LCA_TAKES(LCA_SET_IID) | TIMES },
    BESIDE_ENDS,
};

static const struct lca_step references_beside[] = {
    BESIDE_BEGINS,
    { LCA_CALL, .method = LCA_IUnknown_AddRef, .via = true,
      .want = LCA_WANT_SURVIVE, .takes = TIMES },
    { LCA_TOUCH, .want = LCA_WANT_INTACT },
    { LCA_CALL, .method = LCA_IUnknown_Release, .via = true,
      .want = LCA_WANT_SURVIVE, .takes = TIMES },
    { LCA_TOUCH, .want = LCA_WANT_INTACT },
    BESIDE_ENDS,
};

static const struct lca_step logoff_beside[] = {
    BESIDE_BEGINS,
    { LCA_CALL, .method = LCA_IMAPISession_Logoff, .via = true,
      .want = LCA_WANT_INERT, .takes = TIMES },
    BESIDE_ENDS,
};

static const struct lca_axis errors_beside[] = {
    LCA_AXIS_AS("flags", unicode), LCA_AXIS(times), { 0 },
};

/* That they refuse is asked by POST-012 and POST-014: here, no fault. */
static const struct lca_step hostile_second[] = {
    { LCA_LOGON }, NEIGHBOUR, { LCA_PREPARE }, { LCA_LOGOFF },
    { LCA_CALL, .want = LCA_WANT_SURVIVE, .takes = METHOD | RECIPE | TIMES },
    { LCA_TIDY }, { LCA_RELEASE }, NEIGHBOUR_ENDS, { LCA_END },
};

static const struct lca_step hostile_alias[] = {
    { LCA_LOGON }, { LCA_QUERY }, { LCA_PREPARE }, { LCA_LOGOFF },
    { LCA_CALL, .via = true, .want = LCA_WANT_SURVIVE,
      .takes = METHOD | RECIPE | TIMES },
    { LCA_TIDY }, { LCA_RELEASE_ALL }, { LCA_END },
};

static const struct lca_axis aliases[] = {
    LCA_AXIS_WALKED(method), LCA_AXIS(times), LCA_AXIS(session), { 0 },
};

static const struct lca_step alias[] = {
    { LCA_LOGON }, { LCA_QUERY }, { LCA_PREPARE }, { LCA_LOGOFF },
    { LCA_CALL, .via = true, .want = LCA_WANT_NEVER,
      .takes = METHOD | TIMES },
    { LCA_TIDY }, { LCA_RELEASE_ALL }, { LCA_END },
};

static const struct lca_step alias_logoff[] = {
    { LCA_LOGON }, { LCA_QUERY }, { LCA_PREPARE }, { LCA_LOGOFF, .via = true },
    { LCA_CALL, .want = LCA_WANT_NEVER, .takes = METHOD | TIMES },
    { LCA_TIDY }, { LCA_RELEASE_ALL }, { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/beside/last-error",
        .clause = "POST-006",
        .title  = "GetLastError does so while another session lives",
        .axes   = errors_beside,
        .steps  = last_error_beside,
    },
    {
        .id     = "session/beside/query",
        .clause = "POST-007",
        .title  = "QueryInterface does so while another session lives",
        .axes   = iids,
        .steps  = query_beside,
    },
    {
        .id     = "session/beside/references",
        .clause = "POST-008",
        .title  = "AddRef and Release count while another session lives",
        .axes   = counts,
        .steps  = references_beside,
    },
    {
        .id     = "session/beside/logoff",
        .clause = "POST-005",
        .title  = "a second Logoff is inert while another session lives",
        .axes   = counts,
        .steps  = logoff_beside,
    },
    {
        .id     = "session/beside/hostile",
        .clause = "POST-009",
        .title  = "bad arguments just fail while another session lives",
        .need   = LCA_NEEDS_DEAD,
        .axes   = spoiled,
        .steps  = hostile_second,
    },
    {
        .id     = "session/beside/hostile-alias",
        .clause = "POST-009",
        .title  = "bad arguments just fail through a queried pointer",
        .need   = LCA_NEEDS_DEAD,
        .axes   = spoiled_alias,
        .steps  = hostile_alias,
    },
    {
        .id     = "session/beside/alias",
        .clause = "POST-014",
        .title  = "a pointer queried before Logoff is dead too",
        .need   = LCA_NEEDS_DEAD,
        .axes   = aliases,
        .steps  = alias,
    },
    {
        .id     = "session/beside/alias-logoff",
        .clause = "POST-014",
        .title  = "Logoff through a queried pointer ends the session",
        .need   = LCA_NEEDS_DEAD,
        .axes   = aliases,
        .steps  = alias_logoff,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_beside = {
    "session/beside", "calls after Logoff by another way", cases,
};
