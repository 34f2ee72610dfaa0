#include "harness/cli/options.h"

#include "harness/cli/lines.h"
#include "harness/cli/nearest.h"
#include "harness/cli/table.h"
#include "harness/platform/system.h"

#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

enum { GLOB_MAX = 63 };         /* bytes of one, as the host takes them */

/* A manifest being read, and the first thing that was wrong with it. */
struct reading {
    struct lca_arguments *a;
    const char *path;
    struct lca_lines lines;
    struct lca_text *library;
    /* The fact in hand: it is whole when the next one begins. */
    struct lca_text section, name, value;
    unsigned line;              /* where it stands; 0: there is none */
    unsigned seen;              /* a bit for each row of keys */
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

    if (slash && *value != '/')
        lca_text_add(r->library, r->path, (size_t)(slash + 1 - r->path));
    lca_text_print(r->library, "%s", value);
    return true;                /* whether it failed, the end tells */
}

static bool set_abi(struct reading *r, const char *value)
{
    int abi = lca_choice("com|itanium", value, strlen(value));

    if (abi >= 0 && !lca_arguments_given(r->a, "abi"))
        r->a->options.info.abi = (uint32_t)abi;
    return abi >= 0;
}

static bool set_name(struct reading *r, const char *value)
{
    struct lca_subject_info *info = &r->a->options.info;

    return *info->profile || fits(info->profile, sizeof info->profile, value);
}

static bool set_create(struct reading *r, const char *value)
{
    int no = lca_choice("yes|no", value, strlen(value));

    if (no == 0)
        r->a->options.info.create = 1;
    return no >= 0;
}

static bool whole(const char *value, unsigned long least, unsigned long most,
                  unsigned long *out)
{
    bool hex = strncmp(value, "0x", 2) == 0;
    const char *digits = value + (hex ? 2 : 0);
    size_t n = strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789");

    errno = 0;
    *out = strtoul(digits, NULL, hex ? 16 : 10);
    return n && !digits[n] && !errno && *out >= least && *out <= most;
}

static bool set_flags(struct reading *r, const char *value)
{
    unsigned long n;
    bool good = whole(value, 0, UINT32_MAX, &n);

    if (good)
        r->a->options.info.logon_flags = (uint32_t)n;
    return good;
}

static bool set_jobs(struct reading *r, const char *value)
{
    unsigned long n;
    bool good = whole(value, 1, LCA_JOBS_MAX, &n);

    if (good && !lca_arguments_given(r->a, "jobs"))
        r->a->options.jobs = (unsigned)n;
    return good;
}

static bool set_memory(struct reading *r, const char *value)
{
    bool none = strcmp(value, "none") == 0;
    unsigned long n = UINT32_MAX;
    bool good = none || whole(value, 1, 1 << 24, &n);

    if (good)
        r->a->options.info.memory_mib = (uint32_t)n;
    return good;
}

static bool set_stall(struct reading *r, const char *value)
{
    unsigned long n;
    bool good = whole(value, 1, 3600, &n);

    if (good)
        r->a->options.stall_s = (unsigned)n;
    return good;
}

/* Names of files, with blanks between; the host's part is harness/fault. */
static bool set_modules(struct reading *r, const char *value)
{
    struct lca_subject_info *info = &r->a->options.info;

    if (strpbrk(value, "/\t"))
        return false;
    for (const char *at = value; *at; at += strspn(at, " ")) {
        if (strcspn(at, " ") > GLOB_MAX)
            return false;
        at += strcspn(at, " ");
    }
    return fits(info->modules, sizeof info->modules, value);
}

static bool set_peer(struct reading *r, const char *value)
{
    struct lca_subject_info *info = &r->a->options.info;

    return fits(info->peer, sizeof info->peer, value);
}

static bool set_pidfile(struct reading *r, const char *value)
{
    struct lca_subject_info *info = &r->a->options.info;

    return fits(info->pidfile, sizeof info->pidfile, value);
}

static const struct {
    const char *section, *name;
    set *set;
    const char *takes;
} keys[] = {
    { "subject", "library", set_library, "a path" },
    { "subject", "abi",     set_abi,     "com or itanium" },
    { "profile", "name",    set_name,    "a name of at most 127 bytes" },
    { "profile", "create",  set_create,  "yes or no" },
    { "logon",   "flags",   set_flags,   "a number of 32 bits, such as 0x20" },
    { "limits",  "jobs",    set_jobs,    "a number from 1 to 256" },
    { "limits",  "memory",  set_memory,  "MiB, from 1 to 16777216, or none" },
    { "limits",  "stall",   set_stall,   "seconds, from 1 to 3600" },
    { "fault",   "modules", set_modules, "globs of file names, such as "
      "libvendor-*.so, of at most 63 bytes each and 255 in all" },
    { "peer",    "start",   set_peer,    "a command of at most 1023 bytes" },
    { "peer",    "pidfile", set_pidfile, "a path of at most 255 bytes" },
};

enum { KEYS = sizeof keys / sizeof *keys };

/* A name of a variable as every shell knows it. */
static struct lca_result put_variable(const char *name, const char *value)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

    if (!*name || name[strspn(name, letters)] ||
        (*name >= '0' && *name <= '9'))
        return lca_fail(LCA_USAGE, "'%.60s' is no name for a variable (a "
                        "letter or _, then letters, digits and _)", name);
    return lca_system_set(name, value)
         ? lca_ok()
         : lca_fail(LCA_SYSTEM, "no memory for the variable '%.60s'", name);
}

