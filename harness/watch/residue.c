#include "harness/watch/residue.h"

#include "harness/platform/made.h"
#include "harness/platform/state.h"
#include "harness/platform/things.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { IDS = 2048, NAMED = 4, MARKS = 64, BEFORE = 2,
       NAME = sizeof ((struct lca_thing *)0)->name };

/* The things of a kind at a moment, and what is new among them. */
struct pile {
    enum lca_what what;
    uint32_t count;
    uint32_t fresh;
    uint64_t ids[IDS];
    char first[NAMED][NAME];    /* names of the first that are new */
    char head[NAME];            /* what all new names begin and end with */
    char tail[NAME];
};

/* One of the two is the last look's. */
static struct pile piles[LCA_THING_COUNT][2];
static unsigned char current[LCA_THING_COUNT];
static bool looked[LCA_THING_COUNT];    /* there was one */
static bool anchored;           /* the last look is one with LCA_LOOK_BEFORE */

/* Threads that are watched, and how many of them were seen. */
static uint64_t marks[MARKS];
static uint32_t marked, lasting;

static struct lca_state_now before[BEFORE];
static unsigned befores;

static bool was_there(const struct pile *last, uint64_t id)
{
    uint32_t n = last->count < IDS ? last->count : IDS;

    for (uint32_t i = 0; i < n; i++)
        if (last->ids[i] == id)
            return true;
    return false;
}

/* Shortens what the names have in common to what this one has, too. */
static void narrow(struct pile *p, const char *name)
{
    size_t n = strlen(name), tail = strlen(p->tail), i = 0;

    while (p->head[i] && p->head[i] == name[i])
        i++;
    p->head[i] = '\0';
    for (i = 0; i < tail && i < n && p->tail[tail - 1 - i] == name[n - 1 - i];)
        i++;
    memmove(p->tail, p->tail + tail - i, i + 1);
}

static void see(void *pile, uint64_t id, const char *name)
{
    struct pile *p = pile;
    const struct pile *last = &piles[p->what][!current[p->what]];

    if (p->count < IDS)
        p->ids[p->count] = id;
    p->count++;
    if (p->what == LCA_WHAT_threads)
        for (uint32_t i = 0; i < marked; i++)
            lasting += marks[i] == id;
    if (was_there(last, id))
        return;
    if (p->fresh < NAMED)
        snprintf(p->first[p->fresh], NAME, "%s", name);
    if (p->fresh == 0) {
        snprintf(p->head, NAME, "%s", name);
        snprintf(p->tail, NAME, "%s", name);
    }
    narrow(p, name);
    p->fresh++;
}

static void look(struct pile *p)
{
    switch (p->what) {
    case LCA_WHAT_fds:        lca_things_fds(see, p);        break;
    case LCA_WHAT_threads:    lca_things_threads(see, p);    break;
    case LCA_WHAT_timers:     lca_things_timers(see, p);     break;
    case LCA_WHAT_mappings:   lca_things_mappings(see, p);   break;
    case LCA_WHAT_children:   lca_things_children(see, p);   break;
    case LCA_WHAT_files:      lca_made_each(LCA_MADE_FILE, see, p);      break;
    case LCA_WHAT_segments:   lca_made_each(LCA_MADE_MEMORY, see, p);    break;
    case LCA_WHAT_semaphores: lca_made_each(LCA_MADE_SEMAPHORE, see, p); break;
    case LCA_WHAT_queues:     lca_made_each(LCA_MADE_QUEUE, see, p);     break;
    default:                                                 break;
    }
}

void lca_residue_count(uint32_t looks, struct lca_census *census)
{
    uint32_t *const counts[LCA_THING_COUNT] = {
#define X(member, one, more, look) &census->member,
        LCA_THINGS(X)
#undef X
    };

    lasting = 0;
    for (int what = 0; what < LCA_THING_COUNT; what++) {
        struct pile *p = &piles[what][current[what]];

        if (!(lca_what_look(what) & looks))
            continue;
        p->what = what;
        p->count = p->fresh = 0;
        look(p);
        *counts[what] = p->count;
    }
    census->marked = marked;
    census->lasting = lasting;
}

