#include "harness/platform/begun.h"

#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ROOM = 512 };

static struct begun {
    atomic_bool taken;
    atomic_int thread;          /* 0: it has not begun, or has ended */
    lca_begun_body *body;
    void *argument;
} all[ROOM];

static void *begin(void *cell)
{
    struct begun *b = cell;
    lca_begun_body *body = b->body;
    void *argument = b->argument, *result;

    atomic_store(&b->thread, (int)syscall(SYS_gettid));
    result = body(argument);
    lca_begun_drop(b);
    return result;
}

bool lca_begun_wrap(lca_begun_body **body, void **argument)
{
    for (unsigned i = 0; i < ROOM; i++) {
        struct begun *b = &all[i];

        if (atomic_exchange(&b->taken, true))
            continue;
        b->body = *body;
        b->argument = *argument;
        *body = begin;
        *argument = b;
        return true;
    }
    return false;
}

void lca_begun_drop(void *argument)
{
    struct begun *b = argument;

    atomic_store(&b->thread, 0);
    atomic_store(&b->taken, false);
}

/* The number of one that ended by pthread_exit may be another's by now. */
uintptr_t lca_begun_find(int32_t thread)
{
    uintptr_t found = 0;

    for (unsigned i = 0; i < ROOM; i++)
        if (atomic_load(&all[i].thread) == thread)
            found = found ? 0 : (uintptr_t)all[i].body;
    return found;
}
