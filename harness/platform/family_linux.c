#include "harness/platform/family.h"

#include "harness/platform/clock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <valgrind/valgrind.h>

enum { ROUNDS = 1000, GENERATIONS = 64, ENVIRONMENT = 1 << 18 };

static const char variable[] = "LASTCALL_HOST";

/* Whether orphans come here. */
static bool adopts;

void lca_family_adopt(void)
{
    adopts = prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
}

static void end(pid_t pid)
{
    kill(pid, SIGKILL);         /* not yet reaped: the number is still his */
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

uint32_t lca_family_end_orphans(int32_t spared)
{
    uint32_t ended = 0, before = 0;
    siginfo_t child;
    bool any = adopts;
    char path[64];
    int pid;

    /* Most often there is none, which is soon known. */
    if (waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT | __WALL) != 0)
        return 0;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    for (int round = 0; any && round < ROUNDS; round++) {
        FILE *children = fopen(path, "re");

        while (children && fscanf(children, "%d", &pid) == 1)
            if (pid != spared) {
                end(pid);
                ended++;
            }
        if (children)
            fclose(children);
        any = ended > before;
        before = ended;
    }
    return ended;
}

/* Reads a file of /proc without allocating. Returns its length, or 0. */
static size_t slurp(const char *path, char *bytes, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t length = 0;
    ssize_t n = 1;

    while (fd >= 0 && length < size - 1 && n > 0) {
        n = read(fd, bytes + length, size - 1 - length);
        if (n > 0)
            length += (size_t)n;
    }
    if (fd >= 0)
        close(fd);
    bytes[length] = '\0';
    return length;
}

/* "/proc/", 123, "/stat"; snprintf is not for signal handlers. */
static void proc_path(char *path, const char *folder, int32_t number,
                      const char *file)
{
    char digits[12];
    int n = 0;

    do
        digits[n++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    strcpy(path, folder);
    path += strlen(folder);
    while (n > 0)
        *path++ = digits[--n];
    strcpy(path, file);
}

/* 0: unknown. A name may hold blanks and brackets: its end is the last. */
static int32_t parent_of(int32_t pid)
{
    char path[40], text[512];
    const char *at;

    proc_path(path, "/proc/", pid, "/stat");
    if (!slurp(path, text, sizeof text) || !(at = strrchr(text, ')')) ||
        strlen(at) < 5)
        return 0;
    return (int32_t)strtol(at + 4, NULL, 10);
}

char lca_family_state(int32_t pid)
{
    char path[40], text[512];
    const char *at = NULL;

    proc_path(path, "/proc/", pid, "/stat");
    if (slurp(path, text, sizeof text))
        at = strrchr(text, ')');
    return at && at[1] && at[2] ? at[2] : 'X';
}

bool lca_family_is_known(void)
{
    return parent_of((int32_t)getpid()) != 0;
}

/* Running or not, as long as it has not been reaped: the system knows. */
static bool is_child(int32_t pid)
{
    siginfo_t info;

    return pid > 0 && waitid(P_PID, (id_t)pid, &info,
                             WEXITED | WNOHANG | WNOWAIT) == 0;
}

bool lca_family_descends(int32_t pid, int32_t root)
{
    if (root == getpid() && is_child(pid))
        return true;
    for (int i = 0; i < GENERATIONS && pid > 1 && pid != root; i++)
        pid = parent_of(pid);
    return pid == root;
}

/* Of the process itself: "123 (name) S parent group ...". */
static int32_t group_of(int32_t pid)
{
    char path[40], text[512];
    const char *at;

    proc_path(path, "/proc/", pid, "/stat");
    if (!slurp(path, text, sizeof text) || !(at = strrchr(text, ')')) ||
        strlen(at) < 5 || !(at = strchr(at + 4, ' ')))
        return 0;
    return (int32_t)strtol(at + 1, NULL, 10);
}

/* opendir would allocate, and a signal handler must not. */
bool lca_family_holds_group(int32_t group, int32_t root)
{
    char bytes[4096];
    int fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool all = true, any = false;
    ssize_t n = 0;

    while (fd >= 0 && all &&
           (n = getdents64(fd, bytes, sizeof bytes)) > 0)
        for (ssize_t at = 0; all && at < n;) {
            const struct dirent64 *entry = (struct dirent64 *)(bytes + at);
            int32_t pid = (int32_t)strtol(entry->d_name, NULL, 10);

            at += entry->d_reclen;
            if (pid <= 0 || group_of(pid) != group)
                continue;
            any = true;
            all = lca_family_descends(pid, root);
        }
    if (fd >= 0)
        close(fd);
    return any && all && n == 0;
}

uint32_t lca_family_children(void)
{
    char path[64];
    uint32_t count = 0;
    FILE *children;
    int pid;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    children = fopen(path, "re");
    while (children && fscanf(children, "%d", &pid) == 1)
        count++;
    if (children)
        fclose(children);
    return count;
}

int32_t lca_family_of_descriptor(int fd)
{
    static const char key[] = "\nPid:";
    char path[40], text[1024];
    const char *at;
    int32_t pid = 0;

    proc_path(path, "/proc/self/fdinfo/", fd < 0 ? 0 : fd, "");
    if (fd >= 0 && slurp(path, text, sizeof text) &&
        (at = strstr(text, key)) != NULL)
        pid = (int32_t)strtol(at + strlen(key), NULL, 10);
    return pid > 0 ? pid : 0;
}

void lca_family_mark(char **argv, char *mark, size_t size)
{
    const char *there = getenv(variable);
    char value[64], path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    int n = snprintf(value, sizeof value, "%d.", (int)getpid());

    *mark = '\0';
    if (RUNNING_ON_VALGRIND)
        return;                 /* what it becomes would run without */
    if (there && strncmp(there, value, (size_t)n) == 0) {
        snprintf(mark, size, "%s=%s", variable, there);
        return;
    }
    snprintf(value + n, sizeof value - (size_t)n, "%" PRIu64, lca_clock_us());
    if (length > 0 && setenv(variable, value, 1) == 0) {
        path[length] = '\0';            /* by its name: ps shows it */
        execv(path, argv);
    }
    unsetenv(variable);
}

static bool is_marked(int32_t pid, const char *mark)
{
    char *bytes = malloc(ENVIRONMENT);
    size_t length = 0, at = 0;
    char path[40];

    proc_path(path, "/proc/", pid, "/environ");
    if (bytes)
        length = slurp(path, bytes, ENVIRONMENT);
    while (at < length && strcmp(bytes + at, mark) != 0)
        at += strlen(bytes + at) + 1;
    free(bytes);
    return at < length;
}

/* By a descriptor: the number alone might be somebody else's by now. */
static bool end_if_marked(int32_t pid, const char *mark)
{
    bool marked = pid > 1 && pid != getpid() && is_marked(pid, mark);
    int fd = marked ? pidfd_open(pid, 0) : -1;

    marked = fd >= 0 && is_marked(pid, mark);

    if (marked)
        pidfd_send_signal(fd, SIGKILL, NULL, 0);
    if (fd >= 0)
        close(fd);
    return marked;
}

void lca_family_end_marked(const char *mark)
{
    bool any = *mark != '\0';

    for (int round = 0; any && round < ROUNDS; round++) {
        DIR *proc = opendir("/proc");
        struct dirent *entry;

        any = false;
        while (proc && (entry = readdir(proc)) != NULL)
            any |= end_if_marked((int32_t)strtol(entry->d_name, NULL, 10),
                                 mark);
        if (proc)
            closedir(proc);
        if (any)
            lca_clock_sleep(1);         /* until they are gone */
    }
}
