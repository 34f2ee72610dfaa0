#include "harness/platform/stacks.h"

#include "harness/platform/clock.h"
#include "harness/platform/crash.h"

#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { ASK = 32 };              /* what sigfillset leaves out, the lower one */

static struct lca_stacks *shared_rows;
static unsigned (*ask_mark)(void);

unsigned lca_stacks_walk(uintptr_t *frames, unsigned room)
{
    void *stack[LCA_STACKS_DEPTH + 8];
    int depth = backtrace(stack, (int)(sizeof stack / sizeof *stack)), at = 0;
    unsigned count = 1;

    while (at < depth && (uintptr_t)stack[at] != frames[0])
        at++;                   /* the handler and the signal's frame */
    for (at++; at < depth && count < room; at++)
        frames[count++] = (uintptr_t)stack[at];
    return count;
}

static void handle(int number, siginfo_t *info, void *context)
{
    int32_t self = (int32_t)syscall(SYS_gettid);
    uint64_t registers[LCA_REGISTERS] = { 0 };
    int error = errno;

    (void)number, (void)info;
    for (unsigned i = 0; i < LCA_STACKS; i++) {
        struct lca_stacks_row *row = &shared_rows->rows[i];

        if (atomic_load(&row->thread) != self)
            continue;
        lca_registers_read(context, registers);
        row->mark = ask_mark();
        row->frames[0] = (uintptr_t)registers[0];
        row->count = 1;
        row->count = lca_stacks_walk(row->frames, LCA_STACKS_DEPTH);
        atomic_store(&row->answered, 1);
        break;
    }
    errno = error;
}

/* As the system has it: the C library's own does not take this signal. */
struct action {
    void (*handler)(int, siginfo_t *, void *);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};

static bool action(int number, const struct action *to, struct action *from)
{
    return syscall(SYS_rt_sigaction, number, to, from, sizeof to->mask) == 0;
}

/* What the C library makes of a handler: it knows how one returns. */
static bool as_usual(struct action *usual)
{
    struct sigaction to = { .sa_sigaction = handle }, before;
    bool known;

    sigfillset(&to.sa_mask);
    to.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    if (sigaction(SIGURG, &to, &before) != 0)
        return false;
    known = action(SIGURG, NULL, usual);
    sigaction(SIGURG, &before, NULL);
    return known;
}

bool lca_stacks_answer(struct lca_stacks *shared, unsigned (*mark)(void))
{
    struct action to, taken;

    shared_rows = shared;
    ask_mark = mark;
    lca_crash_prepare();
    return lca_registers_name(0) && as_usual(&to) &&
           action(ASK, NULL, &taken) &&
           (!taken.handler || taken.handler == handle) &&
           action(ASK, &to, NULL);
}

/* The first line of a file of a thread's; empty: there is none. */
static void read_line(int32_t pid, int32_t thread, const char *what,
                      char *line, size_t size)
{
    char path[80];
    FILE *file;

    *line = '\0';
    snprintf(path, sizeof path, "/proc/%" PRId32 "/task/%" PRId32 "/%s", pid,
             thread, what);
    file = fopen(path, "re");
    if (file && !fgets(line, (int)size, file))
        *line = '\0';
    if (file)
        fclose(file);
    line[strcspn(line, "\n")] = '\0';
}

static const struct {
    long number;
    const char *name;
} calls[] = {
    { SYS_futex, "futex" },         { SYS_read, "read" },
    { SYS_write, "write" },         { SYS_recvfrom, "recv" },
    { SYS_recvmsg, "recvmsg" },     { SYS_sendto, "send" },
    { SYS_sendmsg, "sendmsg" },     { SYS_connect, "connect" },
    { SYS_accept, "accept" },       { SYS_ppoll, "poll" },
    { SYS_pselect6, "select" },     { SYS_epoll_pwait, "epoll_wait" },
    { SYS_nanosleep, "nanosleep" }, { SYS_clock_nanosleep, "nanosleep" },
    { SYS_wait4, "wait" },          { SYS_waitid, "wait" },
    { SYS_flock, "flock" },         { SYS_fcntl, "fcntl" },
    { SYS_semop, "semop" },         { SYS_semtimedop, "semop" },
#ifdef SYS_poll
    { SYS_poll, "poll" },           { SYS_select, "select" },
    { SYS_epoll_wait, "epoll_wait" },
#endif
    { SYS_rt_sigtimedwait, "sigwait" }, { SYS_rt_sigsuspend, "sigsuspend" },
};

