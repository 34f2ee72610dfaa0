#include "harness/model/fault.h"

#include <string.h>

const struct lca_faulty_row lca_faulty[LCA_FAULTY_COUNT] = {
#define X(name, point, family, standard, full)                              \
    { #name, point, LCA_##family, standard, full },
#include "harness/model/calls.def"
#undef X
};

static const struct {
    const char *name;
    uint32_t on;
} kinds[LCA_KIND_COUNT] = {
    { "", 0 },
#define X(name, on) { #name, on },
    LCA_KINDS(X)
#undef X
};

enum lca_faulty lca_faulty_find(const char *name)
{
    int i = 0;

    while (i < LCA_FAULTY_COUNT && strcmp(lca_faulty[i].name, name) != 0)
        i++;
    return (enum lca_faulty)i;
}

enum lca_kind lca_kind_find(const char *name, size_t length)
{
    int i = LCA_KIND_NONE + 1;

    while (i < LCA_KIND_COUNT && (strlen(kinds[i].name) != length ||
                                  memcmp(kinds[i].name, name, length) != 0))
        i++;
    return (enum lca_kind)i;
}

const char *lca_kind_name(enum lca_kind kind)
{
    return kinds[kind].name;
}

bool lca_kind_fits(enum lca_kind kind, uint32_t on)
{
    if (kind == LCA_KIND_EINTR && on & LCA_ON_PROMPT)
        return false;
    return (kinds[kind].on & on) != 0;
}

bool lca_kind_is_passing(enum lca_kind kind)
{
    return kind == LCA_KIND_EINTR || kind == LCA_KIND_EAGAIN ||
           kind == LCA_KIND_one || kind == LCA_KIND_less ||
           kind == LCA_KIND_late;
}

bool lca_faulty_sends(enum lca_faulty call)
{
    return call == LCA_FAULTY_send || call == LCA_FAULTY_sendto ||
           call == LCA_FAULTY_sendmsg || call == LCA_FAULTY_write ||
           call == LCA_FAULTY_writev;
}

bool lca_kind_is_of_peer(enum lca_kind kind)
{
    return kind >= LCA_KIND_kill;
}

static bool listed(enum lca_kind kind, const char *words)
{
    size_t length;

    for (; *words; words += length + (words[length] == ' ')) {
        length = strcspn(words, " ");
        if (lca_kind_find(words, length) == kind)
            return true;
    }
    return false;
}

bool lca_kind_is_of(enum lca_kind kind, const struct lca_faulty_row *row)
{
    return (lca_kind_is_of_peer(kind) && row->family == LCA_IPC) ||
           listed(kind, row->standard) || listed(kind, row->full);
}

const char *lca_window_name(enum lca_window window)
{
    static const char *const names[] = {
#define X(name) #name,
        LCA_WINDOWS(X)
#undef X
    };

    return names[window];
}

/* The first kind of a row, which goes without saying. */
static enum lca_kind usual(const struct lca_faulty_row *row)
{
    enum lca_kind kind = lca_kind_find(row->standard,
                                       strcspn(row->standard, " "));

    return kind == LCA_KIND_COUNT ? LCA_KIND_kill : kind;
}

static struct lca_result order(const struct lca_strike *s, uint32_t windows,
                               struct lca_order *o)
{
    enum lca_faulty call = lca_faulty_find(s->call);
    const struct lca_faulty_row *row = &lca_faulty[call];
    enum lca_kind kind;

    if (call == LCA_FAULTY_COUNT)
        return lca_fail(LCA_USAGE, "no call '%s' can be made to fail "
                        "(lastcall help faults lists those that can)",
                        s->call);
    kind = *s->kind ? lca_kind_find(s->kind, strlen(s->kind)) : usual(row);
    if (kind == LCA_KIND_COUNT || !lca_kind_is_of(kind, row))
        return lca_fail(LCA_USAGE, "%s cannot fail with '%s', but with "
                        "%s%s%s%s%s", s->call, s->kind, row->standard,
                        *row->full ? " " : "", row->full,
                        *row->standard && row->family == LCA_IPC ? " " : "",
                        row->family == LCA_IPC ? "kill stop restart" : "");
    *o = (struct lca_order){ call, kind, windows, s->first, s->last };
    for (unsigned i = 0; i < LCA_WINDOW_COUNT; i++)
        if (strcmp(lca_window_name(i), s->window) == 0)
            o->windows = 1u << i;
    return lca_ok();
}

struct lca_result lca_orders_take(const struct lca_plan *plan,
                                  uint32_t windows,
                                  struct lca_orders *orders)
{
    struct lca_result r = lca_ok();

    *orders = (struct lca_orders){ .trace = windows, .count = plan->count };
    for (unsigned i = 0; !r.code && i < plan->count; i++) {
        r = order(&plan->strikes[i], windows, &orders->order[i]);
        orders->trace |= orders->order[i].windows;
    }
    return r;
}
