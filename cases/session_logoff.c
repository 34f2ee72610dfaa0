/* session/logoff: every combination of arguments, and what it does. */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/mapi.h"

#define FLAGS    LCA_TAKES(LCA_SET_FLAGS)
#define RESERVED LCA_TAKES(LCA_SET_RESERVED)
#define PARENT   LCA_TAKES(LCA_SET_UI)
#define ANY_WAY  (FLAGS | RESERVED | PARENT)

/* A session that a refused Logoff left alive is logged off properly. */
#define LOGOFF_IF_REFUSED { LCA_LOGOFF, .if_refused = true,                 \
                            .want = LCA_WANT_SURVIVE }
/* One that is alive can also be logged off. */
#define ALIVE_TO_LOGOFF { LCA_LOGOFF, .if_refused = true,                   \
                          .want = LCA_WANT_SUCCEED }

static const struct lca_axis kinds[] = {
    LCA_AXIS(session), LCA_AXIS_AS("init", any_init), { 0 },
};

static const struct lca_axis sessions[] = { LCA_AXIS(session), { 0 } };

static const struct lca_step plain[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_SUCCEED },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_step exact[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_EXACT },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_axis parents[] = {
    LCA_AXIS_AS("flags", no_ui), LCA_AXIS_AS("parent", no_window),
    LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

/* First with a ulUIParam of zero, then with another. */
static const struct lca_step parent[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_SAME_CODE, .takes = FLAGS },
    LOGOFF_IF_REFUSED,
    { LCA_RELEASE },
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_SAME_CODE, .takes = FLAGS | PARENT },
    LOGOFF_IF_REFUSED,
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_axis legal[] = {
    LCA_AXIS(flags), LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_step defined[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_SUCCEED, .takes = FLAGS },
    { LCA_PROBE, .want = LCA_WANT_DECIDED },
    LOGOFF_IF_REFUSED,
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_axis illegal[] = {
    LCA_AXIS_AS("flags", undefined), LCA_AXIS(parent), LCA_AXIS(session),
    LCA_AXIS(init), { 0 },
};

static const struct lca_axis reserves[] = {
    LCA_AXIS_AS("flags", any), LCA_AXIS(reserved), LCA_AXIS(parent),
    LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_axis windows[] = {
    LCA_AXIS_AS("flags", with_ui), LCA_AXIS_AS("parent", no_window),
    LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

/* Refused and alive, or S_OK and dead: the pages leave both open. */
static const struct lca_step either[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_EITHER, .takes = ANY_WAY },
    { LCA_PROBE, .want = LCA_WANT_DECIDED },
    ALIVE_TO_LOGOFF,
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_axis quietly[] = {
    LCA_AXIS(flags), LCA_AXIS(reserved), LCA_AXIS(session), LCA_AXIS(init),
    { 0 },
};

/* The sink that Unadvise needs is what would hear of it. */
static const struct lca_step refused_quietly[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_REFUSAL, .takes = FLAGS | RESERVED },
    { LCA_SINK, .want = LCA_WANT_QUIET, .if_refused = true },
    { LCA_PROBE, .want = LCA_WANT_ALIVE, .if_refused = true },
    { LCA_CALL, .method = LCA_IMAPISession_Unadvise, .if_refused = true,
      .want = LCA_WANT_SURVIVE },
    ALIVE_TO_LOGOFF,
    { LCA_RELEASE },
    { LCA_END },
};

#define ROUND(f, r)                                                         \
    { LCA_LOGON },                                                          \
    { LCA_LOGOFF, .want = LCA_WANT_SAME_CHOICE, .flags = f, .reserved = r },\
    LOGOFF_IF_REFUSED,                                                      \
    { LCA_RELEASE }
#define ROUNDS(f) ROUND(f, 1), ROUND(f, 0x80000000), ROUND(f, 0xFFFFFFFF)

static const struct lca_step one_choice[] = {
    ROUNDS(0),
    ROUNDS(MAPI_LOGOFF_SHARED),
    ROUNDS(MAPI_LOGOFF_UI),
    ROUNDS(MAPI_LOGOFF_SHARED | MAPI_LOGOFF_UI),
    { LCA_END },
};

static const struct lca_axis silent[] = {
    LCA_AXIS_AS("flags", no_ui), LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

#define OFFER { LCA_OFFER, .want = LCA_WANT_OFFERED }

static const struct lca_step no_display[] = {
    OFFER,
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_NO_DISPLAY, .takes = FLAGS },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_axis with_ui[] = {
    LCA_AXIS_AS("flags", with_ui), { 0 },
};

/* A service says so twice: when it begins, and when it logs on. */
static const struct lca_step service[] = {
    { LCA_INITIALIZE, .init = LCA_INIT_SERVICE },
    OFFER,
    { LCA_LOGON, .kind = LCA_SERVICE, .want = LCA_WANT_GRANTED },
    { LCA_LOGOFF, .want = LCA_WANT_NO_DISPLAY, .takes = FLAGS },
    LOGOFF_IF_REFUSED,
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE },
    { LCA_UNINITIALIZE },
    { LCA_END },
};

static const struct lca_axis headlessly[] = {
    LCA_AXIS_AS("flags", with_ui), LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_step headless[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_SURVIVE, .takes = FLAGS },
    LOGOFF_IF_REFUSED,
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_step no_parent[] = {
    { LCA_LOGON },
    { LCA_LOGOFF, .want = LCA_WANT_SUCCEED, .takes = FLAGS },
    LOGOFF_IF_REFUSED,
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/logoff/plain",
        .clause = "SES-001",
        .title  = "Logoff, then Release, ends the session",
        .axes   = kinds,
        .steps  = plain,
    },
    {
        .id     = "session/logoff/exact",
        .clause = "SES-002",
        .title  = "a Logoff that works answers S_OK and nothing else",
        .axes   = sessions,
        .steps  = exact,
    },
    {
        .id     = "session/logoff/parent",
        .clause = "SES-003",
        .title  = "without MAPI_LOGOFF_UI nobody looks at ulUIParam",
        .axes   = parents,
        .steps  = parent,
    },
    {
        .id     = "session/logoff/defined",
        .clause = "SES-004",
        .title  = "all four values of the two defined flags are accepted",
        .need   = LCA_NEEDS_PROBES,
        .axes   = legal,
        .steps  = defined,
    },
    {
        .id     = "session/logoff/undefined",
        .clause = "SES-005",
        .title  = "an undefined flag is refused or ignored, nothing between",
        .need   = LCA_NEEDS_PROBES,
        .axes   = illegal,
        .steps  = either,
    },
    {
        .id     = "session/logoff/zero",
        .clause = "RES-001",
        .title  = "ulReserved of zero is accepted with every flag",
        .axes   = legal,
        .steps  = no_parent,
    },
    {
        .id     = "session/logoff/reserved",
        .clause = "RES-002",
        .title  = "a ulReserved other than zero is refused or ignored",
        .need   = LCA_NEEDS_PROBES,
        .axes   = reserves,
        .steps  = either,
    },
    {
        .id     = "session/logoff/one-choice",
        .clause = "RES-003",
        .title  = "every ulReserved other than zero meets the same answer",
        .axes   = sessions,
        .steps  = one_choice,
    },
    {
        .id     = "session/logoff/refused-quietly",
        .clause = "RES-004",
        .title  = "a refused Logoff ended nothing and told nobody",
        .need   = LCA_NEEDS_PROBES,
        .axes   = quietly,
        .steps  = refused_quietly,
    },
    {
        .id     = "session/logoff/no-display",
        .clause = "UI-001",
        .title  = "no display is reached without MAPI_LOGOFF_UI",
        .axes   = silent,
        .steps  = no_display,
    },
    {
        .id     = "session/logoff/service",
        .clause = "UI-008",
        .title  = "nor with it, where the session is a service's",
        .bare   = true,
        .axes   = with_ui,
        .steps  = service,
    },
    {
        .id     = "session/logoff/headless",
        .clause = "UI-003",
        .title  = "MAPI_LOGOFF_UI without a display neither blocks nor kills",
        .axes   = headlessly,
        .steps  = headless,
    },
    {
        .id     = "session/logoff/no-parent",
        .clause = "UI-005",
        .title  = "MAPI_LOGOFF_UI is accepted without a parent window",
        .axes   = headlessly,
        .steps  = no_parent,
    },
    {
        .id     = "session/logoff/stale-parent",
        .clause = "UI-006",
        .title  = "MAPI_LOGOFF_UI with a window that is none does no harm",
        .need   = LCA_NEEDS_PROBES,
        .axes   = windows,
        .steps  = either,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_logoff = {
    "session/logoff", "Logoff with every combination of arguments", cases,
};
