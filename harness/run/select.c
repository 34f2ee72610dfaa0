#include "harness/run/select.h"

#include "cases/catalogue.h"
#include "harness/model/trial.h"
#include "harness/run/cover.h"

#include <stdlib.h>
#include <string.h>

/* Globs that matched something, a bit each: the others are an error. */
struct used {
    uint64_t only, skip;
};

static bool matches(const struct lca_globs *globs, const char *name,
                    const char *clause, uint64_t *used)
{
    bool found = false;

    for (unsigned i = 0; i < globs->count; i++)
        if (lca_text_match(globs->patterns[i], name) ||
            lca_text_match(globs->patterns[i], clause)) {
            *used |= UINT64_C(1) << i;
            found = true;
        }
    return found;
}

/* Smoke: the first cell of each case, and along the axes that are walked. */
static bool in_smoke(const struct lca_case *c, unsigned cell)
{
    unsigned digits[LCA_AXES_MAX], i = 0;

    lca_matrix_cell(c->axes, cell, digits);
    for (const struct lca_axis *a = c->axes; a && a->name; a++, i++)
        if (digits[i] && !a->smoke)
            return false;
    return true;
}

static bool in_tier(const struct lca_options *o, const struct lca_case *c,
                    unsigned cell)
{
    enum lca_tier_choice tier = o->tier;

    if (c->tier == LCA_FULL && tier != LCA_RUN_FULL)
        return false;
    if (lca_cover_is_random(c, cell))
        return tier == LCA_RUN_FULL || o->walks;
    if ((c->sweep || c->raced || c->tier != LCA_SMOKE) &&
        tier == LCA_RUN_SMOKE)
        return false;           /* 300 trials would not do for a sweep */
    return tier != LCA_RUN_SMOKE || in_smoke(c, cell);
}

static struct lca_result add(struct lca_selection *s, struct lca_cell cell)
{
    if (s->count == s->size) {
        unsigned size = s->size ? s->size * 2 : 256;
        struct lca_cell *cells = realloc(s->cells, size * sizeof *cells);

        if (!cells)
            return lca_fail(LCA_SYSTEM, "no memory for %u cells", size);
        s->cells = cells;
        s->size = size;
    }
    s->cells[s->count++] = cell;
    return lca_ok();
}

/* Without a wish, a tool for threads is given the cases that have some. */
static bool suits_tool(const struct lca_options *o,
                       const struct lca_chapter *chapter)
{
    bool threads = o->info.watch == LCA_WATCH_HELGRIND ||
                   o->info.watch == LCA_WATCH_DRD;

    return !threads || o->only.count || chapter == &lca_chapter_races;
}

static int by_cell(const void *a, const void *b)
{
    const struct lca_cell *x = a, *y = b;

    return (x->cell > y->cell) - (x->cell < y->cell);
}

/* Of the cells of a case, which begin at `from`, in order afterwards. */
static void drop_doubles(struct lca_selection *s, unsigned from)
{
    unsigned kept = from;

    if (s->count > from)
        qsort(s->cells + from, s->count - from, sizeof *s->cells, by_cell);
    for (unsigned i = from; i < s->count; i++)
        if (i == from || s->cells[i].cell != s->cells[kept - 1].cell)
            s->cells[kept++] = s->cells[i];
    s->count = kept;
}

static struct lca_result walk_case(const struct lca_options *o,
                                   const struct lca_chapter *chapter,
                                   const struct lca_case *c,
                                   struct used *used,
                                   struct lca_selection *s)
{
    unsigned size = lca_cover_size(c, o->tier), before = s->count;
    struct lca_text name = { 0 };
    struct lca_result r = lca_ok();

