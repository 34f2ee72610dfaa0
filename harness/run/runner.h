/*
 * runner: what a run knows, shared by the files of this room
 *
 * session.c makes it (selection, hosts, calibration), cell.c plays and judges
 * one cell, registry.c lets CUnit do that for all of them.
 */

#ifndef LCA_RUNNER_H
#define LCA_RUNNER_H

#include "harness/run/calibrate.h"
#include "harness/run/findings.h"
#include "harness/run/pool.h"
#include "harness/run/run.h"
#include "harness/run/select.h"

struct lca_sweep;
struct lca_swept;

struct lca_runner {
    const struct lca_options *options;
    struct lca_selection selection;
    struct lca_pool *pool;
    struct lca_calibrated known[LCA_SESSION_KINDS][LCA_INIT_KINDS];
    struct lca_output *outputs;
    unsigned output_count;
    struct lca_findings findings;
    unsigned count[LCA_VERDICT_COUNT];
    unsigned told;              /* events so far */
    unsigned unrun;             /* of them: the trouble came first */
    bool cut;                   /* the matrix, to all pairs */
    struct lca_swept *swept;    /* what faulted.c has found out */
    struct lca_sweep *race;     /* the last one, of raced.c; or NULL */
    const struct lca_case *hung;        /* the last that hung in a race */
    unsigned hung_cells;        /* ... and in how many of its cells */
    bool ahead;                 /* the pool plays in order, ahead of us */
    struct lca_result trouble;  /* the first that stopped the run */
    struct lca_script script;   /* of the cell in hand, if not the pool's */
    struct lca_record record;
};

/* Selection, hosts, calibration; close frees the runner, too. */
struct lca_result lca_runner_open(struct lca_runner *runner);
void lca_runner_close(struct lca_runner *runner);

/* For the pool: spells out a cell; false when nothing is to be played. */
bool lca_runner_source(void *runner, unsigned index,
                       struct lca_script *script, unsigned *deadline_ms);

/* The script of a cell, with the probes of its kind of session. */
struct lca_result lca_runner_spell_out(struct lca_runner *runner,
                                       unsigned index,
                                       struct lca_script *script);

/* Plays or fetches a cell, judges it, tells the writers. */
struct lca_opinion lca_runner_cell(struct lca_runner *runner, unsigned index);

/* A logon that was refused is tried again, a few times. */
struct lca_result lca_runner_retry_logon(struct lca_runner *runner,
                                         const struct lca_script *script,
                                         const struct lca_record **record);

/* Runs every cell as a CUnit test. */
struct lca_result lca_registry_run(struct lca_runner *runner);
struct lca_result lca_registry_console(struct lca_runner *runner);

/* The calibration that a script is judged by. */
struct lca_calibrated *lca_runner_known(struct lca_runner *runner,
                                        const struct lca_script *script);

#endif
