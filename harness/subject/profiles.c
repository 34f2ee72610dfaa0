/*
 * A profile of the trial's own, which may be deleted and renamed while it is
 * used. The vendor's is copied, and never changed; what cannot be copied is
 * made anew.
 */

#include "harness/subject/objects.h"
#include "harness/subject/rows.h"

#include "harness/mapi/code.h"
#include "harness/platform/system.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void name_them(struct lca_client *client)
{
    int pid = (int)lca_system_pid();

    if (*client->scratch)
        return;
    snprintf(client->scratch, sizeof client->scratch, "lastcall-%d", pid);
    snprintf(client->renamed, sizeof client->renamed, "lastcall-%d-new", pid);
}

/* NULL: there is none, and the answer says why. */
static void *open_admin(struct lca_client *client, struct lca_answer *answer)
{
    void *admin = NULL;
    uintptr_t arguments[] = { 0, (uintptr_t)&admin };
    HRESULT code = MAPI_E_NO_SUPPORT;

    name_them(client);
    if (lca_subject_entry(client->subject, LCA_ENTRY_MAPIAdminProfiles))
        code = (HRESULT)lca_client_enter(client, LCA_ENTRY_MAPIAdminProfiles,
                                         arguments, 2);
    if (!lca_code_failed(code) && lca_client_is_admin(client, admin))
        return admin;
    lca_client_note(client, "profiles cannot be administered: "
                    "MAPIAdminProfiles answers 0x%08X", (unsigned)code);
    answer->marks |= LCA_UNPREPARED;
    return NULL;
}

/* A copy of the one that is in use, or else an empty one. */
void lca_client_copy_profile(struct lca_client *client,
                             const struct lca_step *step,
                             struct lca_answer *answer)
{
    const char *own = client->info->profile;
    void *admin = open_admin(client, answer);
    uintptr_t copy[] = { (uintptr_t)own, 0, (uintptr_t)client->scratch, 0, 0 };
    uintptr_t create[] = { (uintptr_t)client->scratch, 0, 0, 0 };
    HRESULT code = MAPI_E_NOT_FOUND;

    (void)step;
    if (!admin)
        return;
    if (*own)
        code = lca_client_invoke(client, admin, LCA_IProfAdmin_CopyProfile,
                                 copy);
    if (lca_code_failed(code))
        code = lca_client_invoke(client, admin, LCA_IProfAdmin_CreateProfile,
                                 create);
    lca_client_let_go(client, admin);
    lca_client_answer(answer, code);
    if (!lca_code_failed(code))
        return;
    lca_client_note(client, "no profile can be copied or created: 0x%08X",
                    (unsigned)code);
    answer->marks |= LCA_UNPREPARED;
}

void lca_client_delete_profile(struct lca_client *client,
                               const struct lca_step *step,
                               struct lca_answer *answer)
{
    void *admin = open_admin(client, answer);
    uintptr_t arguments[] = { (uintptr_t)client->scratch, 0 };

    (void)step;
    if (!admin)
        return;
    lca_client_answer(answer, lca_client_invoke(
        client, admin, LCA_IProfAdmin_DeleteProfile, arguments));
    lca_client_let_go(client, admin);
}

void lca_client_rename_profile(struct lca_client *client,
                               const struct lca_step *step,
                               struct lca_answer *answer)
{
    void *admin = open_admin(client, answer);
    uintptr_t arguments[] = { (uintptr_t)client->scratch, 0,
                              (uintptr_t)client->renamed, 0, 0 };

    (void)step;
    if (!admin)
        return;
    lca_client_answer(answer, lca_client_invoke(
        client, admin, LCA_IProfAdmin_RenameProfile, arguments));
    lca_client_let_go(client, admin);
}

/* A name of ours is ASCII; a wide character has two bytes, or four. */
static bool is_wide(const unsigned char *wide, const char *name, size_t width)
{
    for (size_t i = 0;; i++) {
        uint32_t c = 0;

        memcpy(&c, wide + i * width, width);
        if (c != (unsigned char)name[i] || !c)
            return c == 0 && !name[i];
    }
}

static bool is_named(const struct SRow *row, const char *name)
{
    const struct SPropValue *v = lca_rows_column(row, PR_DISPLAY_NAME_A);

    if (v && v->Value.lpszA)
        return strcmp(v->Value.lpszA, name) == 0;
    v = lca_rows_column(row, PR_DISPLAY_NAME_W);
    return v && v->Value.lpszW && (is_wide(v->Value.lpszW, name, 2) ||
                                   is_wide(v->Value.lpszW, name, 4));
}

/* 1: it is there; 0: it is not; -1: that cannot be told. */
static int look_for(struct lca_client *client, void *admin, const char *name,
                    HRESULT *code)
{
    void *table = NULL;
    uintptr_t arguments[] = { 0, (uintptr_t)&table };
    struct lca_rows rows = { 0 };
    int found = -1;

    *code = lca_client_invoke(client, admin, LCA_IProfAdmin_GetProfileTable,
                              arguments);
    if (!lca_code_failed(*code) && table)
        *code = lca_rows_take(client, table, &rows);
    if (rows.said && rows.count < LCA_ROWS_MAX)
        found = 0;
    for (ULONG i = 0; i < rows.count; i++)
        if (is_named(&rows.row[i], name))
            found = 1;
    lca_rows_free(client, &rows);
    lca_client_let_go(client, table);
    return found;
}

/* .flags: the name that it is renamed to; otherwise its first. */
void lca_client_find_profile(struct lca_client *client,
                             const struct lca_step *step,
                             struct lca_answer *answer)
{
    void *admin = open_admin(client, answer);
    HRESULT code = S_OK;
    int found;

    if (!admin)
        return;
    found = look_for(client, admin, step->flags ? client->renamed
                                                : client->scratch, &code);
    lca_client_let_go(client, admin);
    lca_client_answer(answer, found == 1 ? S_OK : MAPI_E_NOT_FOUND);
    if (found >= 0)
        return;
    lca_client_note(client, "the table of profiles cannot be read: 0x%08X",
                    (unsigned)code);
    answer->marks |= LCA_UNPREPARED;
}

/* Whatever became of it; whether it was there is not asked. */
void lca_client_clear_profiles(struct lca_client *client,
                               const struct lca_step *step,
                               struct lca_answer *answer)
{
    struct lca_answer ignored = { 0 };
    const char *names[] = { client->scratch, client->renamed };
    void *admin = open_admin(client, &ignored);

    (void)step;
    for (int i = 0; admin && i < 2; i++) {
        uintptr_t arguments[] = { (uintptr_t)names[i], 0 };

        lca_client_invoke(client, admin, LCA_IProfAdmin_DeleteProfile,
                          arguments);
    }
    lca_client_let_go(client, admin);
    lca_client_answer(answer, S_OK);
}
