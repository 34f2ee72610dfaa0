/*
 * script: a cell of a case, spelled out step by step
 *
 * A case is a row with axes; what a host plays is a plain list. Building the
 * list is pure: the same cell and the same probes give the same list, so the
 * judge can build it again from an old record.
 */

#ifndef LCA_SCRIPT_H
#define LCA_SCRIPT_H

#include "harness/model/case.h"
#include "harness/model/fault.h"
#include "harness/model/record.h"

struct lca_script {
    unsigned count;
    enum lca_session_kind kind;         /* of the first LOGON */
    enum lca_init_kind init;            /* of the first INITIALIZE */
    bool destructive;   /* MAPI_LOGOFF_SHARED where others may be sharing */
    unsigned weight;    /* steps that will be played, loops counted out */
    unsigned logons;    /* of them, those that log on */
    struct lca_orders orders;           /* which calls fail, if any */
    struct lca_step steps[LCA_STEPS_MAX];
};

/* Methods that tell a live session from a dead one, in order of slot. */
struct lca_probes {
    unsigned count;
    enum lca_method methods[24];
};

/*
 * Errors: LCA_USAGE if the list would be longer than LCA_STEPS_MAX, which a
 * self-test rules out for every case there is.
 */
struct lca_result lca_script_build(const struct lca_case *c, unsigned cell,
                                   const struct lca_probes *probes,
                                   struct lca_script *script);

/* For those who spell one out: first clear, at the end close, which sums it
   up. Errors of close: those of build. */
void lca_script_clear(struct lca_script *script);
void lca_script_add(struct lca_script *script, struct lca_step step);
struct lca_result lca_script_close(const struct lca_case *c,
                                   struct lca_script *script);

#endif
