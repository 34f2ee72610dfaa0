/* wrappers_waits: names of the C library's that wait, or have others wait. */

#include "harness/fault/wrap.h"
#include "harness/platform/made.h"

#include <mqueue.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <time.h>

/* What was asked not to wait is not interrupted. */
static uint32_t no_time(const struct timespec *wait)
{
    return lca_wrap_prompt(wait && !wait->tv_sec && !wait->tv_nsec);
}

static uint32_t no_select_time(const struct timeval *wait)
{
    return lca_wrap_prompt(wait && !wait->tv_sec && !wait->tv_usec);
}

#define NOW(timeout)        lca_wrap_prompt((timeout) == 0)
#define WITHOUT_HANG(flags) lca_wrap_prompt((flags) & WNOHANG)
#define WITHOUT_WAIT(flags) lca_wrap_prompt((flags) & IPC_NOWAIT)

WRAP_INT(poll, poll, (struct pollfd rows[], nfds_t count, int timeout),
         (rows, count, timeout), NOW(timeout))
WRAP_INT(ppoll, ppoll,
         (struct pollfd rows[], nfds_t count, const struct timespec *wait,
          const sigset_t *mask),
         (rows, count, wait, mask), no_time(wait))
WRAP_INT(select, select,
         (int count, fd_set *reads, fd_set *writes, fd_set *rest,
          struct timeval *wait),
         (count, reads, writes, rest, wait), no_select_time(wait))
WRAP_INT(pselect, pselect,
         (int count, fd_set *reads, fd_set *writes, fd_set *rest,
          const struct timespec *wait, const sigset_t *mask),
         (count, reads, writes, rest, wait, mask), no_time(wait))
WRAP_INT(epoll_wait, epoll_wait,
         (int fd, struct epoll_event *events, int room, int timeout),
         (fd, events, room, timeout), NOW(timeout))
WRAP_INT(epoll_pwait, epoll_pwait,
         (int fd, struct epoll_event *events, int room, int timeout,
          const sigset_t *mask),
         (fd, events, room, timeout, mask), NOW(timeout))
WRAP_INT(epoll_pwait2, epoll_pwait,
         (int fd, struct epoll_event *events, int room,
          const struct timespec *wait, const sigset_t *mask),
         (fd, events, room, wait, mask), no_time(wait))

/* Of fortified programs: they know how much room there is. */
int __poll_chk(struct pollfd rows[], nfds_t count, int timeout, size_t room);
int __ppoll_chk(struct pollfd rows[], nfds_t count,
                const struct timespec *wait, const sigset_t *mask,
                size_t room);

WRAP_INT(__poll_chk, poll,
         (struct pollfd rows[], nfds_t count, int timeout, size_t room),
         (rows, count, timeout, room), NOW(timeout))
WRAP_INT(__ppoll_chk, ppoll,
         (struct pollfd rows[], nfds_t count, const struct timespec *wait,
          const sigset_t *mask, size_t room),
         (rows, count, wait, mask, room), no_time(wait))

#define ABOUT_QUEUE(type, name, params, args)                               \
    WRAP(type, name, name, params, args, queue, 0, lca_wrap_minus(kind))

ABOUT_QUEUE(int, mq_send,
            (mqd_t queue, const char *bytes, size_t size, unsigned priority),
            (queue, bytes, size, priority))
ABOUT_QUEUE(int, mq_timedsend,
            (mqd_t queue, const char *bytes, size_t size, unsigned priority,
             const struct timespec *until),
            (queue, bytes, size, priority, until))
ABOUT_QUEUE(ssize_t, mq_receive,
            (mqd_t queue, char *bytes, size_t size, unsigned *priority),
            (queue, bytes, size, priority))
ABOUT_QUEUE(ssize_t, mq_timedreceive,
            (mqd_t queue, char *restrict bytes, size_t size,
             unsigned *restrict priority,
             const struct timespec *restrict until),
            (queue, bytes, size, priority, until))

/* What is asked for without IPC_CREAT somebody else may have made. */
#define NUMBERED(kind)                                                      \
    lca_made_number(kind, key == IPC_PRIVATE || flags & IPC_CREAT ? answer  \
                                                                  : -1,     \
                    key == IPC_PRIVATE)

