#include "harness/platform/door.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { HIGH = 240,              /* where a subject will not look */
       FIRST_DISPLAY = 10000,   /* none that people use */
       TURN_MS = 5 };

#define WAYLAND "wayland-lastcall"

static struct {
    pthread_mutex_t lock;
    pthread_t keeper;
    bool open;
    int fds[2];                 /* -1: not to be had */
    unsigned knocks;
    struct sockaddr_un wayland;
} door = { .lock = PTHREAD_MUTEX_INITIALIZER };

void lca_door_name(void)
{
    char display[24];

    snprintf(display, sizeof display, ":%d", FIRST_DISPLAY + getpid());
    setenv("DISPLAY", display, 1);
    setenv("WAYLAND_DISPLAY", WAYLAND, 1);
}

/* A listening socket that nobody waits at; -1: refused. */
static int listen_at(const struct sockaddr_un *address, socklen_t size)
{
    int low = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int fd = -1;

    if (low >= 0 &&
        bind(low, (const struct sockaddr *)address, size) == 0 &&
        listen(low, SOMAXCONN) == 0)
        fd = fcntl(low, F_DUPFD_CLOEXEC, HIGH);
    if (low >= 0)
        close(low);
    return fd;
}

/* The first byte of the name stays zero: that is what abstract means. */
static int offer_x11(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const char *display = getenv("DISPLAY");
    int length;

    if (!display || *display != ':')
        return -1;
    length = snprintf(address.sun_path + 1, sizeof address.sun_path - 1,
                      "/tmp/.X11-unix/X%s", display + 1);
    return listen_at(&address, (socklen_t)(offsetof(struct sockaddr_un,
                                                    sun_path) + 1 +
                                           (size_t)length));
}

static int offer_wayland(void)
{
    const char *folder = getenv("XDG_RUNTIME_DIR");
    int length;

    door.wayland = (struct sockaddr_un){ .sun_family = AF_UNIX };
    if (!folder || *folder != '/')
        return -1;
    length = snprintf(door.wayland.sun_path, sizeof door.wayland.sun_path,
                      "%s/" WAYLAND, folder);
    if (length < 0 || (size_t)length >= sizeof door.wayland.sun_path)
        return -1;
    unlink(door.wayland.sun_path);      /* of a trial that was killed */
    return listen_at(&door.wayland, sizeof door.wayland);
}

/* Everybody who waits. Locked. */
static void turn_away(void)
{
    for (int i = 0; i < 2; i++) {
        int fd = accept4(door.fds[i], NULL, NULL, SOCK_CLOEXEC);

        for (; fd >= 0; door.knocks++) {
            close(fd);
            fd = accept4(door.fds[i], NULL, NULL, SOCK_CLOEXEC);
        }
    }
}

static void *keep(void *none)
{
    for (bool open = true; open;) {
        struct pollfd waiting[] = { { .fd = door.fds[0], .events = POLLIN },
                                    { .fd = door.fds[1], .events = POLLIN } };

        poll(waiting, 2, TURN_MS);
        pthread_mutex_lock(&door.lock);
        turn_away();
        open = door.open;
        pthread_mutex_unlock(&door.lock);
    }
    return none;
}

static void close_both(void)
{
    for (int i = 0; i < 2; i++)
        if (door.fds[i] >= 0)
            close(door.fds[i]);
}

bool lca_door_open(void)
{
    sigset_t all, before;

    door.fds[0] = offer_x11();
    door.fds[1] = offer_wayland();
    door.knocks = 0;
    door.open = door.fds[0] >= 0 || door.fds[1] >= 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (door.open && pthread_create(&door.keeper, NULL, keep, NULL) != 0) {
        door.open = false;      /* nobody would be turned away */
        close_both();
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return door.open;
}

unsigned lca_door_knocks(void)
{
    unsigned knocks = 0;

    pthread_mutex_lock(&door.lock);
    if (door.open) {
        turn_away();
        knocks = door.knocks;
    }
    pthread_mutex_unlock(&door.lock);
    return knocks;
}

void lca_door_close(void)
{
    bool open;

    pthread_mutex_lock(&door.lock);
    open = door.open;
    door.open = false;
    pthread_mutex_unlock(&door.lock);
    if (!open)
        return;
    pthread_join(door.keeper, NULL);
    close_both();
    unlink(door.wayland.sun_path);
}
