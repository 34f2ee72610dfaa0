/*
 * thread: a further thread that does what it is told, one thing at a time
 *
 * Started when first needed; do waits until the work is done, so what the
 * two threads share needs no lock. Between begin and await both go on.
 * Stopping joins it.
 *
 * At a meeting threads wait for each other, awake, so that all go on within a
 * microsecond or so. It begins with the number of those who are to come.
 */

#ifndef LCA_THREAD_H
#define LCA_THREAD_H

#include <stdatomic.h>
#include <stdbool.h>

struct lca_thread;

struct lca_thread *lca_thread_start(void);      /* NULL: refused */
void lca_thread_do(struct lca_thread *thread, void (*work)(void *),
                   void *argument);
void lca_thread_begin(struct lca_thread *thread, void (*work)(void *),
                      void *argument);
void lca_thread_await(struct lca_thread *thread);
void lca_thread_stop(struct lca_thread *thread);        /* NULL is fine */

struct lca_meeting {
    atomic_uint absent;
};

void lca_meeting_wait(struct lca_meeting *meeting);

#endif
