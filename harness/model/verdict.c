#include "harness/model/verdict.h"

const char *lca_verdict_name(enum lca_verdict verdict)
{
    static const char *const names[] = {
#define X(name) #name,
        LCA_VERDICTS(X)
#undef X
    };

    return names[verdict];
}