WRAP_MADE(msgget, msgget, (key_t key, int flags), (key, flags),
          NUMBERED(LCA_MADE_QUEUE))
WRAP_INT(msgsnd, msgsnd,
         (int queue, const void *message, size_t size, int flags),
         (queue, message, size, flags), WITHOUT_WAIT(flags))
WRAP(ssize_t, msgrcv, msgrcv,
     (int queue, void *message, size_t room, long type, int flags),
     (queue, message, room, type, flags), -1, WITHOUT_WAIT(flags),
     lca_wrap_minus(kind))
WRAP_MADE(semget, semget, (key_t key, int count, int flags),
          (key, count, flags), NUMBERED(LCA_MADE_SEMAPHORE))
WRAP_MADE(shmget, shmget, (key_t key, size_t size, int flags),
          (key, size, flags), NUMBERED(LCA_MADE_MEMORY))
WRAP(void *, shmat, shmat, (int segment, const void *at, int flags),
     (segment, at, flags), -1, 0,
     (void *)(intptr_t)lca_wrap_minus(kind))

/* One that only gives back neither waits nor, unless it can be undone, needs
   memory. */
static bool can_fail(const struct sembuf *rows, size_t count)
{
    for (size_t i = 0; lca_strike_armed() && i < count; i++)
        if (rows[i].sem_op <= 0 || rows[i].sem_flg & SEM_UNDO)
            return true;
    return false;
}

static uint32_t waits_not(const struct sembuf *rows, size_t count)
{
    bool prompt = true;

    for (size_t i = 0; i < count; i++)
        if (rows[i].sem_op <= 0 && !(rows[i].sem_flg & IPC_NOWAIT))
            prompt = false;
    return lca_wrap_prompt(prompt);
}

#define OPERATES(name, params, args)                                        \
int name params                                                             \
{                                                                           \
    enum lca_kind kind = LCA_KIND_NONE;                                     \
    int answer;                                                             \
                                                                            \
    NEXT(name);                                                             \
    if (can_fail(rows, count))                                              \
        kind = lca_strike(LCA_FAULTY_semop, -1, waits_not(rows, count));    \
    if (kind)                                                               \
        return lca_wrap_minus(kind);                                        \
    lca_strike_enter();                                                     \
    answer = next args;                                                     \
    lca_strike_leave();                                                     \
    return answer;                                                          \
}

OPERATES(semop, (int set, struct sembuf *rows, size_t count),
         (set, rows, count))
OPERATES(semtimedop,
         (int set, struct sembuf *rows, size_t count,
          const struct timespec *wait),
         (set, rows, count, wait))

WRAP_INT(wait, wait, (int *status), (status), 0)
WRAP_INT(waitpid, waitpid, (pid_t child, int *status, int flags),
         (child, status, flags), WITHOUT_HANG(flags))
WRAP_INT(wait3, waitpid, (int *status, int flags, struct rusage *usage),
         (status, flags, usage), WITHOUT_HANG(flags))
WRAP_INT(wait4, waitpid,
         (pid_t child, int *status, int flags, struct rusage *usage),
         (child, status, flags, usage), WITHOUT_HANG(flags))
WRAP_INT(waitid, waitid,
         (idtype_t which, id_t id, siginfo_t *status, int flags),
         (which, id, status, flags), WITHOUT_HANG(flags))

/* Interrupted at once, all the time remains. */
static int woken(enum lca_kind kind, const struct timespec *wanted,
                 struct timespec *left)
{
    if (left)
        *left = *wanted;
    return lca_strike_number(kind);
}

static struct timespec *if_relative(int flags, struct timespec *left)
{
    return flags & TIMER_ABSTIME ? NULL : left;
}

WRAP(int, nanosleep, nanosleep,
     (const struct timespec *wanted, struct timespec *left), (wanted, left),
     -1, no_time(wanted), (errno = woken(kind, wanted, left), -1))
WRAP(int, clock_nanosleep, clock_nanosleep,
     (clockid_t clock, int flags, const struct timespec *wanted,
      struct timespec *left),
     (clock, flags, wanted, left), -1, no_time(wanted),
     woken(kind, wanted, if_relative(flags, left)))
