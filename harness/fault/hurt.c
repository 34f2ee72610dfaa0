#include "harness/fault/hurt.h"

#include "harness/platform/clock.h"
#include "harness/platform/system.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TRIES = 400, PAUSE_MS = 5, STAYS = 10 };

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

/* A zombie has closed all it had. */
static bool is_gone(void)
{
    char path[40], line[256];
    const char *state;
    FILE *file;
    bool gone = true;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)server.pid);
    file = fopen(path, "r");
    if (!file)
        return true;
    if (fgets(line, sizeof line, file)) {
        state = strrchr(line, ')');
        gone = state && state[1] && (state[2] == 'Z' || state[2] == 'X');
    }
    fclose(file);
    return gone;
}

static void end(void)
{
    send_signal(SIGKILL);
    for (int i = 0; i < TRIES && !is_gone(); i++)
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
        send_signal(SIGSTOP);
        return;
    }
    end();
    server.again = kind == LCA_KIND_restart;
    if (server.again)
        start_again();
}

void lca_hurt_mend(void)
{
    if (server.stopped)
        send_signal(SIGCONT);
    if (server.gone && !server.again)
        start_again();
    server.stopped = false;
    server.again = server.gone;
}
