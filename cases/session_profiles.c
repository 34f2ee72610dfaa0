/*
 * session/profiles: what becomes of a profile that is changed while in use
 *
 * Each trial has a copy of the profile, made for it and deleted at its end:
 * the vendor's own is only read. A session on that one comes first, since a
 * logon that fails then is the copy's affair.
 */

#include "cases/catalogue.h"

#define BEGIN                                                               \
    { LCA_LOGON, .session = 2 }, { LCA_COPY_PROFILE }

#define END                                                                 \
    { LCA_CLEAR_PROFILES, .want = LCA_WANT_OFFERED },                       \
    { LCA_LOGOFF, .session = 2, .want = LCA_WANT_OFFERED },                 \
    { LCA_RELEASE, .session = 2, .want = LCA_WANT_OFFERED }, { LCA_END }

#define LOGON(n)  { LCA_LOGON, .session = n, .kind = LCA_SCRATCH }
#define LOGOFF(n) { LCA_LOGOFF, .session = n }, { LCA_RELEASE, .session = n }
#define STORES(n) { LCA_READ, .session = n, .want = LCA_WANT_SAME_VALUE }
#define FIND(wish)     { LCA_FIND_PROFILE, .want = LCA_WANT_##wish }
#define FIND_NEW(wish) { LCA_FIND_PROFILE, .flags = 1,                      \
                         .want = LCA_WANT_##wish }

/* It answers at once, and waits for the last session. What a Logoff does to
   its neighbour anyway was seen before. */
static const struct lca_step deleted[] = {
    BEGIN, LOGON(0), LOGON(1), LOGOFF(0), { LCA_READ, .session = 1 },
    LOGON(0), STORES(1),
    { LCA_DELETE_PROFILE, .want = LCA_WANT_SUCCEED },
    STORES(1), LOGOFF(0), STORES(1), LOGOFF(1),
    { LCA_LOGON, .kind = LCA_SCRATCH, .want = LCA_WANT_MISSING },
    END,
};

static const struct lca_step doomed[] = {
    BEGIN, FIND(SETUP), LOGON(0),
    { LCA_DELETE_PROFILE }, FIND(MISSING),
    LOGOFF(0), END,
};

static const struct lca_step renamed[] = {
    BEGIN, FIND(SETUP), LOGON(0), STORES(0),
    { LCA_RENAME_PROFILE, .want = LCA_WANT_SUCCEED },
    STORES(0), FIND(FOUND), FIND_NEW(MISSING),
    LOGOFF(0), FIND(MISSING), FIND_NEW(FOUND),
    END,
};

#define PROVIDERS { LCA_COUNT_PROVIDERS, .want = LCA_WANT_SAME_VALUE }

/* What any Logoff does to the stores was done before they are counted. */
static const struct lca_step temporary[] = {
    BEGIN, LOGON(0), LOGOFF(0), LOGON(0), STORES(0), PROVIDERS,
    { LCA_OPEN_TEMPORARY }, STORES(0),
    LOGOFF(0), LOGON(0), STORES(0), PROVIDERS,
    { LCA_FIND_SECTION, .want = LCA_WANT_MISSING },
    LOGOFF(0), END,
};

static const struct lca_step services[] = {
    BEGIN, LOGON(0), STORES(0),
    { LCA_COUNT_SERVICES, .want = LCA_WANT_SURVIVE },
    { LCA_ADD_SERVICE }, STORES(0),
    LOGOFF(0), LOGON(0),
    { LCA_COUNT_SERVICES, .want = LCA_WANT_MORE },
    LOGOFF(0), END,
};

static const struct lca_case cases[] = {
    {
        .id     = "session/profiles/deleted",
        .clause = "PRO-004",
        .title  = "a profile that is deleted goes with its last session",
        .steps  = deleted,
    },
    {
        .id     = "session/profiles/doomed",
        .clause = "PRO-005",
        .title  = "until then it is not listed any more",
        .steps  = doomed,
    },
    {
        .id     = "session/profiles/renamed",
        .clause = "PRO-006",
        .title  = "one that is renamed has its new name after the session",
        .steps  = renamed,
    },
    {
        .id     = "session/profiles/temporary",
        .clause = "PRO-007",
        .title  = "a temporary section is not listed, and goes with Logoff",
        .steps  = temporary,
    },
    {
        .id     = "session/profiles/services",
        .clause = "PRO-008",
        .title  = "a service that is added is there in the next session",
        .steps  = services,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_profiles = {
    "session/profiles", "changes to a profile in use", cases,
};
