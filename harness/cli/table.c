#include "harness/cli/table.h"

#include <string.h>

const struct lca_command lca_commands[LCA_COMMAND_COUNT] = {
#define X(name, words, least, most, takes, help)                            \
    { #name, words, least, most, takes, help },
    LCA_COMMANDS(X)
#undef X
};

const char *const lca_group_names[LCA_OPTION_GROUPS] = {
    [LCA_TRIALS] = "Which trials",
    [LCA_JUDGING] = "How they are judged",
    [LCA_SUBJECT] = "The subject",
    [LCA_RUNNING] = "Running",
    [LCA_REPORTS] = "Reports",
    [LCA_ASKING] = "Asking",
};

#define FOR(command) (1u << LCA_COMMAND_##command)
enum {
    RUN = FOR(run),
    /* What chooses trials, and what decides how they are played. */
    CHOOSE = FOR(run) | FOR(list) | FOR(console),
    PLAY = CHOOSE | FOR(doctor) | FOR(learn),
};

#define PLACE(member) offsetof(struct lca_arguments, member),               \
    sizeof ((struct lca_arguments *)NULL)->member

const struct lca_option lca_option_rows[LCA_OPTION_COUNT] = {
    { "only", 0, "GLOB", lca_take_glob, PLACE(options.only), 0, CHOOSE,
      LCA_TRIALS, false, "trials or clauses to run; may be given again" },
    { "skip", 0, "GLOB", lca_take_glob, PLACE(options.skip), 0, CHOOSE,
      LCA_TRIALS, false, "trials or clauses to leave out; again, too" },
    { "trial", 0, "TEXT", lca_take_trial, PLACE(options.trial), 0, CHOOSE,
      LCA_TRIALS, false, "exactly this trial" },
    { "tier", 0, "smoke|standard|full", lca_take_choice, PLACE(options.tier),
      0, CHOOSE, LCA_TRIALS, true, "how much to run (standard)" },
    { "walks", 0, "N", lca_take_number, PLACE(options.walks), 1000000, CHOOSE,
      LCA_TRIALS, false, "random walks of 50 calls a case (in full 100)" },
    { "calls", 0, "LIST", lca_take_word, PLACE(options.calls), 0, FOR(learn),
      LCA_TRIALS, false, "the calls of the machine (one method and the rest)" },
    { "allow", 0, "shared-logoff,kill-peer", lca_take_allow,
      PLACE(options.allow), 0, CHOOSE, LCA_TRIALS, true,
      "destructive cases; kill-peer not yet", "shared-logoff",
      "hurting a server that lastcall did not start is not there yet" },
    { "faults", 0, "none|memory|ipc|all", lca_take_choice,
      PLACE(options.faults), 0, CHOOSE, LCA_TRIALS, true,
      "which calls are made to fail (all)" },
    { "window", 0, "LIST", lca_take_windows, PLACE(options.windows), 0,
      CHOOSE, LCA_TRIALS, true,
      "in which of our calls (logoff+release)" },
    { "depth", 0, "1|2", lca_take_number, PLACE(options.depth), 2, CHOOSE,
      LCA_TRIALS, true, "faults in one trial (1, in the full tier 2)" },
    { "threads", 0, "one|all", lca_take_choice, PLACE(options.all_threads), 0,
      CHOOSE, LCA_TRIALS, true,
      "whose calls, the calling thread's or all (one)" },
    { "profile", 0, "strict|documented", lca_take_choice,
      PLACE(options.profile), 0, CHOOSE, LCA_JUDGING, true,
      "what fails, MUST and SHOULD or MUST alone (strict)" },
    { "watch", 0, "residue|none|memcheck|helgrind|drd", lca_take_choice,
      PLACE(options.info.watch), 0, CHOOSE, LCA_JUDGING, true,
      "what is looked for beside answers (residue)" },
    { "no-junk", 0, NULL, lca_take_flag, PLACE(options.info.no_junk), 0,
      CHOOSE, LCA_JUDGING, true, "do not fill fresh and freed memory" },
    { "guard", 0, NULL, lca_take_flag, PLACE(options.info.guard), 0, CHOOSE,
      LCA_JUDGING, true, "blocks of memory end where nobody may touch" },
    { "suppressions", 0, "FILE", lca_take_file,
      PLACE(options.info.suppressions), 0, CHOOSE, LCA_JUDGING, true,
      "what Valgrind is not to tell of, as it reads them" },
    { "abi", 0, "com|itanium", lca_take_choice, PLACE(options.info.abi), 0,
      PLAY, LCA_SUBJECT, true, "where the methods are (com; doctor tells)" },
    { "mapi-profile", 0, "NAME", lca_take_name, PLACE(options.info.profile),
      0, PLAY, LCA_SUBJECT, true, "profile to log on to (the default one)" },
    { "create-profile", 0, NULL, lca_take_flag, PLACE(options.info.create), 0,
      PLAY, LCA_SUBJECT, true,
      "make the profile first, with MAPIAdminProfiles" },
    { "host", 0, "COMMAND", lca_take_word, PLACE(options.host), 0, PLAY,
      LCA_RUNNING, true, "what plays the trials (lastcall-host)" },
    { "jobs", 'j', "N", lca_take_number, PLACE(options.jobs), LCA_JOBS_MAX,
      CHOOSE, LCA_RUNNING, false, "hosts at work at once (processors)" },
    { "snapshot", 0, "loaded|fresh|exec", lca_take_choice,
      PLACE(options.info.snapshot), 0, PLAY, LCA_RUNNING, true,
      "what a trial is forked from (loaded)" },
    { "timeout", 0, "SECONDS", lca_take_number, PLACE(options.timeout_s),
      86400, PLAY, LCA_RUNNING, true, "for each trial (from the baseline)" },
    { "core", 0, "DIR", lca_take_folder, PLACE(options.info.core), 0, RUN,
      LCA_RUNNING, false, "keep the cores of crashes there" },
    { "junit", 0, "FILE", lca_take_output, 0, 0, 0, RUN, LCA_REPORTS, false,
      "JUnit XML; - is standard output" },
    { "tap", 0, "FILE", lca_take_output, 0, 0, 0, RUN, LCA_REPORTS, false,
      "TAP 14, as it happens" },
    { "json", 0, "FILE", lca_take_output, 0, 0, 0, RUN, LCA_REPORTS, false,
      "JSON lines, an event a line" },
    { "quiet", 'q', NULL, lca_take_flag, PLACE(quiet), 0, RUN, LCA_REPORTS,
      false, "findings and totals only" },
    { "verbose", 'v', NULL, lca_take_flag, PLACE(verbose), 0, RUN,
      LCA_REPORTS, false, "a line for each trial" },
    { "color", 0, "auto|always|never", lca_take_choice, PLACE(color), 0,
      RUN | FOR(doctor), LCA_REPORTS, false, "colours (on a terminal)" },
    { "help", 'h', NULL, lca_take_flag, PLACE(help), 0, 0, LCA_ASKING, false,
      "as lastcall help COMMAND" },
    { "version", 'V', NULL, lca_take_flag, PLACE(version), 0, 0, LCA_ASKING,
      false, "as lastcall version" },
};

enum lca_command_index lca_command_find(const char *name)
{
    unsigned i = 0;

    while (i < LCA_COMMAND_COUNT && strcmp(lca_commands[i].name, name) != 0)
        i++;
    return (enum lca_command_index)i;
}

bool lca_option_is_for(const struct lca_option *o,
                       enum lca_command_index command)
{
    return !o->commands || o->commands & 1u << command;
}

int lca_choice(const char *choices, const char *word, size_t length)
{
    for (int i = 0;; i++) {
        size_t n = strcspn(choices, "|,");

        if (n == length && memcmp(choices, word, n) == 0)
            return i;
        if (!choices[n])
            return -1;
        choices += n + 1;
    }
}
