#include "harness/platform/system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

void lca_system_ignore_broken_pipes(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

void lca_system_usual_broken_pipes(void)
{
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
}

unsigned lca_system_processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n > 0 ? (unsigned)n : 1;
}

void lca_system_leave(void)
{
    _exit(0);
}

int lca_system_pid(void)
{
    return (int)getpid();
}

bool lca_system_is_terminal(int fd)
{
    return isatty(fd) == 1;
}

unsigned lca_system_columns(int fd)
{
    struct winsize w = { 0 };

    return ioctl(fd, TIOCGWINSZ, &w) == 0 ? w.ws_col : 0;
}

void lca_system_hold_standard_files(void)
{
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1)
            /* The lowest that is free, which is fd: 0 cannot be read then,
               1 and 2 cannot be written. */
            (void)!open("/dev/null", fd ? O_RDONLY : O_WRONLY);
}

void lca_system_hostname(char *text, size_t size)
{
    if (gethostname(text, size) != 0)
        snprintf(text, size, "localhost");
    text[size - 1] = '\0';
}

bool lca_system_set(const char *variable, const char *value)
{
    return setenv(variable, value, 1) == 0;
}

bool lca_system_program(char *text, size_t size)
{
    ssize_t n = readlink("/proc/self/exe", text, size - 1);
    bool whole = n > 0 && (size_t)n < size - 1;

    text[whole ? n : 0] = '\0';
    return whole;
}

bool lca_system_program_folder(char *text, size_t size)
{
    char *slash = lca_system_program(text, size) ? strrchr(text, '/') : NULL;

    if (slash)
        *slash = '\0';
    return slash != NULL;
}

void lca_system_become(char *const *argv)
{
    execvp(argv[0], argv);
}

bool lca_system_make_folder(const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

void lca_system_each_name(const char *folder,
                          void (*each)(void *context, const char *name),
                          void *context)
{
    DIR *all = opendir(folder);
    const struct dirent *one;

    while (all && (one = readdir(all)))
        if (strcmp(one->d_name, ".") != 0 && strcmp(one->d_name, "..") != 0)
            each(context, one->d_name);
    if (all)
        closedir(all);
}

char *lca_system_read_file(const char *path, size_t most, size_t *length)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    struct stat status;
    char *text = NULL;
    size_t size = 0;

    if (!file) {
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
        size = (size_t)status.st_size < most ? (size_t)status.st_size : most;
        text = malloc(size + 1);
    }
    if (text) {
        size = fread(text, 1, size, file);
        text[size] = '\0';
    }
    fclose(file);
    if (length)
        *length = size;
    return text;
}

bool lca_system_real_path(const char *path, char *text, size_t size)
{
    char real[PATH_MAX];        /* a NULL would have it allocate */
    bool fits = realpath(path, real) && strlen(real) < size;

    if (fits)
        memcpy(text, real, strlen(real) + 1);
    return fits;
}

bool lca_system_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

void lca_system_remove(const char *path)
{
    unlink(path);
}

bool lca_system_same_file(const char *one, const char *other)
{
    const char *const paths[] = { one, other };
    struct stat folder[2], file[2];
    const char *base[2];
    bool there[2];

    for (int i = 0; i < 2; i++) {
        const char *slash = strrchr(paths[i], '/');
        char *up = slash ? strndup(paths[i], (size_t)(slash + 1 - paths[i]))
                         : strdup(".");

        base[i] = slash ? slash + 1 : paths[i];
        there[i] = stat(paths[i], &file[i]) == 0;
        if (!up || stat(up, &folder[i]) != 0)
            folder[i] = (struct stat){ 0 };
        free(up);
    }
    if (there[0] && there[1])
        return file[0].st_dev == file[1].st_dev &&
               file[0].st_ino == file[1].st_ino;
    return strcmp(one, other) == 0 ||
           (!there[0] && !there[1] && strcmp(base[0], base[1]) == 0 &&
            folder[0].st_ino && folder[0].st_dev == folder[1].st_dev &&
            folder[0].st_ino == folder[1].st_ino);
}

enum lca_file_kind lca_system_file_kind(const char *path)
{
    struct stat s;

    if (stat(path, &s) != 0)
        return LCA_FILE_MISSING;
    return S_ISREG(s.st_mode)  ? LCA_FILE_ORDINARY
         : S_ISDIR(s.st_mode)  ? LCA_FILE_FOLDER
         : S_ISFIFO(s.st_mode) ? LCA_FILE_FIFO
         : S_ISSOCK(s.st_mode) ? LCA_FILE_SOCKET
                               : LCA_FILE_DEVICE;
}

const char *lca_system_file_word(enum lca_file_kind kind)
{
    static const char *const words[LCA_FILE_KINDS] = {
        [LCA_FILE_MISSING] = "missing",
        [LCA_FILE_ORDINARY] = "a file",
        [LCA_FILE_FOLDER] = "a folder",
        [LCA_FILE_FIFO] = "a FIFO",
        [LCA_FILE_SOCKET] = "a socket",
        [LCA_FILE_DEVICE] = "a device",
    };

    return words[kind];
}
