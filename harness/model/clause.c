#include "harness/model/clause.h"

const char *lca_level_name(enum lca_level level)
{
    static const char *const names[] = { "MUST", "SHOULD", "MAY", "INFO" };

    return names[level];
}
