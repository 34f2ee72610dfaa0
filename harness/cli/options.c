#include "harness/cli/options.h"

#include "harness/mapi/abi.h"
#include "harness/platform/system.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/tap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Puts a value in its place. False: the value is not one of those. */
typedef bool take(struct lca_arguments *a, const char *value);

static bool one_of(const char *value, const char *const *names, int *index)
{
    for (*index = 0; names[*index]; (*index)++)
        if (strcmp(value, names[*index]) == 0)
            return true;
    return false;
}

static bool number(const char *value, unsigned most, unsigned *out)
{
    char *end;
    unsigned long n;

    errno = 0;
    n = strtoul(value, &end, 0);
    if (*value < '0' || *value > '9' || *end || errno || n == 0 || n > most)
        return false;
    *out = (unsigned)n;
    return true;
}

static bool add_glob(struct lca_globs *globs, const char *value)
{
    if (!*value || globs->count == LCA_GLOBS_MAX)
        return false;
    globs->patterns[globs->count++] = value;
    return true;
}

static bool take_only(struct lca_arguments *a, const char *value)
{
    return add_glob(&a->options.only, value);
}

static bool take_skip(struct lca_arguments *a, const char *value)
{
    return add_glob(&a->options.skip, value);
}

static bool take_trial(struct lca_arguments *a, const char *value)
{
    a->options.trial = value;
    return *value != '\0';
}

static bool take_tier(struct lca_arguments *a, const char *value)
{
    static const char *const names[] = { "smoke", "standard", "full", NULL };
    int i;

    if (!one_of(value, names, &i))
        return false;
    a->options.tier = (enum lca_tier_choice)i;
    return true;
}

static bool take_profile(struct lca_arguments *a, const char *value)
{
    static const char *const names[] = { "strict", "documented", NULL };
    int i;

    if (!one_of(value, names, &i))
        return false;
    a->options.profile = (enum lca_profile)i;
    return true;
}

static bool take_abi(struct lca_arguments *a, const char *value)
{
    enum lca_abi abi;

    if (!lca_abi_parse(value, &abi))
        return false;
    a->options.info.abi = abi;
    a->abi_given = true;
    return true;
}

static bool take_mapi_profile(struct lca_arguments *a, const char *value)
{
    char *profile = a->options.info.profile;

    if (!*value || strlen(value) >= sizeof a->options.info.profile)
        return false;
    memcpy(profile, value, strlen(value) + 1);
    return true;
}

static bool take_create(struct lca_arguments *a, const char *value)
{
    (void)value;
    a->options.info.create = 1;
    return true;
}

static bool take_allow(struct lca_arguments *a, const char *value)
{
    if (strcmp(value, "shared-logoff") != 0)
        return false;
    a->options.allow_shared_logoff = true;
    return true;
}

static bool take_host(struct lca_arguments *a, const char *value)
{
    a->options.host = value;
    return *value != '\0';
}

static bool take_jobs(struct lca_arguments *a, const char *value)
{
    a->jobs_given = true;
    return number(value, LCA_JOBS_MAX, &a->options.jobs);
}

static bool take_snapshot(struct lca_arguments *a, const char *value)
{
    static const char *const names[] = { "loaded", "fresh", "exec", NULL };
    int i;

    if (!one_of(value, names, &i))
        return false;
    a->options.info.snapshot = (uint32_t)i;
    return true;
}

static bool take_timeout(struct lca_arguments *a, const char *value)
{
    return number(value, 86400, &a->options.timeout_s);
}

static bool add_output(struct lca_arguments *a,
                       const struct lca_writer *writer, const char *path)
{
    if (!*path || a->output_count == LCA_OUTPUTS_MAX)
        return false;
    a->outputs[a->output_count++] = (struct lca_output){ writer, path, NULL };
    return true;
}

static bool take_junit(struct lca_arguments *a, const char *value)
{
    return add_output(a, &lca_junit, value);
}

