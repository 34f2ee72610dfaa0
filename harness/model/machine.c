#include "harness/model/machine.h"

#include <stddef.h>

/* What a move adds to the numbers. */
static const struct {
    signed char initialized, references;
} changes[LCA_MOVE_COUNT] = {
    [LCA_MOVE_INITIALIZE] = { .initialized = 1 },
    [LCA_MOVE_UNINITIALIZE] = { .initialized = -1 },
    [LCA_MOVE_LOGON] = { .references = 1 },
    [LCA_MOVE_LOGON_SHARED] = { .references = 1 },
    [LCA_MOVE_ADDREF] = { .references = 1 },
    [LCA_MOVE_RELEASE] = { .references = -1 },
};

/* It takes the last one of what it takes from. */
static bool is_last(const struct lca_position *p, enum lca_move move)
{
    return (changes[move].initialized < 0 && p->initialized == 1) ||
           (changes[move].references < 0 && p->references == 1);
}

const struct lca_edge *lca_machine_find(const struct lca_machine *machine,
                                        const struct lca_position *p,
                                        enum lca_move move)
{
    for (unsigned i = 0; i < machine->count; i++) {
        const struct lca_edge *edge = &machine->edges[i];

        if (edge->place == p->place && edge->move == move)
            return is_last(p, move) && edge->last == LCA_IN_NOWHERE ? NULL
                                                                    : edge;
    }
    return NULL;
}

void lca_machine_go(struct lca_position *p, const struct lca_edge *edge)
{
    bool last = is_last(p, edge->move);

    p->place = last ? edge->last : edge->then;
    p->initialized += (unsigned)changes[edge->move].initialized;
    p->references += (unsigned)changes[edge->move].references;
    if (!lca_machine_holds(p))
        p->references = 0; /* a logon that is to be refused */
}

bool lca_machine_holds(const struct lca_position *p)
{
    return p->place == LCA_IN_LOGGED_ON || p->place == LCA_IN_SHARED ||
           p->place == LCA_IN_LOGGED_OFF;
}

const char *lca_place_name(enum lca_place place)
{
    static const char *const names[LCA_PLACES] = {
        [LCA_IN_NOWHERE]       = "nowhere",
        [LCA_IN_UNINITIALIZED] = "not initialised",
        [LCA_IN_INITIALIZED]   = "initialised",
        [LCA_IN_LOGGED_ON]     = "logged on",
        [LCA_IN_SHARED]        = "logged on, shared",
        [LCA_IN_LOGGED_OFF]    = "logged off",
        [LCA_IN_RELEASED]      = "released",
        [LCA_IN_DROPPED]       = "released, not logged off",
    };

    return names[place];
}
