/*
 * ipc: counts what the calling thread says to other processes
 *
 * libfiu's points for sockets are asked and never fail; reads and writes are
 * counted by wrappers of the host's own, and only where the descriptor is a
 * socket or a pipe, so that a line in a log file is no conversation. A
 * connection that is tried to an X11 or Wayland display is noticed.
 *
 * start is called once a process, before the subject runs; begin and end
 * stand around a step, on the thread that plays it. Counters are a thread's
 * own. Errors of start: LCA_SYSTEM, naming the point that libfiu refused.
 */

#ifndef LCA_IPC_H
#define LCA_IPC_H

#include "harness/base/result.h"

#include <stdbool.h>
#include <stdint.h>

struct lca_ipc {
    uint32_t calls;
    bool display;
};

struct lca_result lca_ipc_start(void);
/* What leads where this descriptor does is no conversation (a capture). */
void lca_ipc_ignore(int fd);
void lca_ipc_begin(void);
struct lca_ipc lca_ipc_end(void);

/* For the wrappers: does this thread count a transfer, or any call? */
bool lca_ipc_counts_transfer(int fd);
bool lca_ipc_counts(void);
/* One more, of a display? */
void lca_ipc_count(bool display);

#endif
