/* options: what a person asked for, after the command line and a manifest. */

#ifndef LCA_OPTIONS_H
#define LCA_OPTIONS_H

#include "harness/model/wire.h"
#include "harness/oracle/mercy.h"

#include <stdbool.h>

enum lca_tier_choice { LCA_RUN_SMOKE, LCA_RUN_STANDARD, LCA_RUN_FULL };

/* Doors that --allow opens, in its order. */
enum lca_allowed { LCA_ALLOW_SHARED_LOGOFF = 1 };

enum { LCA_GLOBS_MAX = 64, LCA_JOBS_MAX = 256, LCA_STALL_S = 60 };

struct lca_globs {
    const char *patterns[LCA_GLOBS_MAX];
    unsigned count;
};

struct lca_options {
    const char *program;        /* as it was called, for repeat commands */
    const char *subject;        /* as it was given: library or manifest */
    struct lca_subject_info info;       /* path made absolute */
    struct lca_globs only, skip;
    unsigned walks;             /* random ones a case; 0: as the tier has it */
    const char *calls;          /* that are learnt; NULL: the usual ones */
    const char *trial;          /* NULL: no single one */
    enum lca_tier_choice tier;
    enum lca_profile profile;
    unsigned allow;             /* bits of enum lca_allowed */
    const char *host;           /* a command; NULL: lastcall-host */
    unsigned jobs;
    unsigned timeout_s;         /* 0: from the baseline */
    unsigned faults;            /* LCA_MEMORY, LCA_IPC bits; 0: none */
    unsigned windows;           /* where; bits of enum lca_window; 0: logoff
                                   and release */
    unsigned depth;             /* faults a trial: 1 or 2; 0: 1, and 2 in the
                                   full tier */
    bool all_threads;           /* strike those the subject started too */
    unsigned stall_s;           /* that a stalled trial may take; 0:
                                   LCA_STALL_S */
    struct lca_text *repeat;    /* options that a repeat command carries */
};

#endif
