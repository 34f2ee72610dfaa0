/*
 * scratch: a place in the file system, and an environment, of one's own
 *
 * Jobs do not meet: each host has a folder with home, tmp and work in it.
 * HOME, TMPDIR and the XDG folders lead there and work becomes the working
 * folder. Removed whole, without following links, also when the process is
 * killed: a keeper outside of its group sees to that, once it has
 * ended whatever of this process's family is still running.
 */

#ifndef LCA_SCRATCH_H
#define LCA_SCRATCH_H

#include "harness/base/result.h"

#include <stdbool.h>

struct lca_scratch {
    char path[256];             /* empty: none */
    int keeper;                 /* held open as long as the folder is used */
};

/*
 * `mark` is how lca_family_mark marked this process's family; the keeper
 * ends it. Errors: LCA_SYSTEM, with the folder and the reason.
 */
struct lca_result lca_scratch_enter(struct lca_scratch *scratch,
                                    const char *mark);
/* For a program that this process becomes: the keeper stays. */
void lca_scratch_hand_on(const struct lca_scratch *scratch);
/* Makes those of its folders anew that are gone or shut. Was one gone? */
bool lca_scratch_mend(const struct lca_scratch *scratch);
/* The path without this host's folder before it: "tmp/x". */
const char *lca_scratch_short(const char *path);
void lca_scratch_remove(struct lca_scratch *scratch);

#endif
