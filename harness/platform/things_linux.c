#include "harness/platform/things.h"

#include "harness/platform/begun.h"
#include "harness/platform/maps.h"
#include "harness/platform/scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { NAME = 96, GENERATIONS = 16 };

uint64_t lca_things_hash(uint64_t hash, const void *bytes, uint32_t count)
{
    const unsigned char *at = bytes;

    for (hash ^= 0xcbf29ce484222325u; count > 0; count--)
        hash = (hash ^ *at++) * 0x100000001b3u;
    return hash;
}

static uint64_t hash_text(const char *text)
{
    return lca_things_hash(0, text, (uint32_t)strlen(text));
}

static void name_socket(int fd, char *name)
{
    struct sockaddr_un peer = { 0 };
    socklen_t size = sizeof peer - 1;

    snprintf(name, NAME, "socket");
    if (getpeername(fd, (struct sockaddr *)&peer, &size) == 0 &&
        peer.sun_family == AF_UNIX && *peer.sun_path)
        snprintf(name, NAME, "socket to %.80s",
                 lca_scratch_short(peer.sun_path));
}

/* A number behind a colon is of this run alone: "pipe:[123]". */
static void name_descriptor(int fd, const char *target, char *name)
{
    static const char anonymous[] = "anon_inode:";

    if (strncmp(target, "socket:", 7) == 0)
        name_socket(fd, name);
    else if (strncmp(target, anonymous, sizeof anonymous - 1) == 0)
        snprintf(name, NAME, "%.90s", target + sizeof anonymous - 1);
    else if (*target != '/')
        snprintf(name, NAME, "%.*s", (int)strcspn(target, ":"), target);
    else
        snprintf(name, NAME, "%.90s", lca_scratch_short(target));
}

void lca_things_fds(lca_things_see *see, void *context)
{
    DIR *folder = opendir("/proc/self/fd");
    struct dirent *entry;

    while (folder && (entry = readdir(folder)) != NULL) {
        char target[PATH_MAX] = "", name[NAME];
        int fd = atoi(entry->d_name);

        if (*entry->d_name == '.' || fd == dirfd(folder) ||
            readlinkat(dirfd(folder), entry->d_name, target,
                       sizeof target - 1) <= 0)
            continue;
        name_descriptor(fd, target, name);
        see(context, lca_things_hash(hash_text(target), &fd, sizeof fd),
            name);
    }
    if (folder)
        closedir(folder);
}

/* Returns how much was read; the rest of the buffer's first line is kept. */
static bool read_line(const char *path, char *line, size_t size)
{
    FILE *file = fopen(path, "re");
    bool good = file && fgets(line, (int)size, file);

    if (file)
        fclose(file);
    if (good)
        line[strcspn(line, "\n")] = '\0';
    return good;
}

/* The 22nd word of a stat line: when it began. The name may hold anything. */
static uint64_t beginning(const char *path)
{
    char line[512], *at;

    if (!read_line(path, line, sizeof line) || !(at = strrchr(line, ')')))
        return 0;
    for (int word = 2; at && word < 22; word++)
        at = strchr(at + 1, ' ');
    return at ? strtoull(at, NULL, 10) : 0;
}

/* "worker, began in libmapi.so+0x4630", where that is known. */
static void add_beginning(int32_t thread, char *name, size_t size)
{
    uintptr_t function = lca_begun_find(thread);
    size_t length = strlen(name);
    char module[64];
    uint64_t offset;

    if (function && lca_maps_module(function, module, sizeof module, &offset))
        snprintf(name + length, size - length, ", began in %s+0x%" PRIx64,
                 module, offset);
}

void lca_things_threads(lca_things_see *see, void *context)
{
    DIR *folder = opendir("/proc/self/task");
    struct dirent *entry;

    while (folder && (entry = readdir(folder)) != NULL) {
        char path[300], name[NAME];
        uint64_t since;

        if (*entry->d_name == '.')
            continue;
        snprintf(path, sizeof path, "/proc/self/task/%s/stat", entry->d_name);
        since = beginning(path);
        snprintf(path, sizeof path, "/proc/self/task/%s/comm", entry->d_name);
        if (!since || !read_line(path, name, sizeof name))
            continue;
        add_beginning((int32_t)strtol(entry->d_name, NULL, 10), name,
                      sizeof name);
        see(context, lca_things_hash(hash_text(entry->d_name), &since,
                                     sizeof since), name);
    }
    if (folder)
        closedir(folder);
}

/* "ID: 3": the system tells them where it was built to. */
void lca_things_timers(lca_things_see *see, void *context)
{
    FILE *file = fopen("/proc/self/timers", "re");
    char line[256];
    uint64_t number;

    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "ID:", 3) == 0) {
            number = strtoull(line + 3, NULL, 10);
            see(context, number + 1, "of timer_create");
        }
    if (file)
        fclose(file);
}

void lca_things_mappings(lca_things_see *see, void *context)
{
    FILE *file = fopen("/proc/self/maps", "re");
    char line[PATH_MAX + 128], rights[8];
    unsigned long from, to;
    int at;

    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        at = 0;
        if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %n", &from, &to, rights,
                   &at) < 3 || !at)
            continue;
        see(context, lca_things_hash(from, line, (uint32_t)strlen(line)),
            line[at] ? lca_scratch_short(line + at) : "memory without a name");
    }
    if (file)
        fclose(file);
}

struct walk {
    lca_things_see *see;
    void *context;
    int self;
    int depth;
};

static void walk_children(struct walk *w, int parent);

static void show_child(struct walk *w, int pid)
{
    char path[64], line[512] = "", name[NAME] = "?";
    char *open, *close;
    uint64_t since;

    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    since = beginning(path);
    if (!since || !read_line(path, line, sizeof line))
        return;                 /* it has ended */
    open = strchr(line, '(');
    close = strrchr(line, ')');
    if (open && close && close > open)
        snprintf(name, sizeof name, "%.*s%s", (int)(close - open - 1),
                 open + 1, strncmp(close, ") Z", 3) ? "" : " (zombie)");
    w->see(w->context, lca_things_hash(since, &pid, sizeof pid), name);
    if (w->depth < GENERATIONS)
        walk_children(w, pid);
}

/* Children are of the thread that forked them, until it ends. */
static void walk_children(struct walk *w, int parent)
{
    char path[300];
    struct dirent *entry;
    DIR *tasks;
    int pid;

    snprintf(path, sizeof path, "/proc/%d/task", parent);
    tasks = opendir(path);
    w->depth++;
    while (tasks && (entry = readdir(tasks)) != NULL) {
        FILE *file;

        if (*entry->d_name == '.')
            continue;
        snprintf(path, sizeof path, "/proc/%d/task/%s/children", parent,
                 entry->d_name);
        file = fopen(path, "re");
        while (file && fscanf(file, "%d", &pid) == 1) {
            if (pid != w->self)
                show_child(w, pid);
            else
                walk_children(w, pid);
        }
        if (file)
            fclose(file);
    }
    w->depth--;
    if (tasks)
        closedir(tasks);
}

void lca_things_children(lca_things_see *see, void *context)
{
    struct walk walk = { see, context, (int)getpid(), 0 };

    walk_children(&walk, (int)getppid());
}
