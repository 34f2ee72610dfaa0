/*
 * sink: the advise sink that a trial lends to its subject
 *
 * Static data, so that a subject which releases it too often, or calls it
 * late, harms nobody and is only counted. Any thread may call it.
 */

#ifndef LCA_SINK_H
#define LCA_SINK_H

#include "harness/mapi/abi.h"

#include <stdint.h>

struct lca_sink_counts {
    int32_t references;         /* the trial's own one included */
    int32_t lowest;             /* that it ever was; under 1: too low */
    uint32_t notifications;
};

void *lca_sink_lend(enum lca_abi abi);  /* the interface pointer to pass */
struct lca_sink_counts lca_sink_count(void);

#endif
