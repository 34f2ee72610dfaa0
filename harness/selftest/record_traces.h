/* record traces: what is found beside the answers, each at a value of its own,
   and whether it came back over the wire. */

#ifndef LCA_RECORD_TRACES_H
#define LCA_RECORD_TRACES_H

#include "harness/model/record.h"

/* Lines that these take. */
enum { LCA_RECORD_TRACES = LCA_STRIKES_MAX + LCA_TRACE_MAX + 1 + LCA_LEFT_MAX +
                1 + LCA_HELD_MAX +
                (LCA_STRIKES_MAX + LCA_TRACE_MAX - 1 + 1 + LCA_HELD_MAX) *
                LCA_SITE_FRAMES };

void lca_record_fill_traces(struct lca_record *record);
void lca_record_check_traces(const struct lca_record *a,
                             const struct lca_record *b);

#endif
