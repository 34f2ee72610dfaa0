/* A subject's file is looked at before anybody opens it: a FIFO would wait. */

#include "harness/cli/options.h"

#include "harness/platform/system.h"
#include "harness/run/binary.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

/* `of` is the manifest that names it, or NULL. */
static struct lca_result look_at(const char *path, const char *of)
{
    enum lca_file_kind kind = lca_system_file_kind(path);
    const char *reason = strerror(errno);
    const char *named = of ? ", which is named in " : "";
    bool absent = errno == ENOENT;
    FILE *file;

    if (kind == LCA_FILE_MISSING)
        return lca_fail(LCA_MISSING, "there is no subject '%.200s'%s%.200s%s%s",
                        path, named, of ? of : "", absent ? "" : ": ",
                        absent ? "" : reason);
    if (kind != LCA_FILE_ORDINARY)
        return lca_fail(LCA_MISSING, "the subject '%.200s'%s%.200s is %s: it "
                        "has to be the file of a library%s", path, named,
                        of ? of : "", lca_system_file_word(kind),
                        of ? "" : " or a manifest (.ini)");
    file = fopen(path, "rb");
    if (!file)
        return lca_fail(LCA_MISSING, "the subject '%.200s' cannot be read: "
                        "%s", path, strerror(errno));
    fclose(file);
    return lca_ok();
}

struct lca_result lca_arguments_subject(struct lca_arguments *a,
                                        const char *subject)
{
    struct lca_subject_info *info = &a->options.info;
    bool manifest = ends_in(subject, ".ini");
    struct lca_text library = { 0 };
    struct lca_result r;

    a->options.subject = subject;
    r = look_at(subject, NULL);
    if (!r.code && manifest)
        r = lca_manifest_read(a, subject, &library);
    else
        lca_text_print(&library, "%s", subject);
    if (!r.code && library.failed)
        r = lca_fail(LCA_SYSTEM, "no memory for a path");
    if (!r.code && manifest)
        r = look_at(library.bytes, subject);
    if (!r.code &&
        !lca_system_real_path(library.bytes, info->path, sizeof info->path))
        r = lca_fail(LCA_MISSING, "the path of '%.200s' is longer than %zu "
                     "bytes", library.bytes, sizeof info->path - 1);
    if (!r.code)
        lca_binary_runtime(info->path, info->preload, sizeof info->preload);
    if (!r.code && *info->preload && lca_watch_has_tool(info->watch))
        r = lca_fail(LCA_USAGE, "'%.200s' is built with AddressSanitizer, "
                     "which does not run under Valgrind: leave --watch",
                     info->path);
    lca_text_free(&library);
    return r;
}
