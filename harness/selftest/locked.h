/*
 * locked: a subject that takes locks, and keeps some of them
 *
 * A module of its own, so that its calls come the way a subject's do. Each
 * row is a call of the client; whoever plays it has a process to spare.
 */

#ifndef LCA_LOCKED_H
#define LCA_LOCKED_H

#include "harness/model/record.h"

#include <stdbool.h>

struct lca_locked_row {
    const char *name;
    void (*call)(void);
    bool keeps;                 /* a lock, of this kind */
    enum lca_lock kind;
};

/* Exported as lca_locked_rows; closed by a row without a name. */
typedef const struct lca_locked_row lca_locked_table[];

/* Exported by name: takes `count` mutexes and keeps them. */
typedef void lca_locked_taker(unsigned count);
/* Exported by name: gives back what the rows before it kept. */
typedef void lca_locked_giver(void);

#endif
