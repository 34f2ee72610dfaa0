#include "harness/fault/callers.h"

#include <errno.h>
#include <execinfo.h>
#include <fnmatch.h>
#include <link.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODULES_MAX = 256, DEPTH = 40, FOLDER_MAX = 1024, TABLES = 4,
       WRAPPER_FRAMES = 3 };

enum owner {
    NOBODY,             /* a library that others brought */
    HARNESS,
    LOADER,
    BETWEEN,            /* calls for whoever called it */
    SUBJECT,
};

struct module {
    uintptr_t from, to;         /* addresses of its code and data */
    uintptr_t base;
    enum owner owner;
    char name[48];              /* file name, without its folder */
};

static struct {
    const char *subject;
    const char *globs;
    char folder[FOLDER_MAX];    /* of the subject; empty: a system's */
} modules;

/*
 * Threads look things up while one writes a new table: it is written aside,
 * and is there when it is whole. A table is written anew only after others
 * were, which takes as many libraries that come or go.
 */
struct table {
    unsigned long long changes; /* the loader's count of both */
    unsigned count;
    struct module rows[MODULES_MAX];
};

static struct table tables[TABLES];
static _Atomic(struct table *) newest = tables;
static atomic_flag writing = ATOMIC_FLAG_INIT;

static const char *const between[] = {
    "libc.so", "libc-", "libstdc++.so", "libc++.so", "libgcc_s.so", "libm.so",
    "libpthread", "librt.so", "libdl.so", "libresolv", "libnss_",
    "libasan.so", "libubsan.so", "libtsan.so", "vgpreload_", "linux-vdso",
};

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static bool asked_for(const char *name)
{
    const char *at = modules.globs;
    char glob[64];
    int length;

    for (; *at; at += length + strspn(at + length, " ")) {
        length = (int)strcspn(at, " ");
        snprintf(glob, sizeof glob, "%.*s", length, at);
        if (*glob && fnmatch(glob, name, 0) == 0)
            return true;
    }
    return false;
}

static bool in_folder(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    return length && strncmp(path, folder, length) == 0 &&
           path[length] == '/' && !strchr(path + length + 1, '/');
}

static enum owner owner_of(const char *path)
{
    const char *name = file_name(path);

    if (!*path || begins(name, "libfiu.so") ||
        begins(name, "fiu_posix_preload.so"))
        return HARNESS;         /* the program itself has no name there */
    if (begins(name, "ld-") || begins(name, "ld.so") || begins(name, "ld64"))
        return LOADER;
    if (strcmp(path, modules.subject) == 0 || asked_for(name))
        return SUBJECT;
    for (unsigned i = 0; i < sizeof between / sizeof *between; i++)
        if (begins(name, between[i]))
            return BETWEEN;
    return in_folder(path, modules.folder) ? SUBJECT : NOBODY;
}

static int add(struct dl_phdr_info *info, size_t size, void *into)
{
    struct table *t = into;
    struct module *m = &t->rows[t->count];

    (void)size;
    t->changes = info->dlpi_adds + info->dlpi_subs;
    if (t->count == MODULES_MAX || atomic_load(&newest)->changes == t->changes)
        return 1;
    *m = (struct module){ .from = UINTPTR_MAX, .base = info->dlpi_addr,
                          .owner = owner_of(info->dlpi_name) };
    snprintf(m->name, sizeof m->name, "%s", *info->dlpi_name
             ? file_name(info->dlpi_name) : program_invocation_short_name);
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;

        if (info->dlpi_phdr[i].p_type != PT_LOAD)
            continue;
        m->from = from < m->from ? from : m->from;
        if (from + info->dlpi_phdr[i].p_memsz > m->to)
            m->to = from + info->dlpi_phdr[i].p_memsz;
    }
    t->count++;
    return 0;
}

/* If another thread is at it, what it finds comes too late for this one. */
static void look(void)
{
    struct table *t;

    if (atomic_flag_test_and_set(&writing))
        return;
    t = atomic_load(&newest) + 1;
    t = t == tables + TABLES ? tables : t;
    t->count = 0;
    dl_iterate_phdr(add, t);
    if (t->count)
        atomic_store(&newest, t);
    atomic_flag_clear(&writing);
}

