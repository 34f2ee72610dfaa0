/*
 * ISO C only: POSIX calls live in harness/platform and harness/fault. So a
 * name tells what is not an ordinary file, and "x" guards the temporary.
 */

#include "reports/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lca_output {
    FILE *file;
    struct lca_text path;
    struct lca_text part;       /* the temporary name; empty: there is none */
    char reason[128];           /* of the first write that failed */
};

static bool is_standard_output(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* Renaming onto a device replaces the device, if one may. */
static bool is_ordinary(const char *path)
{
    return !is_standard_output(path) && strncmp(path, "/dev/", 5) != 0 &&
           strncmp(path, "/proc/", 6) != 0;
}

static struct lca_result refused(const char *path, const char *reason)
{
    return lca_fail(LCA_SYSTEM, "cannot write %.350s: %s",
                    is_standard_output(path) ? "standard output" : path,
                    reason);
}

static void remember(struct lca_output *o, const char *reason)
{
    if (!*o->reason)
        snprintf(o->reason, sizeof o->reason, "%s", reason);
}

static struct lca_output *new_output(const char *path, const char *suffix)
{
    struct lca_output *o = calloc(1, sizeof *o);

    if (!o)
        return NULL;
    lca_text_print(&o->path, "%s", path);
    if (*suffix)
        lca_text_print(&o->part, "%s%s", path, suffix);
    if (o->path.failed || o->part.failed) {
        lca_text_free(&o->path);
        lca_text_free(&o->part);
        free(o);
        return NULL;
    }
    return o;
}

static struct lca_result start(const char *path, const char *suffix,
                               const char *mode, struct lca_output **output)
{
    struct lca_output *o = new_output(path, suffix);
    struct lca_result r = lca_ok();

    *output = NULL;
    if (!o)
        return refused(path, "no memory");
    if (o->part.length)
        remove(o->part.bytes);  /* left by a run that was killed */
    o->file = is_standard_output(path) ? stdout
            : fopen(o->part.length ? o->part.bytes : path, mode);
    if (o->file) {
        *output = o;
        return r;
    }
    r = refused(path, strerror(errno));
    lca_text_clear(&o->part);   /* not ours to remove: it was not made */
    lca_output_close(o, false);
    return r;
}

struct lca_result lca_output_stream(const char *path,
                                    struct lca_output **output)
{
    return start(path, "", is_ordinary(path) ? "wb" : "ab", output);
}

struct lca_result lca_output_whole(const char *path,
                                   struct lca_output **output)
{
    return is_ordinary(path) ? start(path, ".part", "wbx", output)
                             : start(path, "", "ab", output);
}

struct lca_result lca_output_prepare(const char *path)
{
    struct lca_output *o = NULL;
    struct lca_result r;

    if (is_ordinary(path)) {
        /*
         * remove takes an empty folder too, but no folder can be opened
         * for writing.
         */
        FILE *old = fopen(path, "ab");

        if (!old || fclose(old) != 0 || remove(path) != 0)
            return refused(path, strerror(errno));
    }
    r = lca_output_whole(path, &o);
    if (!r.code)
        r = lca_output_close(o, false);
    return r;
}

void lca_output_put(struct lca_output *output, const char *bytes,
                    size_t length)
{
    if (!*output->reason && length &&
        fwrite(bytes, 1, length, output->file) != length)
        remember(output, strerror(errno));
}

void lca_output_line(struct lca_output *output, struct lca_text *line)
{
    lca_text_add(line, "\n", 1);
    if (line->failed)
        remember(output, "no memory");
    lca_output_put(output, line->bytes, line->length);
    if (!*output->reason && fflush(output->file) != 0)
        remember(output, strerror(errno));
}

struct lca_result lca_output_close(struct lca_output *output, bool keep)
{
    struct lca_result r = lca_ok();
    struct lca_output *o = output;

    if (o->file && (o->file == stdout ? fflush(o->file)
                                      : fclose(o->file)) != 0)
        remember(o, strerror(errno));
    if (o->part.length && keep && !*o->reason &&
        rename(o->part.bytes, o->path.bytes) != 0)
        remember(o, strerror(errno));
    if (o->part.length && (!keep || *o->reason))
        remove(o->part.bytes);
    if (*o->reason)
        r = refused(o->path.bytes, o->reason);
    lca_text_free(&o->path);
    lca_text_free(&o->part);
    free(o);
    return r;
}
