/*
 * made: what this process made that outlives it
 *
 * Files, and shared memory, semaphores and queues that have a name or a
 * number of the system's. Others make such things too, at the same time: so
 * those are written down that this process asked for, by name or number, and
 * shown if they are still there. What a file of data or a log is meant to be
 * for good is left out: what lies in the XDG folders for configuration and
 * data, and what is called a log.
 *
 * Not seen: what helper processes make, and calls that go around the C
 * library's names.
 *
 * Names and numbers may be told from any thread, and from processes that are
 * forked after begin; none is kept before it. What finds no room is forgotten.
 */

#ifndef LCA_MADE_H
#define LCA_MADE_H

#include "harness/platform/things.h"

#include <stdbool.h>

enum lca_made { LCA_MADE_FILE, LCA_MADE_MEMORY, LCA_MADE_SEMAPHORE,
                LCA_MADE_QUEUE, LCA_MADE_COUNT };

/* False: no memory that can be shared; then nothing is kept. */
bool lca_made_begin(void);

/* For wrappers: errno stays as it was. */
void lca_made_path(const char *path);   /* of a file; NULL: nothing */
void lca_made_at(int folder, const char *path);     /* as openat has it */
void lca_made_name(enum lca_made kind, const char *name);       /* POSIX */
/* System V; private: made with IPC_PRIVATE. */
void lca_made_number(enum lca_made kind, int number, bool private);

/* What is still there. */
void lca_made_each(enum lca_made kind, lca_things_see *see, void *context);

/*
 * When nobody uses it any more: the system would keep it until it is started
 * anew, and there is room for a few thousand. Removes shared memory, semaphores
 * and queues that are private or have the number of the process `pid`, which
 * has ended, in their names; and of others with names all but a few, if there
 * are more than anybody makes on purpose. Then all is forgotten.
 */
void lca_made_tidy(int32_t pid);

#endif
