/* options: the command line, its table, and the pages that speak of them. */

#include "cases/catalogue.h"
#include "harness/cli/nearest.h"
#include "harness/cli/table.h"
#include "harness/cli/wrap.h"
#include "harness/mapi/abi.h"
#include "harness/model/trial.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <string.h>

#ifndef LCA_TOP
# define LCA_TOP "."
#endif

enum { MOST = 14 };

static struct lca_result parse(const char *const *words,
                               struct lca_arguments *a)
{
    char *argv[MOST + 1] = { (char *)"lastcall" };
    int argc = 1;

    for (; argc < MOST && words[argc - 1]; argc++)
        argv[argc] = (char *)words[argc - 1];
    return lca_arguments_parse(argc, argv, a);
}

static void values_land_in_their_places(void)
{
    static const char *const words[][MOST] = {
        { "run", "--tier", "full", "--profile=documented", "-qj3", "S" },
        { "run", "--tier=full", "-j", "3", "--profile", "documented", "-q",
          "S" },
        { "run", "-j3", "--quiet", "--tier=full", "--profile=documented", "--",
          "S" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct lca_arguments a;

        CU_ASSERT_EQUAL(parse(words[i], &a).code, LCA_OK);
        CU_ASSERT_EQUAL(a.command, LCA_COMMAND_run);
        CU_ASSERT_EQUAL(a.options.tier, LCA_RUN_FULL);
        CU_ASSERT_EQUAL(a.options.profile, LCA_DOCUMENTED);
        CU_ASSERT_EQUAL(a.options.jobs, 3);
        CU_ASSERT(a.quiet && !a.verbose);
        CU_ASSERT(lca_arguments_given(&a, "jobs"));
        CU_ASSERT(!lca_arguments_given(&a, "abi"));
        CU_ASSERT(a.word_count == 1 && strcmp(a.words[0], "S") == 0);
        lca_arguments_free(&a);
    }
}

#define W(name) (1u << LCA_WINDOW_##name)

static void faults_are_chosen(void)
{
    static const struct {
        const char *words[MOST];
        unsigned faults, windows, depth;
        bool all_threads;
    } rows[] = {
        { { "run", "S" }, LCA_MEMORY | LCA_IPC },
        { { "run", "S", "--faults=none" } },
        { { "run", "S", "--faults", "memory", "--depth", "2" },
          LCA_MEMORY, .depth = 2 },
        { { "list", "--faults=ipc", "--window", "logon,use" },
          LCA_IPC, W(logon) | W(use) },
        { { "console", "--faults=all", "--window=release+initialise", "S",
            "--depth=1", "--threads=all" },
          LCA_MEMORY | LCA_IPC, W(release) | W(initialise), 1, true },
        { { "run", "S", "--threads=one", "--window=logoff+uninitialise" },
          LCA_MEMORY | LCA_IPC, W(logoff) | W(uninitialise) },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_arguments a;

        CU_ASSERT_EQUAL(parse(rows[i].words, &a).code, LCA_OK);
        CU_ASSERT_EQUAL(a.options.faults, rows[i].faults);
        CU_ASSERT_EQUAL(a.options.windows, rows[i].windows);
        CU_ASSERT_EQUAL(a.options.depth, rows[i].depth);
        CU_ASSERT_EQUAL(a.options.all_threads, rows[i].all_threads);
        lca_arguments_free(&a);
    }
}

/* Hosts are elsewhere, so it becomes absolute; who repeats need not. */
static void a_folder_for_cores_is_there(void)
{
    static const struct {
        const char *words[MOST];
        enum lca_code code;
        const char *core;
    } rows[] = {
        { { "run", "S" }, LCA_OK, "" },
        { { "run", "--core", LCA_TOP "/cases/..", "S" }, LCA_OK, LCA_TOP },
        { { "run", "--core=/", "S" }, LCA_OK, "/" },
        { { "run", "--core=", "S" }, LCA_USAGE },
        { { "run", "--core=/nowhere", "S" }, LCA_USAGE },
        { { "run", "--core=" LCA_TOP "/README.md", "S" }, LCA_USAGE },
        { { "list", "--core=/", "S" }, LCA_USAGE },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_arguments a;
        struct lca_result r = parse(rows[i].words, &a);

        LCA_ROW(rows[i].words[1], r.code == rows[i].code);
        if (!r.code)
            LCA_ROW(rows[i].words[1],
                    strcmp(a.options.info.core, rows[i].core) == 0);
        LCA_ROW(rows[i].words[1], !a.repeat.length);
        lca_arguments_free(&a);
    }
}

/* Which tool, and what it is not to tell of: both are repeated. */
static void a_watch_is_chosen(void)
{
    static const char page[] = LCA_TOP "/README.md";
    static const struct {
        const char *words[MOST];
        enum lca_code code;
        unsigned watch;
        bool suppressed;
    } rows[] = {
        { { "run", "S" }, LCA_OK, LCA_WATCH_RESIDUE },
        { { "run", "--watch=residue", "S" }, LCA_OK, LCA_WATCH_RESIDUE },
        { { "run", "--watch", "none", "S" }, LCA_OK, LCA_WATCH_NONE },
        { { "run", "--watch=memcheck", "S" }, LCA_OK, LCA_WATCH_MEMCHECK },
        { { "run", "--watch=memcheck", "--suppressions", page, "S" }, LCA_OK,
          LCA_WATCH_MEMCHECK, true },
        { { "run", "--suppressions", page, "--watch=memcheck", "S" }, LCA_OK,
          LCA_WATCH_MEMCHECK, true },
        { { "run", "--suppressions", page, "S" }, LCA_USAGE },
        { { "run", "--watch=none", "--suppressions", page, "S" }, LCA_USAGE },
        { { "run", "--watch=memcheck", "--suppressions=/nowhere", "S" },
          LCA_USAGE },
        { { "run", "--watch=memcheck", "--suppressions=" LCA_TOP, "S" },
          LCA_USAGE },
        { { "run", "--watch=memcheck", "--suppressions=", "S" }, LCA_USAGE },
        { { "run", "--watch=massif", "S" }, LCA_USAGE },
        { { "run", "--watch=", "S" }, LCA_USAGE },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_arguments a;
        struct lca_result r = parse(rows[i].words, &a);
        const char *repeat = a.repeat.bytes ? a.repeat.bytes : "";

        LCA_ROW(rows[i].words[1], r.code == rows[i].code);
        if (!r.code) {
            LCA_ROW(rows[i].words[1], a.options.info.watch == rows[i].watch);
            LCA_ROW(rows[i].words[1], rows[i].suppressed ==
                    (*a.options.info.suppressions == '/'));
            LCA_ROW(rows[i].words[1], rows[i].suppressed ==
                    (strstr(repeat, " --suppressions ") != NULL));
            LCA_ROW(rows[i].words[1],
                    (rows[i].watch == LCA_WATCH_MEMCHECK) ==
                    (strstr(repeat, " --watch memcheck") != NULL));
        }
        lca_arguments_free(&a);
    }
}

/* A repeat command may not judge by other rules, or another profile. */
static void what_decides_is_repeated(void)
{
    static const char *const words[] = {
        "run", "--abi=itanium", "--mapi-profile=-x y", "--create-profile",
        "--tier=full", "--depth=1", "--threads=all", "--no-junk",
        "--guard", "--window=logon", "--jobs=2", "S", NULL
    };
    struct lca_arguments a;

    CU_ASSERT_EQUAL(parse(words, &a).code, LCA_OK);
    CU_ASSERT_STRING_EQUAL(a.repeat.bytes, " --abi itanium "
                           "--mapi-profile='-x y' --create-profile "
                           "--tier full --depth 1 --threads all --no-junk "
                           "--guard --window logon");
    CU_ASSERT_EQUAL(a.options.info.abi, LCA_ABI_ITANIUM);
    CU_ASSERT_EQUAL(a.options.info.create, 1);
    CU_ASSERT_EQUAL(a.options.info.no_junk, 1);
    CU_ASSERT_EQUAL(a.options.info.guard, 1);
    lca_arguments_free(&a);
}

static void help_is_all_that_is_done(void)
{
    static const struct {
        const char *words[4];
        unsigned command;
        const char *topic;
    } rows[] = {
        { { "--help" }, LCA_COMMAND_help, NULL },
        { { "run", "-h" }, LCA_COMMAND_help, "run" },
        { { "list", "--help", "--frob" }, LCA_COMMAND_help, "list" },
        { { "run", "-qV", "--frob" }, LCA_COMMAND_version, NULL },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_arguments a;

        CU_ASSERT_EQUAL(parse(rows[i].words, &a).code, LCA_OK);
        LCA_ROW(rows[i].words[0], a.command == rows[i].command &&
                    (rows[i].topic ? a.word_count == 1 &&
                                     !strcmp(a.words[0], rows[i].topic)
                                   : a.word_count == 0));
        lca_arguments_free(&a);
    }
}

/* What parsing, help and completion take for granted of the rows. */
static void the_table_is_sound(void)
{
    for (size_t i = 0; i < LCA_OPTION_COUNT; i++) {
        const struct lca_option *o = &lca_option_rows[i];

        for (size_t j = 0; j < i; j++) {
            const struct lca_option *other = &lca_option_rows[j];

            LCA_ROW(o->name, strcmp(o->name, other->name) != 0);
            LCA_ROW(o->name, !o->letter || o->letter != other->letter);
            LCA_ROW(o->name, o->group >= other->group);
        }
        LCA_ROW(o->name, strlen(o->name) > 1 && o->take && *o->help);
        LCA_ROW(o->name, !strpbrk(o->help, "\"$`[]:\\"));  /* for shells */
        LCA_ROW(o->name, !o->not_yet == !o->there);
        LCA_ROW(o->name, (o->take == lca_take_flag) == !o->value);
        LCA_ROW(o->name, (o->take == lca_take_number) == (o->most > 0));
        for (const char *word = o->there; word && *word; ) {
            size_t length = strcspn(word, "|,");

            LCA_ROW(o->name, lca_choice(o->value, word, length) >= 0);
            word += length + (word[length] != '\0');
        }
    }
    for (int abi = 0; abi < LCA_ABI_COUNT; abi++) {
        const char *name = lca_abi_name((enum lca_abi)abi);

        CU_ASSERT_EQUAL(lca_choice("com|itanium", name, strlen(name)), abi);
    }
}

static void near_words_are_found(void)
{
    static const struct { const char *typed, *meant; } rows[] = {
        { "tier", "tier" },     { "teir", "tier" },   { "TIER", "tier" },
        { "tiers", "tier" },    { "tir", "tier" },    { "t", NULL },
        { "junit", "junit" },   { "jnuit", "junit" }, { "junot", "junit" },
        { "frobnicate", NULL }, { "", NULL },         { "verbos", "verbose" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_nearest near = { .word = rows[i].typed };

        for (size_t j = 0; j < LCA_OPTION_COUNT; j++)
            lca_nearest_try(&near, lca_option_rows[j].name);
        LCA_ROW(rows[i].typed,
                rows[i].meant ? near.best && !strcmp(near.best, rows[i].meant)
                              : !near.best);
    }
}

static void lines_break_between_words(void)
{
    static const struct { unsigned width; const char *shown; } rows[] = {
        { 0,  "  one two three f\303\274nf a-word-that-is-long six\n" },
        { 16, "  one two three\n    f\303\274nf\n"
              "    a-word-that-is-long\n    six\n" },
        { 15, "  one two three\n    f\303\274nf\n"
              "    a-word-that-is-long\n    six\n" },
        { 14, "  one two\n    three f\303\274nf\n"
              "    a-word-that-is-long\n    six\n" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_wrap wrap = { .out = tmpfile(), .indent = 4,
                                 .width = rows[i].width };
        char shown[128] = "";

        CU_ASSERT_PTR_NOT_NULL_FATAL(wrap.out);
        lca_wrap_text(&wrap, "  one two three f\303\274nf ");
        lca_wrap_line(&wrap, "a-word-that-is-long six");
        rewind(wrap.out);
        fread(shown, 1, sizeof shown - 1, wrap.out);
        fclose(wrap.out);
        CU_ASSERT_STRING_EQUAL(shown, rows[i].shown);
    }
}

/* A trial that a page shows is one that can be typed; a glob is none. */
static unsigned trials_of(const char *path)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP"
                                  "QRSTUVWXYZ0123456789/-_+.,:;=@[]{}~";
    FILE *page = fopen(path, "r");
    unsigned count = 0;
    char line[1024];

    CU_ASSERT_PTR_NOT_NULL_FATAL(page);
    while (fgets(line, sizeof line, page))
        for (char *at = line; (at = strstr(at, "session/")) != NULL;) {
            size_t n = strspn(at, letters);
            char *next = at + n + (at[n] != '\0');
            const struct lca_case *c;
            struct lca_trial trial;
            unsigned cell;

            if (at[n] == '*') {
                at = next;
                continue;
            }
            while (strchr(".,:;", at[n - 1]))
                n--;
            at[n] = '\0';
            LCA_ROW(at, lca_trial_parse(at, &trial).code == LCA_OK);
            c = lca_case_find(trial.id);
            LCA_ROW(at, c && lca_matrix_find(c->axes, trial.cell,
                                             strlen(trial.cell),
                                             &cell).code == LCA_OK);
            count++;
            at = next;
        }
    fclose(page);
    return count;
}

static void trials_of_the_pages_exist(void)
{
    CU_ASSERT(trials_of(LCA_TOP "/README.md") >= 3);
    CU_ASSERT(trials_of(LCA_TOP "/harness/cli/lastcall.1") >= 4);
}

CU_TestInfo lca_options_tests[] = {
    { "values land in their places", values_land_in_their_places },
    { "faults are chosen", faults_are_chosen },
    { "a folder for cores is there", a_folder_for_cores_is_there },
    { "a watch is chosen", a_watch_is_chosen },
    { "what decides is repeated", what_decides_is_repeated },
    { "help is all that is done", help_is_all_that_is_done },
    { "the table is sound", the_table_is_sound },
    { "near words are found", near_words_are_found },
    { "lines break between words", lines_break_between_words },
    { "trials of the pages exist", trials_of_the_pages_exist },
    CU_TEST_INFO_NULL,
};
