#include "harness/platform/cores.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void read_setting(const char *name, char *text, size_t size)
{
    char path[60];
    ssize_t length = 0;
    int fd;

    snprintf(path, sizeof path, "/proc/sys/kernel/%s", name);
    fd = open(path, O_RDONLY | O_CLOEXEC);      /* that takes no memory */
    if (fd >= 0) {
        length = read(fd, text, size - 1);
        close(fd);
    }
    text[length > 0 ? length : 0] = '\0';
    text[strcspn(text, "\n")] = '\0';
}

struct lca_result lca_cores_judge(const char *pattern, bool with_pid,
                                  uint64_t most)
{
    if (*pattern == '|')
        return lca_fail(LCA_SYSTEM, "the system gives cores to a program, "
                        "'%.100s' (kernel.core_pattern), and writes no files",
                        pattern + 1);
    if (strchr(pattern, '/'))
        return lca_fail(LCA_SYSTEM, "the system writes cores to '%.100s' "
                        "(kernel.core_pattern), and nowhere else", pattern);
    if (!*pattern && !with_pid)
        return lca_fail(LCA_SYSTEM, "the system writes no cores "
                        "(kernel.core_pattern is empty)");
    if (most == 0)
        return lca_fail(LCA_SYSTEM, "a core may have no bytes here (ulimit "
                        "-H -c is 0)");
    return lca_ok();
}

struct lca_result lca_cores_possible(void)
{
    char pattern[160], with_pid[8];
    struct rlimit limit;
    bool known = getrlimit(RLIMIT_CORE, &limit) == 0;

    read_setting("core_pattern", pattern, sizeof pattern);
    read_setting("core_uses_pid", with_pid, sizeof with_pid);
    return lca_cores_judge(pattern, *with_pid == '1',
                           known ? limit.rlim_max : 1);
}

void lca_cores_limit(bool wanted)
{
    struct rlimit limit = { 0, 0 };

    if (wanted && getrlimit(RLIMIT_CORE, &limit) == 0)
        limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_CORE, &limit);
}

void lca_cores_go(const char *folder)
{
    syscall(SYS_chdir, folder); /* the C library's may be in other hands */
}

bool lca_cores_take(const char *folder, const char *path)
{
    DIR *names = opendir(folder);
    const struct dirent *entry;
    bool found = false;

    while (names && !found && (entry = readdir(names)) != NULL) {
        char from[1400];
        struct stat status;

        snprintf(from, sizeof from, "%s/%s", folder, entry->d_name);
        found = lstat(from, &status) == 0 && S_ISREG(status.st_mode) &&
                status.st_size > 0 && rename(from, path) == 0;
    }
    if (names)
        closedir(names);
    return found;
}

static int drop(const char *path, const struct stat *status, int kind,
                struct FTW *at)
{
    (void)status, (void)kind, (void)at;
    remove(path);
    return 0;
}

void lca_cores_remove(const char *folder)
{
    nftw(folder, drop, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}
