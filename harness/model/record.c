#include "harness/model/record.h"

#include <stdio.h>
#include <string.h>

enum { SIGNALS = 128 };         /* more than any system has */

bool lca_record_is_sound(const struct lca_record *r)
{
    bool sound = r->count <= LCA_STEPS_MAX && r->ending < LCA_ENDING_COUNT &&
                 r->frame_count <= LCA_FRAMES_MAX &&
                 r->census_count <= LCA_CENSUS_MAX &&
                 r->said_length <= LCA_SAID_MAX && r->reading <= 1 &&
                 r->struck_at <= LCA_STEPS_MAX &&
                 r->refused_at <= LCA_STEPS_MAX && r->twice <= LCA_STEPS_MAX &&
                 r->refused < SIGNALS && r->struck < SIGNALS &&
                 memchr(r->note, '\0', sizeof r->note);

    for (unsigned i = 0; sound && i < r->frame_count; i++)
        sound = memchr(r->frames[i].module, '\0',
                       sizeof r->frames[i].module) != NULL;
    return sound;
}

const char *lca_ending_name(enum lca_ending ending)
{
    static const char *const names[] = {
#define X(name) #name,
        LCA_ENDINGS(X)
#undef X
    };

    return ending < LCA_ENDING_COUNT ? names[ending] : "?";
}

void lca_signal_print(uint32_t number, char *text, size_t size)
{
    static const char *const names[] = {
        [1] = "SIGHUP",   [2] = "SIGINT",   [3] = "SIGQUIT",
        [4] = "SIGILL",   [5] = "SIGTRAP",  [6] = "SIGABRT",
        [7] = "SIGBUS",   [8] = "SIGFPE",   [9] = "SIGKILL",
        [10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2",
        [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM",
        [19] = "SIGSTOP", [20] = "SIGTSTP", [21] = "SIGTTIN",
        [22] = "SIGTTOU", [24] = "SIGXCPU", [25] = "SIGXFSZ",
        [31] = "SIGSYS",
    };
    const char *name = number < sizeof names / sizeof *names
                     ? names[number] : NULL;

    if (name)
        snprintf(text, size, "signal %u (%s)", (unsigned)number, name);
    else
        snprintf(text, size, "signal %u", (unsigned)number);
}

void lca_fate_print(int32_t signal, int32_t status, char *text, size_t size)
{
    char name[40];

    lca_signal_print((uint32_t)signal, name, sizeof name);
    if (signal)
        snprintf(text, size, "was ended by %s", name);
    else
        snprintf(text, size, "exited with status %d", (int)status);
}
