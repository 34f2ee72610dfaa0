#include "harness/host/under.h"

#include "harness/platform/channel.h"
#include "harness/platform/system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARGUMENTS = 28, XML_MAX = 4 << 20, PATH_SIZE = 400 };

static const char flag[] = "--under";

/*
 * Of each tool. The last two are cheaper: most of a trial's code runs once, and
 * Valgrind need not look over its own books at each end of a process.
 * --vex-iropt-level=0 would be too, but then memcheck takes what was set for
 * what was not.
 */
static const char *const usual[] = {
    "--quiet", "--vgdb=no", "--xml=yes", "--log-file=/dev/null",
    "--soname-synonyms=somalloc=nouserintercepts", "--num-callers=24",
    "--error-limit=no", "--run-libc-freeres=no", "--run-cxx-freeres=no",
    "--read-inline-info=no", "--vex-guest-chase=no", "--sanity-level=0",
};

static const char *const tools[LCA_WATCHES] = {
    [LCA_WATCH_MEMCHECK] = "--tool=memcheck",
    [LCA_WATCH_HELGRIND] = "--tool=helgrind",
    [LCA_WATCH_DRD]      = "--tool=drd",
};

static void path_of(const struct lca_scratch *scratch, const char *name,
                    char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "%s/watch%s%s", scratch->path,
             *name ? "/" : "", name);
}

static struct lca_result write_words(const char *path, const char *words)
{
    FILE *file = fopen(path, "we");
    bool good = file && fputs(words, file) >= 0;

    if (file)
        good = fclose(file) == 0 && good;
    return good ? lca_ok() : lca_fail(LCA_SYSTEM, "cannot write '%s'", path);
}

/* Reports end the trial, which is then told; the crash is ours to see. */
static const struct { const char *variable, *value; } sanitizers[] = {
    { "ASAN_OPTIONS",
      "detect_leaks=0:abort_on_error=1:handle_segv=0:handle_abort=0:"
      "handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:symbolize=0:"
      "allocator_may_return_null=1" },
    { "UBSAN_OPTIONS",
      "halt_on_error=1:abort_on_error=1:symbolize=0:print_stacktrace=0" },
};

void lca_under_sanitizers(void)
{
    char text[800];

    for (size_t i = 0; i < sizeof sanitizers / sizeof *sanitizers; i++) {
        const char *given = getenv(sanitizers[i].variable);

        snprintf(text, sizeof text, "%s%s%s", sanitizers[i].value,
                 given ? ":" : "", given ? given : "");
        lca_system_set(sanitizers[i].variable, text);
    }
}

static unsigned put_tool(const struct lca_subject_info *info, char **argv)
{
    unsigned n = 0;

    argv[n++] = "valgrind";
    argv[n++] = (char *)tools[info->watch];
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        argv[n++] = (char *)usual[i];
    if (info->watch == LCA_WATCH_MEMCHECK)
        argv[n++] = "--show-leak-kinds=none";   /* but at a count */
    return n;
}

static struct lca_result become(const struct lca_scratch *scratch,
                                const struct lca_subject_info *info)
{
    char *argv[ARGUMENTS];
    char xml[PATH_SIZE + 32], self[PATH_SIZE], keeper[16], folder[PATH_SIZE];
    char suppressions[sizeof info->suppressions + 32];
    bool tool = lca_watch_has_tool(info->watch);
    unsigned n = tool ? put_tool(info, argv) : 0;

    path_of(scratch, "", folder);
    snprintf(xml, sizeof xml, "--xml-file=%s/%%p.xml", folder);
    snprintf(keeper, sizeof keeper, "%d", scratch->keeper);
    snprintf(suppressions, sizeof suppressions, "--suppressions=%s",
             info->suppressions);
    if (!lca_system_program(self, sizeof self))
        return lca_fail(LCA_SYSTEM, "the host does not know its own path");
    if (tool)
        argv[n++] = xml;
    if (tool && *info->suppressions)
        argv[n++] = suppressions;
    if (!tool)
        lca_system_set("LD_PRELOAD", info->preload);
    argv[n++] = self;
    argv[n++] = (char *)flag;
    argv[n++] = (char *)scratch->path;
    argv[n++] = keeper;
    argv[n] = NULL;
    lca_system_become(argv);
    return tool ? lca_fail(LCA_SYSTEM, "valgrind cannot be started: install "
                           "the package valgrind, or leave --watch")
                : lca_fail(LCA_SYSTEM, "the host cannot be started anew");
}

struct lca_result lca_under_go(const struct lca_scratch *scratch,
                               const struct lca_subject_info *info,
                               const char *words)
{
    char path[PATH_SIZE];
    struct lca_result r = lca_ok();

    path_of(scratch, "", path);
    if (!lca_system_make_folder(path))
        r = lca_fail(LCA_SYSTEM, "no folder '%s'", path);
    path_of(scratch, "words", path);
    if (!r.code)
        r = write_words(path, words);
    if (!r.code) {
        lca_scratch_hand_on(scratch);
        r = become(scratch, info);
    }
    return r;
}

char *lca_under_words(int argc, char **argv, struct lca_scratch *scratch)
{
    char path[PATH_SIZE];
    char *words;

    if (argc != 4 || strcmp(argv[1], flag) != 0)
        return NULL;
    snprintf(scratch->path, sizeof scratch->path, "%s", argv[2]);
    scratch->keeper = atoi(argv[3]);
    path_of(scratch, "words", path);
    words = lca_system_read_file(path, XML_MAX, NULL);
    lca_system_remove(path);
    lca_system_set("LD_PRELOAD", "");       /* only for this program */
    return words;
}

struct walk {
    const struct lca_scratch *scratch;
    int32_t spared;             /* process whose file stays, beside ours */
    struct lca_text *out;       /* NULL: nobody wants to know */
};

static void take(void *context, const char *name)
{
    struct walk *w = context;
    char path[PATH_SIZE];
    long pid = strtol(name, NULL, 10);
    size_t length = 0;
    char *xml = NULL;

    if (pid == lca_system_pid() || pid == w->spared)
        return;
    path_of(w->scratch, name, path);
    if (w->out && w->out->length < XML_MAX)
        xml = lca_system_read_file(path, XML_MAX, &length);
    if (xml && strstr(xml, "<error>"))
        lca_wire_xml(xml, length, w->out);
    free(xml);
    lca_system_remove(path);
}

void lca_under_take(const struct lca_scratch *scratch, int32_t spared,
                    struct lca_text *out)
{
    struct walk w = { scratch, spared, out };
    char folder[PATH_SIZE];

    path_of(scratch, "", folder);
    lca_system_each_name(folder, take, &w);
}
