#include "harness/fault/signals.h"

#include "harness/platform/family.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/pidfd.h>
#include <sys/types.h>
#include <unistd.h>

static int32_t root;            /* 0: nothing is guarded */
static int32_t trusted;         /* runs no subject's code any more */
static lca_signals_tell *tell;

void lca_signals_guard(int32_t pid, lca_signals_tell *told)
{
    /* Each wrapper looks its successor up now: a handler must not. */
    kill(getpid(), 0);
    killpg(0, 0);
    sigqueue(getpid(), 0, (union sigval){ 0 });
    tgkill(getpid(), getpid(), 0);
    pidfd_send_signal(-1, 0, NULL, 0);
    root = pid;
    tell = told;
}

static bool is_own(int32_t pid)
{
    if (pid == 0)
        pid = -(int32_t)getpgrp();      /* he may have joined another's */
    if (pid == -1 || pid == INT32_MIN)
        return false;
    if (pid > 0)
        return lca_family_descends(pid, root);
    return lca_family_descends(-pid, root) ||
           lca_family_holds_group(-pid, root);      /* its leader is gone */
}

void lca_signals_trust(void)
{
    trusted = getpid();
}

bool lca_signals_may(int32_t pid, int number)
{
    if (root == 0 || number == 0 || getpid() == trusted)
        return true;
    if (is_own(pid)) {
        if (pid == root)
            tell(true, (uint32_t)number);
        return true;
    }
    /* Asking harms nobody; who is not there cannot be sent anything. */
    if (pid != -1 && kill(pid, 0) != 0 && errno == ESRCH)
        return false;
    if (lca_family_is_known())
        tell(false, (uint32_t)number);
    errno = EPERM;
    return false;
}
