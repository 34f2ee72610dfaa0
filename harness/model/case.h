/*
 * case: what a case is made of. Cases are constants; nothing here is freed.
 *
 * MAPIInitialize before the first step and MAPIUninitialize after the last
 * go without saying, in each process that steps name, unless the case is
 * `bare`.
 */

#ifndef LCA_CASE_H
#define LCA_CASE_H

#include "harness/model/matrix.h"
#include "harness/model/complaint.h"
#include "harness/model/machine.h"
#include "harness/model/step.h"

enum lca_surface { LCA_SESSION };

/* The least that a case is in. */
enum lca_tier { LCA_SMOKE, LCA_STANDARD, LCA_FULL };

/* What must be known of the subject before a record can be judged. */
enum lca_need {
    LCA_NEEDS_NOTHING,
    LCA_NEEDS_PROBES,           /* probes that tell alive from dead */
    LCA_NEEDS_DEAD,             /* what its methods answer after Logoff */
};

struct lca_case {
    const char *id;             /* unique for ever: waivers name it */
    const char *clause;         /* a row of cases/clauses.def */
    const char *title;          /* what is true when the case passes */
    enum lca_surface surface;
    enum lca_tier tier;
    enum lca_need need;
    bool bare;
    bool recorded;              /* judged on the calibration's own record */
    unsigned sweep;             /* LCA_SWEEP_ bits: made to fail, one after
                                   the other; 0: nothing is */
    unsigned windows;           /* ... in these: bits of enum lca_window; 0:
                                   those that --window names */
    bool alone;                 /* played while no other trial is */
    bool raced;                 /* played over and over, each time with
                                   another seed */
    const struct lca_machine *machine;  /* its cells are walks in it: walk.h;
                                   the one without calls is of random ones */
    enum lca_place from;        /* where they begin, if not logged on */
    unsigned cover;             /* of a walk's cells, those in which each so
                                   many calls are together; 0: none */
    const struct lca_axis *axes;        /* NULL: one cell */
    const struct lca_step *steps;       /* closed by LCA_END */
};

/* A file of cases is a chapter. */
struct lca_chapter {
    const char *name;                   /* "session/logoff" */
    const char *title;
    const struct lca_case *cases;       /* closed by an id of NULL */
};

#endif
