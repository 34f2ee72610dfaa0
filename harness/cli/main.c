/* lastcall: judges how a MAPI implementation ends a session. */

#include "harness/cli/commands.h"
#include "harness/cli/terminal.h"
#include "harness/platform/system.h"
#include "harness/run/run.h"

#include <stdio.h>
#include <string.h>

enum { USAGE = 2, UNFINISHED = 3, STDIN = 0, STDOUT = 1,
       STDERR = 2 };

static bool on_standard_output(const struct lca_arguments *a)
{
    for (unsigned i = 0; i < a->output_count; i++)
        if (strcmp(a->outputs[i].path, "-") == 0)
            return true;
    return false;
}

/* Does a report go where the subject is, or where another one goes? */
static struct lca_result check_outputs(const struct lca_arguments *a)
{
    char subject[1024] = "", path[1024];

    lca_system_real_path(a->words[0], subject, sizeof subject);
    for (unsigned i = 0; i < a->output_count; i++) {
        const struct lca_output *out = &a->outputs[i];

        for (unsigned j = 0; j < i; j++)
            if (strcmp(out->path, a->outputs[j].path) == 0)
                return lca_fail(LCA_USAGE, "--%s and --%s both write '%s'",
                                a->outputs[j].writer->name, out->writer->name,
                                out->path);
        if (lca_system_real_path(out->path, path, sizeof path) &&
            (strcmp(path, subject) == 0 ||
             strcmp(path, a->options.info.path) == 0))
            return lca_fail(LCA_USAGE, "--%s would overwrite the subject "
                            "'%s'", out->writer->name, out->path);
    }
    return lca_ok();
}

static struct lca_result subject_of(struct lca_arguments *a)
{
    if (a->word_count != 1)
        return lca_fail(LCA_USAGE, "%s needs one SUBJECT: a library or a "
                        "manifest (.ini)", a->command);
    if (strpbrk(a->words[0], "\n\r\t\033"))
        return lca_fail(LCA_USAGE, "the subject's path holds a control "
                        "character, which no repeat command could carry");
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

    if (!r.code)
        r = check_outputs(a);
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
        r = lca_system_is_terminal(STDIN)
          ? subject_of(a)
          : lca_fail(LCA_USAGE, "console needs a terminal; in a script, use "
                     "run");
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
