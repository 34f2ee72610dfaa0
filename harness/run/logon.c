#include "harness/run/logon.h"

#include "harness/mapi/code.h"
#include "harness/run/pool.h"
#include "harness/run/symbols.h"

#include <string.h>

/* The plain trial's first two steps; each is also what was in hand. */
enum { INITIALIZE, LOGON };

/* What a code usually wants of the person who reads it. */
static const struct { HRESULT code; const char *hint; } hints[] = {
#define SERVER                                                              \
    "is its server running ([peer] in a manifest starts one)?"
#define ACCOUNT                                                             \
    "look at the account that its profile names"
    { MAPI_E_NETWORK_ERROR,  SERVER },
    { MAPI_E_END_OF_SESSION, SERVER },
    { MAPI_E_OFFLINE,        SERVER },
    { MAPI_E_RECONNECTED,    SERVER },
    { MAPI_E_TIMEOUT,        SERVER },
    { MAPI_E_BUSY,           SERVER },
    { MAPI_E_NO_ACCESS,      ACCOUNT },
    { MAPI_E_ACCOUNT_DISABLED,            ACCOUNT },
    { MAPI_E_INVALID_ACCESS_TIME,         ACCOUNT },
    { MAPI_E_INVALID_WORKSTATION_ACCOUNT, ACCOUNT },
    { MAPI_E_PASSWORD_CHANGE_REQUIRED,    ACCOUNT },
    { MAPI_E_PASSWORD_EXPIRED,            ACCOUNT },
    { MAPI_E_SESSION_LIMIT,  "end its other sessions, or run with -j 1" },
    { MAPI_E_USER_CANCEL,    "it asks a person: name a profile that needs no "
                             "dialog with --mapi-profile" },
    { MAPI_E_UNKNOWN_FLAGS,  "which flags does it know (flags in [logon] of a "
                             "manifest adds some)?" },
    { MAPI_E_VERSION,        "does it know MAPI_INIT_VERSION 0?" },
    { MAPI_E_NOT_ENOUGH_MEMORY, "a trial may add 2048 MiB of address space: "
                             "[limits] memory in a manifest allows more, or "
                             "'none' for no limit" },
    { MAPI_E_DISK_ERROR,     "where does it keep its files (HOME and TMPDIR "
                             "are a host's own; [env] in a manifest sets "
                             "variables)?" },
#undef SERVER
#undef ACCOUNT
};

static const char *profile_hint(const struct lca_subject_info *info)
{
    if (info->create)
        return "its profile could be made: what is missing in it?";
    if (*info->profile)
        return "is there such a profile (try --create-profile, or name "
               "another one with --mapi-profile)?";
    return "try --create-profile, or name a profile with --mapi-profile";
}

static const char *hint_of(const struct lca_subject_info *info, HRESULT code)
{
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (hints[i].code == code)
            return hints[i].hint;
    return profile_hint(info);
}

/* The last line that the subject printed: often it says why. */
static void last_words(const struct lca_record *r, struct lca_text *text)
{
    enum { MOST = 80 };
    size_t end = r->said_length, from;

    while (end && strchr("\r\n\t ", r->said[end - 1]))
        end--;
    for (from = end; from && r->said[from - 1] != '\n'; from--)
        ;
    if (from == end)
        return;
    lca_text_print(text, " (it printed '");
    lca_text_clean(text, r->said + from,
                   end - from < MOST ? end - from : MOST);
    lca_text_print(text, "')");
}

/* Where it crashed: the innermost frame that is in the subject itself. */
static bool place(const struct lca_options *o, const struct lca_record *r,
                  struct lca_text *text)
{
    const char *slash = strrchr(o->info.path, '/');
    const char *name = slash ? slash + 1 : o->info.path;
    struct lca_symbols symbols;
    size_t before = text->length;
    bool line = false;

    lca_symbols_open(&symbols, o->info.path);
    for (unsigned i = 0; i < r->frame_count; i++) {
        const struct lca_frame *f = &r->frames[i];

        if (strncmp(f->module, name, sizeof f->module - 1) != 0)
            continue;
        lca_text_print(text, ", at");
        lca_symbols_describe(&symbols, f->offset - (i > 0), text);
        line = text->bytes && strchr(text->bytes + before, ':');
        break;
    }
    lca_symbols_close(&symbols);
    return line;
}

