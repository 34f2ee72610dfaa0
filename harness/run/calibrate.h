/*
 * calibrate: asks a subject what alive and dead mean for it
 *
 * Once for each kind of session and initialisation that a run needs. The
 * records of the dead trials are kept: POST-002, 003 and 004 are judged on
 * them.
 *
 * Errors: those of the pool. A subject that cannot be logged on to is no
 * error here: the calibration says no_logon.
 */

#ifndef LCA_CALIBRATE_H
#define LCA_CALIBRATE_H

#include "harness/model/calibration.h"
#include "harness/run/pool.h"

struct lca_calibrated {
    struct lca_calibration known;
    struct lca_record *dead;            /* by method: one array */
    struct lca_script *dead_scripts;
    struct lca_record plain;            /* the first plain trial's record */
};

struct lca_result lca_calibrate(struct lca_pool *pool,
                                enum lca_session_kind kind,
                                enum lca_init_kind init, unsigned timeout_s,
                                struct lca_calibrated *calibrated);
void lca_calibrated_free(struct lca_calibrated *calibrated);

/* Milliseconds that a script may take on a subject with this baseline. */
unsigned lca_deadline(const struct lca_calibration *known,
                      const struct lca_script *script, unsigned timeout_s);

/*
 * Milliseconds for what hung once and is looked at again, alone: ten times
 * its deadline, but no more than a minute beyond it.
 */
unsigned lca_second_look(unsigned deadline_ms);
/* The deadline whose second look lasts for so many milliseconds. */
unsigned lca_second_look_of(unsigned lasts_ms);

#endif
