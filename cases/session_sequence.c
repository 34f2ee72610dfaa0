/* session/sequence: the dead state lasts, however often a call is made. */

#include "cases/axes.h"
#include "cases/catalogue.h"

#define METHOD LCA_TAKES(LCA_SET_METHOD)

static const struct lca_axis methods[] = {
    LCA_AXIS_WALKED(method), LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

/* Of which smoke takes one: it takes all of those above. */
static const struct lca_axis any_method[] = {
    LCA_AXIS(method), LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

#define THOUSAND { LCA_CALL, .times = 1000, .want = LCA_WANT_NEVER,         \
                   .takes = METHOD }

static const struct lca_step thousand[] = {
    { LCA_LOGON }, { LCA_PREPARE }, { LCA_LOGOFF }, THOUSAND, { LCA_TIDY },
    { LCA_RELEASE }, { LCA_END },
};

static const struct lca_step thousand_second[] = {
    { LCA_LOGON },
    { LCA_LOGON, .session = 1 },
    { LCA_PREPARE },
    { LCA_LOGOFF },
    THOUSAND,
    { LCA_TIDY },
    { LCA_RELEASE },
    { LCA_LOGOFF, .session = 1 },
    { LCA_RELEASE, .session = 1 },
    { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/sequence/thousand",
        .clause = "POST-012",
        .title  = "a thousand calls after Logoff fail a thousand times",
        .need   = LCA_NEEDS_DEAD,
        .axes   = methods,
        .steps  = thousand,
    },
    {
        .id     = "session/sequence/thousand-second",
        .clause = "POST-012",
        .title  = "they fail while another session lives",
        .need   = LCA_NEEDS_DEAD,
        .axes   = any_method,
        .steps  = thousand_second,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_sequence = {
    "session/sequence", "sequences of calls after Logoff", cases,
};
