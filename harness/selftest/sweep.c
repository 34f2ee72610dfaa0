/*
 * sweep: an allocation of lastcall's that fails, once, at a chosen place
 *
 * A module for LD_PRELOAD, used by scripts/check-sweep. It acts in lastcall
 * alone, and lastcall's children start without it. Its variables:
 *
 *     LCA_SWEEP_LOG    the file that it writes to
 *     LCA_SWEEP_NTH    which allocation fails; 0 or none: each is listed
 *     LCA_SWEEP_STACK  count those alone that have this stack
 *
 * A line of the log is "NUMBER STACK module+offset...", innermost first; STACK
 * is a digest of what follows it, the same in each run of one build. When the
 * log stays empty, nothing was struck.
 *
 * libfiu decides, and the calls are wrapped here: its own wrappers hide what
 * the C library allocates inside fopen, setenv and the like.
 */

#define _GNU_SOURCE             /* dl_iterate_phdr, program names */

#define FIU_ENABLE
#include <fiu-control.h>
#include <fiu.h>

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <inttypes.h>
#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FRAMES = 40, MODULES = 64 };

/* The C library's own functions, under the names that nobody wraps. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static const char *const points[] = {
    "libc/mm/malloc", "libc/mm/calloc", "libc/mm/realloc", "libc/mm/memalign",
};

enum point { MALLOC, CALLOC, REALLOC, MEMALIGN, POINTS };

/* A module's code in memory, and the last part of its name. */
struct module {
    uintptr_t from, to, base;
    char name[48];
};

static struct {
    bool armed;
    unsigned long nth;          /* 0: list */
    uint64_t stack;             /* 0: any */
    unsigned long counted;
    int log;
    struct module modules[MODULES];
    unsigned module_count;
} sweep;

/* Allocations made by this file, and by libfiu for it, are not counted. */
static _Thread_local __attribute__((tls_model("initial-exec"))) bool inside;

static int add_module(struct dl_phdr_info *info, size_t size, void *unused)
{
    const char *slash = strrchr(info->dlpi_name, '/');
    const char *name = slash ? slash + 1 : info->dlpi_name;

    (void)size, (void)unused;
    for (unsigned i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *h = &info->dlpi_phdr[i];
        struct module *m = &sweep.modules[sweep.module_count];

        if (h->p_type != PT_LOAD || !(h->p_flags & PF_X) ||
            sweep.module_count == MODULES)
            continue;
        m->base = info->dlpi_addr;
        m->from = info->dlpi_addr + h->p_vaddr;
        m->to = m->from + h->p_memsz;
        snprintf(m->name, sizeof m->name, "%s", *name ? name : "lastcall");
        sweep.module_count++;
    }
    return 0;
}

static const struct module *module_of(uintptr_t address)
{
    for (int again = 0; again < 2; again++) {
        for (unsigned i = 0; i < sweep.module_count; i++)
            if (address >= sweep.modules[i].from &&
                address < sweep.modules[i].to)
                return &sweep.modules[i];
        sweep.module_count = 0;         /* one may have come since */
        dl_iterate_phdr(add_module, NULL);
    }
    return NULL;
}

/* FNV-1a, over what does not change from run to run. */
static uint64_t digest(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

/* The text of a stack, and its digest; false: the loader is the caller. */
static bool describe(char *text, size_t size, uint64_t *hash)
{
    void *frames[FRAMES];
    int count = backtrace(frames, FRAMES);
    size_t length = 0;
    bool own = true;

    *text = '\0';
    for (int i = 0; i < count; i++) {
        const struct module *m = module_of((uintptr_t)frames[i]);
        int n;

        if (m && own && (strstr(m->name, "lca_sweep") ||
                         strstr(m->name, "libfiu")))
            continue;
        if (m && own && strncmp(m->name, "ld-linux", 8) == 0)
            return false;
        own = false;
        n = snprintf(text + length, size - length, " %s+0x%" PRIxPTR,
                     m ? m->name : "?",
                     m ? (uintptr_t)frames[i] - m->base : 0);
        if (n < 0 || (size_t)n >= size - length)
            break;
        length += (size_t)n;
    }
    *hash = digest(UINT64_C(14695981039346656037), text);
    return true;
}

static void note(const char *point, uint64_t hash, const char *text)
{
    char line[4096];
    int n = snprintf(line, sizeof line, "%lu %016" PRIx64 " %s%s\n",
                     sweep.counted, hash, point + sizeof "libc/mm/" - 1, text);
    ssize_t written = write(sweep.log, line, (size_t)n < sizeof line
                                             ? (size_t)n : sizeof line - 1);

    (void)written;              /* a log that is short strikes nothing */
}

/* libfiu asks: does this one fail? */
static int ask(const char *name, int *number, void **info, unsigned *flags)
{
    char text[3500];
    uint64_t hash;

    (void)number, (void)info, (void)flags;
    if ((sweep.nth && sweep.counted >= sweep.nth) ||
        !describe(text, sizeof text, &hash) ||
        (sweep.stack && hash != sweep.stack))
        return 0;
    sweep.counted++;
    if (sweep.nth && sweep.counted < sweep.nth)
        return 0;
    note(name, hash, text);
    return sweep.nth != 0;
}

static bool strikes(enum point point)
{
    int before = errno;
    bool struck;

    if (!sweep.armed || inside)
        return false;
    inside = true;
    struck = fiu_fail(points[point]) != 0;
    inside = false;
    errno = struck ? ENOMEM : before;
    return struck;
}

void *malloc(size_t size)
{
    return strikes(MALLOC) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return strikes(CALLOC) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return strikes(REALLOC) ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(old, count * size);
}

void *memalign(size_t alignment, size_t size)
{
    return strikes(MEMALIGN) ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *block = memalign(alignment, size);

    if (block)
        *out = block;
    return block ? 0 : ENOMEM;
}

static unsigned long number(const char *variable, int base)
{
    const char *value = getenv(variable);

    return value ? strtoul(value, NULL, base) : 0;
}

__attribute__((constructor)) static void start(void)
{
    const char *log = getenv("LCA_SWEEP_LOG");
    void *frame;

    if (!log || strcmp(program_invocation_short_name, "lastcall") != 0)
        return;
    sweep.log = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    sweep.nth = number("LCA_SWEEP_NTH", 10);
    sweep.stack = number("LCA_SWEEP_STACK", 16);
    unsetenv("LD_PRELOAD");     /* for the children */
    unsetenv("LCA_SWEEP_LOG");
    backtrace(&frame, 1);       /* the first one allocates */
    if (sweep.log < 0 || fiu_init(0) != 0)
        abort();
    for (int i = 0; i < POINTS; i++)
        if (fiu_enable_external(points[i], 1, NULL, 0, ask) != 0)
            abort();
    sweep.armed = true;
}
