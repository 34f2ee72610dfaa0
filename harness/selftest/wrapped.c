#include "harness/selftest/wrapped_bytes.h"

#include "harness/model/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <mqueue.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define NO_NAME (const struct sockaddr *)&no_name, sizeof no_name.sun_family

static volatile int flags_of_some_kind = O_RDONLY | O_CLOEXEC;

static const struct sockaddr_un no_name = { .sun_family = AF_UNIX };
static const struct timespec moment = { .tv_nsec = 1000000 };
static struct timespec soon;
static sem_t semaphore;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *volatile word = "word";
static char *const arguments[] = { "true", NULL };
static const struct message {
    long type;
    char text[8];
} one_message = { 1, "a" };

static int prompt(const struct lca_wrapped *w, int flag)
{
    return w->on & LCA_ON_PROMPT ? flag : 0;
}

/* How a failure is told. errno was 0 before the call. */
static void minus(struct lca_wrapped *w, intptr_t answer)
{
    w->error = errno;
    w->failed = answer == -1;
    w->value = (long)answer;
}

static void null(struct lca_wrapped *w, const void *answer)
{
    w->error = errno;
    w->failed = answer == NULL;
}

static void number(struct lca_wrapped *w, int answer)
{
    w->error = answer;
    w->failed = answer != 0;
}

static bool nothing(struct lca_wrapped *w) { return w->fd == -1; }

static bool a_block(struct lca_wrapped *w)
{
    return (w->block = malloc(16)) != NULL;
}

static bool a_stream(struct lca_wrapped *w)
{
    static char text[] = "one;\ntwo;\n";

    return (w->stream = fmemopen(text, sizeof text - 1, "r")) != NULL;
}

static void without_wait(struct lca_wrapped *w, int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | prompt(w, O_NONBLOCK));
}

static bool a_socket(struct lca_wrapped *w)
{
    w->fd = socket(AF_UNIX, SOCK_STREAM, 0);
    without_wait(w, w->fd);
    return w->fd >= 0;
}

static bool a_bound_socket(struct lca_wrapped *w)
{
    return a_socket(w) && bind(w->fd, NO_NAME) == 0;
}

/* The listener is the peer. */
static bool a_listener(struct lca_wrapped *w)
{
    int listener;

    if (!a_bound_socket(w) || listen(w->fd, 1) != 0)
        return false;
    listener = w->fd;
    if (!a_socket(w))
        return false;
    w->peer = listener;
    return true;
}

static int call_listener(struct lca_wrapped *w)
{
    struct sockaddr_un name;
    socklen_t size = sizeof name;

    if (getsockname(w->peer, (struct sockaddr *)&name, &size) != 0)
        return 0;
    errno = 0;
    return connect(w->fd, (struct sockaddr *)&name, size);
}

static bool a_caller(struct lca_wrapped *w)
{
    int caller;

    if (!a_listener(w) || call_listener(w) != 0)
        return false;
    caller = w->fd;
    w->fd = w->peer;
    w->peer = caller;
    return true;
}

