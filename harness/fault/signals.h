/*
 * signals: whom a subject may send them to
 *
 * A subject that meets a failing fork and passes -1 to kill would end every
 * process of the machine. So a trial reaches the zygote it was forked from,
 * that one's descendants, and its own process group; for anything else the
 * wrappers answer EPERM, as the system does for another user's process, and
 * it is told. Signal 0 only asks, and may. Where /proc cannot be read, kin is
 * not known: then it is refused, and nothing is claimed.
 *
 * Calls that go around the C library's names are not seen.
 */

#ifndef LCA_SIGNALS_H
#define LCA_SIGNALS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Is told of each signal that was refused (to the root: false), and of each
 * to the root itself, before it is sent. Perhaps in a signal handler.
 */
typedef void lca_signals_tell(bool to_root, uint32_t number);

/* From now on, here and in what is forked. Before it, all is allowed. */
void lca_signals_guard(int32_t root, lca_signals_tell *tell);

/* This process, but none that it forks, runs no subject's code any more. */
void lca_signals_trust(void);

/* For the wrappers: as kill has it. False: errno says why not. */
bool lca_signals_may(int32_t pid, int number);

#endif
