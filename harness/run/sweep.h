/*
 * sweep: a trial is played with every call of a kind failing, one by one
 *
 * First without a fault, twice, to see which calls there are. Then, for each
 * call that is reached and each kind of failure: the first, the second, ...,
 * once and from there on (what passes: once, and three times), until a trial
 * in which nothing struck. What is wrong is grouped by place and symptom; a
 * hang is looked at again, alone, and a leak once more over three rounds,
 * before either is believed.
 *
 * Ownership   a sweep and what it points to are freed by lca_sweep_close.
 * Errors      those of the pool; the sweep then says how far it came
 */

#ifndef LCA_SWEEP_H
#define LCA_SWEEP_H

#include "harness/model/calibration.h"
#include "harness/model/complaint.h"
#include "harness/oracle/faults.h"
#include "harness/run/pool.h"

struct lca_walked;

/* What is wrong in one way, with calls from one place failing. */
struct lca_trouble {
    struct lca_complaint what;
    unsigned sweep;             /* LCA_SWEEP_ bit */
    struct lca_orders orders;   /* of the first trial */
    struct lca_record *record;  /* of the first trial */
    unsigned trials;
    unsigned rounds;            /* of a race, of walks: all that were played */
    struct lca_walked *walked;  /* of a walk: freed with it; or NULL */
    bool dismissed;             /* a closer look found nothing */
};

struct lca_sweep {
    struct lca_script script;   /* without faults */
    struct lca_record *plain;
    const struct lca_calibration *known;
    unsigned sweeps;            /* LCA_SWEEP_ bits that are done */
    unsigned planned, played;   /* trials */
    unsigned struck[4];         /* trials, by bit of LCA_SWEEP_ */
    unsigned outcomes[LCA_OUTCOMES];    /* of the trials that were struck */
    bool varies;                /* the calls are not the same each time */
    bool partial;
    struct lca_trouble *troubles;
    unsigned count, size;
    char why[160];              /* not played: the reason; or empty */
    bool skipped;               /* calls that hang elsewhere were left out */
    const struct lca_sweep *before;     /* another of the run's, or NULL */
};

/* What a person chose. */
struct lca_sweep_wish {
    unsigned sweeps;            /* LCA_SWEEP_ bits */
    unsigned windows;
    unsigned depth;
    bool all_threads;
    bool full;                  /* every kind, not the usual ones */
    const struct lca_plan *plan;        /* this one alone; NULL: all */
    bool dry;                   /* only what there is to fail */
    const struct lca_sweep *before;     /* what earlier sweeps saw holds */
    unsigned deadline_ms;
    unsigned stall_ms;
};

/* script: of the cell, spelled out; copied. */
struct lca_result lca_sweep_run(struct lca_pool *pool,
                                const struct lca_script *script,
                                const struct lca_calibration *known,
                                const struct lca_sweep_wish *wish,
                                struct lca_sweep *sweep);
/* Both are copied. Errors: LCA_SYSTEM, no memory. */
struct lca_result lca_sweep_add(struct lca_sweep *sweep,
                                const struct lca_trouble *trouble,
                                const struct lca_record *record);
void lca_sweep_close(struct lca_sweep *sweep);

#endif
