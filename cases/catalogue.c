#include "cases/catalogue.h"

#include "cases/axes.h"

#include <string.h>

const struct lca_clause lca_clauses[LCA_CLAUSES] = {
#define X(id, level, text, source, observer, reason)                        \
    { id, LCA_##level, text, source, LCA_BY_##observer, reason },
#include "cases/clauses.def"
#undef X
};

const struct lca_chapter *const lca_chapters[] = {
    &lca_chapter_logoff, &lca_chapter_after, &lca_chapter_beside,
    &lca_chapter_sequence, &lca_chapter_walks, &lca_chapter_life,
    &lca_chapter_profiles,
    &lca_chapter_references, &lca_chapter_memory, &lca_chapter_left,
    &lca_chapter_objects,
    &lca_chapter_residue, &lca_chapter_locks, &lca_chapter_races,
    &lca_chapter_shared, &lca_chapter_peers, &lca_chapter_faults, NULL,
};

const struct lca_clause *lca_clause_find(const char *id)
{
    for (size_t i = 0; i < LCA_CLAUSES; i++)
        if (strcmp(lca_clauses[i].id, id) == 0)
            return &lca_clauses[i];
    return NULL;
}

const struct lca_case *lca_case_find(const char *id)
{
    for (const struct lca_chapter *const *chapter = lca_chapters; *chapter;
         chapter++)
        for (const struct lca_case *c = (*chapter)->cases; c->id; c++)
            if (strcmp(c->id, id) == 0)
                return c;
    return NULL;
}

static const struct lca_axis kinds[] = {
    LCA_AXIS(session), LCA_AXIS_AS("init", any_init), { 0 },
};

static const struct lca_axis methods[] = {
    LCA_AXIS_AS("method", every), LCA_AXIS(session),
    LCA_AXIS_AS("init", any_init), { 0 },
};

static const struct lca_step plain[] = {
    { LCA_LOGON }, { LCA_LOGOFF }, { LCA_RELEASE }, { LCA_END },
};

/* A reference that Logoff took is missed when the first Release is made. */
static const struct lca_step reference[] = {
    { LCA_LOGON }, { LCA_ADDREF }, { LCA_LOGOFF }, { LCA_RELEASE },
    { LCA_TOUCH, .want = LCA_WANT_INTACT }, { LCA_RELEASE }, { LCA_END },
};

#define CALL { LCA_CALL, .takes = LCA_TAKES(LCA_SET_METHOD),                \
               .want = LCA_WANT_SURVIVE }

static const struct lca_step live[] = {
    { LCA_LOGON }, { LCA_ADDREF }, { LCA_PREPARE }, CALL, { LCA_TIDY },
    { LCA_LOGOFF }, { LCA_RELEASE_ALL }, { LCA_END },
};

/* The extra reference keeps REF-001 out of what is asked here. */
static const struct lca_step dead[] = {
    { LCA_LOGON }, { LCA_ADDREF }, { LCA_PREPARE }, { LCA_LOGOFF }, CALL,
    { LCA_TIDY }, { LCA_RELEASE_ALL }, { LCA_END },
};

#define PROBES { LCA_PROBE, .want = LCA_WANT_SURVIVE }

static const struct lca_step live_probes[] = {
    { LCA_LOGON }, PROBES, PROBES, { LCA_TIDY }, { LCA_LOGOFF },
    { LCA_RELEASE }, { LCA_END },
};

static const struct lca_step dead_probes[] = {
    { LCA_LOGON }, { LCA_LOGOFF }, PROBES, PROBES, { LCA_TIDY },
    { LCA_RELEASE }, { LCA_END },
};

const struct lca_case lca_plain_trial = {
    .id = "calibration/plain", .steps = plain, .axes = kinds,
};
const struct lca_case lca_reference_trial = {
    .id = "calibration/reference", .steps = reference, .axes = kinds,
};
const struct lca_case lca_live_trial = {
    .id = "calibration/live", .steps = live, .axes = methods,
};
const struct lca_case lca_dead_trial = {
    .id = "calibration/dead", .steps = dead, .axes = methods,
};
const struct lca_case lca_live_probes_trial = {
    .id = "calibration/live-probes", .steps = live_probes, .axes = kinds,
};
const struct lca_case lca_dead_probes_trial = {
    .id = "calibration/dead-probes", .steps = dead_probes, .axes = kinds,
};
