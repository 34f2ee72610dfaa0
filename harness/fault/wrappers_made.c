/*
 * wrappers_made: names of the C library's that make a file, and are libfiu's
 * or nobody's to make fail. What is made is written down, as others' wrappers
 * do for what they make themselves (harness/platform/made.h).
 */

#include "harness/fault/next.h"
#include "harness/platform/made.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define OPENS(name)                                                         \
int name(const char *path, int flags, ...)                                  \
{                                                                           \
    mode_t mode = 0;                                                        \
    va_list list;                                                           \
    int fd;                                                                 \
                                                                            \
    NEXT(name);                                                             \
    if (flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE) {              \
        va_start(list, flags);                                              \
        mode = va_arg(list, mode_t);                                        \
        va_end(list);                                                       \
    }                                                                       \
    fd = next(path, flags, mode);                                           \
    if (fd >= 0 && flags & O_CREAT)                                         \
        lca_made_path(path);                                                \
    return fd;                                                              \
}

OPENS(open)
OPENS(open64)

/* path: what it is called when it was made. */
#define MAKES(type, name, params, args, worked, path)                       \
type name params                                                            \
{                                                                           \
    type made;                                                              \
                                                                            \
    NEXT(name);                                                             \
    made = next args;                                                       \
    if (worked)                                                             \
        lca_made_path(path);                                                \
    return made;                                                            \
}

#define TEMPORARY(name, params, args)                                       \
    MAKES(int, name, params, args, made >= 0, shape)

TEMPORARY(mkstemp, (char *shape), (shape))
TEMPORARY(mkstemp64, (char *shape), (shape))
TEMPORARY(mkostemp, (char *shape, int flags), (shape, flags))
TEMPORARY(mkostemp64, (char *shape, int flags), (shape, flags))
TEMPORARY(mkstemps, (char *shape, int tail), (shape, tail))
TEMPORARY(mkstemps64, (char *shape, int tail), (shape, tail))
TEMPORARY(mkostemps, (char *shape, int tail, int flags), (shape, tail, flags))
TEMPORARY(mkostemps64, (char *shape, int tail, int flags),
          (shape, tail, flags))
MAKES(char *, mkdtemp, (char *shape), (shape), made != NULL, shape)
MAKES(int, mkdir, (const char *path, mode_t mode), (path, mode), made == 0,
      path)
MAKES(int, mkfifo, (const char *path, mode_t mode), (path, mode), made == 0,
      path)
MAKES(int, rename, (const char *from, const char *to), (from, to), made == 0,
      to)
MAKES(int, link, (const char *from, const char *to), (from, to), made == 0,
      to)
MAKES(int, symlink, (const char *from, const char *to), (from, to), made == 0,
      to)

#define STREAMS(name)                                                       \
    MAKES(FILE *, name,                                                     \
          (const char *restrict path, const char *restrict how),            \
          (path, how), made != NULL && *how != 'r', path)

STREAMS(fopen)
STREAMS(fopen64)

/* A socket with a name in the file system. */
int bind(int fd, __CONST_SOCKADDR_ARG address, socklen_t size)
{
    const struct sockaddr_un *un = address.__sockaddr_un__;
    size_t head = offsetof(struct sockaddr_un, sun_path);
    char path[sizeof un->sun_path + 1] = "";
    int answer;

    NEXT(bind);
    answer = next(fd, address, size);
    if (answer == 0 && size > head && size <= sizeof *un &&
        un->sun_family == AF_UNIX && *un->sun_path) {
        memcpy(path, un->sun_path, size - head);
        lca_made_path(path);
    }
    return answer;
}
