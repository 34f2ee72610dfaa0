#include "harness/subject/digest.h"
#include "harness/subject/objects.h"

#include "harness/mapi/code.h"

#include <stddef.h>
#include <stdint.h>

/* A section of lastcall's own, which nothing else reads or writes. */
static const struct MAPIUID own_section = { {
    0x6C, 0x61, 0x73, 0x74, 0x63, 0x61, 0x6C, 0x6C,
    0x3A, 0x70, 0x72, 0x6F, 0x66, 0x69, 0x6C, 0x65,
} };

static HRESULT open_own(struct lca_client *client, struct lca_session *s,
                        ULONG flags, void **section)
{
    uintptr_t arguments[] = { (uintptr_t)&own_section, 0, flags,
                              (uintptr_t)section };

    *section = NULL;
    return lca_client_invoke(client, s->pointer,
                             LCA_IMAPISession_OpenProfileSection, arguments);
}

/* A string property that nothing else gives a meaning. */
void lca_client_save(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    enum { PR_OWN = 0x6720001E };
    struct lca_session *s = lca_client_session(client, step);
    struct SPropValue value = { .ulPropTag = PR_OWN };
    uintptr_t set[] = { 1, (uintptr_t)&value, 0 };
    uintptr_t save[] = { 0 };
    char text[] = "saved before Logoff";
    void *section;
    HRESULT code = open_own(client, s, MAPI_MODIFY, &section);

    value.Value.lpszA = text;
    if (lca_code_failed(code))
        code = open_own(client, s, MAPI_MODIFY | MAPI_CREATE, &section);
    if (!lca_code_failed(code))
        code = lca_client_invoke(client, section, LCA_IMAPIProp_SetProps, set);
    if (!lca_code_failed(code))
        code = lca_client_invoke(client, section, LCA_IMAPIProp_SaveChanges,
                                 save);
    lca_client_let_go(client, section);
    answer->code = code;
    answer->calls = answer->successes = 1;
    if (lca_code_failed(code)) {
        lca_client_note(client, "nothing can be saved in a section of the "
                        "profile: 0x%08X", (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
    }
}

/* Adds what a section holds; false: it will not say. */
static bool add_section(struct lca_client *client, void *section,
                        uint64_t *sum, HRESULT *code)
{
    struct SPropValue *values = NULL;
    ULONG count = 0;
    uintptr_t arguments[] = { 0, 0, (uintptr_t)&count, (uintptr_t)&values };

    *code = lca_client_invoke(client, section, LCA_IMAPIProp_GetProps,
                              arguments);
    if (lca_code_failed(*code) || !values)
        return false;
    *sum += lca_object_digest(values, count);
    lca_client_free_buffer(client, values);
    return true;
}

/* The profile's own section, and what SAVE put into ours, if it did. */
void lca_client_read_profile(struct lca_client *client,
                             const struct lca_step *step,
                             struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    void *section = NULL;
    HRESULT code = lca_object_open(client, s, LCA_PROFILE_SECTION, &section);
    HRESULT ignored;

    if (lca_code_failed(code) ||
        !add_section(client, section, &answer->value, &code)) {
        lca_client_note(client, "the profile section cannot be read: 0x%08X",
                        (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
    }
    lca_client_let_go(client, section);
    if (!lca_code_failed(open_own(client, s, 0, &section)))
        add_section(client, section, &answer->value, &ignored);
    lca_client_let_go(client, section);
    answer->code = code;
    answer->calls = answer->successes = 1;
}
