#include "harness/cli/options.h"

#include "harness/mapi/abi.h"
#include "harness/platform/system.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A manifest being read, and the first thing that was wrong with it. */
struct reading {
    struct lca_arguments *arguments;
    const char *path;
    char library[1024];
    struct lca_result result;
};

typedef bool set(struct reading *r, const char *value);

static bool fits(char *to, size_t size, const char *value)
{
    if (strlen(value) >= size)
        return false;
    memcpy(to, value, strlen(value) + 1);
    return true;
}

/* A path in a manifest is relative to the manifest. */
static bool set_library(struct reading *r, const char *value)
{
    const char *slash = strrchr(r->path, '/');
    int folder = slash && *value != '/' ? (int)(slash + 1 - r->path) : 0;

    return *value && snprintf(r->library, sizeof r->library, "%.*s%s", folder,
                              r->path, value) < (int)sizeof r->library;
}

static bool set_abi(struct reading *r, const char *value)
{
    enum lca_abi abi;

    if (!lca_abi_parse(value, &abi))
        return false;
    if (!r->arguments->abi_given)
        r->arguments->options.info.abi = abi;
    return true;
}

static bool set_name(struct reading *r, const char *value)
{
    struct lca_subject_info *info = &r->arguments->options.info;

    return *info->profile || fits(info->profile, sizeof info->profile, value);
}

static bool set_create(struct reading *r, const char *value)
{
    bool yes = strcmp(value, "yes") == 0;

    if (yes)
        r->arguments->options.info.create = 1;
    return yes || strcmp(value, "no") == 0;
}

static bool whole(const char *value, unsigned long most, unsigned long *out)
{
    char *end;

    errno = 0;
    *out = strtoul(value, &end, 0);
    return *value >= '0' && *value <= '9' && !*end && !errno && *out <= most;
}

static bool set_flags(struct reading *r, const char *value)
{
    unsigned long n;

    if (!whole(value, UINT32_MAX, &n))
        return false;
    r->arguments->options.info.logon_flags = (uint32_t)n;
    return true;
}

static bool set_jobs(struct reading *r, const char *value)
{
    unsigned long n;

    if (!whole(value, 256, &n) || n == 0)
        return false;
    if (!r->arguments->jobs_given)
        r->arguments->options.jobs = (unsigned)n;
    return true;
}

static bool set_peer(struct reading *r, const char *value)
{
    struct lca_subject_info *info = &r->arguments->options.info;

    return fits(info->peer, sizeof info->peer, value);
}

static bool set_pidfile(struct reading *r, const char *value)
{
    struct lca_subject_info *info = &r->arguments->options.info;

    return fits(info->pidfile, sizeof info->pidfile, value);
}

static const struct {
    const char *section, *name;
    set *set;                   /* NULL: known, and its work is not there */
    const char *takes;
} keys[] = {
    { "subject", "library", set_library, "a path" },
    { "subject", "abi",     set_abi,     "com or itanium" },
    { "profile", "name",    set_name,    "a name of at most 127 bytes" },
    { "profile", "create",  set_create,  "yes or no" },
    { "logon",   "flags",   set_flags,   "a number of 32 bits" },
    { "limits",  "jobs",    set_jobs,    "a number from 1 to 256" },
    { "limits",  "memory",  NULL,        "" },
    { "limits",  "stall",   NULL,        "" },
    { "peer",    "start",   set_peer,    "a command" },
    { "peer",    "pidfile", set_pidfile, "a path" },
};

static struct lca_result put(struct reading *r, const char *section,
                             const char *name, const char *value)
{
    if (strcmp(section, "env") == 0)
        return lca_system_set(name, value)
             ? lca_ok() : lca_fail(LCA_USAGE, "no variable '%s'", name);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].section, section) != 0 ||
            strcmp(keys[i].name, name) != 0)
            continue;
        if (!keys[i].set)
            return lca_fail(LCA_USAGE, "[%s] %s is not there yet", section,
                            name);
        return keys[i].set(r, value)
             ? lca_ok()
             : lca_fail(LCA_USAGE, "[%s] %s takes %s, not '%.60s'", section,
                        name, keys[i].takes, value);
    }
    return lca_fail(LCA_USAGE, "there is no '%s' in [%s] (see the example "
                    "manifest)", name, section);
}

/* inih: zero stops it at this line. */
static int handle(void *reading, const char *section, const char *name,
                  const char *value)
{
    struct reading *r = reading;

    if (r->result.code)
        return 0;               /* inih goes on; the first error is told */
    r->result = put(r, section, name, value ? value : "");
    return !r->result.code;
}

static struct lca_result read_manifest(struct lca_arguments *a,
                                       const char *path, char *library,
                                       size_t size)
{
    struct reading r = { .arguments = a, .path = path };
    int line = ini_parse(path, handle, &r);

    if (line == -1)
        return lca_fail(LCA_MISSING, "cannot read '%s': %s", path,
                        strerror(errno));
    if (line)
        return lca_fail(LCA_USAGE, "%s, line %d: %s", path, line,
                        r.result.code ? r.result.text : "this is no "
                        "'name = value' and no '[section]', or it is longer "
                        "than 199 bytes");
    if (!*r.library)
        return lca_fail(LCA_USAGE, "%s names no library: it needs a line "
                        "'library = PATH' in [subject]", path);
    fits(library, size, r.library);
    return lca_ok();
}

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

struct lca_result lca_arguments_subject(struct lca_arguments *a,
                                        const char *subject)
{
    struct lca_subject_info *info = &a->options.info;
    char library[1024];
    struct lca_result r = lca_ok();

    a->options.subject = subject;
    if (ends_in(subject, ".ini"))
        r = read_manifest(a, subject, library, sizeof library);
    else if (!fits(library, sizeof library, subject))
        r = lca_fail(LCA_USAGE, "the subject's path is too long");
    if (r.code)
        return r;
    if (!lca_system_real_path(library, info->path, sizeof info->path))
        return lca_fail(LCA_MISSING, "there is no subject '%s'%s%s", library,
                        ends_in(subject, ".ini") ? ", which is named in " : "",
                        ends_in(subject, ".ini") ? subject : "");
    return r;
}
