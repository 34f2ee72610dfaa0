/* command: what a shell runs, and helpers that end when they are let go. */

#include "harness/platform/child.h"
#include "harness/platform/clock.h"
#include "harness/platform/shared.h"
#include "harness/platform/system.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_US = 5000000 };

static uint64_t soon(void)
{
    return lca_clock_us() + PATIENCE_US;
}

static int ends_by_itself(void *said, struct lca_channel *channel)
{
    char *line;

    while (!lca_channel_line(channel, LCA_FOREVER, &line).code)
        ;
    *(int *)said = 1;
    return 0;
}

static void a_helper_may_end_by_itself(void)
{
    int *said = lca_shared_new(sizeof *said);
    struct lca_child child;

    CU_ASSERT_PTR_NOT_NULL_FATAL(said);
    CU_ASSERT_EQUAL_FATAL(lca_child_start(ends_by_itself, said, &child).code,
                          LCA_OK);
    CU_ASSERT_EQUAL(lca_channel_write(&child.channel, "x\n", 2).code, LCA_OK);
    lca_child_end(&child, lca_clock_us() + 2000000);
    CU_ASSERT_EQUAL(*said, 1);
    CU_ASSERT_EQUAL(child.pid, 0);
    CU_ASSERT_EQUAL(child.channel.in, -1);
}

/* The one line that a command prints; then it ends. */
static void check_command(const char *command, const char *glob)
{
    struct lca_child child;
    struct lca_channel *c = &child.channel;
    char *line = NULL;
    siginfo_t info;

    CU_ASSERT_EQUAL_FATAL(lca_child_command(command, &child).code, LCA_OK);
    CU_ASSERT_EQUAL(getpgid(child.pid), child.pid);
    if (*glob) {
        CU_ASSERT_EQUAL(lca_channel_line(c, soon(), &line).code, LCA_OK);
        LCA_ROW(command, line && lca_text_match(glob, line));
    }
    CU_ASSERT_EQUAL(lca_channel_line(c, soon(), &line).code, LCA_GONE);
    CU_ASSERT_EQUAL(waitid(P_PID, (id_t)child.pid, &info,
                           WEXITED | WNOWAIT), 0);
    LCA_ROW(command, !lca_child_runs(&child));
    lca_child_end(&child, lca_clock_us() + 2000000);
    CU_ASSERT_EQUAL(child.pid, 0);
}

static void commands_are_the_shells(void)
{
    lca_system_ignore_broken_pipes();   /* ours alone: not the command's */
    check_command("echo $((6 * 7)); exit 3", "42");
    check_command("x='a b'; echo \"$x\" | tr a-z A-Z", "A B");
    check_command("exec /nowhere/at/all 2>/dev/null", "");
    check_command("kill -9 $$", "");
    check_command("n=$(sed -n 's/^SigIgn:[^0-9a-f]*/0x/p' /proc/self/status);"
                  " echo $((n >> (13 - 1) & 1))", "0");     /* SIGPIPE */
}

static void a_command_is_spoken_with(void)
{
    struct lca_child child;
    char *line = NULL;

    CU_ASSERT_EQUAL_FATAL(lca_child_command("exec cat", &child).code, LCA_OK);
    for (int i = 0; i < 3; i++) {
        CU_ASSERT_EQUAL(lca_channel_write(&child.channel, "hi\n", 3).code,
                        LCA_OK);
        CU_ASSERT_EQUAL(lca_channel_line(&child.channel, soon(), &line).code,
                        LCA_OK);
        CU_ASSERT_STRING_EQUAL(line, "hi");
        CU_ASSERT(lca_child_runs(&child));
    }
    lca_child_stop(&child);
    CU_ASSERT(!lca_child_runs(&child));
}

CU_TestInfo lca_command_tests[] = {
    { "a helper may end by itself", a_helper_may_end_by_itself },
    { "commands are the shell's", commands_are_the_shells },
    { "a command is spoken with", a_command_is_spoken_with },
    CU_TEST_INFO_NULL,
};
