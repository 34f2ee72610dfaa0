#include "harness/platform/maps.h"

#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

enum access { READ = 1, EXECUTE = 2 };

/* A line of /proc/self/maps, read a character at a time. */
struct reader {
    int fd;
    size_t at, length;
    char bytes[4096];
};

static int next(struct reader *r)
{
    if (r->at == r->length) {
        ssize_t n = read(r->fd, r->bytes, sizeof r->bytes);

        if (n <= 0)
            return -1;
        r->at = 0;
        r->length = (size_t)n;
    }
    return (unsigned char)r->bytes[r->at++];
}

static uintptr_t hex(struct reader *r)
{
    uintptr_t n = 0;
    int c;

    while ((c = next(r)) >= 0 && isxdigit(c))
        n = n * 16 + (uintptr_t)(isdigit(c) ? c - '0' : c - 'a' + 10);
    return n;
}

/* One mapping: false at the end. */
static bool mapping(struct reader *r, uintptr_t *from, uintptr_t *to,
                    unsigned *access)
{
    int c;

    *from = hex(r);
    *to = hex(r);
    *access = next(r) == 'r' ? READ : 0;
    next(r);
    if (next(r) == 'x')
        *access |= EXECUTE;
    while ((c = next(r)) >= 0 && c != '\n')
        ;
    return *to != 0;
}

/* Do mappings with this access cover the range, without a gap? */
static bool covered(uintptr_t from, size_t length, unsigned wanted)
{
    struct reader r = { .fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC) };
    uintptr_t start, end;
    unsigned access;
    bool all = false;

    if (r.fd < 0)
        return true;            /* nothing is known, so nothing is claimed */
    while (!all && mapping(&r, &start, &end, &access))
        if (from >= start && from < end && (access & wanted) == wanted) {
            all = length <= end - from;
            length -= all ? 0 : end - from;
            from = end;
        }
    close(r.fd);
    return all;
}

/* The system copies a byte of each page, which takes less than its list. */
bool lca_maps_readable(const void *address, size_t length)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t at = (uintptr_t)address, last = at + (length ? length - 1 : 0);
    ssize_t n = last < at ? 0 : 1;

    for (; n == 1 && at <= last; at = at / page * page + page) {
        char byte;
        struct iovec to = { &byte, 1 }, from = { (void *)at, 1 };

        n = process_vm_readv(getpid(), &to, 1, &from, 1, 0);
        if (n < 0 && errno != EFAULT)   /* not here, or not allowed */
            return covered((uintptr_t)address, length, READ);
    }
    return n == 1;
}

bool lca_maps_executable(const void *address)
{
    return covered((uintptr_t)address, 1, EXECUTE);
}

bool lca_maps_is_pure_virtual(const void *address)
{
    Dl_info info;

    return dladdr(address, &info) && info.dli_sname &&
           strcmp(info.dli_sname, "__cxa_pure_virtual") == 0;
}

uintptr_t lca_maps_gone(void)
{
    enum { PAGE = 4096 };
    void *page = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
                      -1, 0);

    if (page == MAP_FAILED)
        return 0;
    munmap(page, PAGE);
    return (uintptr_t)page;
}

struct search {
    uintptr_t address;
    const char *name;
    uintptr_t base;
};

static int look(struct dl_phdr_info *info, size_t size, void *data)
{
    struct search *s = data;

    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;

        if (info->dlpi_phdr[i].p_type == PT_LOAD && s->address >= from &&
            s->address < from + info->dlpi_phdr[i].p_memsz) {
            s->name = *info->dlpi_name ? info->dlpi_name : "lastcall-host";
            s->base = info->dlpi_addr;
            return 1;
        }
    }
    return 0;
}

bool lca_maps_module(uintptr_t address, char *name, size_t size,
                     uint64_t *offset)
{
    struct search s = { .address = address };
    const char *slash;

    if (!dl_iterate_phdr(look, &s))
        return false;
    slash = strrchr(s.name, '/');
    strncpy(name, slash ? slash + 1 : s.name, size - 1);
    name[size - 1] = '\0';
    *offset = address - s.base;
    return true;
}