static bool take_tap(struct lca_arguments *a, const char *value)
{
    return add_output(a, &lca_tap, value);
}

static bool take_json(struct lca_arguments *a, const char *value)
{
    return add_output(a, &lca_json, value);
}

static bool take_quiet(struct lca_arguments *a, const char *value)
{
    (void)value;
    a->quiet = true;
    return true;
}

static bool take_verbose(struct lca_arguments *a, const char *value)
{
    (void)value;
    a->verbose = true;
    return true;
}

static bool take_color(struct lca_arguments *a, const char *value)
{
    static const char *const names[] = { "auto", "always", "never", NULL };
    int i;

    if (!one_of(value, names, &i))
        return false;
    a->color = (enum lca_color)i;
    return true;
}

/* Options whose work does not exist: only their default is taken. */
static bool take_none(struct lca_arguments *a, const char *value)
{
    (void)a;
    return strcmp(value, "none") == 0;
}

static bool take_residue(struct lca_arguments *a, const char *value)
{
    (void)a;
    return strcmp(value, "residue") == 0;
}

static bool take_nothing(struct lca_arguments *a, const char *value)
{
    (void)a, (void)value;
    return false;
}

static const struct option {
    const char *name;           /* without its dashes */
    const char *value;          /* what it takes; NULL: nothing */
    take *take;
    bool repeats;               /* a repeat command carries it */
    const char *help;
    const char *not_yet;        /* why a value that is fine is refused */
} options[] = {
    { "only", "GLOB", take_only, false,
      "trials or clauses to run; may be given again" },
    { "skip", "GLOB", take_skip, false, "trials or clauses to leave out" },
    { "trial", "TEXT", take_trial, false, "exactly this trial" },
    { "tier", "smoke|standard|full", take_tier, false,
      "how much to run (standard)" },
    { "profile", "strict|documented", take_profile, true,
      "what can fail: MUST and SHOULD, or MUST alone (strict)" },
    { "abi", "com|itanium", take_abi, true, "where the methods are (com)" },
    { "mapi-profile", "NAME", take_mapi_profile, true,
      "profile to log on to (the default one)" },
    { "create-profile", NULL, take_create, true,
      "make the profile first, with MAPIAdminProfiles" },
    { "allow", "shared-logoff", take_allow, true,
      "destructive cases: MAPI_LOGOFF_SHARED on offered sessions",
      "killing peers comes with the faults" },
    { "host", "COMMAND", take_host, true,
      "what plays the trials (lastcall-host)" },
    { "j", "N", take_jobs, false, "hosts at work at once (processors)" },
    { "snapshot", "loaded|fresh|exec", take_snapshot, true,
      "what a trial is forked from (loaded)" },
    { "timeout", "SECONDS", take_timeout, true,
      "for each trial (from the baseline)" },
    { "junit", "FILE", take_junit, false, "JUnit XML; - is standard output" },
    { "tap", "FILE", take_tap, false, "TAP 14, as it happens" },
    { "json", "FILE", take_json, false, "JSON lines, an event a line" },
    { "quiet", NULL, take_quiet, false, "findings and totals only" },
    { "verbose", NULL, take_verbose, false, "a line for each trial" },
    { "color", "auto|always|never", take_color, false,
      "colours (on a terminal)" },
    { "faults", "none", take_none, false, "not yet: faults",
      "making calls fail is not there yet" },
    { "window", "LIST", take_nothing, false, "not yet: where faults strike",
      "making calls fail is not there yet" },
    { "depth", "1|2", take_nothing, false, "not yet: pairs of faults",
      "making calls fail is not there yet" },
    { "watch", "residue", take_residue, false, "not yet: Valgrind",
      "running under Valgrind is not there yet" },
    { "suppressions", "FILE", take_nothing, false, "not yet: for Valgrind",
      "running under Valgrind is not there yet" },
    { "core", "DIR", take_nothing, false, "not yet: keeps cores",
      "keeping cores is not there yet" },
};

