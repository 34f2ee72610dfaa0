/* session/after: after Logoff only Release succeeds. */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/mapi.h"

#define FLAGS  LCA_TAKES(LCA_SET_FLAGS)
#define METHOD LCA_TAKES(LCA_SET_METHOD)
#define RECIPE LCA_TAKES(LCA_SET_RECIPE)
#define TIMES  LCA_TAKES(LCA_SET_TIMES)


static const struct lca_axis kinds[] = {
    LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_axis methods[] = {
    LCA_AXIS_WALKED(method), LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_axis sessions[] = { LCA_AXIS(session), { 0 } };

static const struct lca_step release[] = {
    { LCA_LOGON },
    { LCA_LOGOFF },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

/* The steps of the calibration's dead trial, judged three times. */
#define DEAD(wish)                                                          \
    { LCA_LOGON }, { LCA_ADDREF }, { LCA_PREPARE }, { LCA_LOGOFF },         \
    { LCA_CALL, .want = wish, .takes = METHOD }, { LCA_TIDY },              \
    { LCA_RELEASE_ALL }, { LCA_END }

static const struct lca_step refused[] = { DEAD(LCA_WANT_REFUSE) };
static const struct lca_step coded[] = { DEAD(LCA_WANT_KNOWN_CODE) };
static const struct lca_step clean[] = { DEAD(LCA_WANT_CLEAN) };

static const struct lca_axis flag_pairs[] = {
    LCA_AXIS(flags), LCA_AXIS(flags2), LCA_AXIS(session), { 0 },
};

static const struct lca_step twice[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .takes = FLAGS },
    { LCA_LOGOFF, .want = LCA_WANT_INERT,
      .takes = LCA_TAKES(LCA_SET_FLAGS2) },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_axis widths[] = {
    LCA_AXIS_AS("flags", unicode), LCA_AXIS(session), { 0 },
};

static const struct lca_step last_error[] = {
    { LCA_LOGON },
    { LCA_LOGOFF },
    { LCA_CALL, .method = LCA_IMAPISession_GetLastError,
      .want = LCA_WANT_LAST_ERROR, .takes = FLAGS },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_axis iids[] = {
    LCA_AXIS(iid), LCA_AXIS(times), LCA_AXIS(session), { 0 },
};

static const struct lca_step query[] = {
    { LCA_LOGON },
    { LCA_LOGOFF },
    { LCA_CALL, .method = LCA_IUnknown_QueryInterface,
      .want = LCA_WANT_QUERIED, .takes = LCA_TAKES(LCA_SET_IID) | TIMES },
    { LCA_RELEASE },
    { LCA_END },
};

/* What QueryInterface gives after Logoff must not work either. */
static const struct lca_step query_dead[] = {
    { LCA_LOGON },
    { LCA_LOGOFF },
    { LCA_QUERY, .want = LCA_WANT_SURVIVE },
    { LCA_PROBE, .via = true, .want = LCA_WANT_DEAD },
    { LCA_RELEASE_ALL },
    { LCA_END },
};

static const struct lca_axis counts[] = {
    LCA_AXIS(times), LCA_AXIS(session), { 0 },
};

static const struct lca_step references[] = {
    { LCA_LOGON },
    { LCA_LOGOFF },
    { LCA_CALL, .method = LCA_IUnknown_AddRef, .want = LCA_WANT_SURVIVE,
      .takes = TIMES },
    { LCA_TOUCH, .want = LCA_WANT_INTACT },
    { LCA_CALL, .method = LCA_IUnknown_Release, .want = LCA_WANT_SURVIVE,
      .takes = TIMES },
    { LCA_TOUCH, .want = LCA_WANT_INTACT },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

static const struct lca_axis spoiled[] = {
    LCA_AXIS_WALKED(method), LCA_AXIS(recipe), LCA_AXIS(times), { 0 },
};

#define SPOILED { LCA_CALL, .want = LCA_WANT_NEVER,                         \
                  .takes = METHOD | RECIPE | TIMES }

static const struct lca_step hostile[] = {
    { LCA_LOGON }, { LCA_PREPARE }, { LCA_LOGOFF }, SPOILED, { LCA_TIDY },
    { LCA_RELEASE }, { LCA_END },
};

static const struct lca_step odd_logoff[] = {
    { LCA_LOGON },
    { LCA_LOGOFF },
    { LCA_LOGOFF, .flags = 0xFFFFFFFF, .reserved = 1,
      .want = LCA_WANT_INERT },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_axis walked[] = { LCA_AXIS_WALKED(method), { 0 } };

/* A rejected call, between two looks at the profile section. */
static const struct lca_step no_effect[] = {
    { LCA_LOGON },
    { LCA_READ_PROFILE },
    { LCA_PREPARE },
    { LCA_LOGOFF },
    { LCA_CALL, .want = LCA_WANT_REFUSE_INERT, .takes = METHOD },
    { LCA_TIDY },
    { LCA_RELEASE },
    { LCA_END },
};

/* What an earlier trial did to the profile is mended first. */
static const struct lca_step unharmed[] = {
    { LCA_LOGON }, { LCA_PREPARE },
    { LCA_CALL, .method = LCA_IMAPISession_SetDefaultStore,
      .want = LCA_WANT_OFFERED },
    { LCA_LOGOFF }, { LCA_RELEASE },
    { LCA_LOGON },
    { LCA_READ_PROFILE, .want = LCA_WANT_SAME_VALUE },
    { LCA_READ, .want = LCA_WANT_SAME_VALUE },
    { LCA_PREPARE },
    { LCA_LOGOFF },
    { LCA_CALL, .want = LCA_WANT_NEVER, .takes = METHOD },
    { LCA_TIDY },
    { LCA_RELEASE },
    { LCA_LOGON },
    { LCA_READ_PROFILE, .want = LCA_WANT_SAME_VALUE },
    { LCA_READ, .want = LCA_WANT_SAME_VALUE },
    { LCA_LOGOFF },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_step unadvise[] = {
    { LCA_LOGON },
    { LCA_PREPARE },
    { LCA_LOGOFF },
    { LCA_CALL, .method = LCA_IMAPISession_Unadvise,
      .want = LCA_WANT_SURVIVE, .takes = TIMES },
    { LCA_SINK, .want = LCA_WANT_BALANCED },
    { LCA_RELEASE },
    { LCA_SINK, .want = LCA_WANT_BALANCED },
    { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/after/release",
        .clause = "POST-001",
        .title  = "Release works after Logoff",
        .axes   = kinds,
        .steps  = release,
    },
    {
        .id     = "session/after/method",
        .clause = "POST-002",
        .title  = "a method that is called after Logoff fails",
        .need   = LCA_NEEDS_DEAD,
        .recorded = true,
        .axes   = methods,
        .steps  = refused,
    },
    {
        .id     = "session/after/code",
        .clause = "POST-003",
        .title  = "it fails with MAPI_E_INVALID_OBJECT or a near kin",
        .need   = LCA_NEEDS_DEAD,
        .recorded = true,
        .axes   = methods,
        .steps  = coded,
    },
    {
        .id     = "session/after/outputs",
        .clause = "POST-004",
        .title  = "it leaves its outputs alone or makes them NULL or 0",
        .need   = LCA_NEEDS_DEAD,
        .recorded = true,
        .axes   = methods,
        .steps  = clean,
    },
    {
        .id     = "session/after/second-logoff",
        .clause = "POST-005",
        .title  = "a second Logoff fails or does nothing",
        .axes   = flag_pairs,
        .steps  = twice,
    },
    {
        .id     = "session/after/last-error",
        .clause = "POST-006",
        .title  = "GetLastError fails, or gives nothing or a sound MAPIERROR",
        .axes   = widths,
        .steps  = last_error,
    },
    {
        .id     = "session/after/query",
        .clause = "POST-007",
        .title  = "QueryInterface fails cleanly or gives a counted pointer",
        .axes   = iids,
        .steps  = query,
    },
    {
        .id     = "session/after/query-dead",
        .clause = "POST-007",
        .title  = "what QueryInterface gives after Logoff does not work",
        .need   = LCA_NEEDS_PROBES,
        .axes   = sessions,
        .steps  = query_dead,
    },
    {
        .id     = "session/after/references",
        .clause = "POST-008",
        .title  = "AddRef and Release go on counting",
        .axes   = counts,
        .steps  = references,
    },
    {
        .id     = "session/after/hostile",
        .clause = "POST-009",
        .title  = "bad arguments after Logoff just fail",
        .need   = LCA_NEEDS_DEAD,
        .axes   = spoiled,
        .steps  = hostile,
    },
    {
        .id     = "session/after/odd-logoff",
        .clause = "POST-010",
        .title  = "odd arguments do not make a second Logoff work",
        .axes   = sessions,
        .steps  = odd_logoff,
    },
    {
        .id     = "session/after/no-effect",
        .clause = "POST-011",
        .title  = "a rejected call says nothing to the server",
        .need   = LCA_NEEDS_DEAD,
        .axes   = walked,
        .steps  = no_effect,
    },
    {
        .id     = "session/after/unharmed",
        .clause = "POST-011",
        .title  = "a rejected call leaves the profile as it was",
        .need   = LCA_NEEDS_DEAD,
        .axes   = walked,
        .steps  = unharmed,
    },
    {
        .id     = "session/after/unadvise",
        .clause = "POST-013",
        .title  = "Unadvise after Logoff does not release the sink again",
        .axes   = counts,
        .steps  = unadvise,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_after = {
    "session/after", "every call after Logoff", cases,
};
