/*
 * wrappers_starts: names of the C library's that start something, and may
 * allocate for whoever calls them: that is asked about too.
 */

#include "harness/fault/wrap.h"
#include "harness/platform/begun.h"

#include <netdb.h>
#include <pthread.h>
#include <spawn.h>
#include <stdbool.h>

int pthread_create(pthread_t *restrict thread,
                   const pthread_attr_t *restrict shape,
                   void *(*body)(void *), void *restrict argument)
{
    enum lca_kind kind;
    void *given = argument;
    bool known;
    int error;

    NEXT(pthread_create);
    kind = lca_strike(LCA_FAULTY_pthread_create, -1, LCA_ON_PROMPT);
    if (kind)
        return lca_strike_number(kind);
    known = lca_begun_wrap(&body, &given);
    error = next(thread, shape, body, given);
    if (error && known)
        lca_begun_drop(given);
    return error;
}

/* What asks nobody only fails for want of memory, which it asks for. */
int getaddrinfo(const char *restrict host, const char *restrict service,
                const struct addrinfo *restrict hints,
                struct addrinfo **restrict found)
{
    enum lca_kind kind = LCA_KIND_NONE;

    NEXT(getaddrinfo);
    if (host && !(hints && hints->ai_flags & AI_NUMERICHOST))
        kind = lca_strike(LCA_FAULTY_getaddrinfo, -1, 0);
    return kind ? lca_strike_number(kind)
                : next(host, service, hints, found);
}

#define SPAWNS(name)                                                        \
    WRAP(int, name, name,                                                   \
         (pid_t *restrict child, const char *restrict path,                 \
          const posix_spawn_file_actions_t *restrict actions,               \
          const posix_spawnattr_t *restrict shape,                          \
          char *const *restrict arguments, char *const *restrict names),    \
         (child, path, actions, shape, arguments, names), -1,               \
         LCA_ON_PROMPT, lca_strike_number(kind))

SPAWNS(posix_spawn)
SPAWNS(posix_spawnp)
