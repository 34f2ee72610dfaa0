#include "harness/platform/crash.h"

#include "harness/platform/stacks.h"

#include <execinfo.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

static void (*tell)(const struct lca_crash *);

static void handle(int number, siginfo_t *info, void *context)
{
    struct lca_crash c = { .signal = number, .count = 1 };

    c.register_count = lca_registers_read(context, c.registers);
    c.frames[0] = (uintptr_t)c.registers[0];
    c.address = info->si_code > 0 ? (uintptr_t)info->si_addr : c.frames[0];
    tell(&c);
    c.count = lca_stacks_walk(c.frames, LCA_CRASH_FRAMES);
    tell(&c);
    raise(number);              /* the handler is gone: this one counts */
}

void lca_crash_prepare(void)
{
    static bool prepared;
    void *warm[2];

    if (!prepared)
        backtrace(warm, 2);     /* it loads a library the first time */
    prepared = true;
}

void lca_crash_watch(void (*report)(const struct lca_crash *))
{
    static const int signals[] = {
        SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS,
    };
    static char stack[65536];
    stack_t alternate = { .ss_sp = stack, .ss_size = sizeof stack };
    struct sigaction action = { .sa_sigaction = handle };

    tell = report;
    lca_crash_prepare();
    sigaltstack(&alternate, NULL);
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | SA_NODEFER;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaction(signals[i], &action, NULL);
}