static int find_libc(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size, (void)unused;
    if (begins(file_name(info->dlpi_name), "libc.so") &&
        in_folder(info->dlpi_name, modules.folder))
        *modules.folder = '\0';
    return 0;
}

void lca_callers_prepare(const char *subject, const char *globs)
{
    void *first[2];
    char *slash;

    backtrace(first, 2);        /* opens the unwinder, once */
    modules.subject = subject;
    modules.globs = globs;
    snprintf(modules.folder, sizeof modules.folder, "%s", subject);
    slash = strrchr(modules.folder, '/');
    if (slash)
        *slash = '\0';
    else
        *modules.folder = '\0';
    dl_iterate_phdr(find_libc, NULL);
    atomic_load(&newest)->changes = 0;      /* whose each is may be new */
    look();
}

static const struct module *holder(uintptr_t address)
{
    const struct table *t = atomic_load(&newest);

    for (unsigned i = 0; i < t->count; i++)
        if (address >= t->rows[i].from && address < t->rows[i].to)
            return &t->rows[i];
    return NULL;
}

/* What was opened since the last look is looked for once. */
static enum owner owner_at(uintptr_t address)
{
    const struct module *m = holder(address);

    if (!m) {
        look();
        m = holder(address);
    }
    return m ? m->owner : NOBODY;
}

/* Frames of the harness from `at` on. */
static int harness_frames(void *const *frames, int count, int at)
{
    int n = 0;

    while (at + n < count && owner_at((uintptr_t)frames[at + n]) == HARNESS)
        n++;
    return n;
}

/*
 * The wrapper and what it asked come first; then libraries between, and the
 * wrappers of what these were asked for, ours and libfiu's. More frames of
 * the harness in a row are no wrapper, but who plays the trial.
 */
static int skip(void *const *frames, int count)
{
    /* A sanitizer's own backtrace is the first frame of what it finds. */
    int i = count > 0 && owner_at((uintptr_t)frames[0]) == BETWEEN;

    i += harness_frames(frames, count, i);
    while (i < count) {
        int n = harness_frames(frames, count, i);

        if (n > WRAPPER_FRAMES)
            break;
        if (n == 0 && owner_at((uintptr_t)frames[i]) != BETWEEN)
            break;
        i += n ? n : 1;
    }
    return i;
}

bool lca_callers_find(struct lca_callers *c)
{
    void *frames[DEPTH];
    int count = backtrace(frames, DEPTH), i = skip(frames, count);

    c->count = 0;
    if (i >= count || owner_at((uintptr_t)frames[i]) != SUBJECT)
        return false;
    for (; i < count && c->count < LCA_SITE_FRAMES; i++) {
        if (owner_at((uintptr_t)frames[i]) == HARNESS)
            break;
        c->frames[c->count++] = (uintptr_t)frames[i];
    }
    return true;
}

bool lca_callers_one(const void *caller, struct lca_callers *c)
{
    enum owner owner = owner_at((uintptr_t)caller);

    if (owner == BETWEEN && lca_callers_find(c)) {
        c->count = 1;
        return true;
    }
    c->count = 1;
    c->frames[0] = (uintptr_t)caller;
    return owner == SUBJECT;
}

bool lca_callers_owns(uintptr_t caller)
{
    return owner_at(caller) == SUBJECT;
}

void lca_callers_name(const struct lca_callers *c, unsigned at,
                      struct lca_frame *frame)
{
    const struct module *m = holder(c->frames[at]);

    *frame = (struct lca_frame){ .offset = c->frames[at] };
    if (!m)
        return;
    memcpy(frame->module, m->name, sizeof frame->module);
    frame->offset -= m->base;
}

void lca_callers_tell(void (*line)(const char *text))
{
    static const char letters[] = "nhlbs";
    const struct table *t;
    char text[160];

    look();
    t = atomic_load(&newest);
    for (unsigned i = 0; i < t->count; i++) {
        const struct module *m = &t->rows[i];

        snprintf(text, sizeof text, "%c %lx %lx %lx %s", letters[m->owner],
                 (unsigned long)m->from, (unsigned long)m->to,
                 (unsigned long)m->base, m->name);
        line(text);
    }
}
