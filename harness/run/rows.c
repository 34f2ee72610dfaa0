#include "harness/run/rows.h"

#include "harness/oracle/faults.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 3 };       /* times in a row that a passing failure strikes */

/* How often a call is reached in a window, where the kind can strike it. */
static unsigned reached(const struct lca_record *r, uint32_t call,
                        uint32_t window, enum lca_kind kind)
{
    unsigned count = 0;

    for (unsigned i = 0; i < r->site_count; i++)
        if (r->sites[i].call == call && r->sites[i].window == window &&
            lca_kind_fits(kind, r->sites[i].on))
            count += r->sites[i].count;
    return count;
}

static struct lca_result add(struct lca_rows *rows, struct lca_row row)
{
    if (rows->count == rows->size) {
        unsigned size = rows->size ? rows->size * 2 : 64;
        struct lca_row *more = realloc(rows->rows, size * sizeof *more);

        if (!more)
            return lca_fail(LCA_SYSTEM, "no memory for a sweep");
        rows->rows = more;
        rows->size = size;
    }
    row.before = rows->trials;
    rows->trials += row.calls + 1;
    rows->rows[rows->count++] = row;
    return lca_ok();
}

/* Once, and for ever; what passes: once, and a few times. */
static struct lca_result add_kind(struct lca_rows *rows,
                                  const struct lca_record *plain,
                                  uint32_t call, uint32_t window,
                                  enum lca_kind kind, unsigned sweeps)
{
    struct lca_row row = {
        .order = { call, kind, 1u << window, 1, 1 },
        .calls = reached(plain, call, window, kind),
    };
    struct lca_result r = lca_ok();

    row.sweep = lca_faults_sweep_of(&row.order);
    if (!row.calls || !(row.sweep & sweeps))
        return r;
    r = add(rows, row);
    if (r.code || row.sweep == LCA_SWEEP_PEER)
        return r;
    row.order.last = lca_kind_is_passing(kind) ? FEW : UINT32_MAX;
    return add(rows, row);
}

static struct lca_result add_kinds(struct lca_rows *rows,
                                   const struct lca_record *plain,
                                   uint32_t call, uint32_t window,
                                   const char *words, unsigned sweeps)
{
    struct lca_result r = lca_ok();
    size_t length;

    for (; !r.code && *words; words += length + (words[length] == ' ')) {
        length = strcspn(words, " ");
        r = add_kind(rows, plain, call, window, lca_kind_find(words, length),
                     sweeps);
    }
    return r;
}

struct lca_result lca_rows_add(const struct lca_record *plain,
                               unsigned sweeps, unsigned windows, bool full,
                               struct lca_rows *rows)
{
    struct lca_result r = lca_ok();

    for (uint32_t w = 0; w < LCA_WINDOW_COUNT; w++) {
        for (uint32_t call = 0; !r.code && windows & 1u << w &&
                                call < LCA_FAULTY_COUNT; call++) {
            const struct lca_faulty_row *f = &lca_faulty[call];

            r = add_kinds(rows, plain, call, w, f->standard, sweeps);
            if (!r.code && full)
                r = add_kinds(rows, plain, call, w, f->full, sweeps);
            if (!r.code && f->family == LCA_IPC)
                r = add_kinds(rows, plain, call, w, "kill stop restart",
                              sweeps);
        }
    }
    return r;
}

struct lca_row *lca_rows_find(const struct lca_rows *rows, unsigned index,
                              unsigned *nth)
{
    unsigned low = 0, high = rows->count;

    while (high - low > 1) {
        unsigned middle = (low + high) / 2;

        if (rows->rows[middle].before <= index)
            low = middle;
        else
            high = middle;
    }
    *nth = index - rows->rows[low].before + 1;
    return &rows->rows[low];
}

struct lca_order lca_row_order(const struct lca_row *row, unsigned nth)
{
    struct lca_order o = row->order;

    if (o.last != UINT32_MAX)
        o.last += nth - o.first;
    o.first = nth;
    return o;
}

void lca_rows_free(struct lca_rows *rows)
{
    free(rows->rows);
    *rows = (struct lca_rows){ 0 };
}
