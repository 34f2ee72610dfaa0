#include "harness/platform/scratch.h"

#include "harness/platform/clock.h"
#include "harness/platform/family.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <limits.h>
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

/* The one that was entered, for those that are forked. */
static char entered[sizeof ((struct lca_scratch *)0)->path];

const char *lca_scratch_short(const char *path)
{
    size_t length = strlen(entered);

    if (length == 0 || strncmp(path, entered, length) != 0 ||
        path[length] != '/')
        return path;
    return path + length + 1;
}

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
static void keep(const char *path, int end, const char *mark)
{
    char byte;
    ssize_t n;

    setsid();
    if (dup2(end, 0) == 0)
        close_range(1, ~0u, 0);
    while ((n = read(0, &byte, 1)) < 0 && errno == EINTR)
        ;
    if (n == 0) {               /* a byte says that there is nothing to do */
        lca_family_end_marked(mark);
        remove_tree(path);
    }
    _exit(0);
}

/*
 * However this process ends, its folder goes: a keeper in a session of its
 * own sees a pipe close. It is there before the folder is, and a grandchild,
 * so that nobody waits for it; where it cannot be had, only an orderly end
 * removes the folder. Returns this process's end of the pipe, or -1.
 */
static int leave_keeper(const char *path, const char *mark)
{
    int ends[2], kept;
    pid_t child;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    child = fork();
    if (child == 0) {
        close(ends[1]);
        if (fork() == 0)
            keep(path, ends[0], mark);
        _exit(0);
    }
    close(ends[0]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    kept = fcntl(ends[1], F_DUPFD_CLOEXEC, HIGH);
    close(ends[1]);
    return kept;
}

static void let_go(int keeper)
{
    if (keeper >= 0 && write(keeper, "x", 1) == 1)
        close(keeper);
}

/* False: errno says why, and the keeper knows that it is not ours. */
static bool make(const char *path, int keeper)
{
    int error;

    if (mkdir(path, 0700) == 0)
        return true;
    error = errno;
    let_go(keeper);
    errno = error;
    return false;
}

struct lca_result lca_scratch_enter(struct lca_scratch *scratch,
                                    const char *mark)
{
    const char *given = getenv("TMPDIR");
    char base[PATH_MAX];
    char path[PATH_MAX + 64];

    /* The working folder will be another one. */
    if (!realpath(given && *given ? given : "/tmp", base))
        snprintf(base, sizeof base, "%s", given ? given : "/tmp");
    snprintf(path, sizeof path, "%s/lastcall-%d-%" PRIu64, base, (int)getpid(),
             lca_clock_us());
    scratch->keeper = -1;
    *scratch->path = '\0';      /* until there is one: it will be removed */
    if (strlen(path) >= sizeof scratch->path)
        errno = ENAMETOOLONG;
    if (strlen(path) >= sizeof scratch->path)
        goto bad;
    scratch->keeper = leave_keeper(path, mark);
    if (!make(path, scratch->keeper))
        goto bad;
    memcpy(scratch->path, path, strlen(path) + 1);
    memcpy(entered, path, strlen(path) + 1);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(path, sizeof path, "%s/%s", scratch->path, places[i].folder);
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            goto bad;
        setenv(places[i].variable, path, 1);
    }
    if (chdir(path) != 0)       /* the last place is the working folder */
        goto bad;
    return lca_ok();
bad:
    return lca_fail(LCA_SYSTEM, "no folder to work in, '%s': %s (set TMPDIR "
                    "to one that can be written)", path,
                    strerror(errno));
}

void lca_scratch_hand_on(const struct lca_scratch *scratch)
{
    if (scratch->keeper >= 0)
        fcntl(scratch->keeper, F_SETFD, 0);
}

bool lca_scratch_mend(const struct lca_scratch *scratch)
{
    char path[sizeof scratch->path + 64];
    bool gone = mkdir(scratch->path, 0700) == 0;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(path, sizeof path, "%s/%s", scratch->path, places[i].folder);
        if (mkdir(path, 0700) == 0)
            gone = true;
        else if (access(path, R_OK | W_OK | X_OK) != 0)
            chmod(path, 0700);
    }
    return gone && chdir(path) == 0;    /* the last one is where we work */
}

void lca_scratch_remove(struct lca_scratch *scratch)
{
    if (*scratch->path) {
        remove_tree(scratch->path);
        let_go(scratch->keeper);
        scratch->keeper = -1;
        *scratch->path = '\0';
    }
}
