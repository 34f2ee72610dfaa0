/* options: what a person asked for, after the command line and a manifest. */

#ifndef LCA_OPTIONS_H
#define LCA_OPTIONS_H

#include "harness/model/wire.h"
#include "harness/oracle/mercy.h"

#include <stdbool.h>

enum lca_tier_choice { LCA_RUN_SMOKE, LCA_RUN_STANDARD, LCA_RUN_FULL };

enum { LCA_GLOBS_MAX = 64, LCA_JOBS_MAX = 256 };

struct lca_globs {
    const char *patterns[LCA_GLOBS_MAX];
    unsigned count;
};

struct lca_options {
    const char *program;        /* as it was called, for repeat commands */
    const char *subject;        /* as it was given: library or manifest */
    struct lca_subject_info info;       /* path made absolute */
    struct lca_globs only, skip;
    const char *trial;          /* NULL: no single one */
    enum lca_tier_choice tier;
    enum lca_profile profile;
    bool allow_shared_logoff;
    const char *host;           /* a command; NULL: lastcall-host */
    unsigned jobs;
    unsigned timeout_s;         /* 0: from the baseline */
    struct lca_text *repeat;    /* options that a repeat command carries */
};

#endif
