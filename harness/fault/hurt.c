#include "harness/fault/hurt.h"

#include "harness/fault/effects.h"
#include "harness/platform/clock.h"
#include "harness/platform/family.h"
#include "harness/platform/system.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TRIES = 400, PAUSE_MS = 5, STAYS = 10, ENDS_MAX = 256 };

static struct {
    int32_t pid;
    const struct lca_subject_info *info;
    bool stopped;
    bool gone;                  /* the one that the host started */
    bool again;                 /* ... and another serves in its place */
} server;

void lca_hurt_prepare(int32_t pid, const struct lca_subject_info *info)
{
    server.pid = pid;
    server.info = info;
}

/* The wrapper would refuse it: the server is not the trial's. */
static void send_signal(int number)
{
    syscall(SYS_kill, server.pid, number);
}

/* Only a local socket tells whose its other end is. */
static bool leads_there(int fd)
{
    struct ucred peer = { 0 };
    socklen_t size = sizeof peer;

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           peer.pid == server.pid;
}

static void hold_back(int fd)
{
    int waiting = 0;

    if (ioctl(fd, FIONREAD, &waiting) == 0 && waiting > 0)
        lca_effect_stall(fd);
}

/* A request that was not read is a reset; to ask for it takes it away. */
static void forget(int fd)
{
    int error;
    socklen_t size = sizeof error;

    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    lca_effect_lose(fd);
}

/*
 * The blow may come before the server has read a request, before it has
 * answered, or after. So that a repeat says the same, it is always as if it
 * had come in between: one that is gone leaves an end of file.
 */
static void between(void (*what)(int fd))
{
    for (int fd = 0; fd < ENDS_MAX; fd++)
        if (leads_there(fd))
            what(fd);
}

/* A zombie has closed all it had. */
static void send_and_await(int number, const char *states)
{
    send_signal(number);
    for (int i = 0; i < TRIES &&
                    !strchr(states, lca_family_state(server.pid)); i++)
        lca_clock_sleep(1);
}

/* The trial's grandchild, so that the subject has no child it never made. */
static void start(void)
{
    char command[sizeof server.info->peer + 8];
    int status;
    pid_t pid = fork();

    if (pid > 0) {
        waitpid(pid, &status, 0);
        return;
    }
    if (pid < 0)
        return;
    if (fork() == 0) {
        int none = open("/dev/null", O_RDWR);

        for (int fd = 0; none >= 0 && fd < 3; fd++)
            dup2(none, fd);
        snprintf(command, sizeof command, "exec %s", server.info->peer);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    }
    _exit(0);
}

static void await(void)
{
    const char *file = server.info->pidfile;

    for (int i = 0; i < TRIES; i++) {
        if (*file ? lca_system_exists(file) : i >= STAYS)
            return;
        lca_clock_sleep(PAUSE_MS);
    }
}

static void start_again(void)
{
    if (!*server.info->peer)
        return;
    if (*server.info->pidfile)
        lca_system_remove(server.info->pidfile);
    start();
    await();
}

void lca_hurt(enum lca_kind kind)
{
    if (server.pid <= 1 || server.gone)
        return;
    server.stopped = kind == LCA_KIND_stop;
    server.gone = !server.stopped;
    if (server.stopped) {
        send_and_await(SIGSTOP, "TtZX");
        between(hold_back);
        return;
    }
    send_and_await(SIGKILL, "ZX");
    between(forget);
    server.again = kind == LCA_KIND_restart;
    if (server.again)
        start_again();
}

void lca_hurt_mend(void)
{
    if (server.stopped) {
        send_signal(SIGCONT);
        lca_effect_resume();
    }
    if (server.gone && !server.again)
        start_again();
    server.stopped = false;
    server.again = server.gone;
}
