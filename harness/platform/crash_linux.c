#include "harness/platform/crash.h"

#include <execinfo.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <ucontext.h>

static void (*tell)(const struct lca_crash *);

static uintptr_t program_counter(const void *context)
{
    const ucontext_t *u = context;

#if defined(__x86_64__)
    return (uintptr_t)u->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return (uintptr_t)u->uc_mcontext.pc;
#else
    (void)u;
    return 0;
#endif
}

static void handle(int number, siginfo_t *info, void *context)
{
    struct lca_crash c = { .signal = number, .count = 1 };
    void *stack[LCA_CRASH_FRAMES + 8];
    int depth, at = 0;

    c.frames[0] = program_counter(context);
    c.address = info->si_code > 0 ? (uintptr_t)info->si_addr : c.frames[0];
    tell(&c);
    depth = backtrace(stack, (int)(sizeof stack / sizeof *stack));
    while (at < depth && (uintptr_t)stack[at] != c.frames[0])
        at++;                   /* the handler and the signal's frame */
    for (at++; at < depth && c.count < LCA_CRASH_FRAMES; at++)
        c.frames[c.count++] = (uintptr_t)stack[at];
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
