/*
 * sleeper: a child that waits to be ended
 *
 * It ends by itself after half a minute. ended_by waits for the end of a
 * child, and ends one that does not; it says whether that signal did it.
 */

#ifndef LCA_SLEEPER_H
#define LCA_SLEEPER_H

#include <stdbool.h>
#include <sys/types.h>

pid_t lca_sleeper(void);
bool lca_sleeper_runs(pid_t pid);
bool lca_sleeper_ended_by(pid_t pid, int number);

#endif
