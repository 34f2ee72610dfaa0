/*
 * table: commands and options, a row each
 *
 * Parsing, help and completion all grow from these rows, and a test compares
 * them with the manual page. Rows are constants.
 *
 * Errors of a take: LCA_USAGE, naming what was given and what is taken. A
 * value that the design has and the program not yet is told apart from one
 * that makes no sense.
 */

#ifndef LCA_CLI_TABLE_H
#define LCA_CLI_TABLE_H

#include "harness/cli/options.h"

/* name, words after it, how many of them, what those are, what it does */
#define LCA_COMMANDS(X)                                                     \
    X(run, "SUBJECT", 1, 1, "one SUBJECT: a library or a manifest (.ini)",  \
      "judge a MAPI library, or what a manifest (.ini) names")              \
    X(list, "[SUBJECT]", 0, 1, "at most one SUBJECT",                       \
      "the trials of a run; with --faults, where calls can fail")           \
    X(explain, "CLAUSE|CASE", 1, 1, "one CLAUSE or CASE, such as POST-002 " \
      "or session/logoff/plain",                                            \
      "what is asked, where it is written, how it is tested")               \
    X(doctor, "SUBJECT", 1, 1, "one SUBJECT: a library or a manifest "      \
      "(.ini)", "what loads, what is missing, what to do")                  \
    X(console, "SUBJECT", 1, 1, "one SUBJECT: a library or a manifest "     \
      "(.ini)", "CUnit's console on the same trials")                       \
    X(learn, "SUBJECT", 1, 1, "one SUBJECT: a library or a manifest "       \
      "(.ini)", "the states that it has and its calls, for Graphviz")       \
    X(completion, "bash|zsh", 1, 1, "one shell, bash or zsh",               \
      "what completes all this, to be sourced by a shell")                  \
    X(help, "[COMMAND]", 0, 1, "at most one COMMAND, or 'options' or "      \
      "'faults'",                                                           \
      "options of a command; also: help options, help faults")              \
    X(version, "", 0, 0, "nothing", "the version")

enum lca_command_index {
#define X(name, words, least, most, takes, help) LCA_COMMAND_##name,
    LCA_COMMANDS(X)
#undef X
    LCA_COMMAND_COUNT
};

struct lca_command {
    const char *name, *words;
    unsigned least, most;       /* words after it */
    const char *takes, *help;
};

extern const struct lca_command lca_commands[LCA_COMMAND_COUNT];
enum lca_command_index lca_command_find(const char *name);  /* or the count */

enum lca_option_group { LCA_TRIALS, LCA_JUDGING, LCA_SUBJECT, LCA_RUNNING,
                        LCA_REPORTS, LCA_ASKING, LCA_OPTION_GROUPS };

struct lca_option;

/* An option as it was typed: "--tier" or "-j", and its value or NULL. */
struct lca_given {
    const struct lca_option *option;
    const char *word;
    const char *value;
};

typedef struct lca_result lca_take(struct lca_arguments *arguments,
                                   const struct lca_given *given);

struct lca_option {
    const char *name;           /* without its dashes */
    char letter;                /* of the short form; 0: none */
    const char *value;          /* NAME, or all choices: a|b|c; NULL: none */
    lca_take *take;
    size_t at, size;            /* the place in struct lca_arguments */
    unsigned most;              /* of a number, which begins at 1 */
    unsigned commands;          /* a bit each that takes it; 0: every one */
    enum lca_option_group group;
    bool repeats;               /* a repeat command carries it */
    const char *help;
    const char *there;          /* of the choices, those that work; NULL: all */
    const char *not_yet;        /* why the rest does not */
};

enum { LCA_OPTION_COUNT = 32 };

extern const struct lca_option lca_option_rows[LCA_OPTION_COUNT];
extern const char *const lca_group_names[LCA_OPTION_GROUPS];

bool lca_option_is_for(const struct lca_option *option,
                       enum lca_command_index command);

/* The index of a word among "a|b|c" or "a,b,c", or -1. */
int lca_choice(const char *choices, const char *word, size_t length);

/* Where the value goes, and what it may be. */
lca_take lca_take_flag, lca_take_choice, lca_take_number, lca_take_word,
    lca_take_name, lca_take_glob, lca_take_trial, lca_take_output,
    lca_take_allow, lca_take_windows, lca_take_file, lca_take_folder;

#endif