/* The section is not known, or the name is not known in it. */
static struct lca_result unknown(const char *section, const char *name)
{
    struct lca_nearest near_section = { .word = section };
    struct lca_nearest near_name = { .word = name };
    const char *elsewhere = NULL;
    bool known = false;

    for (size_t i = 0; i < KEYS; i++) {
        bool here = strcmp(keys[i].section, section) == 0;

        known |= here;
        lca_nearest_try(&near_section, keys[i].section);
        if (here)
            lca_nearest_try(&near_name, keys[i].name);
        else if (strcmp(keys[i].name, name) == 0)
            elsewhere = keys[i].section;
    }
    lca_nearest_try(&near_section, "env");
    if (known && elsewhere && !near_name.best)
        return lca_fail(LCA_USAGE, "'%.60s' does not belong in [%s] but in "
                        "[%s]", name, section, elsewhere);
    if (known)
        return lca_fail(LCA_USAGE, "there is no '%.60s' in [%s] (%s)", name,
                        section,
                        lca_nearest_hint(&near_name, "man lastcall has all"));
    if (!*section)
        return lca_fail(LCA_USAGE, "'%.60s' stands before the first "
                        "[section]", name);
    return lca_fail(LCA_USAGE, "there is no section [%.60s] (%s)", section,
                    lca_nearest_hint(&near_section, "there are subject, "
                                     "profile, logon, env, limits, fault, "
                                     "peer"));
}

static struct lca_result put(struct reading *r, const char *section,
                             const char *name, const char *value)
{
    size_t i = 0;

    if (strcmp(section, "env") == 0)
        return put_variable(name, value);
    while (i < KEYS && (strcmp(keys[i].section, section) != 0 ||
                        strcmp(keys[i].name, name) != 0))
        i++;
    if (i == KEYS)
        return unknown(section, name);
    if (r->seen & 1u << i)
        return lca_fail(LCA_USAGE, "[%s] %s is there twice", section, name);
    r->seen |= 1u << i;
    if (!*value)
        return lca_fail(LCA_USAGE, "[%s] %s is empty: it takes %s, or leave "
                        "the line out", section, name, keys[i].takes);
    return keys[i].set(r, value)
         ? lca_ok()
         : lca_fail(LCA_USAGE, "[%s] %s takes %s, not '%.60s'", section, name,
                    keys[i].takes, value);
}

/* The fact in hand is whole. The first error is the one that is told. */
static void settle(struct reading *r)
{
    struct lca_result put_result;

    if (!r->line || r->result.code)
        return;
    put_result = r->section.failed || r->name.failed || r->value.failed
               ? lca_fail(LCA_SYSTEM, "no memory for a manifest")
               : put(r, r->section.bytes, r->name.bytes, r->value.bytes);
    if (put_result.code)
        r->result = lca_fail(put_result.code, "line %u: %s", r->line,
                             put_result.text);
    r->line = 0;
}

/* inih's word for "go on" is 1. */
static int handle(void *reading, const char *section, const char *name,
                  const char *value)
{
    struct reading *r = reading;

    if (!r->lines.goes_on) {
        settle(r);
        r->line = r->lines.number;
        lca_text_clear(&r->section);
        lca_text_clear(&r->name);
        lca_text_clear(&r->value);
        lca_text_print(&r->section, "%s", section);
        lca_text_print(&r->name, "%s", name);
    }
    lca_text_print(&r->value, "%s", value);
    return 1;
}

static struct lca_result parse(struct reading *r)
{
    const struct lca_subject_info *info = &r->a->options.info;

    r->result = lca_lines_open(r->path, &r->lines);
    if (r->result.code)
        return r->result;
    if (ini_parse_stream(lca_lines_read, &r->lines, handle, r) < 0)
        return lca_fail(LCA_SYSTEM, "no memory for a manifest");
    settle(r);
    if (!r->result.code && r->lines.wrong.code)
        return lca_fail(r->lines.wrong.code, "line %u: %s", r->lines.number,
                        r->lines.wrong.text);
    if (!r->result.code && r->library->failed)
        return lca_fail(LCA_SYSTEM, "no memory for a manifest");
    if (!r->result.code && !r->library->length)
        return lca_fail(LCA_USAGE, "it names no library: it needs a line "
                        "'library = PATH' in [subject]");
    if (!r->result.code && *info->pidfile && !*info->peer)
        return lca_fail(LCA_USAGE, "[peer] pidfile is of no use without "
                        "[peer] start");
    return r->result;
}

struct lca_result lca_manifest_read(struct lca_arguments *a, const char *path,
                                    struct lca_text *library)
{
    struct reading r = { .a = a, .path = path, .library = library };
    struct lca_result result = parse(&r);

    if (result.code)
        result = lca_fail(result.code, "%.200s%s %s", path,
                          strncmp(result.text, "line ", 5) ? ":" : ",",
                          result.text);
    lca_lines_close(&r.lines);
    lca_text_free(&r.section);
    lca_text_free(&r.name);
    lca_text_free(&r.value);
    return result;
}
