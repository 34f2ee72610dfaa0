#include "harness/platform/elf.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 64, SEGMENTS_MAX = 512 };

/* What people give in the place of a library. */
static const struct {
    const char *magic, *is, *next;
} formats[] = {
    { "!<arch>\n", "a static archive", "link a shared library from it (-shared"
      " -Wl,--whole-archive)" },
    { "!<thin>\n", "a static archive", "link a shared library from it (-shared"
      " -Wl,--whole-archive)" },
    { "MZ", "a Windows library", "name one that was built for this system" },
    { "\xCF\xFA\xED\xFE", "a macOS library", "name one that was built for "
      "this system" },
    { "/* GNU ld script", "a script for the linker", "name the library that "
      "it leads to" },
    { "# ", "a text file", "name a library, or a manifest that ends in .ini" },
    { "[", "a text file", "name a library, or let a manifest end in .ini" },
    { "#!", "a script", "name the library that it starts" },
};

static const struct { unsigned machine; const char *name; } machines[] = {
    { EM_X86_64, "x86-64" }, { EM_386, "x86" }, { EM_AARCH64, "ARM" },
    { EM_ARM, "ARM" }, { EM_PPC64, "POWER" }, { EM_PPC, "PowerPC" },
    { EM_S390, "s390" }, { EM_MIPS, "MIPS" }, { EM_RISCV, "RISC-V" },
    { EM_SPARCV9, "SPARC" }, { EM_IA_64, "Itanium" },
};

/* A number of a file whose bytes may stand the other way round. */
static uint64_t number(const unsigned char *bytes, unsigned size, bool big)
{
    uint64_t n = 0;

    for (unsigned i = 0; i < size; i++)
        n = n << 8 | bytes[big ? i : size - 1 - i];
    return n;
}

static struct lca_result no_elf(const char *path, const unsigned char *head,
                                size_t length)
{
    if (length == 0)
        return lca_fail(LCA_MISSING, "'%.200s' is empty: build it anew, or "
                        "name another one", path);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (length >= strlen(formats[i].magic) &&
            memcmp(head, formats[i].magic, strlen(formats[i].magic)) == 0)
            return lca_fail(LCA_MISSING, "'%.200s' is no library but %s "
                            "(invalid ELF header): %s", path, formats[i].is,
                            formats[i].next);
    return lca_fail(LCA_MISSING, "'%.200s' is no library (invalid ELF "
                    "header): name the shared library (.so) or a manifest "
                    "(.ini)", path);
}

/* The end of the last segment, as far as the table can be read. */
static uint64_t wanted(int fd, const unsigned char *head,
                       const struct lca_elf *e)
{
    bool wide = e->bits == 64;
    uint64_t at = wide ? number(head + 32, 8, e->big)
                       : number(head + 28, 4, e->big);
    uint64_t size = number(head + (wide ? 54 : 42), 2, e->big);
    uint64_t count = number(head + (wide ? 56 : 44), 2, e->big);
    uint64_t most = 0;

    for (uint64_t i = 0; i < count && i < SEGMENTS_MAX; i++) {
        unsigned char s[56] = { 0 };
        uint64_t end;

        if (pread(fd, s, wide ? 56 : 32, (off_t)(at + i * size)) <= 0)
            return at + count * size;
        if (number(s, 4, e->big) != PT_LOAD)
            continue;
        end = wide ? number(s + 8, 8, e->big) + number(s + 32, 8, e->big)
                   : number(s + 4, 4, e->big) + number(s + 16, 4, e->big);
        most = end > most ? end : most;
    }
    return most;
}

