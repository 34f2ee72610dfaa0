#include "harness/mapi/structures.h"

#include <stddef.h>

/* The offsets are those of a 64-bit platform; elsewhere they say nothing. */
#define IF_64_BITS(fact) (sizeof(void *) != 8 || (fact))

#define X(structure, size)                                                  \
    _Static_assert(IF_64_BITS(sizeof(struct structure) == (size)),          \
                   #structure " has the size of MAPI's");
LCA_STRUCTURES(X)
#undef X

#define X(structure, member, offset)                                        \
    _Static_assert(                                                         \
        IF_64_BITS(offsetof(struct structure, member) == (offset)),         \
        #structure "." #member " is where MAPI has it");
LCA_MEMBERS(X, X)
#undef X
