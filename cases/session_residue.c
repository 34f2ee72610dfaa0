/* session/residue: what a process keeps after its last session. */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "cases/rounds.h"

static const struct lca_axis kinds[] = {
    LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

#define CYCLE                                                               \
    { LCA_INITIALIZE }, { LCA_LOGON }, { LCA_READ, .want = LCA_WANT_OFFERED },\
    { LCA_LOGOFF }, { LCA_RELEASE }, { LCA_UNINITIALIZE }

static const struct lca_step descriptors[] = {
    LCA_ROUNDS(6, LCA_WANT_NO_NEW_FDS, CYCLE), { LCA_END },
};

/* Numbers that the subject gave back are taken at once, by its caller. */
#define OWN { LCA_OWN }, { LCA_CENSUS, .want = LCA_WANT_OWN_FDS }

static const struct lca_step foreign[] = {
    { LCA_INITIALIZE }, { LCA_LOGON }, OWN, { LCA_LOGOFF }, OWN,
    { LCA_RELEASE }, OWN, { LCA_UNINITIALIZE }, OWN,
    { LCA_END },
};

static const struct lca_step threads[] = {
    LCA_ROUNDS(6, LCA_WANT_NO_NEW_THREADS, CYCLE), { LCA_END },
};

static const struct lca_step heap[] = {
    LCA_ROUNDS(6, LCA_WANT_NO_NEW_HEAP, CYCLE), { LCA_END },
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
    { 0 },
};

const struct lca_chapter lca_chapter_residue = {
    "session/residue", "what a process keeps after its last session", cases,
};
