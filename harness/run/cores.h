/*
 * cores: those of a run that are kept, by the names of their trials
 *
 * Hosts put the cores of trials that crashed into a folder of the run, inside
 * the one that was asked for. A crash at a place that is known, by its signal
 * and its stack, has its core removed at once; the first one of each place
 * gets the name of the trial that is told. What has no name goes with the
 * run.
 */

#ifndef LCA_RUN_CORES_H
#define LCA_RUN_CORES_H

#include "harness/base/text.h"
#include "harness/model/record.h"

struct lca_cores {
    const char *kept;           /* where; the caller's */
    char folder[1024];          /* of the run; empty: no core is kept */
    uint64_t places[256];
    unsigned count;
};

/* kept: empty if none is wanted. Errors: LCA_USAGE, it cannot be written. */
struct lca_result lca_cores_open(struct lca_cores *cores, const char *kept);
/* A record comes in: it has a core afterwards if that is worth keeping. */
void lca_cores_meet(struct lca_cores *cores, struct lca_record *record);
/* Names the record's core after its trial, and adds a line that says so. */
void lca_cores_keep(const struct lca_cores *cores,
                    const struct lca_record *record, const char *trial,
                    struct lca_text *text);
/* Once no host runs any more. Safe on a zeroed one. */
void lca_cores_close(struct lca_cores *cores);

#endif
