#include "harness/model/residue.h"

#include <stddef.h>

static const struct { const char *one, *more; uint32_t look; } rows[] = {
#define X(member, one, more, look) { one, more, LCA_LOOK_##look },
    LCA_THINGS(X)
#undef X
#define X(name, look) { NULL, NULL, LCA_LOOK_##look },
    LCA_STATES(X)
#undef X
};

_Static_assert(sizeof rows / sizeof *rows == LCA_WHAT_COUNT, "a row each");

uint32_t lca_what_look(enum lca_what what)
{
    return rows[what].look;
}

const char *lca_what_name(enum lca_what what, uint32_t count)
{
    return count == 1 ? rows[what].one : rows[what].more;
}
