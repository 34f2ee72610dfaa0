/*
 * options: the command line and the manifest, made into struct lca_options
 *
 * One table has every option: what it is called, what it takes, what it does,
 * and, when its work does not exist yet, why. Help grows from the same table.
 *
 * Ownership   an lca_arguments owns its texts until lca_arguments_free;
 *             options point into it and into argv.
 * Errors      LCA_USAGE, one sentence with the word that is wrong.
 */

#ifndef LCA_CLI_OPTIONS_H
#define LCA_CLI_OPTIONS_H

#include "harness/base/text.h"
#include "harness/model/event.h"
#include "harness/run/options.h"
#include "harness/run/run.h"

#include <stdio.h>

enum lca_color { LCA_COLOR_AUTO, LCA_COLOR_ALWAYS, LCA_COLOR_NEVER };

enum { LCA_OUTPUTS_MAX = 16 };

struct lca_arguments {
    const char *command;
    const char *words[2];       /* what is no option, after the command */
    unsigned word_count;
    struct lca_options options;
    struct lca_output outputs[LCA_OUTPUTS_MAX];
    unsigned output_count;
    bool quiet, verbose, abi_given, jobs_given;
    enum lca_color color;
    struct lca_text repeat;     /* what a repeat command carries */
};

struct lca_result lca_arguments_parse(int argc, char **argv,
                                      struct lca_arguments *arguments);
void lca_arguments_free(struct lca_arguments *arguments);

/* Options, a line or two each. */
void lca_arguments_help(FILE *out);

/*
 * What the subject is: a library, or a manifest (.ini) whose facts are put
 * into the options that the command line left open. Errors: LCA_USAGE, with
 * the manifest's line; LCA_MISSING, no such file.
 */
struct lca_result lca_arguments_subject(struct lca_arguments *arguments,
                                        const char *subject);

#endif
