#include "harness/platform/state.h"

#include "harness/platform/scratch.h"
#include "harness/platform/things.h"

#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t bits(const sigset_t *set)
{
    uint64_t all = 0;

    for (int i = 1; i < LCA_STATE_SIGNALS - 1; i++)
        all |= (uint64_t)(sigismember(set, i) == 1) << i;
    return all;
}

static void take_signals(struct lca_state_now *s)
{
    struct sigaction action;
    sigset_t set;

    sigemptyset(&set);
    pthread_sigmask(SIG_SETMASK, NULL, &set);
    s->mask = bits(&set);
    for (int i = 1; i < LCA_STATE_SIGNALS; i++) {
        if (sigaction(i, NULL, &action) != 0)
            continue;           /* the C library keeps it to itself */
        memcpy(&s->actions[i].handler, &action.sa_handler,
               sizeof action.sa_handler);
        s->actions[i].mask = bits(&action.sa_mask);
        s->actions[i].flags = (uint32_t)action.sa_flags;
    }
}

/* umask() itself would change it, for a moment and for every thread. */
static uint32_t read_umask(void)
{
    FILE *file = fopen("/proc/self/status", "re");
    char line[256];
    unsigned value = 0;

    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "Umask: %o", &value) == 1)
            break;
    if (file)
        fclose(file);
    return value;
}

static void take_environment(struct lca_state_now *s)
{
    for (char **at = environ; at && *at; at++) {
        size_t length = strcspn(*at, "=");

        if (s->variables == LCA_STATE_VARIABLES)
            return;
        snprintf(s->variable[s->variables].name,
                 sizeof s->variable->name, "%.*s", (int)length, *at);
        s->variable[s->variables++].hash =
            lca_things_hash(0, *at, (uint32_t)strlen(*at));
    }
}

static void take_streams(struct lca_state_now *s)
{
    struct stat status;

    for (int fd = 0; fd < 3; fd++) {
        if (fstat(fd, &status) != 0)
            continue;
        s->streams[fd].is_open = 1;
        s->streams[fd].device = status.st_dev;
        s->streams[fd].inode = status.st_ino;
        s->streams[fd].flags = (uint32_t)fcntl(fd, F_GETFL);
        s->streams[fd].closes = (uint32_t)fcntl(fd, F_GETFD);
    }
}

void lca_state_take(struct lca_state_now *s)
{
    const char *locale = setlocale(LC_ALL, NULL);
    struct rlimit limit;

    memset(s, 0, sizeof *s);
    take_signals(s);
    if (!getcwd(s->folder, sizeof s->folder))
        snprintf(s->folder, sizeof s->folder, "?");
    s->umask = read_umask();
    snprintf(s->locale, sizeof s->locale, "%s", locale ? locale : "?");
    take_environment(s);
    for (int i = 0; i < LCA_STATE_LIMITED; i++)
        if (getrlimit(i, &limit) == 0) {
            s->limits[i].soft = limit.rlim_cur;
            s->limits[i].hard = limit.rlim_max;
        }
    take_streams(s);
}

#define SAY(...) (snprintf(text, LCA_STATE_TEXT, __VA_ARGS__), 1)

/* "SIGUSR1"; of the real-time signals a number. */
static const char *name_signal(int number)
{
    static char name[24];
    const char *known = sigabbrev_np(number);

    if (known)
        snprintf(name, sizeof name, "SIG%s", known);
    else
        snprintf(name, sizeof name, "signal %d", number);
    return name;
}

static int mask_differs(const struct lca_state_now *was,
                        const struct lca_state_now *now, char *text)
{
    uint64_t more = now->mask & ~was->mask, less = was->mask & ~now->mask;

    if (!more && !less)
        return 0;
    return SAY("the signal mask %s %s%s", more ? "has" : "lacks",
               name_signal(__builtin_ctzll(more ? more : less)),
               more ? " more" : "");
}

static int handlers_differ(const struct lca_state_now *was,
                           const struct lca_state_now *now, char *text)
{
    for (int i = 1; i < LCA_STATE_SIGNALS; i++) {
        uint64_t is = now->actions[i].handler;

        if (is != was->actions[i].handler)
            return SAY("%s %s", name_signal(i),
                       is == (uintptr_t)SIG_DFL   ? "has its default again"
                       : is == (uintptr_t)SIG_IGN ? "is ignored"
                                                  : "has another handler");
        if (now->actions[i].mask != was->actions[i].mask ||
            now->actions[i].flags != was->actions[i].flags)
            return SAY("the handler of %s has other flags or another mask",
                       name_signal(i));
    }
    return 0;
}

static const uint64_t *find(const struct lca_state_now *s, const char *name)
{
    for (unsigned i = 0; i < s->variables; i++)
        if (strcmp(s->variable[i].name, name) == 0)
            return &s->variable[i].hash;
    return NULL;
}

