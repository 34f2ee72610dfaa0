#include "harness/host/rehearsal.h"

#include "harness/fault/callers.h"
#include "harness/fault/practice.h"
#include "harness/host/player.h"
#include "harness/mapi/code.h"
#include "harness/mapi/entry.h"
#include "harness/mapi/flags.h"
#include "harness/mapi/types.h"
#include "harness/platform/resources.h"
#include "harness/watch/valgrind.h"

#include <stdlib.h>

enum { SLOTS = 32, UNKNOWN = 3 };

struct session {
    lca_function *const *table;
};

static HRESULT agree(void)
{
    return S_OK;
}

static HRESULT refuse(void)
{
    return MAPI_E_CALL_FAILED;
}

static HRESULT query(struct session *self, const void *iid, void **object)
{
    (void)iid;
    *object = self;
    return S_OK;
}

static ULONG one(struct session *self)
{
    (void)self;
    return 1;
}

static ULONG none(struct session *self)
{
    (void)self;
    return 0;
}

static HRESULT logon(uintptr_t window, const char *profile,
                     const char *password, ULONG flags,
                     struct session **session)
{
    static lca_function *table[SLOTS] = {
        (lca_function *)query, (lca_function *)one, (lca_function *)none,
    };
    static struct session s = { .table = table };

    (void)window, (void)profile, (void)password, (void)flags;
    for (unsigned i = UNKNOWN; i < SLOTS; i++)
        table[i] = (lca_function *)refuse;
    *session = &s;
    return S_OK;
}

void lca_rehearse(const struct lca_subject_info *info)
{
    static const struct lca_step steps[] = {
        { LCA_INITIALIZE },
        { LCA_LOGON },
        { LCA_ADDREF },
        { LCA_PREPARE, .method = LCA_IMAPISession_QueryIdentity },
        { LCA_LOGOFF },
        { LCA_CALL, .method = LCA_IMAPISession_QueryIdentity },
        { LCA_TIDY },
        { LCA_RELEASE },
        { LCA_RELEASE_ALL },
        { LCA_UNINITIALIZE },
    };
    static lca_function *const entry[LCA_ENTRY_COUNT] = {
        [LCA_ENTRY_MAPIInitialize]   = (lca_function *)agree,
        [LCA_ENTRY_MAPIUninitialize] = (lca_function *)agree,
        [LCA_ENTRY_MAPILogonEx]      = (lca_function *)logon,
    };
    struct lca_record *unread = calloc(1, sizeof *unread);
    struct lca_subject_info own = *info;
    struct lca_own_fds fds;
    struct lca_subject *subject;

    own.create = 0;
    lca_practise();
    lca_resources_own(&fds);
    lca_valgrind_begin(lca_callers_tell);
    if (unread && !lca_subject_stand_in(entry, &subject).code) {
        lca_player_play(subject, &own, steps, sizeof steps / sizeof *steps,
                        NULL, unread);
        lca_subject_close(subject);
    }
    free(unread);
}
