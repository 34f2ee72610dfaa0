/*
 * session/walks: calls in any order, and what model.def has each answer
 *
 * A case judges the answers that are its clause's, in walks that it takes
 * from the model; where another clause's fail, it has nothing to say.
 */

#include "cases/axes.h"
#include "cases/catalogue.h"

static const struct lca_edge edges[] = {
#define X(place, move, want, clause, then, last)                            \
    { LCA_IN_##place, LCA_MOVE_##move, LCA_WANT_##want, clause,             \
      LCA_IN_##then, LCA_IN_##last },
#include "cases/model.def"
#undef X
};

const struct lca_machine lca_contract = { edges, sizeof edges / sizeof *edges };

static const struct lca_axis calls[] = {
    LCA_AXIS_AS("first", walk), LCA_AXIS_AS("second", walk),
    LCA_AXIS_AS("third", walk), LCA_AXIS_AS("fourth", walk), { 0 },
};

/* The walks themselves are the steps. */
static const struct lca_step none[] = { { LCA_END } };

static const struct lca_case cases[] = {
    {
        .id      = "session/walks/dead",
        .clause  = "POST-012",
        .title   = "after whatever calls, a session that was logged off "
                   "refuses",
        .need    = LCA_NEEDS_PROBES,
        .bare    = true,
        .machine = &lca_contract,
        .from    = LCA_IN_LOGGED_OFF,
        .cover   = 2,
        .axes    = calls,
        .steps   = none,
    },
    {
        .id      = "session/walks/again",
        .clause  = "SES-015",
        .title   = "after whatever calls, one that was released can be "
                   "logged on to again",
        .need    = LCA_NEEDS_PROBES,
        .bare    = true,
        .machine = &lca_contract,
        .axes    = calls,
        .steps   = none,
    },
    {
        .id      = "session/walks/uninitialized",
        .clause  = "PRO-002",
        .title   = "after whatever calls, a logon without MAPIInitialize is "
                   "told so",
        .need    = LCA_NEEDS_PROBES,
        .bare    = true,
        .machine = &lca_contract,
        .axes    = calls,
        .steps   = none,
    },
    {
        .id      = "session/walks/cycles",
        .clause  = "PRO-012",
        .title   = "after whatever calls, MAPI can be initialised again",
        .need    = LCA_NEEDS_PROBES,
        .bare    = true,
        .machine = &lca_contract,
        .axes    = calls,
        .steps   = none,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_walks = {
    "session/walks", "walks in the model of the contract", cases,
};
