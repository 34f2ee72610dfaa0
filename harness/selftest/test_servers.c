/* servers: whom a step connects to, and whether it did so before. */

#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include "harness/fault/ipc.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

enum seen { NONE, FIRST, AGAIN };

union address {
    struct sockaddr any;
    struct sockaddr_un un;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

/* In the order of play: each is a step by itself. */
static const struct {
    const char *name;           /* a path, or a number of IPv4 or IPv6 */
    int family, type, port;
    enum seen seen;
} steps[] = {
    { "/tmp/server", AF_UNIX, SOCK_STREAM, 0, FIRST },
    { "/tmp/server", AF_UNIX, SOCK_STREAM, 0, AGAIN },
    { "/tmp/server2", AF_UNIX, SOCK_SEQPACKET, 0, FIRST },
    { "/tmp/other", AF_UNIX, SOCK_DGRAM, 0, NONE },
    { "/tmp/other", AF_UNIX, SOCK_STREAM, 0, FIRST },
    { "/dev/log", AF_UNIX, SOCK_STREAM, 0, NONE },
    { "/run/systemd/resolve/io.systemd.Resolve", AF_UNIX, SOCK_STREAM, 0,
      NONE },
    { "/var/run/nscd/socket", AF_UNIX, SOCK_STREAM, 0, NONE },
    { "10.0.0.1", AF_INET, SOCK_STREAM, 236, FIRST },
    { "10.0.0.1", AF_INET, SOCK_STREAM, 237, FIRST },
    { "10.0.0.2", AF_INET, SOCK_STREAM, 236, FIRST },
    { "10.0.0.1", AF_INET, SOCK_STREAM, 236, AGAIN },
    { "10.0.0.3", AF_INET, SOCK_DGRAM, 53, NONE },
    { "::1", AF_INET6, SOCK_STREAM, 236, FIRST },
    { "::2", AF_INET6, SOCK_STREAM, 236, FIRST },
    { "::1", AF_INET6, SOCK_STREAM, 237, FIRST },
    { "::2", AF_INET6, SOCK_STREAM, 236, AGAIN },
    { "/tmp/server", AF_UNIX, SOCK_STREAM, 0, AGAIN },
};

static socklen_t fill(union address *a, size_t step)
{
    memset(a, 0, sizeof *a);
    a->any.sa_family = (sa_family_t)steps[step].family;
    if (steps[step].family == AF_UNIX) {
        strcpy(a->un.sun_path, steps[step].name);
        return sizeof a->un;
    }
    if (steps[step].family == AF_INET) {
        a->four.sin_port = htons((uint16_t)steps[step].port);
        inet_pton(AF_INET, steps[step].name, &a->four.sin_addr);
        memset(a->four.sin_zero, (int)step, sizeof a->four.sin_zero);
        return sizeof a->four;
    }
    a->six.sin6_port = htons((uint16_t)steps[step].port);
    a->six.sin6_flowinfo = (uint32_t)step;
    inet_pton(AF_INET6, steps[step].name, &a->six.sin6_addr);
    return sizeof a->six;
}

static struct lca_ipc play(size_t step, unsigned times)
{
    union address address;
    socklen_t size = fill(&address, step);
    int fd = socket(AF_UNIX, steps[step].type, 0);      /* asked for it alone */

    lca_ipc_begin();
    for (unsigned i = 0; i < times; i++)
        lca_ipc_note_server(fd, &address.any, size);
    close(fd);
    return lca_ipc_end();
}

static void all(void)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct lca_ipc seen = play(i, 2);
        char row[80];

        snprintf(row, sizeof row, "%zu: %s", i, steps[i].name);
        lca_apart_check(row, __LINE__,
                        seen.connected == (steps[i].seen != NONE) &&
                        seen.again == (steps[i].seen == AGAIN));
    }
    LCA_APART(!play(0, 0).connected);
}

static void a_server_is_known_again(void)
{
    lca_apart(all);
}

/* The table ends; who does not fit in is never known. */
static void many(void)
{
    union address a = { .four = { .sin_family = AF_INET } };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool known = true;

    for (int round = 0; round < 2; round++)
        for (uint16_t port = 1; port <= 40; port++) {
            struct lca_ipc seen;

            a.four.sin_port = htons(port);
            lca_ipc_begin();
            lca_ipc_note_server(fd, &a.any, sizeof a.four);
            seen = lca_ipc_end();
            known &= seen.connected == (port <= 32) &&
                     seen.again == (port <= 32 && round == 1);
        }
    close(fd);
    LCA_APART(known);
}

static void too_many_are_not_known(void)
{
    lca_apart(many);
}

CU_TestInfo lca_servers_tests[] = {
    { "a server is known again", a_server_is_known_again },
    { "too many are not known", too_many_are_not_known },
    CU_TEST_INFO_NULL,
};
