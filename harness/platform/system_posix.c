#include "harness/platform/system.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void lca_system_ignore_broken_pipes(void)
{
    signal(SIGPIPE, SIG_IGN);
}

unsigned lca_system_processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n > 0 ? (unsigned)n : 1;
}

int lca_system_pid(void)
{
    return (int)getpid();
}

bool lca_system_is_terminal(int fd)
{
    return isatty(fd) == 1;
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

bool lca_system_program_folder(char *text, size_t size)
{
    ssize_t n = readlink("/proc/self/exe", text, size - 1);
    char *slash;

    if (n <= 0 || (size_t)n >= size - 1)        /* cut, perhaps */
        return false;
    text[n] = '\0';
    slash = strrchr(text, '/');
    if (slash)
        *slash = '\0';
    return slash != NULL;
}

bool lca_system_real_path(const char *path, char *text, size_t size)
{
    char *real = realpath(path, NULL);
    bool fits = real && strlen(real) < size;

    if (fits)
        memcpy(text, real, strlen(real) + 1);
    free(real);
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