static const struct option *find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strlen(options[i].name) == length &&
            memcmp(options[i].name, name, length) == 0)
            return &options[i];
    return NULL;
}

static void remember(struct lca_arguments *a, const struct option *o,
                     const char *value)
{
    lca_text_print(&a->repeat, " --%s", o->name);
    if (value) {
        lca_text_print(&a->repeat, " ");
        lca_text_quote(&a->repeat, value);
    }
}

static struct lca_result apply(struct lca_arguments *a,
                               const struct option *o, const char *value)
{
    if (o->take(a, value)) {
        if (o->repeats)
            remember(a, o, value);
        return lca_ok();
    }
    if (o->not_yet)
        return lca_fail(LCA_USAGE, "--%s %s: %s", o->name, value ? value : "",
                        o->not_yet);
    return lca_fail(LCA_USAGE, "%s%s does not take '%s' (it takes %s)",
                    o->name[1] ? "--" : "-", o->name, value, o->value);
}

/* "--name=value", "--name value", "-jN", "-j N". */
static struct lca_result option(struct lca_arguments *a, char **argv,
                                int argc, int *at)
{
    const char *word = argv[*at];
    bool lone = word[1] != '-';
    const char *name = word + (lone ? 1 : 2);
    const char *value = lone ? NULL : strchr(name, '=');
    size_t length = lone ? 1 : value ? (size_t)(value - name) : strlen(name);
    const struct option *o = find(name, length);

    if (!o || (length == 1) != lone)
        return lca_fail(LCA_USAGE, "there is no option '%s' (see lastcall "
                        "help)", word);
    if (lone && name[1])
        value = name + 1;
    else if (value)
        value++;
    if (!o->value && value)
        return lca_fail(LCA_USAGE, "--%s takes no value", o->name);
    if (o->value && !value) {
        if (*at + 1 >= argc)
            return lca_fail(LCA_USAGE, "%s needs a value: %s", word,
                            o->value);
        value = argv[++*at];
    }
    return apply(a, o, value);
}

/* Wherever it stands, it is all that is done. */
static struct lca_result asked_for(struct lca_arguments *a, const char *command)
{
    a->command = command;
    a->word_count = 0;
    return lca_ok();
}

struct lca_result lca_arguments_parse(int argc, char **argv,
                                      struct lca_arguments *a)
{
    struct lca_result r = lca_ok();
    bool only_words = false;

    *a = (struct lca_arguments){ .command = "help" };
    a->options.program = argc ? argv[0] : "lastcall";
    a->options.tier = LCA_RUN_STANDARD;
    a->options.jobs = lca_system_processors();
    a->options.repeat = &a->repeat;
    for (int at = 1, words = 0; !r.code && at < argc; at++) {
        if (!only_words && strcmp(argv[at], "--") == 0)
            only_words = true;
        else if (!only_words && (strcmp(argv[at], "--help") == 0 ||
                                 strcmp(argv[at], "-h") == 0))
            return asked_for(a, "help");
        else if (!only_words && strcmp(argv[at], "--version") == 0)
            return asked_for(a, "version");
        else if (!only_words && argv[at][0] == '-' && argv[at][1])
            r = option(a, argv, argc, &at);
        else if (words++ == 0)
            a->command = argv[at];
        else if (a->word_count < 2)
            a->words[a->word_count++] = argv[at];
        else
            r = lca_fail(LCA_USAGE, "'%s' is one word too many", argv[at]);
    }
    return r;
}

void lca_arguments_help(FILE *out)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        char name[48];

        snprintf(name, sizeof name, "%s%s %s",
                 options[i].name[1] ? "--" : "-", options[i].name,
                 options[i].value ? options[i].value : "");
        fprintf(out, "  %-30s %s\n", name, options[i].help);
    }
}

void lca_arguments_free(struct lca_arguments *a)
{
    lca_text_free(&a->repeat);
}
