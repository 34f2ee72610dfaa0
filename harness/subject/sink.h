/*
 * sink: the advise sink that a trial lends to its subject
 *
 * Static data, so that a subject which releases it too often, or calls it
 * late, harms nobody and is only counted. Any thread may call it.
 */

#ifndef LCA_SINK_H
#define LCA_SINK_H

#include "harness/mapi/abi.h"

#include <stdbool.h>
#include <stdint.h>

struct lca_sink_counts {
    int32_t references;         /* the trial's own one included */
    int32_t lowest;             /* that it ever was; under 1: too low */
    uint32_t notifications;
    bool held;                  /* it was referenced at some time */
    uint32_t here;              /* since it was bound: calls of OnNotify on
                                   the thread that it is bound to */
    uint32_t elsewhere;         /* ... and on others */
};

void *lca_sink_lend(enum lca_abi abi);  /* the interface pointer to pass */
struct lca_sink_counts lca_sink_count(void);
/* From now on it is to be called on this thread alone. */
void lca_sink_bind(void);
/* Called once, inside the next OnNotify. NULL: not any more. */
typedef void lca_sink_reaction(void *argument);
void lca_sink_react(lca_sink_reaction *reaction, void *argument);

#endif
