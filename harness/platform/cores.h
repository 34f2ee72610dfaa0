/*
 * cores: what the system writes of a process that crashed
 *
 * It writes them into the folder that the process is in, if it is set up to
 * write files at all. A process that may leave a core goes to a folder of
 * ours with its last breath, so whatever is found there is the core.
 */

#ifndef LCA_CORES_H
#define LCA_CORES_H

#include "harness/base/result.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * pattern: of the system's, kernel.core_pattern; with_pid: it adds a number
 * to what lacks one; most: bytes that a core may have. Errors: LCA_SYSTEM,
 * why no core can be had in a folder of one's own.
 */
struct lca_result lca_cores_judge(const char *pattern, bool with_pid,
                                  uint64_t most);
/* The same of this system. */
struct lca_result lca_cores_possible(void);

/* This process leaves none; or as great a one as it is allowed to. */
void lca_cores_limit(bool wanted);
/* Safe in a signal handler. What is in the way of it is not told. */
void lca_cores_go(const char *folder);
/* The first ordinary file there goes to `path`, on the same file system. */
bool lca_cores_take(const char *folder, const char *path);
/* The folder and all that is in it. */
void lca_cores_remove(const char *folder);

#endif
