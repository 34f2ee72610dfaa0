/*
 * thread: a further thread that does what it is told, one thing at a time
 *
 * Started when first needed; do waits until the work is done, so what the
 * two threads share needs no lock. Stopping joins it.
 */

#ifndef LCA_THREAD_H
#define LCA_THREAD_H

#include <stdbool.h>

struct lca_thread;

struct lca_thread *lca_thread_start(void);      /* NULL: refused */
void lca_thread_do(struct lca_thread *thread, void (*work)(void *),
                   void *argument);
void lca_thread_stop(struct lca_thread *thread);        /* NULL is fine */

#endif
