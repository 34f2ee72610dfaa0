#include "harness/platform/resources.h"

#include <dirent.h>
#include <dlfcn.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <valgrind/valgrind.h>

enum { USUAL_MIB = 2048 };

static uint32_t entries(const char *folder)
{
    DIR *d = opendir(folder);
    uint32_t count = 0;

    if (!d)
        return 0;
    while (readdir(d))
        count++;
    closedir(d);
    return count - 2;           /* . and .. */
}

uint32_t lca_resources_fds(void)
{
    return entries("/proc/self/fd") - 1;        /* the one just used */
}

uint32_t lca_resources_threads(void)
{
    return entries("/proc/self/task");
}

uint64_t lca_resources_heap(void)
{
    struct mallinfo2 m = mallinfo2();

    return m.uordblks + m.hblkhd;
}

static void take(struct lca_own_fds *own, int fd)
{
    struct stat status;

    if (own->count == LCA_OWN_FDS || fstat(fd, &status) != 0)
        return;
    own->fd[own->count] = fd;
    own->device[own->count] = status.st_dev;
    own->inode[own->count] = status.st_ino;
    own->count++;
}

void lca_resources_own(struct lca_own_fds *own)
{
    int ends[2];

    for (int fd = 0; own->count < 3 && fd < 3; fd++)
        take(own, fd);
    for (int i = 0; i < 2 && own->count + 2 <= LCA_OWN_FDS; i++) {
        if (pipe(ends) != 0)
            return;
        take(own, ends[0]);
        take(own, ends[1]);
    }
}

uint32_t lca_resources_lost(const struct lca_own_fds *own)
{
    uint32_t lost = 0;

    for (unsigned i = 0; i < own->count; i++) {
        struct stat status;

        lost += fstat(own->fd[i], &status) != 0 ||
                status.st_dev != own->device[i] ||
                status.st_ino != own->inode[i];
    }
    return lost;
}

static bool has_memory_of_its_own(void)
{
    return RUNNING_ON_VALGRIND || dlsym(RTLD_DEFAULT, "__asan_init") ||
           dlsym(RTLD_DEFAULT, "__tsan_init");
}

bool lca_resources_junk(void)
{
    return mallopt(M_PERTURB, LCA_RESOURCES_FREED) && !has_memory_of_its_own();
}

void lca_resources_exact_heap(void)
{
    static const char tunable[] = "glibc.malloc.tcache_count=0";
    const char *all = getenv("GLIBC_TUNABLES");
    char text[1024];

    if (all && strstr(all, tunable))
        return;
    snprintf(text, sizeof text, "%s%s%s", all ? all : "", all ? ":" : "",
             tunable);
    setenv("GLIBC_TUNABLES", text, 1);
}

/* Bytes of address space in use; 0: unknown. */
static uint64_t address_space(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long pages = 0;

    if (file && fscanf(file, "%lu", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* Bytes that a limit is added to; 0: there can be none. */
static uint64_t used;
static bool measured;

void lca_resources_measure(void)
{
    used = has_memory_of_its_own() ? 0 : address_space();
    measured = true;
}

bool lca_resources_limit(uint32_t mib)
{
    uint64_t more = (uint64_t)(mib ? mib : USUAL_MIB) << 20;
    struct rlimit limit;

    if (!measured)
        lca_resources_measure();
    if (mib == UINT32_MAX || !used ||
        getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur < used + more)
        return false;
    limit.rlim_cur = limit.rlim_max = used + more;
    return setrlimit(RLIMIT_AS, &limit) == 0;
}
