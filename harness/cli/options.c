#include "harness/cli/options.h"

#include "harness/cli/nearest.h"
#include "harness/cli/table.h"
#include "harness/platform/system.h"

#include <stdio.h>
#include <string.h>

_Static_assert(LCA_OPTION_COUNT <= 64, "a bit for each in lca_arguments");

/* The command line, and how far it has been read. */
struct reading {
    struct lca_arguments *a;
    char **argv;
    int argc, at;
    bool named;                 /* the command is known */
    bool only_words;            /* "--" has been read */
};

static const struct lca_option *find(const char *name, size_t length)
{
    for (size_t i = 0; i < LCA_OPTION_COUNT; i++)
        if (strlen(lca_option_rows[i].name) == length &&
            memcmp(lca_option_rows[i].name, name, length) == 0)
            return &lca_option_rows[i];
    return NULL;
}

static const struct lca_option *find_letter(char letter)
{
    for (size_t i = 0; i < LCA_OPTION_COUNT; i++)
        if (lca_option_rows[i].letter == letter)
            return &lca_option_rows[i];
    return NULL;
}

static void remember(struct lca_arguments *a, const struct lca_given *g)
{
    lca_text_print(&a->repeat, " --%s", g->option->name);
    if (!g->value)
        return;
    lca_text_print(&a->repeat, "%s", *g->value == '-' ? "=" : " ");
    lca_text_quote(&a->repeat, g->value);
}

static struct lca_result apply(struct lca_arguments *a,
                               const struct lca_given *g)
{
    struct lca_result r = g->option->take(a, g);

    a->given |= UINT64_C(1) << (g->option - lca_option_rows);
    if (!r.code && g->option->repeats)
        remember(a, g);
    return r;
}

/* The next word, if it is meant to be a value. */
static struct lca_result next_value(struct reading *r, struct lca_given *g)
{
    const char *takes = g->option->value;
    const char *next = r->at + 1 < r->argc ? r->argv[r->at + 1] : NULL;

    if (!next)
        return lca_fail(LCA_USAGE, "%s needs a value: %s", g->word, takes);
    if (next[0] == '-' && next[1] && g->option->take != lca_take_number)
        return lca_fail(LCA_USAGE, "%s needs a value (%s) before '%.80s'; one "
                        "that begins with - is written --%s=%.80s", g->word,
                        takes, next, g->option->name, next);
    g->value = next;
    r->at++;
    return lca_ok();
}

/* "--name=value", "--name value". */
static struct lca_result long_option(struct reading *r)
{
    const char *name = r->argv[r->at] + 2;
    size_t length = strcspn(name, "=");
    char word[64];
    struct lca_given g = { find(name, length), word, NULL };
    struct lca_result result = lca_ok();

    snprintf(word, sizeof word, "--%.*s", (int)length, name);
    if (!g.option) {
        struct lca_nearest near = { .word = word + 2 };

        for (size_t i = 0; i < LCA_OPTION_COUNT; i++)
            lca_nearest_try(&near, lca_option_rows[i].name);
        return lca_fail(LCA_USAGE, "there is no option '%s' (%s%s)", word,
                        near.best ? "did you mean --"
                                  : "see lastcall help options",
                        near.best ? near.best : "");
    }
    if (name[length] && !g.option->value)
        return lca_fail(LCA_USAGE, "%s takes no value ('%.80s')", word,
                        name + length + 1);
    if (name[length])
        g.value = name + length + 1;
    else if (g.option->value)
        result = next_value(r, &g);
    return result.code ? result : apply(r->a, &g);
}

/* "-j4", "-j 4", and flags that stand together: "-qj4". */
static struct lca_result short_options(struct reading *r)
{
    const char *letters = r->argv[r->at] + 1;
    struct lca_result result = lca_ok();

    for (; !result.code && *letters; letters++) {
        char word[] = { '-', *letters, '\0' };
        struct lca_given g = { find_letter(*letters), word, NULL };

        if (!g.option)
            return lca_fail(LCA_USAGE, "there is no option '%s' (see lastcall "
                            "help options)", word);
        if (!g.option->value) {
            result = apply(r->a, &g);
            continue;
        }
        if (letters[1])
            g.value = letters + 1;
        else
            result = next_value(r, &g);
        return result.code ? result : apply(r->a, &g);
    }
    return result;
}

