#include "harness/platform/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

struct lca_result lca_scratch_enter(struct lca_scratch *scratch)
{
    const char *base = getenv("TMPDIR");
    char path[sizeof scratch->path + 16];

    snprintf(path, sizeof path, "%s/lastcall-XXXXXX",
             base && *base ? base : "/tmp");
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
    return lca_ok();
bad:
    return lca_fail(LCA_SYSTEM, "no folder to work in, '%s': %s (set TMPDIR "
                    "to one that can be written)", path,
                    strerror(errno));
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

void lca_scratch_remove(struct lca_scratch *scratch)
{
    if (*scratch->path) {
        if (chdir("/") == 0) {
            nftw(scratch->path, open_up, 16, FTW_PHYS);
            nftw(scratch->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        }
        *scratch->path = '\0';
    }
}