/* It did not come back from one of the two calls. */
static struct lca_result ended(const struct lca_options *o,
                               const struct lca_record *r)
{
    const char *call = r->count == INITIALIZE ? "MAPIInitialize"
                                              : "MAPILogonEx";
    struct lca_text how = { 0 }, after = { 0 };
    const char *next = "answer an error instead; gdb finds the call (break "
                       "exit)";
    char signal[40];
    struct lca_result result;

    lca_signal_print(r->stopped ? r->stopped : r->number, signal,
                     sizeof signal);
    if (r->ending == LCA_CRASHED) {
        lca_text_print(&how, "crashed with %s", signal);
        next = place(o, r, &after) ? "start looking there"
                                   : "build it with -g, and lastcall doctor "
                                     "shows the line";
    } else if (r->ending == LCA_HUNG) {
        lca_text_print(&how, "%s%s", r->stopped ? "stopped itself by "
                                                : "hung",
                       r->stopped ? signal : "");
        next = "is what it waits for running ([peer] in a manifest starts a "
               "server)? --timeout 3600 leaves time to attach gdb to the "
               "newest lastcall-host";
    } else if (r->ending == LCA_KILLED) {
        lca_text_print(&how, "ended the process that it came from");
        next = "a library signals no process but its own";
    } else {
        lca_text_print(&how, "ended the process with status %u", r->number);
    }
    last_words(r, &after);
    result = lca_fail(LCA_MISSING, "'%.200s' %s in %s%s: %s", o->info.path,
                      how.length ? how.bytes : "ended", call,
                      after.length ? after.bytes : "", next);
    lca_text_free(&how);
    lca_text_free(&after);
    return result;
}

/*
 * In a fresh trial, what came before the first step may be the opening. The
 * record says little of that; a host that opens it at once says it whole.
 */
static struct lca_result opened(const struct lca_options *o,
                                const struct lca_record *r)
{
    struct lca_options again = *o;
    struct lca_pool *pool = NULL;
    struct lca_result result = lca_ok();

    if (r->ending == LCA_RETURNED || r->count > INITIALIZE ||
        o->info.snapshot != LCA_SNAPSHOT_FRESH)
        return result;
    again.info.snapshot = LCA_SNAPSHOT_LOADED;
    result = lca_pool_open(&again, &pool);
    lca_pool_close(pool);
    return result;
}

static struct lca_result answered(const struct lca_options *o,
                                  const struct lca_record *r, unsigned step)
{
    const struct lca_answer *a = &r->answers[step];
    struct lca_text words = { 0 };
    struct lca_result result;
    char code[64];

    last_words(r, &words);
    lca_code_print(a->code, code, sizeof code);
    if (step == INITIALIZE)
        result = lca_fail(LCA_MISSING, "'%.200s' cannot be initialised: "
                          "MAPIInitialize answered %s%s: %s",
                          o->info.path, code, words.length ? words.bytes : "",
                          lca_code_failed(a->code) &&
                          hint_of(&o->info, a->code) != profile_hint(&o->info)
                          ? hint_of(&o->info, a->code)
                          : "what does it need ([peer] in a manifest starts a "
                            "server, [env] sets variables)?");
    else if (*r->note)
        result = lca_fail(LCA_MISSING, "'%.200s' cannot be logged on to: "
                          "%.159s%s%s", o->info.path, r->note,
                          words.length ? words.bytes : "",
                          a->marks & LCA_NO_SESSION ? "" : "; make one by "
                          "its own means and name it with --mapi-profile");
    else
        result = lca_fail(LCA_MISSING, "'%.200s' cannot be logged on to: "
                          "MAPILogonEx answered %s%s: %s", o->info.path, code,
                          words.length ? words.bytes : "",
                          hint_of(&o->info, a->code));
    lca_text_free(&words);
    return result;
}

bool lca_logon_worked(const struct lca_record *r)
{
    return r->count > LOGON && r->ending != LCA_LOST &&
           r->ending != LCA_REFUSED &&
           !lca_code_failed(r->answers[LOGON].code);
}

struct lca_result lca_logon_failed(const struct lca_options *o,
                                   const struct lca_record *r)
{
    struct lca_result opening;

    if (r->ending == LCA_LOST)
        return lca_fail(LCA_GONE, "the host was lost twice while it played "
                        "'%.200s': %s", o->info.path,
                        *r->note ? r->note : "run it again");
    opening = opened(o, r);
    if (opening.code)
        return opening;
    if (r->ending == LCA_REFUSED)
        return lca_fail(LCA_MISSING, "%s", r->note);
    if (r->count > INITIALIZE && lca_code_failed(r->answers[INITIALIZE].code))
        return answered(o, r, INITIALIZE);
    if (r->ending != LCA_RETURNED && r->count <= LOGON)
        return ended(o, r);
    return answered(o, r, LOGON);
}