/* A count in a name is of one of them: it is behind the star. */
static void star(const struct pile *p, char *name)
{
    size_t head = strlen(p->head), skip = strspn(p->tail, "0123456789");

    while (head > 0 && p->head[head - 1] >= '0' && p->head[head - 1] <= '9')
        head--;
    if (*p->head && strcmp(p->head, p->first[0]) == 0 &&
        strcmp(p->tail, p->first[0]) == 0)
        memcpy(name, p->head, NAME);            /* all have one name */
    else
        snprintf(name, NAME, "%.*s*%.50s", (int)(head < 50 ? head : 50),
                 p->head, p->tail + skip);
}

static struct lca_thing *next_thing(struct lca_record *r, enum lca_what what,
                                    uint32_t count)
{
    struct lca_thing *t = r->thing_count < LCA_THINGS_MAX
                        ? &r->things[r->thing_count++] : NULL;

    if (t)
        *t = (struct lca_thing){ .census = r->census_count - 1, .what = what,
                                 .count = count };
    return t;
}

/* Each by its name, once. */
static void tell_few(struct pile *p, struct lca_record *r)
{
    struct lca_thing *t;

    for (uint32_t i = 0; i < p->fresh; i++) {
        uint32_t count = 1;

        for (uint32_t j = i + 1; j < p->fresh; j++)
            if (strcmp(p->first[j], p->first[i]) == 0) {
                memcpy(p->first[j], p->first[--p->fresh], NAME);
                count++;
                j--;
            }
        if ((t = next_thing(r, p->what, count)) != NULL)
            memcpy(t->name, p->first[i], NAME);
    }
}

static void tell(struct pile *p, struct lca_record *r)
{
    struct lca_thing *t;

    if (p->fresh <= NAMED)
        tell_few(p, r);
    else if ((t = next_thing(r, p->what, p->fresh)) != NULL)
        star(p, t->name);
}

static void mark(const struct pile *p, const struct pile *last)
{
    uint32_t n = p->count < IDS ? p->count : IDS;

    marked = 0;
    for (uint32_t i = 0; i < n && marked < MARKS; i++)
        if (!was_there(last, p->ids[i]))
            marks[marked++] = p->ids[i];
}

void lca_residue_tell(uint32_t looks, struct lca_record *r)
{
    for (int what = 0; what < LCA_THING_COUNT; what++) {
        struct pile *p = &piles[what][current[what]];
        struct pile *last = &piles[what][!current[what]];

        if (!(lca_what_look(what) & looks))
            continue;
        if (what == LCA_WHAT_threads && looks & LCA_LOOK_MARK)
            mark(p, last);
        if (looked[what])       /* at the first look nothing is new */
            tell(p, r);
        looked[what] = true;
        if (looks & LCA_LOOK_BEFORE || !anchored)
            current[what] = !current[what];
    }
    anchored |= (looks & LCA_LOOK_BEFORE) != 0;
}

void lca_residue_compare(uint32_t looks, struct lca_record *r)
{
    static struct lca_state_now now;
    char text[LCA_STATE_TEXT];

    _Static_assert(LCA_STATE_PARTS == LCA_WHAT_COUNT - LCA_THING_COUNT,
                   "the same states, in the same order");
    if (!(looks & LCA_LOOK_STATES))
        return;
    lca_state_take(&now);
    if (looks & LCA_LOOK_BEFORE) {
        before[befores < BEFORE ? befores++ : BEFORE - 1] = now;
        return;
    }
    for (int part = 0; part < LCA_STATE_PARTS; part++) {
        enum lca_what what = LCA_THING_COUNT + part;
        bool differs = befores > 0 && lca_what_look(what) & looks;
        struct lca_thing *t;

        for (unsigned i = 0; differs && i < befores; i++)
            differs = lca_state_differs(part, &before[i], &now, text);
        if (!differs)
            continue;
        r->census[r->census_count - 1].changed |= 1u << what;
        if ((t = next_thing(r, what, 0)) != NULL)
            snprintf(t->name, sizeof t->name, "%s", text);
    }
}

void lca_residue_forget(void)
{
    befores = 0;
}