/* Before it is asked: then it is in the handler. False: it stands still. */
static bool describe(int32_t pid, struct lca_stacks_thread *t)
{
    char line[400], *state;
    char *end;
    long number;

    read_line(pid, t->thread, "comm", line, sizeof line);
    snprintf(t->name, sizeof t->name, "%.15s", line);
    read_line(pid, t->thread, "stat", line, sizeof line);
    state = strrchr(line, ')');
    switch (state && state[1] ? state[2] : '?') {
    case 'T': case 't':
        snprintf(t->doing, sizeof t->doing, "is stopped");
        return false;
    case 'Z': case 'X':
        snprintf(t->doing, sizeof t->doing, "has ended");
        return false;
    case 'R':
        snprintf(t->doing, sizeof t->doing, "is running");
        return true;
    }
    read_line(pid, t->thread, "syscall", line, sizeof line);
    number = strtol(line, &end, 10);
    if (end == line)
        return true;            /* who may not trace it may not know */
    snprintf(t->doing, sizeof t->doing, "is in call %ld", number);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (calls[i].number == number)
            snprintf(t->doing, sizeof t->doing, "is in %s", calls[i].name);
    return true;
}

static int by_number(const void *a, const void *b)
{
    int32_t x = ((const struct lca_stacks_thread *)a)->thread;
    int32_t y = ((const struct lca_stacks_thread *)b)->thread;

    return (x > y) - (x < y);
}

/* Those that there is room for, the first of the process first. */
static unsigned list(int32_t pid, struct lca_stacks_thread *to, unsigned *all)
{
    char path[40];
    DIR *folder;
    const struct dirent *entry;
    unsigned count = 0;

    *all = 0;
    snprintf(path, sizeof path, "/proc/%" PRId32 "/task", pid);
    folder = opendir(path);
    while (folder && (entry = readdir(folder)) != NULL) {
        int32_t thread = (int32_t)strtol(entry->d_name, NULL, 10);

        if (thread <= 0)
            continue;
        ++*all;
        if (count < LCA_STACKS)
            to[count++] = (struct lca_stacks_thread){ .thread = thread };
    }
    if (folder)
        closedir(folder);
    if (count)
        qsort(to, count, sizeof *to, by_number);
    return count;
}

static void wait_for(const struct lca_stacks *shared, const bool *asked,
                     unsigned count, unsigned ms)
{
    const struct timespec pause = { .tv_nsec = 500000 };
    uint64_t until = lca_clock_us() + ms * 1000ull;
    bool all = false;

    while (!all && lca_clock_us() < until) {
        all = true;
        for (unsigned i = 0; i < count; i++)
            all &= !asked[i] || atomic_load(&shared->rows[i].answered);
        if (!all)
            nanosleep(&pause, NULL);
    }
}

static void read_row(const struct lca_stacks_row *from,
                     struct lca_stacks_thread *to)
{
    to->answered = atomic_load(&from->answered) == 1;
    to->mark = from->mark;
    to->count = *(const volatile uint32_t *)&from->count;
    if (to->count > LCA_STACKS_DEPTH)
        to->count = 0;
    memcpy(to->frames, from->frames, sizeof to->frames);
}

unsigned lca_stacks_take(int32_t pid, struct lca_stacks *shared, unsigned ms,
                         struct lca_stacks_thread to[LCA_STACKS],
                         unsigned *all)
{
    bool asked[LCA_STACKS];
    unsigned count = list(pid, to, all);

    memset(shared, 0, sizeof *shared);
    for (unsigned i = 0; i < count; i++) {
        asked[i] = describe(pid, &to[i]);
        atomic_store(&shared->rows[i].thread, to[i].thread);
        if (asked[i])
            asked[i] = syscall(SYS_tgkill, pid, to[i].thread, ASK) == 0;
    }
    wait_for(shared, asked, count, ms);
    for (unsigned i = 0; i < count; i++)
        read_row(&shared->rows[i], &to[i]);
    return count;
}

/* Up to the mapping that holds it, the last one that begins a file. */
bool lca_stacks_place(int32_t pid, uintptr_t address, char *name, size_t size,
                      uint64_t *offset)
{
    char file_name[40], line[1200], path[1024];
    uintptr_t from, to, base = 0;
    uint64_t at;
    FILE *file;
    bool found = false;

    snprintf(file_name, sizeof file_name, "/proc/%" PRId32 "/maps", pid);
    file = fopen(file_name, "re");
    while (file && !found && fgets(line, sizeof line, file)) {
        *path = '\0';
        if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %*s %" SCNx64
                   " %*s %*s %1023[^\n]", &from, &to, &at, path) < 3)
            continue;
        if (at == 0 && *path == '/')
            base = from;
        found = address >= from && address < to && *path == '/';
    }
    if (file)
        fclose(file);
    if (found) {
        const char *slash = strrchr(path, '/');

        snprintf(name, size, "%.*s", (int)size - 1, slash + 1);
        *offset = address - base;
    }
    return found;
}
