#include "harness/platform/interrupt.h"

#include <signal.h>
#include <stddef.h>

static const struct {
    int number;
    const char *name;
} signals[] = {
    { SIGINT, "SIGINT" }, { SIGTERM, "SIGTERM" }, { SIGHUP, "SIGHUP" },
};

enum { SIGNALS = sizeof signals / sizeof *signals };

static volatile sig_atomic_t seen;      /* 1 + index in signals */
static struct sigaction before[SIGNALS];

static void notice(int number)
{
    for (size_t i = 0; i < SIGNALS; i++) {
        if (signals[i].number == number)
            seen = (sig_atomic_t)(i + 1);
        sigaction(signals[i].number, &before[i], NULL);
    }
}

void lca_interrupt_watch(void)
{
    struct sigaction action = { .sa_handler = notice };

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(signals[i].number, NULL, &before[i]);
    for (size_t i = 0; i < SIGNALS; i++) {
        if (before[i].sa_handler != SIG_IGN)
            sigaction(signals[i].number, &action, NULL);
    }
}

struct lca_result lca_interrupted(void)
{
    sig_atomic_t which = seen;

    return which ? lca_fail(LCA_STOPPED, "interrupted by %s",
                            signals[which - 1].name)
                 : lca_ok();
}
