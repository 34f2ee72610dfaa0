/*
 * recipe: the arguments of the session's methods, as data
 *
 * A row says where the inputs of a method come from; what it does not say is
 * zero or NULL, which every method allows there. needs is what a PREPARE has
 * to make ready while the session is alive.
 */

#ifndef LCA_RECIPE_H
#define LCA_RECIPE_H

#include "harness/mapi/interface.h"

enum lca_needs {
    LCA_NEEDS_STORE_ID   = 1,   /* entry id of a message store */
    LCA_NEEDS_ENTRY_ID   = 2,   /* entry id of anything OpenEntry opens */
    LCA_NEEDS_CONNECTION = 4,   /* number that Advise gave */
    LCA_NEEDS_MESSAGE    = 8,   /* a message, its folder and its store */
    LCA_NEEDS_ANY_ID     = 16,  /* entry id of a store, or of the user */
};

/* What a pointer output holds before a call: neither NULL nor an address. */
#define LCA_UNTOUCHED 0x5A5A5A5A5A5A5A5Au

struct lca_recipe_row {
    enum lca_method method;
    unsigned needs;
    ULONG flags;
    ULONG number;               /* its LCA_P_ULONG or LCA_P_HRESULT */
    const char *string;         /* eight bits a character */
};

/* A row of zeros for a method that needs nothing. */
const struct lca_recipe_row *lca_recipe_find(enum lca_method method);

#endif
