#include "reports/shown.h"

#include <stdbool.h>

enum lca_verdict lca_shown(const struct lca_event *event)
{
    enum lca_verdict verdict = event->opinion.verdict;
    bool binding = event->clause->level == LCA_MUST ||
                   event->clause->level == LCA_SHOULD;
    bool noted = verdict == LCA_FAIL || *event->opinion.text;

    return binding || verdict == LCA_BROKEN || !noted ? verdict : LCA_SKIP;
}
