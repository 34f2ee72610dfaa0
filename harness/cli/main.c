/* lastcall: judges how a MAPI implementation ends a session. */

#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/doctor.h"
#include "harness/cli/help.h"
#include "harness/cli/outputs.h"
#include "harness/cli/table.h"
#include "harness/cli/terminal.h"
#include "harness/cli/wrap.h"
#include "harness/platform/cores.h"
#include "harness/platform/system.h"
#include "harness/run/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USAGE = 2, UNFINISHED = 3, STDIN = 0, STDOUT = 1, STDERR = 2 };

typedef struct lca_result command(struct lca_arguments *a, int *status);

/* NO_COLOR, if it is not empty, is a wish; a dumb terminal cannot. */
static bool wants_color(const struct lca_arguments *a, bool terminal)
{
    const char *no = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    if (a->color == LCA_COLOR_AUTO)
        return terminal && !(no && *no) && !(term && !strcmp(term, "dumb"));
    return a->color == LCA_COLOR_ALWAYS;
}

static void tell(const struct lca_result *r)
{
    struct lca_wrap line = { .out = stderr };

    fputs("lastcall: ", stderr);
    lca_wrap_line(&line, r->text);
}

/* Where none can be had the run goes on without. */
static void check_cores(struct lca_arguments *a)
{
    struct lca_result r = lca_ok();

    if (!*a->options.info.core)
        return;
    r = lca_watch_has_tool(a->options.info.watch)
      ? lca_fail(LCA_SYSTEM, "under Valgrind it would be Valgrind's core")
      : lca_cores_possible();
    if (r.code) {
        r = lca_fail(r.code, "--core: %s: no core is kept", r.text);
        tell(&r);
        *a->options.info.core = '\0';
    }
}

static struct lca_result run(struct lca_arguments *a, int *status)
{
    bool to_stderr = lca_outputs_on_standard_output(a);
    int screen = to_stderr ? STDERR : STDOUT;
    bool terminal = lca_system_is_terminal(screen);
    const struct lca_terminal_options options = {
        .quiet = a->quiet, .verbose = a->verbose, .terminal = terminal,
        .color = wants_color(a, terminal), .to_stderr = to_stderr,
        .width = lca_wrap_width(screen, 0),
    };
    struct lca_output outputs[LCA_OUTPUTS_MAX + 1];
    struct lca_result r = lca_arguments_subject(a, a->words[0]);

    if (!r.code)
        r = lca_outputs_check(a);
    if (r.code)
        return r;
    check_cores(a);
    lca_terminal_set(&options);
    memcpy(outputs, a->outputs, sizeof a->outputs);
    outputs[a->output_count] = (struct lca_output){ &lca_terminal, "", NULL };
    return lca_run(&a->options, outputs, a->output_count + 1, status);
}

static struct lca_result console(struct lca_arguments *a, int *status)
{
    struct lca_result r = lca_ok();

    (void)status;
    if (!lca_system_is_terminal(STDIN))
        return lca_fail(LCA_USAGE, "console needs a terminal; in a script, "
                        "use run");
    r = lca_arguments_subject(a, a->words[0]);
    return r.code ? r : lca_run_console(&a->options);
}

static struct lca_result list(struct lca_arguments *a, int *status)
{
    (void)status;
    return lca_command_list(a);
}

static struct lca_result explain(struct lca_arguments *a, int *status)
{
    (void)status;
    return lca_command_explain(a);
}

static struct lca_result doctor(struct lca_arguments *a, int *status)
{
    struct lca_result r = lca_arguments_subject(a, a->words[0]);

    return r.code ? r : lca_command_doctor(a, status);
}

static struct lca_result learn(struct lca_arguments *a, int *status)
{
    struct lca_result r = lca_arguments_subject(a, a->words[0]);

    return r.code ? r : lca_command_learn(a, status);
}

static struct lca_result completion(struct lca_arguments *a, int *status)
{
    (void)status;
    return lca_command_completion(a);
}

static struct lca_result help(struct lca_arguments *a, int *status)
{
    (void)status;
    return lca_command_help(a);
}

static struct lca_result version(struct lca_arguments *a, int *status)
{
    (void)a, (void)status;
    printf("lastcall %s\n", LCA_VERSION);
    return lca_ok();
}

static command *const commands[LCA_COMMAND_COUNT] = {
#define X(name, words, least, most, takes, help) name,
    LCA_COMMANDS(X)
#undef X
};

/* Standard output may be full, or a pipe that nobody reads any more. */
static struct lca_result written(struct lca_result r)
{
    bool failed = ferror(stdout);

    errno = 0;
    if (fflush(stdout) != 0 || failed)
        return r.code ? r
             : lca_fail(LCA_SYSTEM, "standard output cannot be written%s%s",
                        errno ? ": " : "", errno ? strerror(errno) : "");
    if (!r.code && lca_text_lost())
        return lca_fail(LCA_SYSTEM, "no memory for all that was to be said");
    return r;
}

int main(int argc, char **argv)
{
    static struct lca_arguments arguments;
    struct lca_result r;
    int status = 0;

    lca_system_hold_standard_files();
    lca_system_ignore_broken_pipes();
    r = lca_arguments_parse(argc, argv, &arguments);
    if (!r.code)
        r = commands[arguments.command](&arguments, &status);
    r = written(r);
    if (r.code)
        tell(&r);
    lca_arguments_free(&arguments);
    return !r.code                                      ? status
         : r.code == LCA_USAGE || r.code == LCA_MISSING ? USAGE
         : status                                       ? status
                                                        : UNFINISHED;
}