static struct lca_result word(struct reading *r)
{
    struct lca_arguments *a = r->a;
    const char *word = r->argv[r->at];
    struct lca_nearest near = { .word = word };

    if (r->named) {
        if (a->word_count < sizeof a->words / sizeof *a->words)
            a->words[a->word_count] = word;
        a->word_count++;
        return lca_ok();
    }
    r->named = true;
    a->command = lca_command_find(word);
    if (a->command < LCA_COMMAND_COUNT)
        return lca_ok();
    if (strpbrk(word, "./"))
        return lca_fail(LCA_USAGE, "there is no command '%.200s' (to judge a "
                        "library: lastcall run %.200s)", word, word);
    for (size_t i = 0; i < LCA_COMMAND_COUNT; i++)
        lca_nearest_try(&near, lca_commands[i].name);
    return lca_fail(LCA_USAGE, "there is no command '%.200s' (%s)", word,
                    lca_nearest_hint(&near, "see lastcall help"));
}

/* Words and options that the command has no use for are no help to anybody. */
static struct lca_result check(const struct reading *r)
{
    const struct lca_arguments *a = r->a;
    const struct lca_command *c = &lca_commands[a->command];

    if (!r->named)
        return lca_fail(LCA_USAGE, "a command is missing: lastcall run SUBJECT "
                        "judges a library (see lastcall help)");
    for (size_t i = 0; i < LCA_OPTION_COUNT; i++)
        if (a->given & UINT64_C(1) << i &&
            !lca_option_is_for(&lca_option_rows[i],
                               (enum lca_command_index)a->command))
            return lca_fail(LCA_USAGE, "%s takes no --%s (see lastcall help "
                            "%s)", c->name, lca_option_rows[i].name, c->name);
    if (a->word_count < c->least)
        return lca_fail(LCA_USAGE, "%s needs %s", c->name, c->takes);
    if (a->word_count > c->most)
        return lca_fail(LCA_USAGE, "%s takes %s, and '%.200s' is one word too "
                        "many", c->name, c->takes, a->words[c->most]);
    if (*a->options.info.suppressions &&
        !lca_watch_has_tool(a->options.info.watch))
        return lca_fail(LCA_USAGE, "--suppressions is for --watch memcheck");
    if (a->options.trial && (a->options.only.count || a->options.skip.count))
        return lca_fail(LCA_USAGE, "--trial is one trial, and leaves nothing "
                        "for --only and --skip to choose");
    return lca_ok();
}

/* Wherever --help or --version stands, it is all that is done. */
static bool asked(struct reading *r)
{
    struct lca_arguments *a = r->a;

    if (!a->help && !a->version)
        return false;
    a->word_count = a->help && r->named;
    if (a->word_count)
        a->words[0] = lca_commands[a->command].name;
    a->command = a->help ? LCA_COMMAND_help : LCA_COMMAND_version;
    return true;
}

struct lca_result lca_arguments_parse(int argc, char **argv,
                                      struct lca_arguments *a)
{
    struct reading r = { .a = a, .argv = argv, .argc = argc };
    struct lca_result result = lca_ok();

    *a = (struct lca_arguments){ .command = LCA_COMMAND_help };
    a->options.program = argc ? argv[0] : "lastcall";
    a->options.tier = LCA_RUN_STANDARD;
    a->options.faults = LCA_MEMORY | LCA_IPC;
    a->options.jobs = lca_system_processors();
    if (a->options.jobs > LCA_JOBS_MAX)
        a->options.jobs = LCA_JOBS_MAX;
    a->options.repeat = &a->repeat;
    for (r.at = 1; !result.code && r.at < argc; r.at++) {
        const char *next = argv[r.at];

        if (r.only_words || *next != '-' || !next[1])
            result = word(&r);
        else if (strcmp(next, "--") == 0)
            r.only_words = true;
        else
            result = next[1] == '-' ? long_option(&r) : short_options(&r);
        if (!result.code && asked(&r))
            return result;
    }
    return result.code ? result : check(&r);
}

bool lca_arguments_given(const struct lca_arguments *a, const char *name)
{
    const struct lca_option *o = find(name, strlen(name));

    return o && a->given & UINT64_C(1) << (o - lca_option_rows);
}

void lca_arguments_free(struct lca_arguments *a)
{
    lca_text_free(&a->repeat);
}
