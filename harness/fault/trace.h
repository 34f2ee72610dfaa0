/*
 * trace: writes calls into the record, a row for each place they came from
 *
 * Places are told apart by window, call and stack; past LCA_TRACE_MAX of them
 * the rest is counted nowhere. Several threads may write at once.
 */

#ifndef LCA_TRACE_H
#define LCA_TRACE_H

#include "harness/fault/callers.h"

/* site: call, on and window are given; the rest is filled in. */
void lca_trace_call(struct lca_record *record,
                    const struct lca_callers *callers, struct lca_site *site,
                    int fd);
/* Windows (bits) end: which descriptors of their places are still open? */
void lca_trace_end(struct lca_record *record, uint32_t windows);
/* A strike of the plan makes this one fail. */
void lca_trace_hit(struct lca_record *record, unsigned strike,
                   const struct lca_site *site);
/* A close of what is not open. */
void lca_trace_closed_twice(struct lca_record *record);

#endif
