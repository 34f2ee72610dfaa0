/*
 * trial: the one text form of a run of a case
 *
 *     trial = case [ "[" axis "=" value { "," axis "=" value } "]" ]
 *             [ "{" plan "}" ] [ "~" seed ]
 *
 * It is the same in the protocol, in every report and on the command line.
 * Reading one splits it; whether there is such a case is for the catalogue.
 */

#ifndef LCA_TRIAL_H
#define LCA_TRIAL_H

#include "harness/model/case.h"
#include "harness/model/plan.h"

#include <stdint.h>

struct lca_trial {
    char id[96];                /* of the case */
    char cell[160];             /* what stands between '[' and ']' */
    struct lca_plan plan;
    uint32_t seed;              /* 0: none */
};

/* Errors: LCA_USAGE, with the place where the text stops making sense. */
struct lca_result lca_trial_parse(const char *text, struct lca_trial *trial);

/* The part before '{', which globs are matched with. */
void lca_trial_name(const struct lca_case *c, unsigned cell,
                    struct lca_text *text);

#endif
