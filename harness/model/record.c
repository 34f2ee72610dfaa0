#include "harness/model/record.h"

const char *lca_ending_name(enum lca_ending ending)
{
    static const char *const names[] = {
#define X(name) #name,
        LCA_ENDINGS(X)
#undef X
    };

    return ending < LCA_ENDING_COUNT ? names[ending] : "?";
}
