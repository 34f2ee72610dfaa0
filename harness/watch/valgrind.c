#include "harness/watch/valgrind.h"

#include <valgrind/memcheck.h>
#include <valgrind/valgrind.h>

static unsigned errors;         /* of this process, that have their mark */

bool lca_valgrind_is_on(void)
{
    return RUNNING_ON_VALGRIND != 0;
}

static unsigned long in_use(void)
{
    unsigned long leaked = 0, dubious = 0, reachable = 0, suppressed = 0;

    VALGRIND_COUNT_LEAKS(leaked, dubious, reachable, suppressed);
    (void)suppressed;           /* the macro only sets it */
    return leaked + dubious + reachable;
}

void lca_valgrind_prepare(void)
{
    if (RUNNING_ON_VALGRIND)
        VALGRIND_DO_QUICK_LEAK_CHECK;
}

static void tell_module(const char *line)
{
    VALGRIND_PRINTF("lastcall module %s\n", line);
}

static void mark(unsigned step, lca_valgrind_modules *modules)
{
    modules(tell_module);
    VALGRIND_PRINTF("lastcall step %u\n", step);
    errors = VALGRIND_COUNT_ERRORS;
}

void lca_valgrind_begin(lca_valgrind_modules *modules)
{
    if (!RUNNING_ON_VALGRIND)
        return;
    modules(tell_module);
    errors = VALGRIND_COUNT_ERRORS;
}

void lca_valgrind_step(unsigned number, lca_valgrind_modules *modules)
{
    if (RUNNING_ON_VALGRIND && VALGRIND_COUNT_ERRORS != errors)
        mark(number, modules);
}

uint64_t lca_valgrind_heap(unsigned count, unsigned step,
                           lca_valgrind_modules *modules)
{
    VALGRIND_CLO_CHANGE("--show-leak-kinds=all");
    VALGRIND_DO_ADDED_LEAK_CHECK;
    VALGRIND_CLO_CHANGE("--show-leak-kinds=none");
    VALGRIND_PRINTF("lastcall count %u\n", count);
    mark(step, modules);
    return in_use();
}
