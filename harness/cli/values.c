#include "harness/cli/table.h"

#include "harness/model/plan.h"
#include "harness/platform/system.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/tap.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 80 };            /* bytes of a bad value that are told */

/* "a|b|c" or "a,b,c" as "a, b or c". */
static void in_words(const char *choices, struct lca_text *text)
{
    while (*choices) {
        size_t n = strcspn(choices, "|,");
        const char *next = choices + n + (choices[n] != '\0');

        lca_text_add(text, choices, n);
        if (*next)
            lca_text_print(text, "%s", next[strcspn(next, "|,")] ? ", "
                                                                 : " or ");
        choices = next;
    }
}

static struct lca_result refuse(const struct lca_given *g, const char *takes)
{
    return lca_fail(LCA_USAGE, "%s takes %s, not '%.*s'", g->word, takes,
                    SHOWN, g->value);
}

static struct lca_result refuse_choice(const struct lca_given *g,
                                       const char *list_of,
                                       const char *choices)
{
    struct lca_text text = { 0 };
    struct lca_result r;

    lca_text_print(&text, "%s", list_of);
    in_words(choices, &text);
    r = text.failed ? lca_fail(LCA_SYSTEM, "no memory for a choice")
                    : refuse(g, text.bytes);
    lca_text_free(&text);
    return r;
}

static struct lca_result later(const struct lca_given *g)
{
    const char *there = g->option->there;
    struct lca_text words = { 0 };
    struct lca_result r;

    in_words(there, &words);
    r = lca_fail(LCA_USAGE, "%s %.*s: %s%s%s", g->word, SHOWN, g->value,
                 g->option->not_yet, *there ? "; so far it takes " : "",
                 *there && !words.failed ? words.bytes : there);
    lca_text_free(&words);
    return r;
}

static void *place(struct lca_arguments *a, const struct lca_given *g)
{
    return (char *)a + g->option->at;
}

/* Enumerations and uint32_t are as wide as unsigned; flags may be bool. */
_Static_assert(sizeof(enum lca_tier_choice) == sizeof(unsigned) &&
               sizeof(enum lca_profile) == sizeof(unsigned) &&
               sizeof(enum lca_color) == sizeof(unsigned) &&
               sizeof(uint32_t) == sizeof(unsigned), "a choice is stored so");

static struct lca_result store(struct lca_arguments *a,
                               const struct lca_given *g, unsigned n)
{
    if (g->option->size == sizeof(bool))
        *(bool *)place(a, g) = n != 0;
    else if (g->option->size == sizeof n)
        memcpy(place(a, g), &n, sizeof n);
    return lca_ok();            /* of no size: only its default is there */
}

struct lca_result lca_take_flag(struct lca_arguments *a,
                                const struct lca_given *g)
{
    return store(a, g, 1);
}

struct lca_result lca_take_choice(struct lca_arguments *a,
                                  const struct lca_given *g)
{
    const struct lca_option *o = g->option;
    int index = lca_choice(o->value, g->value, strlen(g->value));

    if (index < 0)
        return refuse_choice(g, "", o->value);
    if (o->there && lca_choice(o->there, g->value, strlen(g->value)) < 0)
        return later(g);
    return store(a, g, (unsigned)index);
}

struct lca_result lca_take_number(struct lca_arguments *a,
                                  const struct lca_given *g)
{
    size_t digits = strspn(g->value, "0123456789");
    unsigned long n;
    char takes[64];

    errno = 0;
    n = strtoul(g->value, NULL, 10);
    if (digits && !g->value[digits] && !errno && n >= 1 &&
        n <= g->option->most)
        return store(a, g, (unsigned)n);
    snprintf(takes, sizeof takes, "a number from 1 to %u", g->option->most);
    return refuse(g, takes);
}

struct lca_result lca_take_word(struct lca_arguments *a,
                                const struct lca_given *g)
{
    if (!*g->value)
        return refuse(g, g->option->value);
    memcpy(place(a, g), &g->value, sizeof g->value);
    return lca_ok();
}

