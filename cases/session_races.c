/*
 * session/races: calls of several threads that meet Logoff.
 *
 * Each thread that uses MAPI initialises it (THR-002). What is played
 * together begins at once; the next step waits for all of it.
 */

#include "cases/axes.h"
#include "cases/catalogue.h"

#define METHOD   LCA_TAKES(LCA_SET_METHOD)
#define ON(n)    .actor = n
#define AT_ONCE  .together = true, .want = LCA_WANT_SURVIVE
#define COMES(n) { LCA_INITIALIZE, ON(n) }
#define GOES(n)  { LCA_UNINITIALIZE, ON(n) }

static const struct lca_axis inits[] = { LCA_AXIS(init), { 0 } };

static const struct lca_axis methods[] = {
    LCA_AXIS(method), LCA_AXIS(init), { 0 },
};

#define LOGOFF_TOO(n) { LCA_LOGOFF, ON(n), .together = true,                \
                        .want = LCA_WANT_ONE_SUCCEEDS }

static const struct lca_step two[] = {
    { LCA_LOGON },
    COMES(1),
    LOGOFF_TOO(0), LOGOFF_TOO(1),
    { LCA_PROBE, .want = LCA_WANT_GONE },
    GOES(1),
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

static const struct lca_step four[] = {
    { LCA_LOGON },
    COMES(1), COMES(2), COMES(3),
    LOGOFF_TOO(0), LOGOFF_TOO(1), LOGOFF_TOO(2), LOGOFF_TOO(3),
    { LCA_PROBE, .want = LCA_WANT_GONE },
    GOES(3), GOES(2), GOES(1),
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

static const struct lca_step method[] = {
    { LCA_LOGON },
    COMES(1),
    { LCA_LOGOFF, AT_ONCE },
    { LCA_CALL, ON(1), AT_ONCE, .takes = METHOD },
    { LCA_PROBE, .want = LCA_WANT_GONE },
    GOES(1),
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

/* References of another pointer come and go; the last is still the client's. */
static const struct lca_step release[] = {
    { LCA_LOGON }, { LCA_ADDREF },
    COMES(1),
    { LCA_LOGOFF, AT_ONCE },
    { LCA_RELEASE, ON(1), AT_ONCE },
    { LCA_TOUCH, .want = LCA_WANT_INTACT },
    { LCA_PROBE, .want = LCA_WANT_GONE },
    { LCA_TIDY },
    GOES(1),
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

#define COUNT LCA_CALL, .times = 100, .want = LCA_WANT_SURVIVE

static const struct lca_step counted[] = {
    { LCA_LOGON },
    COMES(1),
    { LCA_LOGOFF, AT_ONCE },
    { COUNT, .method = LCA_IUnknown_AddRef, ON(1), .together = true },
    { COUNT, .method = LCA_IUnknown_Release, ON(1) },
    { LCA_TOUCH, .want = LCA_WANT_INTACT },
    GOES(1),
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

static const struct lca_step neighbour[] = {
    { LCA_LOGON },
    COMES(1),
    { LCA_LOGOFF, AT_ONCE },
    { LCA_LOGON, .session = 1, ON(1), AT_ONCE },
    { LCA_LOGOFF, .session = 1, ON(1), AT_ONCE },
    { LCA_RELEASE, .session = 1, ON(1), AT_ONCE },
    { LCA_PROBE, .want = LCA_WANT_GONE },
    { LCA_TIDY },
    GOES(1),
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

/* Each session goes on to its end. */
static const struct lca_step sessions[] = {
    { LCA_LOGON }, { LCA_LOGON, .session = 1 },
    COMES(1),
    { LCA_LOGOFF, AT_ONCE },
    { LCA_RELEASE, AT_ONCE },
    { LCA_LOGOFF, .session = 1, ON(1), AT_ONCE },
    { LCA_RELEASE, .session = 1, ON(1), AT_ONCE },
    GOES(1),
    { LCA_END },
};

static const struct lca_step releases[] = {
    { LCA_LOGON }, { LCA_ADDREF },
    COMES(1),
    { LCA_LOGOFF },
    { LCA_RELEASE, AT_ONCE },
    { LCA_RELEASE, ON(1), AT_ONCE },
    GOES(1),
    { LCA_END },
};

/* While another thread goes through a session of its own. */
static const struct lca_step last_release[] = {
    { LCA_LOGON },
    COMES(1),
    { LCA_LOGOFF },
    { LCA_RELEASE, ON(1), AT_ONCE },
    { LCA_LOGON, .session = 1, AT_ONCE },
    { LCA_LOGOFF, .session = 1, AT_ONCE },
    { LCA_RELEASE, .session = 1, .want = LCA_WANT_SURVIVE },
    GOES(1),
    { LCA_END },
};

/* MAPI stays initialised, by the thread that did so first. */
static const struct lca_step ended_thread[] = {
    COMES(1),
    { LCA_LOGON, ON(1) },
    GOES(1),
    { LCA_LEAVE, ON(1) },
    { LCA_LOGOFF, .want = LCA_WANT_SUCCEED },
    { LCA_PROBE, .want = LCA_WANT_DECIDED },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

/* What is not to be had, a notification say, is left out. */
static const struct lca_step inside[] = {
    { LCA_LOGON },
    { LCA_LISTEN },
    { LCA_END_INSIDE, .want = LCA_WANT_SURVIVE },
    { LCA_PROBE, .want = LCA_WANT_GONE },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

/* Of a thread of the subject's own, on which OnNotify is called. */
static const struct lca_value threaded[] = { { "multi", LCA_INIT_MULTI } };
static const struct lca_axis other_thread[] = {
    { "init", LCA_SET_INIT, threaded, 1 }, { 0 },
};

static const struct lca_step outside[] = {
    { LCA_LOGON },
    { LCA_LISTEN },
    { LCA_STAY_INSIDE, .method = LCA_IMAPISession_GetStatusTable,
      .want = LCA_WANT_SURVIVE },
    { LCA_LOGOFF, .want = LCA_WANT_SURVIVE },
    { LCA_OUTSIDE, .want = LCA_WANT_HELD },
    { LCA_PROBE, .want = LCA_WANT_GONE },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

/* Unadvise does not wait for OnNotify, or does; the sink is held. */
static const struct lca_step unadvise[] = {
    { LCA_LOGON },
    { LCA_LISTEN },
    { LCA_STAY_INSIDE, .want = LCA_WANT_SURVIVE },
    { LCA_CALL, .method = LCA_IMAPISession_Unadvise,
      .want = LCA_WANT_SURVIVE },
    { LCA_OUTSIDE, .want = LCA_WANT_HELD },
    { LCA_LOGOFF, .want = LCA_WANT_SURVIVE },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

/* And the session is gone when OnNotify returns. */
static const struct lca_step gone[] = {
    { LCA_LOGON },
    { LCA_LISTEN },
    { LCA_STAY_INSIDE, .want = LCA_WANT_SURVIVE },
    { LCA_LOGOFF, .want = LCA_WANT_SURVIVE },
    { LCA_TIDY },
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_OUTSIDE, .want = LCA_WANT_HELD },
    { LCA_UNINITIALIZE, .want = LCA_WANT_SURVIVE },
    { LCA_INITIALIZE },
    { LCA_END },
};

#define STIR     { LCA_STIR }
#define STIR_BY(n) { LCA_STIR, ON(n), .flags = 1 }

/*
 * Whichever thread causes it. What was not delivered when Logoff is called
 * may be so inside it.
 */
static const struct lca_step own_thread[] = {
    { LCA_LOGON },
    { LCA_BIND }, { LCA_LISTEN },
    COMES(1),
    STIR_BY(1), STIR, STIR_BY(1), STIR_BY(0),
    { LCA_LOGOFF, .want = LCA_WANT_SURVIVE },
    { LCA_BOUND, .want = LCA_WANT_OWN_THREAD },
    GOES(1),
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/races/two-logoffs",
        .clause = "THR-003",
        .title  = "two Logoffs at once both return, and one succeeds",
        .need   = LCA_NEEDS_PROBES,
        .raced  = true,
        .axes   = inits,
        .steps  = two,
    },
    {
        .id     = "session/races/four-logoffs",
        .clause = "THR-003",
        .title  = "so do four",
        .need   = LCA_NEEDS_PROBES,
        .raced  = true,
        .axes   = inits,
        .steps  = four,
    },
    {
        .id     = "session/races/method",
        .clause = "THR-004",
        .title  = "a method beside Logoff works or fails, and harms nothing",
        .need   = LCA_NEEDS_PROBES,
        .raced  = true,
        .axes   = methods,
        .steps  = method,
    },
    {
        .id     = "session/races/release",
        .clause = "THR-004",
        .title  = "Release of another reference may come beside Logoff",
        .need   = LCA_NEEDS_PROBES,
        .raced  = true,
        .axes   = inits,
        .steps  = release,
    },
    {
        .id     = "session/races/counted",
        .clause = "THR-012",
        .title  = "references taken beside Logoff are counted",
        .raced  = true,
        .axes   = inits,
        .steps  = counted,
    },
    {
        .id     = "session/races/neighbour",
        .clause = "THR-004",
        .title  = "another session may come and go beside Logoff",
        .need   = LCA_NEEDS_PROBES,
        .raced  = true,
        .axes   = inits,
        .steps  = neighbour,
    },
    {
        .id     = "session/races/sessions",
        .clause = "THR-004",
        .title  = "two sessions may end at once",
        .raced  = true,
        .axes   = inits,
        .steps  = sessions,
    },
    {
        .id     = "session/races/releases",
        .clause = "THR-009",
        .title  = "either of two threads may make the last Release",
        .raced  = true,
        .axes   = inits,
        .steps  = releases,
    },
    {
        .id     = "session/races/last-release",
        .clause = "THR-009",
        .title  = "the last Release may come beside another logon",
        .raced  = true,
        .axes   = inits,
        .steps  = last_release,
    },
    {
        .id     = "session/races/inside",
        .clause = "THR-006",
        .title  = "Logoff inside OnNotify returns",
        .need   = LCA_NEEDS_PROBES,
        .axes   = inits,
        .steps  = inside,
    },
    {
        .id     = "session/races/outside",
        .clause = "THR-007",
        .title  = "Logoff while another thread is in OnNotify harms neither",
        .need   = LCA_NEEDS_PROBES,
        .axes   = other_thread,
        .steps  = outside,
    },
    {
        .id     = "session/races/gone",
        .clause = "THR-007",
        .title  = "nor does the last Release",
        .axes   = other_thread,
        .steps  = gone,
    },
    {
        .id     = "session/races/unadvise",
        .clause = "OBJ-016",
        .title  = "a sink is kept while OnNotify runs, Unadvise or not",
        .axes   = other_thread,
        .steps  = unadvise,
    },
    {
        .id     = "session/races/own-thread",
        .clause = "THR-010",
        .title  = "a sink that is bound to a thread is called on no other",
        .axes   = inits,
        .steps  = own_thread,
    },
    {
        .id     = "session/races/ended-thread",
        .clause = "THR-001",
        .title  = "the thread that logged on may end before Logoff",
        .need   = LCA_NEEDS_PROBES,
        .axes   = inits,
        .steps  = ended_thread,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_races = {
    "session/races", "calls of several threads that meet Logoff", cases,
};
