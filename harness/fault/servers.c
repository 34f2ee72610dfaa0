#include "harness/fault/servers.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>

enum { MOST = 32 };

struct server {
    socklen_t size;
    unsigned char bytes[sizeof(struct sockaddr_un)];
};

static struct server known[MOST];
static uint32_t count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Log, name service, resolver, message bus. */
static bool is_housekeeping(const struct sockaddr_un *address)
{
    static const char *const folders[] = {
        "/dev/", "/run/systemd/", "/run/nscd/", "/var/run/nscd/",
        "/run/dbus/", "/var/run/dbus/",
    };

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (strncmp(address->sun_path, folders[i], strlen(folders[i])) == 0)
            return true;
    return false;
}

static bool lasts(int fd)
{
    socklen_t size = sizeof(int);
    int type = 0;

    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
           (type == SOCK_STREAM || type == SOCK_SEQPACKET);
}

/* What makes the address one; false: of a family that is not known. */
static bool reduce(const struct sockaddr *address, socklen_t size,
                   struct server *server)
{
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;
    struct sockaddr_un name = { 0 };

    if (address->sa_family == AF_INET6 && size >= sizeof *six) {
        server->size = sizeof six->sin6_addr + sizeof six->sin6_port;
        memcpy(server->bytes, &six->sin6_addr, sizeof six->sin6_addr);
        memcpy(server->bytes + sizeof six->sin6_addr, &six->sin6_port,
               sizeof six->sin6_port);
        return true;
    }
    if (size > sizeof name)
        size = sizeof name;
    memcpy(&name, address, size);
    if (name.sun_family == AF_INET && size >= sizeof(struct sockaddr_in))
        size = offsetof(struct sockaddr_in, sin_zero);
    else if (name.sun_family != AF_UNIX || is_housekeeping(&name))
        return false;
    server->size = size;
    memcpy(server->bytes, &name, size);
    return true;
}

uint32_t lca_servers_number(int fd, const struct sockaddr *address,
                            socklen_t size)
{
    struct server server = { 0 };
    int saved = errno;
    uint32_t i = MOST;

    if (address && size >= sizeof address->sa_family && lasts(fd) &&
        reduce(address, size, &server)) {
        pthread_mutex_lock(&lock);
        for (i = 0; i < count; i++)
            if (known[i].size == server.size &&
                memcmp(known[i].bytes, server.bytes, server.size) == 0)
                break;
        if (i == count && count < MOST)
            known[count++] = server;
        pthread_mutex_unlock(&lock);
    }
    errno = saved;
    return i < MOST ? i + 1 : 0;
}

uint32_t lca_servers_count(void)
{
    uint32_t now;

    pthread_mutex_lock(&lock);
    now = count;
    pthread_mutex_unlock(&lock);
    return now;
}