    for (unsigned i = 0; !r.code && i < size; i++) {
        unsigned cell = lca_cover_cell(c, o->tier, i);
        bool wanted = in_tier(o, c, cell) &&
                      (!c->sweep || o->faults) && suits_tool(o, chapter);

        lca_text_clear(&name);
        lca_trial_name(c, cell, &name);
        if (name.failed) {
            r = lca_fail(LCA_SYSTEM, "no memory for a name");
            break;
        }
        if (o->only.count)
            wanted &= matches(&o->only, name.bytes, c->clause, &used->only);
        if (o->skip.count)
            wanted &= !matches(&o->skip, name.bytes, c->clause, &used->skip);
        if (wanted)
            r = add(s, (struct lca_cell){ chapter, c, cell });
    }
    lca_text_free(&name);
    if (c->machine)
        drop_doubles(s, before);
    return r;
}

static struct lca_result unused(const struct lca_globs *globs, uint64_t used,
                                const char *option)
{
    for (unsigned i = 0; i < globs->count; i++)
        if (!(used & UINT64_C(1) << i))
            return lca_fail(LCA_USAGE, "%s '%s' matches no trial and no "
                            "clause (lastcall list shows all trials)",
                            option, globs->patterns[i]);
    return lca_ok();
}

static const struct lca_chapter *chapter_of(const struct lca_case *c)
{
    for (const struct lca_chapter *const *chapter = lca_chapters; *chapter;
         chapter++)
        for (const struct lca_case *row = (*chapter)->cases; row->id; row++)
            if (row == c)
                return *chapter;
    return NULL;
}

static struct lca_result select_one(const struct lca_options *o,
                                    struct lca_selection *s)
{
    struct lca_trial trial;
    struct lca_orders unused_orders;
    struct lca_cell cell = { 0 };
    struct lca_result r = lca_trial_parse(o->trial, &trial);

    if (r.code)
        return r;
    cell.c = lca_case_find(trial.id);
    if (!cell.c)
        return lca_fail(LCA_USAGE, "there is no case '%s' (lastcall list "
                        "shows all)", trial.id);
    if (trial.plan.count)
        r = lca_orders_take(&trial.plan, 0, &unused_orders);
    if (r.code)
        return r;
    s->plan = trial.plan;
    s->seed = trial.seed;
    if (trial.plan.count && cell.c->raced)
        return lca_fail(LCA_USAGE, "nothing is made to fail in a race, and "
                        "%s is one", cell.c->id);
    cell.chapter = chapter_of(cell.c);
    r = lca_matrix_find(cell.c->axes, trial.cell, strlen(trial.cell),
                        &cell.cell);
    if (!r.code && trial.seed && !cell.c->raced &&
        !lca_cover_is_random(cell.c, cell.cell))
        r = lca_fail(LCA_USAGE, "only a race and a random walk take a seed, "
                     "and this is none");
    if (!r.code && trial.plan.count && lca_cover_is_random(cell.c, cell.cell))
        r = lca_fail(LCA_USAGE, "nothing is made to fail in random walks");
    return r.code ? r : add(s, cell);
}

struct lca_result lca_select(const struct lca_options *o,
                             struct lca_selection *s)
{
    struct used used = { 0 };
    struct lca_result r = lca_ok();

    *s = (struct lca_selection){ 0 };
    if (o->trial) {
        r = select_one(o, s);
    } else {
        for (const struct lca_chapter *const *chapter = lca_chapters;
             !r.code && *chapter; chapter++)
            for (const struct lca_case *c = (*chapter)->cases;
                 !r.code && c->id; c++)
                r = walk_case(o, *chapter, c, &used, s);
        if (!r.code)
            r = unused(&o->only, used.only, "--only");
        if (!r.code)
            r = unused(&o->skip, used.skip, "--skip");
        if (!r.code && s->count == 0)
            r = lca_fail(LCA_USAGE, "nothing is selected: --only and --skip "
                         "leave no trial of this tier%s", o->faults ? "" :
                         ", or --faults none leaves none");
    }
    if (r.code)
        lca_selection_free(s);
    return r;
}

void lca_selection_free(struct lca_selection *s)
{
    free(s->cells);
    *s = (struct lca_selection){ 0 };
}