static int environment_differs(const struct lca_state_now *was,
                               const struct lca_state_now *now, char *text)
{
    for (unsigned i = 0; i < now->variables; i++) {
        const uint64_t *hash = find(was, now->variable[i].name);

        if (!hash)
            return SAY("the environment has %s more", now->variable[i].name);
        if (*hash != now->variable[i].hash)
            return SAY("%s has another value in the environment",
                       now->variable[i].name);
    }
    for (unsigned i = 0; i < was->variables; i++)
        if (!find(now, was->variable[i].name))
            return SAY("the environment lacks %s", was->variable[i].name);
    return 0;
}

static int limits_differ(const struct lca_state_now *was,
                         const struct lca_state_now *now, char *text)
{
    static const char *const names[LCA_STATE_LIMITED] = {
        [RLIMIT_CPU] = "CPU",         [RLIMIT_FSIZE] = "FSIZE",
        [RLIMIT_DATA] = "DATA",       [RLIMIT_STACK] = "STACK",
        [RLIMIT_CORE] = "CORE",       [RLIMIT_RSS] = "RSS",
        [RLIMIT_NPROC] = "NPROC",     [RLIMIT_NOFILE] = "NOFILE",
        [RLIMIT_MEMLOCK] = "MEMLOCK", [RLIMIT_AS] = "AS",
        [RLIMIT_LOCKS] = "LOCKS",     [RLIMIT_SIGPENDING] = "SIGPENDING",
        [RLIMIT_MSGQUEUE] = "MSGQUEUE", [RLIMIT_NICE] = "NICE",
        [RLIMIT_RTPRIO] = "RTPRIO",   [RLIMIT_RTTIME] = "RTTIME",
    };

    for (int i = 0; i < LCA_STATE_LIMITED; i++)
        if (now->limits[i].soft != was->limits[i].soft ||
            now->limits[i].hard != was->limits[i].hard)
            return SAY("the limit RLIMIT_%s is another one",
                       names[i] ? names[i] : "?");
    return 0;
}

static int streams_differ(const struct lca_state_now *was,
                          const struct lca_state_now *now, char *text)
{
    static const char *const names[] = { "input", "output", "error" };

    for (int i = 0; i < 3; i++) {
        if (now->streams[i].is_open != was->streams[i].is_open)
            return SAY("standard %s is %s", names[i],
                       now->streams[i].is_open ? "open" : "closed");
        if (now->streams[i].device != was->streams[i].device ||
            now->streams[i].inode != was->streams[i].inode)
            return SAY("standard %s leads elsewhere", names[i]);
        if ((now->streams[i].flags ^ was->streams[i].flags) & O_NONBLOCK)
            return SAY("standard %s %s", names[i],
                       now->streams[i].flags & O_NONBLOCK
                       ? "does not block any more" : "blocks now");
        if (now->streams[i].flags != was->streams[i].flags ||
            now->streams[i].closes != was->streams[i].closes)
            return SAY("standard %s has other flags", names[i]);
    }
    return 0;
}

int lca_state_differs(enum lca_state_part part,
                      const struct lca_state_now *was,
                      const struct lca_state_now *now, char *text)
{
    switch (part) {
    case LCA_STATE_MASK:        return mask_differs(was, now, text);
    case LCA_STATE_HANDLERS:    return handlers_differ(was, now, text);
    case LCA_STATE_ENVIRONMENT: return environment_differs(was, now, text);
    case LCA_STATE_LIMITS:      return limits_differ(was, now, text);
    case LCA_STATE_STREAMS:     return streams_differ(was, now, text);
    case LCA_STATE_FOLDER:
        return strcmp(was->folder, now->folder) != 0 &&
               SAY("the current folder is %.80s",
                   lca_scratch_short(now->folder));
    case LCA_STATE_UMASK:
        return was->umask != now->umask &&
               SAY("the umask is %04o, and was %04o", (unsigned)now->umask,
                   (unsigned)was->umask);
    case LCA_STATE_LOCALE:
        return strcmp(was->locale, now->locale) != 0 &&
               SAY("the locale is %.36s, and was %.36s", now->locale,
                   was->locale);
    default:
        return 0;
    }
}

static void nothing(int number)
{
    (void)number;
}

void lca_state_handle(void)
{
    static const int mine[] = {
        SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM,
        SIGCHLD, SIGTSTP, SIGTTIN, SIGTTOU, SIGXCPU, SIGXFSZ, SIGVTALRM,
        SIGPROF, SIGWINCH, SIGIO,
    };
    struct sigaction action = { .sa_handler = nothing,
                                .sa_flags = SA_RESTART };

    for (size_t i = 0; i < sizeof mine / sizeof *mine; i++)
        sigaction(mine[i], &action, NULL);
}
