/* What a census found by name: rules of NO_MORE, RESTORED and their kin. */

#include "harness/oracle/rules.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct lca_opinion pass = { .verdict = LCA_PASS };

/* A number this long is of one run alone: a process, a time. */
enum { LONG_NUMBER = 3 };

static const struct lca_census *counted(const struct lca_hearing *h,
                                        unsigned i)
{
    uint64_t at = ANSWER(h, i)->value;

    return at < h->record->census_count ? &h->record->census[at] : NULL;
}

/* What is told of a census and a kind first; NULL: nothing is. */
static const struct lca_thing *told(const struct lca_hearing *h, uint64_t at,
                                    unsigned what)
{
    const struct lca_record *r = h->record;

    for (unsigned i = 0; i < r->thing_count; i++)
        if (r->things[i].census == at && r->things[i].what == what)
            return &r->things[i];
    return NULL;
}

/* The name with a # for each number that will be another one next time. */
static void settle(const char *name, char *text, size_t size)
{
    size_t n = 0;

    while (*name && n + LONG_NUMBER < size) {
        size_t digits = 0;

        while (isdigit((unsigned char)name[digits]))
            digits++;
        if (digits >= LONG_NUMBER) {
            text[n++] = '#';
            name += digits;
        } else {
            text[n++] = *name++;
        }
    }
    text[n] = '\0';
}

void lca_rule_name_new(const struct lca_hearing *h, unsigned i,
                       enum lca_what what, char *text, size_t size)
{
    const struct lca_thing *t = told(h, ANSWER(h, i)->value, what);
    char name[sizeof t->name];

    *text = '\0';
    if (!t || !*t->name)
        return;
    settle(t->name, name, sizeof name);
    snprintf(text, size, ": %s", name);
}

static uint32_t measured(const struct lca_census *c, enum lca_what what)
{
    const uint32_t counts[] = {
#define X(member, one, more, look) c->member,
        LCA_THINGS(X)
#undef X
    };

    return counts[what];
}

/* The rounds between the last census and the one before it. */
static unsigned rounds(const struct lca_hearing *h, unsigned i)
{
    return i > 0 && STEP(h, i - 1)->op == LCA_LOOP ? STEP(h, i - 1)->times
                                                   : 0;
}

static struct lca_opinion grown(const struct lca_hearing *h, unsigned i,
                                enum lca_what what, uint32_t more)
{
    unsigned n = rounds(h, i);
    char name[128];

    lca_rule_name_new(h, i, what, name, sizeof name);
    if (n && more % n == 0 && more / n == 1)
        return lca_judge_say(LCA_FAIL, "one %s more after each of %u "
                             "rounds%s", lca_what_name(what, 1), n, name);
    if (n && more % n == 0)
        return lca_judge_say(LCA_FAIL, "%u %s more after each of %u rounds%s",
                             (unsigned)(more / n),
                             lca_what_name(what, more / n), n, name);
    return lca_judge_say(LCA_FAIL, "%s grow in each third of 200 rounds%s",
                         lca_what_name(what, 2), name);
}

/* What is made once, or now and then, does not grow in each third. */
struct lca_opinion lca_rule_no_more(const struct lca_hearing *h, unsigned i)
{
    const struct lca_census *c = counted(h, i);
    uint64_t last = ANSWER(h, i)->value;

    if (!c || last < 3)
        return lca_judge_say(LCA_BROKEN, "too few counts were taken");
    for (unsigned what = 0; what < LCA_THING_COUNT; what++) {
        uint32_t a = measured(c - 3, what), b = measured(c - 2, what);
        uint32_t d = measured(c - 1, what), e = measured(c, what);

        if (STEP(h, i)->flags & lca_what_look(what) && a < b && b < d &&
            d < e)
            return grown(h, i, what, e - d);
    }
    return pass;
}

struct lca_opinion lca_rule_restored(const struct lca_hearing *h, unsigned i)
{
    const struct lca_census *c = counted(h, i);

    if (!c)
        return lca_judge_say(LCA_BROKEN, "no count was taken");
    for (unsigned what = LCA_THING_COUNT; what < LCA_WHAT_COUNT; what++) {
        const struct lca_thing *t = told(h, ANSWER(h, i)->value, what);

        if (STEP(h, i)->flags & lca_what_look(what) &&
            c->changed & 1u << what)
            return lca_judge_say(LCA_FAIL, "after MAPIUninitialize %s",
                                 t && *t->name ? t->name
                                 : "the process is not as before logon");
    }
    return pass;
}

/* Where no thread was made there is nothing that could have ended. */
static struct lca_opinion threads(const struct lca_hearing *h, unsigned i,
                                  bool lasting)
{
    const struct lca_census *c = counted(h, i);

    if (!c)
        return lca_judge_say(LCA_BROKEN, "no count was taken");
    if (!c->marked)
        return lca_judge_say(LCA_SKIP, "MAPIInitialize made no thread");
    if (lasting && !c->lasting)
        return lca_judge_say(LCA_FAIL, "the thread that MAPIInitialize made "
                             "for notifications has ended, and "
                             "MAPIUninitialize was not called");
    if (!lasting && c->lasting)
        return lca_judge_say(LCA_FAIL, "a thread that MAPIInitialize made is "
                             "still there after the last MAPIUninitialize");
    return pass;
}

struct lca_opinion lca_rule_lasting(const struct lca_hearing *h, unsigned i)
{
    return threads(h, i, true);
}

struct lca_opinion lca_rule_over(const struct lca_hearing *h, unsigned i)
{
    return threads(h, i, false);
}

/* "2 threads (a, b), 1 file (tmp/x)": for the record. */
struct lca_opinion lca_rule_noted(const struct lca_hearing *h, unsigned i)
{
    struct lca_opinion o = { .verdict = LCA_PASS };
    const struct lca_record *r = h->record;
    size_t n = 0;

    if (!counted(h, i))
        return lca_judge_say(LCA_BROKEN, "no count was taken");
    for (unsigned j = 0; j < r->thing_count && n < sizeof o.text; j++) {
        const struct lca_thing *t = &r->things[j];
        char name[sizeof t->name];

        if (t->census != ANSWER(h, i)->value ||
            !(STEP(h, i)->flags & lca_what_look(t->what)))
            continue;
        settle(t->name, name, sizeof name);
        if (t->what < LCA_THING_COUNT)
            n += (size_t)snprintf(o.text + n, sizeof o.text - n,
                                  "%s%u %s (%s)", n ? ", " : "keeps ",
                                  (unsigned)t->count,
                                  lca_what_name(t->what, t->count), name);
        else
            n += (size_t)snprintf(o.text + n, sizeof o.text - n, "%s%s",
                                  n ? ", " : "", t->name);
    }
    if (n)                      /* a note, since the clause is INFO */
        o.verdict = LCA_FAIL;
    return o;
}
