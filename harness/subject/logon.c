#include "harness/subject/client.h"

#include "harness/mapi/code.h"

#include <stdint.h>

/* The profile that a run asked for is made in each process, if it can be. */
static HRESULT make_profile(struct lca_client *client)
{
    void *admin = NULL;
    uintptr_t open[] = { 0, (uintptr_t)&admin };
    uintptr_t create[] = { (uintptr_t)client->info->profile, 0, 0, 0 };
    HRESULT code;

    if (!lca_subject_entry(client->subject, LCA_ENTRY_MAPIAdminProfiles))
        return MAPI_E_NO_SUPPORT;
    code = (HRESULT)lca_client_enter(client, LCA_ENTRY_MAPIAdminProfiles,
                                     open, 2);
    if (lca_code_failed(code))
        return code;
    if (!lca_client_is_admin(client, admin)) {
        lca_client_note(client, "MAPIAdminProfiles answered 0x%08X and gave "
                        "no IProfAdmin", (unsigned)code);
        return MAPI_E_CALL_FAILED;
    }
    code = lca_client_invoke(client, admin, LCA_IProfAdmin_CreateProfile,
                             create);
    lca_client_let_go(client, admin);
    return code == MAPI_E_NO_ACCESS ? S_OK : code;      /* it is there */
}

/* Of the profile; empty: the one that is there, or the default one. */
static const char *name_of(const struct lca_client *client,
                           enum lca_session_kind kind)
{
    return kind == LCA_JOINED  ? ""
         : kind == LCA_SCRATCH ? client->scratch
                               : client->info->profile;
}

static ULONG logon_flags(const struct lca_client *client,
                         const struct lca_step *step)
{
    static const ULONG kinds[LCA_LOGON_KINDS] = {
        [LCA_PRIVATE] = MAPI_NEW_SESSION,
        [LCA_OFFERED] = MAPI_NEW_SESSION | MAPI_ALLOW_OTHERS,
        [LCA_NO_MAIL] = MAPI_NEW_SESSION | MAPI_NO_MAIL,
        [LCA_SERVICE] = MAPI_NEW_SESSION | MAPI_NT_SERVICE,
        [LCA_SCRATCH] = MAPI_NEW_SESSION,
    };
    ULONG profile = step->kind == LCA_JOINED      ? 0
                  : *name_of(client, step->kind)  ? MAPI_EXPLICIT_PROFILE
                                                  : MAPI_USE_DEFAULT;

    return MAPI_EXTENDED | kinds[step->kind] | profile |
           client->info->logon_flags;
}

/* How many of the others that live have this pointer. */
static unsigned shared_by(const struct lca_client *client, const void *pointer)
{
    unsigned count = 0;

    for (unsigned i = 0; i < LCA_SESSIONS; i++)
        count += client->sessions[i].references > 0 &&
                 client->sessions[i].pointer == pointer;
    return count;
}

void lca_client_logon(struct lca_client *client, const struct lca_step *step,
                      struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    const char *profile = name_of(client, step->kind);
    uintptr_t arguments[] = {
        0, *profile ? (uintptr_t)profile : 0, 0, logon_flags(client, step), 0,
    };
    void *pointer = NULL;
    HRESULT code = S_OK;

    if (client->info->create && !client->profiled && client->initialized)
        code = make_profile(client);
    if (lca_code_failed(code)) {
        lca_client_note(client, "the profile '%s' could not be made: 0x%08X",
                        profile, (unsigned)code);
        lca_client_answer(answer, code);
        return;
    }
    client->profiled = client->initialized > 0;
    arguments[4] = (uintptr_t)&pointer;
    *s = (struct lca_session){ 0 };
    code = (HRESULT)lca_client_enter(client, LCA_ENTRY_MAPILogonEx, arguments,
                                     5);
    if (!lca_code_failed(code) &&
        !lca_client_is_session(client, code, pointer)) {
        code = MAPI_E_CALL_FAILED;
        answer->marks |= LCA_NO_SESSION;
    }
    if (lca_code_failed(code) && pointer && !answer->marks)
        answer->marks |= LCA_DIRTY;
    lca_client_answer(answer, code);
    if (lca_code_failed(code))
        return;
    answer->value = shared_by(client, pointer);
    *s = (struct lca_session){ .pointer = pointer, .references = 1 };
}