struct lca_result lca_take_name(struct lca_arguments *a,
                                const struct lca_given *g)
{
    size_t length = strlen(g->value);
    char takes[64];

    if (length && length < g->option->size) {
        memcpy(place(a, g), g->value, length + 1);
        return lca_ok();
    }
    snprintf(takes, sizeof takes, "a name of 1 to %zu bytes",
             g->option->size - 1);
    return refuse(g, takes);
}

/* Hosts work in folders of their own, so its path is made absolute. */
struct lca_result lca_take_file(struct lca_arguments *a,
                                const struct lca_given *g)
{
    enum lca_file_kind kind = lca_system_file_kind(g->value);

    if (kind == LCA_FILE_ORDINARY &&
        lca_system_real_path(g->value, place(a, g), g->option->size))
        return lca_ok();
    return refuse(g, "a file that is there and can be read");
}

/* What is made in it has a name of its own, which takes some bytes. */
struct lca_result lca_take_folder(struct lca_arguments *a,
                                  const struct lca_given *g)
{
    enum lca_file_kind kind = lca_system_file_kind(g->value);

    if (kind == LCA_FILE_FOLDER &&
        lca_system_real_path(g->value, place(a, g), g->option->size - 64))
        return lca_ok();
    return refuse(g, "a folder that is there");
}

struct lca_result lca_take_glob(struct lca_arguments *a,
                                const struct lca_given *g)
{
    struct lca_globs *globs = place(a, g);

    if (!*g->value)
        return refuse(g, "a GLOB, such as 'POST-*'");
    if (globs->count == LCA_GLOBS_MAX)
        return lca_fail(LCA_USAGE, "%s is there more than %d times: '*' and "
                        "'?' make one of many", g->word, LCA_GLOBS_MAX);
    globs->patterns[globs->count++] = g->value;
    return lca_ok();
}

struct lca_result lca_take_trial(struct lca_arguments *a,
                                 const struct lca_given *g)
{
    if (a->options.trial)
        return lca_fail(LCA_USAGE, "two --trial: a run plays one, or what "
                        "--only chooses");
    return lca_take_word(a, g);
}

struct lca_result lca_take_output(struct lca_arguments *a,
                                  const struct lca_given *g)
{
    static const struct lca_writer *const writers[] = {
        &lca_junit, &lca_tap, &lca_json,
    };
    unsigned i = 0;

    while (strcmp(writers[i]->name, g->option->name) != 0)
        i++;
    if (!*g->value)
        return refuse(g, "a FILE, or - for standard output");
    if (a->output_count == LCA_OUTPUTS_MAX)
        return lca_fail(LCA_USAGE, "more than %d reports are asked for",
                        LCA_OUTPUTS_MAX);
    a->outputs[a->output_count++] =
        (struct lca_output){ writers[i], g->value, NULL };
    return lca_ok();
}

/* Words between commas; each opens one door. */
struct lca_result lca_take_allow(struct lca_arguments *a,
                                 const struct lca_given *g)
{
    const struct lca_option *o = g->option;
    unsigned *allowed = place(a, g);

    for (const char *word = g->value;;) {
        size_t n = strcspn(word, ",");
        int door = lca_choice(o->value, word, n);

        if (door < 0)
            return refuse_choice(g, "", o->value);
        if (lca_choice(o->there, word, n) < 0)
            return later(g);
        *allowed |= 1u << door;
        if (!word[n])
            return lca_ok();
        word += n + 1;
    }
}

struct lca_result lca_take_windows(struct lca_arguments *a,
                                   const struct lca_given *g)
{
#define X(name) "|" #name
    static const char windows[] = LCA_WINDOWS(X);
#undef X

    unsigned bits = 0;

    for (const char *word = g->value;;) {
        size_t n = strcspn(word, "+,");
        int window = lca_choice(windows + 1, word, n);

        if (window < 0)
            return refuse_choice(g, "a list, such as logoff+release, of ",
                                 windows + 1);
        bits |= 1u << window;
        if (!word[n])
            return store(a, g, bits);
        word += n + 1;
    }
}
