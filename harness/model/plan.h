/*
 * plan: which fault strikes which call
 *
 *     plan   = strike [ ";" strike ]
 *     strike = [ window "/" ] call [ ":" kind ] "@" n [ "+" | ".." m ]
 *
 *     malloc@3                     the third call fails, the fourth is served
 *     malloc@3+                    from the third on, all fail
 *     logoff/send:ECONNRESET@2..4  the second to the fourth, inside Logoff
 *
 * Calls are named as in C. Reading a plan does not ask whether the host can
 * carry it out; a plan without strikes is the ordinary one.
 */

#ifndef LCA_PLAN_H
#define LCA_PLAN_H

#include "harness/base/text.h"

#include <limits.h>

#define LCA_WINDOWS(X)                                                      \
    X(initialise) X(logon) X(use) X(logoff) X(release) X(uninitialise)

struct lca_strike {
    char window[16];            /* empty: wherever the run's option says */
    char call[32];
    char kind[24];              /* an errno's name or a way; empty: usual */
    unsigned first;             /* counted from 1 */
    unsigned last;              /* UINT_MAX: from first on */
};

struct lca_plan {
    struct lca_strike strikes[2];
    unsigned count;
};

/* Errors: LCA_USAGE, quoting the text and showing a plan that works. */
struct lca_result lca_plan_parse(const char *text, size_t length,
                                 struct lca_plan *plan);
void lca_plan_print(const struct lca_plan *plan, struct lca_text *text);

#endif
