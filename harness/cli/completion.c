/*
 * Completion, as a script that a shell sources. What can be known is in the
 * script: commands, options, their choices, clauses and cases. It asks nobody
 * when a key is pressed.
 */

#include "harness/cli/help.h"

#include "cases/catalogue.h"
#include "harness/cli/table.h"
#include "harness/model/fault.h"

#include <stdio.h>
#include <string.h>

/* "a|b|c" as "a b c". */
static void print_choices(const char *choices)
{
    for (; *choices; choices++)
        putchar(strchr("|,", *choices) ? ' ' : *choices);
}

static bool has_choices(const struct lca_option *o)
{
    return o->value && strpbrk(o->value, "|,");
}

static void print_names(enum lca_command_index command)
{
    for (size_t i = 0; i < LCA_OPTION_COUNT; i++) {
        const struct lca_option *o = &lca_option_rows[i];

        if (lca_option_is_for(o, command))
            printf(" --%s", o->name);
        if (lca_option_is_for(o, command) && o->letter)
            printf(" -%c", o->letter);
    }
}

static void print_cases(void)
{
    for (const struct lca_chapter *const *chapter = lca_chapters; *chapter;
         chapter++)
        for (const struct lca_case *c = (*chapter)->cases; c->id; c++)
            printf(" %s", c->id);
}

static void print_windows(void)
{
    for (unsigned i = 0; i < LCA_WINDOW_COUNT; i++)
        printf("%s%s", i ? " " : "", lca_window_name((enum lca_window)i));
}

static void print_clauses(void)
{
    for (size_t i = 0; i < LCA_CLAUSES; i++)
        printf(" %s", lca_clauses[i].id);
}

/* A case of the shell's: options of one kind of value. */
static void print_pattern(const char *value)
{
    const char *between = "    ";

    for (size_t i = 0; i < LCA_OPTION_COUNT; i++) {
        const struct lca_option *o = &lca_option_rows[i];

        if (!o->value || (value && strcmp(o->value, value) != 0))
            continue;
        printf("%s--%s", between, o->name);
        between = "|";
        if (o->letter)
            printf("|-%c", o->letter);
    }
    printf(")");
}

static void bash_values(void)
{
    printf("    case $before in\n");
    for (size_t i = 0; i < LCA_OPTION_COUNT; i++) {
        const struct lca_option *o = &lca_option_rows[i];

        if (!has_choices(o))
            continue;
        printf("    --%s) words='", o->name);
        print_choices(o->value);
        printf("' ;;\n");
    }
    print_pattern("FILE");
    printf(" kind=file ;;\n");
    print_pattern("DIR");
    printf(" kind=directory ;;\n");
    print_pattern("COMMAND");
    printf(" kind=command ;;\n");
    print_pattern("GLOB");
    printf(" words=\"$clauses $cases\" ;;\n");
    print_pattern("TEXT");
    printf(" words=$cases ;;\n");
    print_pattern("LIST");
    printf(" words='");
    print_windows();
    printf("' ;;\n");
    print_pattern(NULL);
    printf(" ;;\n    *) value= ;;\n    esac\n");
}

static void bash_commands(void)
{
    printf("    case $command in\n    '') words='--help --version");
    for (size_t i = 0; i < LCA_COMMAND_COUNT; i++)
        printf(" %s", lca_commands[i].name);
    printf("' ;;\n");
    for (unsigned i = 0; i < LCA_COMMAND_COUNT; i++) {
        const struct lca_command *c = &lca_commands[i];

        printf("    %s)\n        case $word in\n        -*) words='", c->name);
        print_names((enum lca_command_index)i);
        printf("' ;;\n        *) ");
        if (strstr(c->words, "SUBJECT"))
            printf("kind=file");
        else if (i == LCA_COMMAND_explain)
            printf("words=\"$clauses $cases\"");
        else if (i == LCA_COMMAND_help) {
            printf("words='options faults");
            for (size_t j = 0; j < LCA_COMMAND_COUNT; j++)
                printf(" %s", lca_commands[j].name);
            printf("'");
        } else {
            printf("words='");
            print_choices(c->words);
            printf("'");
        }
        printf(" ;;\n        esac ;;\n");
    }
    printf("    esac\n");
}

