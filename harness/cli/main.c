/* lastcall: judges how a MAPI implementation ends a session. */

#include "harness/cli/commands.h"
#include "harness/cli/terminal.h"
#include "harness/platform/system.h"
#include "harness/run/run.h"

#include <stdio.h>
#include <string.h>

enum { USAGE = 2, UNFINISHED = 3, STDOUT = 1, STDERR = 2 };

static bool on_standard_output(const struct lca_arguments *a)
{
    for (unsigned i = 0; i < a->output_count; i++)
        if (strcmp(a->outputs[i].path, "-") == 0)
            return true;
    return false;
}

static struct lca_result subject_of(struct lca_arguments *a)
{
    if (a->word_count != 1)
        return lca_fail(LCA_USAGE, "%s needs one SUBJECT: a library or a "
                        "manifest (.ini)", a->command);
    return lca_arguments_subject(a, a->words[0]);
}

static struct lca_result run(struct lca_arguments *a, int *status)
{
    bool to_stderr = on_standard_output(a);
    bool terminal = lca_system_is_terminal(to_stderr ? STDERR : STDOUT);
    const struct lca_terminal_options options = {
        .quiet = a->quiet, .verbose = a->verbose, .progress = terminal,
        .color = a->color == LCA_COLOR_ALWAYS ||
                 (a->color == LCA_COLOR_AUTO && terminal),
        .to_stderr = to_stderr,
    };
    struct lca_output outputs[LCA_OUTPUTS_MAX + 1];
    struct lca_result r = subject_of(a);

    if (r.code)
        return r;
    lca_terminal_set(&options);
    memcpy(outputs, a->outputs, sizeof a->outputs);
    outputs[a->output_count] = (struct lca_output){ &lca_terminal, "", NULL };
    return lca_run(&a->options, outputs, a->output_count + 1, status);
}

static struct lca_result command(struct lca_arguments *a, int *status)
{
    struct lca_result r;

    if (strcmp(a->command, "run") == 0)
        return run(a, status);
    if (strcmp(a->command, "console") == 0) {
        r = subject_of(a);
        return r.code ? r : lca_run_console(&a->options);
    }
    if (strcmp(a->command, "list") == 0)
        return lca_command_list(a);
    if (strcmp(a->command, "explain") == 0)
        return lca_command_explain(a);
    if (strcmp(a->command, "help") == 0)
        return lca_command_help(a);
    if (strcmp(a->command, "version") == 0) {
        printf("lastcall %s\n", LCA_VERSION);
        return lca_ok();
    }
    if (strcmp(a->command, "doctor") == 0)
        return lca_fail(LCA_USAGE, "doctor is not there yet");
    return lca_fail(LCA_USAGE, "there is no command '%s' (see lastcall help)",
                    a->command);
}

int main(int argc, char **argv)
{
    static struct lca_arguments arguments;
    int status = 0;
    struct lca_result r = lca_arguments_parse(argc, argv, &arguments);

    lca_system_ignore_broken_pipes();
    if (!r.code)
        r = command(&arguments, &status);
    if (!r.code && fflush(stdout) != 0)
        r = lca_fail(LCA_SYSTEM, "standard output cannot be written");
    if (r.code)
        fprintf(stderr, "lastcall: %s\n", r.text);
    lca_arguments_free(&arguments);
    return !r.code                                            ? status
         : r.code == LCA_USAGE || r.code == LCA_MISSING       ? USAGE
         : status                                             ? status
                                                              : UNFINISHED;
}
