#include "harness/platform/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HIGH = 220 };            /* where a subject will not look */

static const struct {
    const char *variable;
    const char *folder;
} places[] = {
    { "HOME",            "home" },
    { "TMPDIR",          "tmp" },
    { "XDG_RUNTIME_DIR", "tmp" },
    { "XDG_CONFIG_HOME", "home/config" },
    { "XDG_DATA_HOME",   "home/data" },
    { "XDG_CACHE_HOME",  "home/cache" },
    { "PWD",             "work" },
};

/* A folder that its owner may not change or enter is opened up first. */
static int open_up(const char *path, const struct stat *status, int type,
                   struct FTW *walk)
{
    (void)status, (void)walk;
    if ((type == FTW_D || type == FTW_DNR) && chmod(path, 0700) == 0 &&
        type == FTW_DNR && access(path, R_OK) == 0)
        nftw(path, open_up, 16, FTW_PHYS);
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void remove_tree(const char *path)
{
    if (chdir("/") == 0) {
        nftw(path, open_up, 16, FTW_PHYS);
        nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    }
}

/* Waits until nobody holds the other end any more, and tidies up. */
static void keep(const char *path, int end)
{
    char byte;

    setsid();
    if (dup2(end, 0) == 0)
        close_range(1, ~0u, 0);
    while (read(0, &byte, 1) < 0 && errno == EINTR)
        ;
    remove_tree(path);
    _exit(0);
}

/*
 * However this process ends, its folder goes: a keeper in a session of its
 * own sees a pipe close. It is a grandchild, so that nobody waits for it;
 * where it cannot be had, only an orderly end removes the folder.
 */
static void leave_keeper(struct lca_scratch *scratch)
{
    int ends[2];
    pid_t child;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return;
    child = fork();
    if (child == 0) {
        close(ends[1]);
        if (fork() == 0)
            keep(scratch->path, ends[0]);
        _exit(0);
    }
    close(ends[0]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    scratch->keeper = fcntl(ends[1], F_DUPFD_CLOEXEC, HIGH);
    close(ends[1]);
}

struct lca_result lca_scratch_enter(struct lca_scratch *scratch)
{
    const char *base = getenv("TMPDIR");
    char path[sizeof scratch->path + 16];

    snprintf(path, sizeof path, "%s/lastcall-XXXXXX",
             base && *base ? base : "/tmp");
    scratch->keeper = -1;
    *scratch->path = '\0';      /* until there is one: it will be removed */
    if (strlen(path) >= sizeof scratch->path)
        errno = ENAMETOOLONG;
    if (strlen(path) >= sizeof scratch->path || !mkdtemp(path))
        goto bad;
    memcpy(scratch->path, path, strlen(path) + 1);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(path, sizeof path, "%s/%s", scratch->path, places[i].folder);
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            goto bad;
        setenv(places[i].variable, path, 1);
    }
    if (chdir(path) != 0)       /* the last place is the working folder */
        goto bad;
    leave_keeper(scratch);
    return lca_ok();
bad:
    return lca_fail(LCA_SYSTEM, "no folder to work in, '%s': %s (set TMPDIR "
                    "to one that can be written)", path,
                    strerror(errno));
}

void lca_scratch_remove(struct lca_scratch *scratch)
{
    if (*scratch->path) {
        remove_tree(scratch->path);
        if (scratch->keeper >= 0)
            close(scratch->keeper);
        scratch->keeper = -1;
        *scratch->path = '\0';
    }
}
