#include "harness/run/second.h"

#include <stdlib.h>
#include <string.h>

enum { SECONDS_MAX = 20000 };

static bool is_usual(const struct lca_record *plain,
                     const struct lca_site *site)
{
    for (unsigned i = 0; i < plain->site_count; i++)
        if (plain->sites[i].window == site->window &&
            lca_site_is_same(&plain->sites[i], site))
            return true;
    return false;
}

static bool is_known(const struct lca_seconds *s,
                     const struct lca_site *first,
                     const struct lca_site *place)
{
    for (unsigned i = 0; i < s->count; i++)
        if (lca_site_is_same(&s->rows[i].first, first) &&
            lca_site_is_same(&s->rows[i].place, place))
            return true;
    return false;
}

static struct lca_result add(struct lca_seconds *s,
                             const struct lca_second *row)
{
    if (s->count == SECONDS_MAX) {
        s->cut = true;
        return lca_ok();
    }
    if (s->count == s->size) {
        unsigned size = s->size ? s->size * 2 : 64;
        struct lca_second *more = realloc(s->rows, size * sizeof *more);

        if (!more)
            return lca_fail(LCA_SYSTEM, "no memory for pairs of faults");
        s->rows = more;
        s->size = size;
    }
    s->rows[s->count++] = *row;
    return lca_ok();
}

/* Each usual kind of the call at a new place. */
static struct lca_result add_place(struct lca_seconds *s,
                                   const struct lca_order *first,
                                   const struct lca_site *struck,
                                   const struct lca_site *place)
{
    const char *words = lca_faulty[place->call].standard;
    struct lca_result r = lca_ok();
    size_t length;

    for (; !r.code && *words; words += length + (words[length] == ' ')) {
        struct lca_second row = { .orders = { .count = 2 }, *struck, *place };
        enum lca_kind kind;

        length = strcspn(words, " ");
        kind = lca_kind_find(words, length);
        if (!lca_kind_fits(kind, place->on))
            continue;
        row.orders.order[0] = *first;
        row.orders.order[1] = (struct lca_order){
            place->call, kind, 1u << place->window, place->first,
            place->first,
        };
        r = add(s, &row);
    }
    return r;
}

struct lca_result lca_seconds_add(struct lca_seconds *s,
                                  const struct lca_record *plain,
                                  const struct lca_order *first,
                                  const struct lca_record *record)
{
    const struct lca_site *struck = &record->hits[0].site;
    struct lca_result r = lca_ok();

    for (unsigned i = 0; !r.code && i < record->site_count; i++) {
        const struct lca_site *place = &record->sites[i];

        if (!is_usual(plain, place) && !is_known(s, struck, place) &&
            !lca_site_is_same(struck, place))
            r = add_place(s, first, struck, place);
    }
    return r;
}

void lca_seconds_free(struct lca_seconds *s)
{
    free(s->rows);
    *s = (struct lca_seconds){ 0 };
}
