#include "harness/cli/outputs.h"

#include "harness/platform/system.h"

#include <string.h>

static bool is_standard_output(const char *path)
{
    static const char *const names[] = { "-", "/dev/stdout", "/dev/fd/1",
                                         "/proc/self/fd/1" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(path, names[i]) == 0)
            return true;
    return false;
}

/* A name that the system made, such as a shell's for a pipe. */
static bool is_the_system_s(const char *path)
{
    return is_standard_output(path) || strncmp(path, "/dev/", 5) == 0 ||
           strncmp(path, "/proc/", 6) == 0;
}

bool lca_outputs_on_standard_output(const struct lca_arguments *a)
{
    for (unsigned i = 0; i < a->output_count; i++)
        if (is_standard_output(a->outputs[i].path))
            return true;
    return false;
}

static bool meet(const char *one, const char *other)
{
    if (is_standard_output(one) || is_standard_output(other))
        return is_standard_output(one) && is_standard_output(other);
    return !is_the_system_s(one) && lca_system_same_file(one, other);
}

static struct lca_result check(const struct lca_arguments *a, unsigned i)
{
    const struct lca_output *out = &a->outputs[i];
    enum lca_file_kind kind = lca_system_file_kind(out->path);

    for (unsigned j = 0; j < i; j++)
        if (meet(a->outputs[j].path, out->path))
            return lca_fail(LCA_USAGE, "--%s and --%s both write '%.350s'",
                            a->outputs[j].writer->name, out->writer->name,
                            out->path);
    if (is_the_system_s(out->path))
        return lca_ok();
    if (lca_system_same_file(out->path, a->options.subject) ||
        lca_system_same_file(out->path, a->options.info.path))
        return lca_fail(LCA_USAGE, "--%s would overwrite the subject '%.350s'",
                        out->writer->name, out->path);
    if (kind != LCA_FILE_MISSING && kind != LCA_FILE_ORDINARY &&
        kind != LCA_FILE_DEVICE)
        return lca_fail(LCA_USAGE, "--%s cannot write '%.350s': it is %s%s",
                        out->writer->name, out->path,
                        lca_system_file_word(kind),
                        kind == LCA_FILE_FIFO ? " (write to - instead, and "
                                                "through a pipe)" : "");
    return lca_ok();
}

struct lca_result lca_outputs_check(const struct lca_arguments *a)
{
    struct lca_result r = lca_ok();

    for (unsigned i = 0; !r.code && i < a->output_count; i++)
        r = check(a, i);
    return r;
}