static void bash(void)
{
    printf("# lastcall in bash: source <(lastcall completion bash)\n"
           "_lastcall()\n{\n"
           "    local word=${COMP_WORDS[COMP_CWORD]}\n"
           "    local before=${COMP_WORDS[COMP_CWORD-1]}\n"
           "    local command='' words='' kind='' value=1 i\n"
           "    local clauses='");
    print_clauses();
    printf("'\n    local cases='");
    print_cases();
    printf("'\n"
           "    # --tier=sm comes as three words: --tier, = and sm.\n"
           "    if [ \"$word\" = = ]; then\n        word=''\n"
           "    elif [ \"$before\" = = ]; then\n"
           "        before=${COMP_WORDS[COMP_CWORD-2]}\n    fi\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        case ${COMP_WORDS[i]} in\n    ");
    print_pattern(NULL);
    printf(" [ \"${COMP_WORDS[i+1]}\" != = ] || ((i++)); ((i++)) ;;\n"
           "        -*|=) ;;\n"
           "        *) command=${COMP_WORDS[i]}; break ;;\n"
           "        esac\n    done\n");
    bash_values();
    printf("    if [ -z \"$value\" ]; then\n");
    bash_commands();
    printf("    fi\n    COMPREPLY=()\n"
           "    if [ -n \"$kind\" ]; then\n"
           "        compopt -o filenames 2>/dev/null\n"
           "        mapfile -t COMPREPLY < <(compgen -A \"$kind\" -- "
           "\"$word\")\n"
           "    else\n"
           "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- "
           "\"$word\")\n"
           "    fi\n}\ncomplete -F _lastcall lastcall\n");
}

/* What _arguments has after the last colon. */
static void zsh_action(const struct lca_option *o)
{
    if (has_choices(o)) {
        printf("(");
        print_choices(o->value);
        printf(")");
    } else if (strcmp(o->value, "FILE") == 0) {
        printf("_files");
    } else if (strcmp(o->value, "DIR") == 0) {
        printf("_files -/");
    } else if (strcmp(o->value, "COMMAND") == 0) {
        printf("_command_names");
    } else if (strcmp(o->value, "GLOB") == 0) {
        printf("($clauses $cases)");
    } else if (strcmp(o->value, "TEXT") == 0) {
        printf("($cases)");
    } else if (strcmp(o->value, "LIST") == 0) {
        printf("(");
        print_windows();
        printf(")");
    }
}

static void zsh_options(enum lca_command_index command)
{
    for (size_t i = 0; i < LCA_OPTION_COUNT; i++) {
        const struct lca_option *o = &lca_option_rows[i];
        bool again = strcmp(o->value ? o->value : "", "GLOB") == 0;

        if (!lca_option_is_for(o, command))
            continue;
        for (int lone = 0; lone <= (o->letter != 0); lone++) {
            printf(" \\\n            \"%s", again ? "*" : "");
            if (lone)
                printf("-%c", o->letter);
            else
                printf("--%s%s", o->name, o->value ? "=" : "");
            printf("[%s]", o->help);
            if (o->value)
                printf(":%s:", has_choices(o) ? o->name : o->value);
            if (o->value)
                zsh_action(o);
            printf("\"");
        }
    }
}

static void zsh_words(const struct lca_command *c, bool explain)
{
    if (strstr(c->words, "SUBJECT"))
        printf(" \\\n            \"1:SUBJECT:_files\"");
    else if (explain)
        printf(" \\\n            \"1:CLAUSE or CASE:($clauses $cases)\"");
    else if (strcmp(c->words, "[COMMAND]") == 0)
        printf(" \\\n            \"1:COMMAND:(options faults "
               "${commands%%%%:*})\"");
    else if (*c->words) {
        printf(" \\\n            \"1:%s:(", c->name);
        print_choices(c->words);
        printf(")\"");
    }
    printf(" ;;\n");
}

static void zsh(void)
{
    printf("#compdef lastcall\n"
           "# lastcall in zsh: source <(lastcall completion zsh)\n"
           "_lastcall()\n{\n    local clauses='");
    print_clauses();
    printf("'\n    local cases='");
    print_cases();
    printf("'\n    local -a commands\n    commands=(\n");
    for (size_t i = 0; i < LCA_COMMAND_COUNT; i++)
        printf("        \"%s:%s\"\n", lca_commands[i].name,
               lca_commands[i].help);
    printf("    )\n"
           "    if ((CURRENT == 2)); then\n"
           "        _describe command commands\n        return\n    fi\n"
           "    ((CURRENT--))\n    shift words\n    case $words[1] in\n");
    for (unsigned i = 0; i < LCA_COMMAND_COUNT; i++) {
        printf("    %s)\n        _arguments", lca_commands[i].name);
        zsh_options((enum lca_command_index)i);
        zsh_words(&lca_commands[i], i == LCA_COMMAND_explain);
    }
    printf("    esac\n}\n"
           "# Found by its name, or sourced.\n"
           "if [ \"$funcstack[1]\" = _lastcall ]; then\n    _lastcall \"$@\"\n"
           "else\n    compdef _lastcall lastcall\nfi\n");
}

struct lca_result lca_command_completion(struct lca_arguments *a)
{
    if (strcmp(a->words[0], "bash") == 0)
        bash();
    else if (strcmp(a->words[0], "zsh") == 0)
        zsh();
    else
        return lca_fail(LCA_USAGE, "completion takes %s, not '%.200s'",
                        lca_commands[a->command].takes, a->words[0]);
    return lca_ok();
}
