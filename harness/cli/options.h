/*
 * options: the command line and the manifest, made into struct lca_options
 *
 * Ownership   an lca_arguments owns its texts until lca_arguments_free;
 *             options point into it and into argv.
 * Errors      LCA_USAGE, one sentence with the word that is wrong, what would
 *             be right, and perhaps what was meant.
 */

#ifndef LCA_CLI_OPTIONS_H
#define LCA_CLI_OPTIONS_H

#include "harness/base/text.h"
#include "harness/model/event.h"
#include "harness/run/options.h"
#include "harness/run/run.h"

enum lca_color { LCA_COLOR_AUTO, LCA_COLOR_ALWAYS, LCA_COLOR_NEVER };

enum { LCA_OUTPUTS_MAX = 16 };

struct lca_arguments {
    unsigned command;           /* enum lca_command_index */
    const char *words[2];       /* what is no option, after the command */
    unsigned word_count;
    struct lca_options options;
    struct lca_output outputs[LCA_OUTPUTS_MAX];
    unsigned output_count;
    bool quiet, verbose, help, version;
    enum lca_color color;
    uint64_t given;             /* a bit for each row of the option table */
    struct lca_text repeat;     /* what a repeat command carries */
};

struct lca_result lca_arguments_parse(int argc, char **argv,
                                      struct lca_arguments *arguments);
void lca_arguments_free(struct lca_arguments *arguments);

/* Was the option of this (long) name on the command line? */
bool lca_arguments_given(const struct lca_arguments *arguments,
                         const char *name);

/*
 * What the subject is: a library, or a manifest (.ini) whose facts are put
 * into the options that the command line left open. Errors: LCA_USAGE, with
 * the manifest's line; LCA_MISSING, no such file, or not one to be opened.
 */
struct lca_result lca_arguments_subject(struct lca_arguments *arguments,
                                        const char *subject);

/* The manifest's part of it; the library's path is added to `library`. */
struct lca_result lca_manifest_read(struct lca_arguments *arguments,
                                    const char *path,
                                    struct lca_text *library);

#endif
