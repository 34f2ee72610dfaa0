/*
 * shared: memory that a process shares with the children it will fork
 *
 * Zeroed. Mapped before the subject is opened, so that no descriptor leads
 * to it. NULL: the system refused.
 */

#ifndef LCA_SHARED_H
#define LCA_SHARED_H

#include <stddef.h>

void *lca_shared_new(size_t size);

#endif
