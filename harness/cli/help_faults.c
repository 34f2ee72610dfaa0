/* What can be made to fail, in which words. Calls and kinds come from their
   tables; the grammar is repeated by the manual page, and a test compares. */

#include "harness/cli/help.h"

#include "harness/cli/wrap.h"
#include "harness/model/fault.h"

#include <string.h>

enum { STDOUT = 1, USUAL = 80, KINDS_AT = 26, WORDS_AT = 16 };

static const char grammar[] =
    "  PLAN    = STRIKE[;STRIKE]\n"
    "  STRIKE  = [WINDOW/]CALL[:KIND]@COUNT\n"
    "  WINDOW  = initialise|logon|use|logoff|release|uninitialise\n"
    "  CALL    = a function's name in C\n"
    "  KIND    = an errno's name, or a way to fail that has none\n"
    "  COUNT   = N      the Nth call, counted from 1\n"
    "          | N+     the Nth, and all after it\n"
    "          | N..M   the Nth to the Mth\n";

static const char *const windows[LCA_WINDOW_COUNT] = {
    [LCA_WINDOW_initialise] = "inside MAPIInitialize",
    [LCA_WINDOW_logon] = "inside MAPILogonEx",
    [LCA_WINDOW_use] = "inside another call, such as MAPIAllocateBuffer",
    [LCA_WINDOW_logoff] = "inside Logoff",
    [LCA_WINDOW_release] = "inside the Release of a session",
    [LCA_WINDOW_uninitialise] = "inside MAPIUninitialize",
};

/* Those that are no errno. The corrupt ones have the first one's sentence. */
static const char *const ways[LCA_KIND_COUNT] = {
    [LCA_KIND_eof] = "the peer has closed, and stays so: end of file",
    [LCA_KIND_one] = "a single byte is transferred, the rest is left to do",
    [LCA_KIND_less] = "all but the last byte is transferred",
    [LCA_KIND_late] = "it works, a quarter of a second later",
    [LCA_KIND_stall] = "nothing comes any more; its own timeout ends the call",
    [LCA_KIND_corrupt0] = "a byte of what is read is changed, at 0..7 eighths",
    [LCA_KIND_kill] = "before the call, the subject's server gets SIGKILL",
    [LCA_KIND_stop] = "before the call, the subject's server gets SIGSTOP",
    [LCA_KIND_restart] = "... gets SIGKILL, and is started again",
};

static void sentence(const char *text)
{
    struct lca_wrap wrap = {
        .out = stdout, .width = lca_wrap_width(STDOUT, USUAL),
    };

    lca_wrap_line(&wrap, text);
}

static void row(const char *name, unsigned names, const char *text)
{
    struct lca_wrap wrap = { .out = stdout, .indent = names, .column = names,
                             .width = lca_wrap_width(STDOUT, USUAL) };

    printf("  %-*s", (int)names - 2, name);
    lca_wrap_line(&wrap, text);
}

/* The eight of them differ in a number alone. */
static bool is_corrupt(enum lca_kind kind)
{
    return kind >= LCA_KIND_corrupt0 && kind <= LCA_KIND_corrupt7;
}

static void add_kinds(struct lca_text *text, const char *words)
{
    size_t length;

    for (; *words; words += length + (words[length] == ' ')) {
        enum lca_kind kind;

        length = strcspn(words, " ");
        kind = lca_kind_find(words, length);
        if (kind == LCA_KIND_corrupt0)
            lca_text_print(text, " corrupt0..7");
        else if (!is_corrupt(kind))
            lca_text_print(text, " %.*s", (int)length, words);
    }
}

static void call_row(const struct lca_faulty_row *call)
{
    struct lca_text text = { 0 };

    add_kinds(&text, call->standard);
    if (*call->full)
        lca_text_print(&text, ";");
    add_kinds(&text, call->full);
    row(call->name, KINDS_AT, text.length ? text.bytes + 1 : "-");
    lca_text_free(&text);
}

static void calls_of(enum lca_family family)
{
    for (unsigned i = 0; i < LCA_FAULTY_COUNT; i++)
        if (lca_faulty[i].family == family)
            call_row(&lca_faulty[i]);
}

static void way_rows(void)
{
    for (unsigned i = 1; i < LCA_KIND_COUNT; i++)
        if (i == LCA_KIND_corrupt0)
            row("corrupt0..7", WORDS_AT, ways[i]);
        else if (ways[i])
            row(lca_kind_name((enum lca_kind)i), WORDS_AT, ways[i]);
}

void lca_help_faults(void)
{
    printf("usage: lastcall run [--faults none|memory|ipc|all] SUBJECT\n"
           "       lastcall run --trial 'CASE[AXIS=VALUE]{PLAN}' SUBJECT\n"
           "       lastcall list --faults none|memory|ipc|all SUBJECT\n\n");
    sentence("The first makes every call fail in turn, in the trials of "
             "session/faults; the second is how it repeats a failure, and "
             "works with each case. The third is a dry run: it lists every "
             "place a call can fail from, with its stack and how often it is "
             "reached; nothing is injected; and the estimated cost.");
    printf("\nA plan, such as malloc@3+ or logoff/send:ECONNRESET@2:\n%s"
           "\nWindows (without one, those of --window):\n", grammar);
    for (unsigned i = 0; i < LCA_WINDOW_COUNT; i++)
        row(lca_window_name((enum lca_window)i), WORDS_AT, windows[i]);
    printf("\nKinds that are no errno:\n");
    way_rows();
    printf("\n");
    sentence("EINTR, EAGAIN, one, less and late pass by themselves: a sweep "
             "tries them once, and three times. Counted are only calls of the "
             "subject's own that the kind can strike: EAGAIN needs a "
             "descriptor that does not wait. kill, stop and restart are for "
             "every call of --faults ipc (where there is a -, alone), and need "
             "[peer] in a manifest.");
    printf("\n");
    sentence("Calls and their kinds. The first is the one that goes without "
             "saying; a sweep tries those after the ; in the full tier "
             "alone.");
    printf("\nMemory (--faults memory):\n");
    calls_of(LCA_MEMORY);
    printf("\nIPC and resources (--faults ipc):\n");
    calls_of(LCA_IPC);
}
