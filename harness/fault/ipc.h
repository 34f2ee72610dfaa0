/*
 * ipc: counts what the calling thread says to other processes
 *
 * Sockets are asked about by name; reads and writes are counted only where
 * the descriptor is a socket or a pipe, so that a line in a log file is no
 * conversation. A connection that is tried to an X11 or Wayland display is
 * noticed.
 *
 * begin and end stand around a step, on the thread that plays it. Counters
 * are a thread's own.
 */

#ifndef LCA_IPC_H
#define LCA_IPC_H

#include "harness/model/fault.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct lca_ipc {
    uint32_t calls;
    uint32_t sent;              /* bytes */
    bool display;
    bool connected;             /* to a server */
    bool again;                 /* ... that the process knew before begin */
};

/* What leads where this descriptor does is no conversation (a capture). */
void lca_ipc_ignore(int fd);
void lca_ipc_begin(void);
struct lca_ipc lca_ipc_end(void);

/* For the wrappers: does this thread count? */
bool lca_ipc_counts(void);
/* A call was made; fd -1: of no matter. */
void lca_ipc_note(enum lca_faulty call, int fd);
void lca_ipc_note_sent(int fd, uint64_t bytes);
void lca_ipc_note_display(void);
/* A connection was made, or begun. */
void lca_ipc_note_server(int fd, const struct sockaddr *address,
                         socklen_t size);

#endif
