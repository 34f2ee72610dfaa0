/*
 * wrappers_open: names of the C library's that take a list of arguments
 *
 * What is not in the list must not be asked for, except where the system
 * itself does not know whether it is there (fcntl): then it is one word.
 */

#include "harness/fault/wrap.h"
#include "harness/platform/made.h"

#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdbool.h>

static bool has_mode(int flags)
{
    return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE;
}

#define OPENS_AT(name)                                                      \
int name(int folder, const char *path, int flags, ...)                      \
{                                                                           \
    enum lca_kind kind;                                                     \
    mode_t mode = 0;                                                        \
    va_list list;                                                           \
    int fd;                                                                 \
                                                                            \
    NEXT(name);                                                             \
    if (has_mode(flags)) {                                                  \
        va_start(list, flags);                                              \
        mode = va_arg(list, mode_t);                                        \
        va_end(list);                                                       \
    }                                                                       \
    kind = lca_strike(LCA_FAULTY_openat, -1, 0);                            \
    if (kind)                                                               \
        return lca_wrap_minus(kind);                                        \
    lca_strike_enter();                                                     \
    fd = next(folder, path, flags, mode);                                   \
    if (fd >= 0 && flags & O_CREAT)                                         \
        lca_made_at(folder, path);                                          \
    lca_strike_leave();                                                     \
    return fd;                                                              \
}

OPENS_AT(openat)
OPENS_AT(openat64)

/* Locks alone can fail: one that waits, or that needs room in a table. */
static enum lca_kind ask_lock(int fd, int what, const struct flock *lock)
    __attribute__((always_inline));
static inline enum lca_kind ask_lock(int fd, int what,
                                     const struct flock *lock)
{
    bool prompt = what == F_SETLK || what == F_OFD_SETLK;

    if (!prompt && what != F_SETLKW && what != F_OFD_SETLKW)
        return LCA_KIND_NONE;
    if (!lca_strike_armed() || lock->l_type == F_UNLCK)
        return LCA_KIND_NONE;
    return lca_strike(LCA_FAULTY_fcntl, fd, lca_wrap_prompt(prompt));
}

#define CONTROLS(name)                                                      \
int name(int fd, int what, ...)                                             \
{                                                                           \
    enum lca_kind kind;                                                     \
    va_list list;                                                           \
    void *word;                                                             \
    int answer;                                                             \
                                                                            \
    NEXT(name);                                                             \
    va_start(list, what);                                                   \
    word = va_arg(list, void *);                                            \
    va_end(list);                                                           \
    kind = ask_lock(fd, what, word);                                        \
    if (kind)                                                               \
        return lca_wrap_minus(kind);                                        \
    lca_strike_enter();                                                     \
    answer = next(fd, what, word);                                          \
    lca_strike_leave();                                                     \
    return answer;                                                          \
}

CONTROLS(fcntl)
CONTROLS(fcntl64)

sem_t *sem_open(const char *name, int flags, ...)
{
    enum lca_kind kind;
    unsigned start = 0;
    mode_t mode = 0;
    va_list list;
    sem_t *opened;

    NEXT(sem_open);
    if (flags & O_CREAT) {
        va_start(list, flags);
        mode = va_arg(list, mode_t);
        start = va_arg(list, unsigned);
        va_end(list);
    }
    kind = lca_strike(LCA_FAULTY_sem_open, -1, 0);
    if (kind)
        return lca_wrap_minus(kind), SEM_FAILED;
    lca_strike_enter();
    opened = next(name, flags, mode, start);
    if (opened != SEM_FAILED && flags & O_CREAT)
        lca_made_name(LCA_MADE_SEMAPHORE, name);
    lca_strike_leave();
    return opened;
}

mqd_t mq_open(const char *name, int flags, ...)
{
    enum lca_kind kind;
    struct mq_attr *shape = NULL;
    mode_t mode = 0;
    va_list list;
    mqd_t queue;

    NEXT(mq_open);
    if (flags & O_CREAT) {
        va_start(list, flags);
        mode = va_arg(list, mode_t);
        shape = va_arg(list, struct mq_attr *);
        va_end(list);
    }
    kind = lca_strike(LCA_FAULTY_mq_open, -1, 0);
    if (kind)
        return lca_wrap_minus(kind);
    lca_strike_enter();
    queue = next(name, flags, mode, shape);
    if (queue != (mqd_t)-1 && flags & O_CREAT)
        lca_made_name(LCA_MADE_QUEUE, name);
    lca_strike_leave();
    return queue;
}

/* What a hardened program opens with, where it names no mode. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int folder, const char *path, int flags);
int __openat64_2(int folder, const char *path, int flags);
mqd_t __mq_open_2(const char *name, int flags);

WRAP_INT(__open_2, open, (const char *path, int flags), (path, flags), 0)
WRAP_INT(__open64_2, open, (const char *path, int flags), (path, flags), 0)
WRAP_INT(__openat_2, openat, (int folder, const char *path, int flags),
         (folder, path, flags), 0)
WRAP_INT(__openat64_2, openat, (int folder, const char *path, int flags),
         (folder, path, flags), 0)
WRAP_INT(__mq_open_2, mq_open, (const char *name, int flags), (name, flags),
         0)
