#include "harness/cli/help.h"

#include "harness/cli/nearest.h"
#include "harness/cli/table.h"
#include "harness/cli/wrap.h"

#include <string.h>

enum { STDOUT = 1, NAMES = 30, USUAL = 80 };

static struct lca_wrap page(unsigned indent)
{
    return (struct lca_wrap){ .out = stdout, .indent = indent,
                              .width = lca_wrap_width(STDOUT, USUAL) };
}

/* What it is called, then what it is; below each other if need be. */
static void row(const char *name, unsigned names, const char *help)
{
    struct lca_wrap wrap = page(names);

    if (strlen(name) + 2 > names)
        printf("%s\n%*s", name, (int)names, "");
    else
        printf("%-*s", (int)names, name);
    wrap.column = names;
    lca_wrap_line(&wrap, help);
}

static void option_row(const struct lca_option *o)
{
    char letter[] = { '-', o->letter, ',', ' ', '\0' };
    char name[80];

    snprintf(name, sizeof name, "  %s--%s%s%s", o->letter ? letter : "",
             o->name, o->value ? " " : "", o->value ? o->value : "");
    row(name, NAMES, o->help);
}

static void command_rows(void)
{
    for (size_t i = 0; i < LCA_COMMAND_COUNT; i++) {
        const struct lca_command *c = &lca_commands[i];
        char name[48];

        snprintf(name, sizeof name, "  %s %s", c->name, c->words);
        row(name, 24, c->help);
    }
}

static void front_page(void)
{
    static const char *const first[] = { "only", "abi", "mapi-profile",
                                         "create-profile", "junit", "quiet" };
    struct lca_wrap wrap = page(0);

    printf("usage: lastcall COMMAND [option]... [SUBJECT]\n\n");
    command_rows();
    printf("\n");
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        for (size_t j = 0; j < LCA_OPTION_COUNT; j++)
            if (strcmp(lca_option_rows[j].name, first[i]) == 0)
                option_row(&lca_option_rows[j]);
    printf("\n");
    lca_wrap_line(&wrap, "Exit status: 0 all is well; 1 something failed; 2 "
                  "wrong usage, or the subject cannot be opened or logged on "
                  "to; 3 broken, unfinished or undecided.");
}

/* Those that a command takes; all of them, if it is none. */
static void options_of(enum lca_command_index command)
{
    bool all = command == LCA_COMMAND_COUNT;

    for (unsigned group = 0; group < LCA_OPTION_GROUPS; group++) {
        bool begun = false;

        for (size_t i = 0; i < LCA_OPTION_COUNT; i++) {
            const struct lca_option *o = &lca_option_rows[i];

            if (o->group != group || !(all || lca_option_is_for(o, command)))
                continue;
            if (!begun)
                printf("\n%s:\n", lca_group_names[group]);
            begun = true;
            option_row(o);
        }
    }
}

struct lca_result lca_command_help(struct lca_arguments *a)
{
    const char *topic = a->word_count ? a->words[0] : NULL;
    struct lca_nearest near = { .word = topic };
    enum lca_command_index index;

    if (!topic) {
        front_page();
        return lca_ok();
    }
    index = lca_command_find(topic);
    if (index < LCA_COMMAND_COUNT) {
        const struct lca_command *c = &lca_commands[index];
        struct lca_wrap wrap = page(0);

        printf("usage: lastcall %s [option]... %s\n", c->name, c->words);
        lca_wrap_line(&wrap, c->help);
    } else if (strcmp(topic, "options") == 0) {
        printf("usage: lastcall COMMAND [option]... [SUBJECT]\n");
    } else if (strcmp(topic, "faults") == 0) {
        lca_help_faults();
        return lca_ok();
    } else {
        for (size_t i = 0; i < LCA_COMMAND_COUNT; i++)
            lca_nearest_try(&near, lca_commands[i].name);
        lca_nearest_try(&near, "options");
        lca_nearest_try(&near, "faults");
        return lca_fail(LCA_USAGE, "there is no help for '%.200s' (%s)", topic,
                        lca_nearest_hint(&near, "see lastcall help"));
    }
    options_of(index);
    return lca_ok();
}
