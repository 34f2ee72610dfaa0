/*
 * second: the fault in the error path of another
 *
 * After a call failed once, the subject comes to places that it does not see
 * otherwise; calls from there are made to fail, too. Each place is taken once
 * for each place that failed first, so that loops and retries do not multiply.
 */

#ifndef LCA_SECOND_H
#define LCA_SECOND_H

#include "harness/model/fault.h"
#include "harness/model/record.h"

struct lca_second {
    struct lca_orders orders;
    struct lca_site first, place;       /* that failed first, and then */
};

struct lca_seconds {
    struct lca_second *rows;
    unsigned count, size;
    bool cut;                   /* there were more than are kept */
};

/*
 * What a trial in which one strike struck leads to. plain: the record without
 * faults. Errors: LCA_SYSTEM, no memory.
 */
struct lca_result lca_seconds_add(struct lca_seconds *seconds,
                                  const struct lca_record *plain,
                                  const struct lca_order *first,
                                  const struct lca_record *record);
void lca_seconds_free(struct lca_seconds *seconds);

#endif
