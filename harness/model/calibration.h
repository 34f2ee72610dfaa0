/*
 * calibration: what alive and dead mean for a subject
 *
 * Measured once for each kind of session and initialisation, a trial a
 * method: what it answers on a live session, and what after Logoff(0, 0, 0).
 * The judge reads it; nobody else has an opinion on a method.
 */

#ifndef LCA_CALIBRATION_H
#define LCA_CALIBRATION_H

#include "harness/model/error.h"
#include "harness/model/script.h"

enum lca_life {
    LCA_LIFE_UNKNOWN,           /* not measured, or the trial was lost */
    LCA_LIFE_SUCCEEDED,
    LCA_LIFE_REFUSED,
    LCA_LIFE_CRASHED,           /* or left: the process ended in the call */
    LCA_LIFE_HUNG,
    LCA_LIFE_UNPREPARED,        /* its arguments could not be made */
    LCA_LIFE_SPOILED,           /* it answered, and what came after it ended
                                   badly: it harmed the session */
};

/* QueryInterface to PrepareForm: what a session pointer offers. */
enum { LCA_SESSION_METHODS_END = LCA_IMAPISession_PrepareForm + 1 };

struct lca_calibration {
    bool ready;
    bool lost;                  /* no plain trial came back: nothing is known */
    bool no_logon;              /* this kind of session is not to be had */
    HRESULT logon;              /* what MAPILogonEx answered then */
    HRESULT plain;              /* what Logoff(0, 0, 0) answers */
    bool worn;                  /* Logoff is refused after the probes */
    bool consumed;              /* Logoff took the caller's reference */
    enum lca_op fatal;          /* where the plain trial ended badly; END */
    bool strays;                /* the plain trial signals strangers, or
                                   comes back twice */
    bool fatal_late;            /* it ended badly after its last step */
    unsigned error_count;       /* what Valgrind finds in the plain trial's
                                   Logoff, Release, MAPIUninitialize */
    struct lca_error errors[LCA_ERRORS_MAX];
    enum lca_op error_ops[LCA_ERRORS_MAX];      /* in which of them */
    uint32_t fatal_ending;      /* enum lca_ending of it */
    unsigned baseline_us;       /* the slowest of three plain trials */
    unsigned quickest_us;       /* of the same: less of a busy machine's */
    enum lca_life live[LCA_SESSION_METHODS_END];
    enum lca_life dead[LCA_SESSION_METHODS_END];
    bool unsound[LCA_SESSION_METHODS_END];      /* after Logoff, as Valgrind
                                                   finds */
    char why[LCA_SESSION_METHODS_END][120];     /* UNPREPARED: the reason */
    struct lca_probes probes;
    unsigned survivors;         /* methods that answer on after Logoff */
};

#endif