static void read_head(int fd, const unsigned char *head, struct lca_elf *e)
{
    static const enum lca_elf_type types[] = {
        [ET_REL] = LCA_ELF_OBJECT, [ET_EXEC] = LCA_ELF_PROGRAM,
        [ET_DYN] = LCA_ELF_LIBRARY, [ET_CORE] = LCA_ELF_CORE,
    };
    unsigned type;

    e->bits = head[EI_CLASS] == ELFCLASS32 ? 32 : 64;
    e->big = head[EI_DATA] == ELFDATA2MSB;
    type = (unsigned)number(head + 16, 2, e->big);
    e->type = type <= ET_CORE ? types[type] : LCA_ELF_OTHER;
    e->machine = (unsigned)number(head + 18, 2, e->big);
    e->wanted = wanted(fd, head, e);
}

struct lca_result lca_elf_read(const char *path, struct lca_elf *e)
{
    unsigned char head[HEAD] = { 0 };
    /* A pipe in its place must not be waited for. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct lca_result r = lca_ok();
    struct stat status;
    ssize_t length;

    *e = (struct lca_elf){ 0 };
    if (fd < 0)
        return lca_fail(LCA_MISSING, "'%.200s' cannot be read: %s; name "
                        "another one, or look at its permissions", path,
                        strerror(errno));
    if (fstat(fd, &status) == 0 && !S_ISREG(status.st_mode)) {
        r = lca_fail(LCA_MISSING, "'%.200s' is %s: name the library in it",
                     path, S_ISDIR(status.st_mode) ? "a folder"
                                                   : "no ordinary file");
        goto out;
    }
    e->size = (uint64_t)status.st_size;
    length = pread(fd, head, sizeof head, 0);
    if (length < (ssize_t)SELFMAG || memcmp(head, ELFMAG, SELFMAG) != 0)
        r = no_elf(path, head, length > 0 ? (size_t)length : 0);
    else if (length < (ssize_t)sizeof head)
        e->wanted = sizeof head;
    else
        read_head(fd, head, e);
out:
    close(fd);
    return r;
}

void lca_elf_machine(const struct lca_elf *e, char *text, size_t size)
{
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
        if (machines[i].machine == e->machine) {
            snprintf(text, size, "%u-bit %s%s", e->bits, machines[i].name,
                     e->big ? ", big-endian" : "");
            return;
        }
    snprintf(text, size, "%u-bit machine %u", e->bits, e->machine);
}

struct lca_result lca_elf_own(struct lca_elf *e)
{
    return lca_elf_read("/proc/self/exe", e);
}

struct lca_result lca_elf_check(const char *path)
{
    static const struct { const char *is, *next; } others[] = {
        [LCA_ELF_OTHER]   = { "no library", "name the shared library (.so)" },
        [LCA_ELF_OBJECT]  = { "an object file", "link it with -shared" },
        [LCA_ELF_PROGRAM] = { "a program", "name the library that it uses" },
        [LCA_ELF_CORE]    = { "a core dump", "name the shared library (.so)" },
    };
    char its[32], ours[32];
    struct lca_elf e, own;
    struct lca_result r = lca_elf_read(path, &e);

    if (r.code)
        return r;
    if (e.wanted > e.size)
        return lca_fail(LCA_MISSING, "'%.200s' is cut short: it has %llu "
                        "bytes and speaks of %llu; copy or build it anew",
                        path, (unsigned long long)e.size,
                        (unsigned long long)e.wanted);
    if (!lca_elf_own(&own).code &&
        (e.machine != own.machine || e.bits != own.bits || e.big != own.big)) {
        lca_elf_machine(&e, its, sizeof its);
        lca_elf_machine(&own, ours, sizeof ours);
        return lca_fail(LCA_MISSING, "'%.200s' is for another machine: it is "
                        "%s, and lastcall-host is %s; build it for this "
                        "machine, or name a host on that one with --host",
                        path, its, ours);
    }
    if (e.type != LCA_ELF_LIBRARY)
        return lca_fail(LCA_MISSING, "'%.200s' is %s (only shared libraries "
                        "can be loaded): %s", path, others[e.type].is,
                        others[e.type].next);
    return r;
}