static bool two_ends(struct lca_wrapped *w, bool writes)
{
    int ends[2];

    if (w->on & LCA_ON_FILE) {
        w->fd = w->peer = memfd_create("wrapped", 0);
        return w->fd >= 0;
    }
    if (w->on & LCA_ON_PIPE ? pipe(ends)
                            : socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
        return false;
    w->fd = ends[writes];
    w->peer = ends[!writes];
    return true;
}

static bool out(struct lca_wrapped *w)
{
    if (!two_ends(w, true))
        return false;
    without_wait(w, w->fd);
    return true;
}

static bool in(struct lca_wrapped *w)
{
    if (!two_ends(w, false) || write(w->peer, BYTES) != LCA_WRAPPED_LENGTH)
        return false;
    if (w->on & LCA_ON_FILE)
        lseek(w->fd, 0, SEEK_SET);
    without_wait(w, w->fd);
    return true;
}

static bool an_epoll(struct lca_wrapped *w)
{
    return in(w) && (w->ends[0] = epoll_create1(0)) >= 0;
}

static int watch(struct lca_wrapped *w)
{
    struct epoll_event event = { .events = EPOLLIN };

    return epoll_ctl(w->ends[0], EPOLL_CTL_ADD, w->fd, &event);
}

static bool a_watch(struct lca_wrapped *w)
{
    return an_epoll(w) && watch(w) == 0;
}

static bool a_name(struct lca_wrapped *w)
{
    return snprintf(w->name, sizeof w->name, "/lca-wrapped-%d",
                    (int)getpid()) > 0;
}

static bool a_segment(struct lca_wrapped *w)
{
    return a_name(w) && shm_open(w->name, O_CREAT | O_RDWR, 0600) >= 0;
}

static bool a_semaphore(struct lca_wrapped *w)
{
    (void)w;
    clock_gettime(CLOCK_REALTIME, &soon);
    soon.tv_sec++;
    return sem_init(&semaphore, 0, 1) == 0;
}

static sem_t *open_semaphore(const char *name)
{
    sem_t *opened = sem_open(name, O_CREAT, 0600, 1);

    return opened == SEM_FAILED ? NULL : opened;
}

static bool a_queue(struct lca_wrapped *w)
{
    struct mq_attr shape = { .mq_maxmsg = 2, .mq_msgsize = 8 };

    a_name(w);
    clock_gettime(CLOCK_REALTIME, &soon);
    soon.tv_sec++;
    w->fd = mq_open(w->name, O_CREAT | O_RDWR | prompt(w, O_NONBLOCK), 0600,
                    &shape);
    return w->fd >= 0;
}

static bool a_full_queue(struct lca_wrapped *w)
{
    return a_queue(w) && mq_send(w->fd, "a", 1, 0) == 0;
}

static bool messages(struct lca_wrapped *w)
{
    return (w->id = msgget(IPC_PRIVATE, 0600)) >= 0;
}

static bool a_message(struct lca_wrapped *w)
{
    return messages(w) && msgsnd(w->id, &one_message, 1, 0) == 0;
}

static bool semaphores(struct lca_wrapped *w)
{
    return (w->id = semget(IPC_PRIVATE, 1, 0600)) >= 0;
}

static int wait_for_zero(struct lca_wrapped *w)
{
    struct sembuf row = { 0, 0, (short)prompt(w, IPC_NOWAIT) };

    return semop(w->id, &row, 1);
}

static bool segments(struct lca_wrapped *w)
{
    return (w->id = shmget(IPC_PRIVATE, 4096, 0600)) >= 0;
}

static int fork_once(struct lca_wrapped *w)
{
    w->child = fork();
    if (w->child == 0)
        _exit(0);
    return w->child;
}

static bool a_child(struct lca_wrapped *w)
{
    return fork_once(w) > 0;
}

static int lock(struct lca_wrapped *w)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

    return fcntl(w->fd, prompt(w, true) ? F_SETLK : F_SETLKW, &whole);
}

static int print(struct lca_wrapped *w, const char *format, ...)
{
    va_list list;
    int answer;

    va_start(list, format);
    answer = vasprintf(&w->text, format, list);
    va_end(list);
    return answer;
}

static void *body(void *argument) { return argument; }

static int start_thread(void)
{
    pthread_t thread;
    int answer = pthread_create(&thread, NULL, body, NULL);

    if (answer == 0)
        pthread_join(thread, NULL);
    return answer;
}

static int look_up(const char *host)
{
    struct addrinfo *found;
    int answer = getaddrinfo(host, "80", NULL, &found);

    if (answer == 0)
        freeaddrinfo(found);
    return answer;
}

#define X(name, on, prepare, how, call)                                     \
static void make_##name(struct lca_wrapped *w)                              \
{                                                                           \
    errno = 0;                                                              \
    how(w, RESULT_##how(call));                                             \
}
#define RESULT_minus(call)  (intptr_t)(call)
#define RESULT_null(call)   call
#define RESULT_number(call) call
#include "harness/selftest/wrapped.def"
#undef X

enum {
    ON_NOTHING  = LCA_ON_NOTHING,
    ON_PROMPTLY = LCA_ON_NOTHING | LCA_ON_PROMPT,
    ON_SOCKET   = LCA_ON_SOCKET,
    ON_CALLER   = LCA_ON_SOCKET | LCA_ON_PROMPT,
    ON_READER   = LCA_ON_STREAM | LCA_ON_FILE | LCA_ON_PROMPT,
    ON_FILE     = LCA_ON_FILE,
    ON_LOCKS    = LCA_ON_FILE | LCA_ON_PROMPT,
};

extern lca_wrapped_table lca_wrapped_rows;
extern lca_wrapped_cleaner lca_wrapped_clean;

const struct lca_wrapped_row lca_wrapped_rows[] = {
#define X(name, on, prepare, how, call)                                     \
    { #name, ON_##on, prepare, make_##name },
#include "harness/selftest/wrapped.def"
#undef X
    { 0 },
};

void lca_wrapped_clean(struct lca_wrapped *w)
{
    msgctl(w->id, IPC_RMID, NULL);
    semctl(w->id, 0, IPC_RMID);
    shmctl(w->id, IPC_RMID, NULL);
    if (*w->name == '/') {
        shm_unlink(w->name);
        sem_unlink(w->name);
        mq_unlink(w->name);
    }
}
