/*
 * servers: whom the process has been connected to
 *
 * Connections that last are meant: streams, not datagrams, and none to what
 * the C library and logging talk to behind everybody's back. A server is
 * known by its address; no connection is followed after it was made.
 */

#ifndef LCA_SERVERS_H
#define LCA_SERVERS_H

#include <stdint.h>
#include <sys/socket.h>

/* Its number, by order of first connections from 1 on; 0: it is none that is
   meant, or there are too many. Any thread may call it; errno is kept. */
uint32_t lca_servers_number(int fd, const struct sockaddr *address,
                            socklen_t size);
/* How many there are so far. */
uint32_t lca_servers_count(void);

#endif
