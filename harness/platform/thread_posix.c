#include "harness/platform/thread.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

struct lca_thread {
    pthread_t id;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void (*work)(void *);       /* NULL: idle */
    void *argument;
    bool ending;
};

static void *live(void *self)
{
    struct lca_thread *t = self;

    pthread_mutex_lock(&t->lock);
    while (!t->ending) {
        if (!t->work) {
            pthread_cond_wait(&t->changed, &t->lock);
            continue;
        }
        pthread_mutex_unlock(&t->lock);
        t->work(t->argument);
        pthread_mutex_lock(&t->lock);
        t->work = NULL;
        pthread_cond_broadcast(&t->changed);
    }
    pthread_mutex_unlock(&t->lock);
    return NULL;
}

struct lca_thread *lca_thread_start(void)
{
    struct lca_thread *t = calloc(1, sizeof *t);

    if (!t)
        return NULL;
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->changed, NULL);
    if (pthread_create(&t->id, NULL, live, t) != 0) {
        free(t);
        return NULL;
    }
    return t;
}

void lca_thread_begin(struct lca_thread *t, void (*work)(void *),
                      void *argument)
{
    pthread_mutex_lock(&t->lock);
    t->argument = argument;
    t->work = work;
    pthread_cond_broadcast(&t->changed);
    pthread_mutex_unlock(&t->lock);
}

void lca_thread_await(struct lca_thread *t)
{
    pthread_mutex_lock(&t->lock);
    while (t->work)
        pthread_cond_wait(&t->changed, &t->lock);
    pthread_mutex_unlock(&t->lock);
}

void lca_thread_do(struct lca_thread *t, void (*work)(void *), void *argument)
{
    lca_thread_begin(t, work, argument);
    lca_thread_await(t);
}

/* With more threads than processors, who is still to come needs one. */
void lca_meeting_wait(struct lca_meeting *m)
{
    atomic_fetch_sub(&m->absent, 1);
    while (atomic_load(&m->absent))
        sched_yield();
}

void lca_thread_stop(struct lca_thread *t)
{
    if (!t)
        return;
    pthread_mutex_lock(&t->lock);
    t->ending = true;
    pthread_cond_broadcast(&t->changed);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->id, NULL);
    free(t);
}
