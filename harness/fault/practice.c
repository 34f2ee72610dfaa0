#include "harness/fault/practice.h"

#include "harness/fault/ipc.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* An address of the system's own choice, which no file stands for. */
static int listens(struct sockaddr_un *address, socklen_t *size)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    *size = sizeof address->sun_family;
    if (bind(fd, (struct sockaddr *)address, *size) == 0 &&
        listen(fd, 1) == 0) {
        *size = sizeof *address;
        getsockname(fd, (struct sockaddr *)address, size);
    }
    return fd;
}

static void talk(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    socklen_t size;
    int server = listens(&address, &size);
    int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), peer = -1;
    struct pollfd ready = { .fd = client, .events = POLLIN };
    char bytes[4] = "";

    if (connect(client, (struct sockaddr *)&address, size) == 0)
        peer = accept(server, NULL, NULL);
    if (peer >= 0) {
        send(peer, bytes, sizeof bytes, MSG_NOSIGNAL);
        poll(&ready, 1, 0);
        recv(client, bytes, sizeof bytes, 0);
        shutdown(peer, SHUT_RDWR);
        close(peer);
    }
    close(client);
    close(server);
}

static void *work(void *lock)
{
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

static void lock(void)
{
    pthread_rwlock_t rows = PTHREAD_RWLOCK_INITIALIZER;
    pthread_cond_t told;
    pthread_mutex_t one;
    pthread_t thread;

    pthread_mutex_init(&one, NULL);
    pthread_cond_init(&told, NULL);
    pthread_mutex_lock(&one);
    pthread_cond_broadcast(&told);
    if (pthread_create(&thread, NULL, work, &one) == 0) {
        pthread_mutex_unlock(&one);
        pthread_join(thread, NULL);
    } else {
        pthread_mutex_unlock(&one);
    }
    pthread_rwlock_rdlock(&rows);
    pthread_rwlock_unlock(&rows);
    pthread_rwlock_wrlock(&rows);
    pthread_rwlock_unlock(&rows);
    pthread_rwlock_destroy(&rows);
    pthread_cond_destroy(&told);
    pthread_mutex_destroy(&one);
}

static void keep(void)
{
    struct stat status;
    char bytes[4];
    int ends[2];
    int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

    flock(fd, LOCK_EX);
    flock(fd, LOCK_UN);
    if (read(fd, bytes, sizeof bytes) == 0)
        fstat(fd, &status);
    close(fd);
    if (stat("/", &status) == 0)
        mkdir("/", 0700); /* it is there */
    if (pipe2(ends, O_CLOEXEC) == 0) {
        close(ends[0]);
        close(ends[1]);
    }
}

static void allocate(void)
{
    char text[40];
    char *copy = strdup("practice");
    void *more = realloc(calloc(1, 8), 64);

    snprintf(text, sizeof text, "%s/%d", copy ? copy : "", 1);
    free(copy);
    free(more);
}

void lca_practise(void)
{
    lca_ipc_begin();
    talk();
    lock();
    keep();
    allocate();
    lca_ipc_end();
}
