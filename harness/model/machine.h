/*
 * machine: the contract of a session as a table of states and calls
 *
 * An edge says what a call may answer in a state, and which state comes of it.
 * What has no edge is not the client's to do there. Two numbers go beside the
 * state, since a client counts, too: how often MAPI was initialised, and how
 * many references it holds; `last` is the state when the number comes to 0.
 *
 * A place in the machine is a value; nothing here is allocated.
 */

#ifndef LCA_MACHINE_H
#define LCA_MACHINE_H

#include "harness/model/step.h"

enum lca_place {
    LCA_IN_NOWHERE,             /* as `last`: not the client's to take */
    LCA_IN_UNINITIALIZED, LCA_IN_INITIALIZED, LCA_IN_LOGGED_ON,
    LCA_IN_SHARED,              /* logged on, and others may share it */
    LCA_IN_LOGGED_OFF, LCA_IN_RELEASED,
    LCA_IN_DROPPED,             /* released, and never logged off */
    LCA_PLACES,
};

/* What a client does. METHOD is any of the 17 of POST-002. */
enum lca_move {
    LCA_MOVE_NOTHING, LCA_MOVE_INITIALIZE, LCA_MOVE_UNINITIALIZE,
    LCA_MOVE_LOGON, LCA_MOVE_LOGON_SHARED, LCA_MOVE_LOGOFF,
    LCA_MOVE_LOGOFF_SHARED, LCA_MOVE_ADDREF, LCA_MOVE_RELEASE,
    LCA_MOVE_QUERY, LCA_MOVE_LAST_ERROR, LCA_MOVE_METHOD, LCA_MOVE_COUNT,
};

struct lca_edge {
    enum lca_place place;
    enum lca_move move;
    enum lca_want want;         /* in a case of the edge's clause */
    const char *clause;         /* whose affair it is; "": nobody's here */
    enum lca_place then, last;
};

struct lca_machine {
    const struct lca_edge *edges;
    unsigned count;
};

/* Where a client is. Its session was prepared for calls if it has one. */
struct lca_position {
    enum lca_place place;
    unsigned initialized, references;
};

/* NULL: not the client's to do there. */
const struct lca_edge *lca_machine_find(const struct lca_machine *machine,
                                        const struct lca_position *position,
                                        enum lca_move move);
void lca_machine_go(struct lca_position *position,
                    const struct lca_edge *edge);

/* "not initialised", "logged off" */
const char *lca_place_name(enum lca_place place);

/* Has it a session's pointer? */
bool lca_machine_holds(const struct lca_position *position);

#endif
