#include "harness/model/step.h"

#include "harness/base/text.h"
#include "harness/model/fault.h"

unsigned lca_steps_first(const struct lca_step *steps, unsigned at)
{
    while (steps[at].together && at > 0 && steps[at - 1].together)
        at--;
    return at;
}

unsigned lca_steps_end(const struct lca_step *steps, unsigned count,
                       unsigned at)
{
    while (steps[at].together && at + 1 < count && steps[at + 1].together)
        at++;
    return at + 1;
}

bool lca_want_is_setup(enum lca_want want)
{
    return want == LCA_WANT_SETUP || want == LCA_WANT_ALONE ||
           want == LCA_WANT_ATTACHED || want == LCA_WANT_GRANTED;
}

bool lca_steps_repeat(const struct lca_step *steps, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (steps[i].op == LCA_LOOP)
            return true;
    return false;
}

const char *lca_op_name(enum lca_op op)
{
    static const char *const names[] = {
#define X(name, text) text,
        LCA_OPS(X)
#undef X
    };

    return names[op];
}

unsigned lca_op_window(enum lca_op op)
{
    switch (op) {
    case LCA_INITIALIZE:                        return LCA_WINDOW_initialise;
    case LCA_LOGON:                             return LCA_WINDOW_logon;
    case LCA_LOGOFF:                            return LCA_WINDOW_logoff;
    case LCA_RELEASE: case LCA_RELEASE_ALL:     return LCA_WINDOW_release;
    case LCA_UNINITIALIZE: case LCA_UNINITIALIZE_ALL:
        return LCA_WINDOW_uninitialise;
    default:                                    return LCA_WINDOW_use;
    }
}

bool lca_op_strikes(enum lca_op op)
{
    return op == LCA_KILL || op == LCA_STOP || op == LCA_CONTINUE;
}

bool lca_op_lasts(enum lca_op op)
{
    return op == LCA_COPY_PROFILE || op == LCA_DRAFT || op == LCA_LISTEN ||
           op == LCA_STIR;
}

bool lca_op_ends(enum lca_op op)
{
    unsigned window = lca_op_window(op);

    return window == LCA_WINDOW_logoff || window == LCA_WINDOW_release ||
           window == LCA_WINDOW_uninitialise;
}

const char *lca_object_name(enum lca_object object)
{
    static const char *const names[] = {
        "stores table", "status table", "message store", "address book",
        "profile section", "service administration",
        "profile administration", "folder", "contents table", "message",
        "recipients table", "hierarchy table", "attachment",
        "attachment table", "stream", "address book container",
        "status object",
    };

    return names[object];
}

const char *lca_recipe_name(enum lca_recipe recipe)
{
    static const char *const names[] = {
        "valid arguments", "NULL outputs", "NULL inputs", "hostile values",
    };

    return names[recipe];
}

char lca_process_name(unsigned process)
{
    return (char)('A' + process);
}

static void describe_logoff(const struct lca_step *s, struct lca_text *text)
{
    static const char *const parents[] = {
        "0", "1", "all ones", "a freed address", "0x100000001",
    };
    static const char *const flags[] = {
        "0", "MAPI_LOGOFF_SHARED", "MAPI_LOGOFF_UI",
        "MAPI_LOGOFF_SHARED|MAPI_LOGOFF_UI",
    };

    if (s->flags < 4)
        lca_text_print(text, "Logoff(%s, %s, ", parents[s->ui],
                       flags[s->flags]);
    else
        lca_text_print(text, "Logoff(%s, 0x%X, ", parents[s->ui],
                       (unsigned)s->flags);
    lca_text_print(text, s->reserved > 9 ? "0x%X)" : "%u)",
                   (unsigned)s->reserved);
}

static void describe_call(const struct lca_step *s, struct lca_text *text)
{
    static const char *const iids[] = {
        "IID_IUnknown", "IID_IMAPISession", "an unknown IID",
    };

    if (s->method == LCA_IUnknown_QueryInterface)
        lca_text_print(text, "QueryInterface(%s)", iids[s->iid]);
    else
        lca_text_print(text, "%s", lca_method(s->method)->name);
    if (s->recipe != LCA_VALID)
        lca_text_print(text, " with %s", lca_recipe_name(s->recipe));
    else if (s->flags)
        lca_text_print(text, " with flags 0x%X", (unsigned)s->flags);
}

void lca_step_describe(const struct lca_step *s, struct lca_text *text)
{
    static const char *const kinds[LCA_LOGON_KINDS] = {
        "a session of its own", "offered for sharing", "MAPI_NO_MAIL",
        "one that is there", "MAPI_NT_SERVICE",
        "on the copy of the profile",
    };
    static const char *const inits[LCA_INITS] = {
        "NULL", "MAPIINIT_0", "MAPI_MULTITHREAD_NOTIFICATIONS",
        "MAPI_NT_SERVICE",
    };

    if (s->op == LCA_LOGOFF)
        describe_logoff(s, text);
    else if (s->op == LCA_CALL)
        describe_call(s, text);
    else if (s->op == LCA_QUESTION)
        lca_text_print(text, "%s", lca_method(s->method)->name);
    else
        lca_text_print(text, "%s", lca_op_name(s->op));
    if (s->op == LCA_LOGON)
        lca_text_print(text, "(%s)", kinds[s->kind]);
    if (s->op == LCA_REGISTER)
        lca_text_print(text, " for 0x%X", (unsigned)s->flags);
    if (s->op == LCA_INITIALIZE)
        lca_text_print(text, "(%s)", inits[s->init]);
    if (s->op == LCA_OPEN || s->op == LCA_ASK || s->op == LCA_GRASP ||
        s->op == LCA_DROP || s->op == LCA_QUESTION)
        lca_text_print(text, " (%s)", lca_object_name(s->object));
    if (s->times > 1)
        lca_text_print(text, ", %u times", s->times);
    if (s->session)
        lca_text_print(text, ", session %u", s->session + 1u);
    if (s->via)
        lca_text_print(text, ", through the queried pointer");
    if (s->actor)
        lca_text_print(text, ", on thread %u", s->actor + 1u);
    if (s->process)
        lca_text_print(text, "%s process %c", lca_op_strikes(s->op) ? " to"
                       : ", in", lca_process_name(s->process));
    if (s->together)
        lca_text_print(text, ", at once");
}
