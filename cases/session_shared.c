/*
 * session/shared: a session that several clients are in
 *
 * Who attaches logs on without a profile. That works only where a session is
 * shared, and so is tried before there is one, too.
 */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/mapi.h"

#define BOTH (fnevCriticalError | fnevExtended)

static const struct lca_axis inits[] = { LCA_AXIS(init), { 0 } };

#define ATTACH(n)                                                           \
    { LCA_LOGON, .session = n, .kind = LCA_JOINED,                          \
      .want = LCA_WANT_ATTACHED }
#define NOBODY                                                              \
    { LCA_LOGON, .session = 2, .kind = LCA_JOINED, .want = LCA_WANT_ALONE }
#define SHARED                                                              \
    NOBODY, { LCA_LOGON, .kind = LCA_OFFERED }, ATTACH(1)

#define REGISTER(n, mask)  { LCA_REGISTER, .session = n, .flags = mask }
#define TELL(n, bits)      { LCA_LOGOFF, .session = n, .flags = bits }
#define HEAR(n, wish)      { LCA_HEAR, .session = n, .want = LCA_WANT_##wish }
#define HEAR_NOTHING(n, wish)                                               \
    { LCA_HEAR, .session = n, .flags = 1, .want = LCA_WANT_##wish }
#define ENDS(n)                                                             \
    { LCA_LOGOFF, .session = n, .want = LCA_WANT_SURVIVE }
#define GOES(n)                                                             \
    { LCA_RELEASE, .session = n, .want = LCA_WANT_SURVIVE }

/* The creator tells the client that attached. */
#define TOLD(wish)                                                          \
    SHARED, REGISTER(1, BOTH), TELL(0, MAPI_LOGOFF_SHARED), HEAR(1, wish),  \
    ENDS(1), GOES(1), GOES(0), { LCA_END }

static const struct lca_step told[] = { TOLD(TOLD) };
static const struct lca_step told_error[] = { TOLD(TOLD_ERROR) };
static const struct lca_step told_code[] = { TOLD(TOLD_CODE) };
static const struct lca_step told_entry[] = { TOLD(TOLD_ENTRY) };
static const struct lca_step told_extended[] = { TOLD(TOLD_EXTENDED) };

static const struct lca_step creator_leaves[] = {
    SHARED, TELL(0, 0), { LCA_PROBE, .session = 1, .want = LCA_WANT_ALIVE },
    ENDS(1), GOES(1), GOES(0), { LCA_END },
};

static const struct lca_step joiner_leaves[] = {
    SHARED, TELL(1, 0), { LCA_PROBE, .want = LCA_WANT_ALIVE },
    ENDS(0), GOES(1), GOES(0), { LCA_END },
};

static const struct lca_step joiner_tells[] = {
    SHARED, REGISTER(0, BOTH),
    { LCA_LOGOFF, .session = 1, .flags = MAPI_LOGOFF_SHARED,
      .want = LCA_WANT_SUCCEED },
    HEAR(0, TOLD), ENDS(0), GOES(1), GOES(0), { LCA_END },
};

#define ASKS(name)                                                          \
    { LCA_CALL, .session = 1, .method = LCA_IMAPISession_##name,            \
      .want = LCA_WANT_SURVIVE }

/* Whether they still work is left to the implementation. */
static const struct lca_step calls_on[] = {
    SHARED, { LCA_PREPARE, .session = 1 }, REGISTER(1, BOTH),
    TELL(0, MAPI_LOGOFF_SHARED), HEAR(1, SURVIVE),
    ASKS(QueryIdentity), ASKS(GetMsgStoresTable), ASKS(GetStatusTable),
    ASKS(OpenAddressBook), ASKS(EnumAdrTypes), ASKS(AdminServices),
    { LCA_TIDY, .session = 1 }, ENDS(1), GOES(1), GOES(0), { LCA_END },
};

static const struct lca_step any_mask[] = {
    SHARED, ATTACH(2), REGISTER(1, 0), REGISTER(2, BOTH),
    TELL(0, MAPI_LOGOFF_SHARED), HEAR(2, SURVIVE), HEAR(1, TOLD_ANYWAY),
    ENDS(1), ENDS(2), GOES(2), GOES(1), GOES(0), { LCA_END },
};

static const struct lca_step ends_inside[] = {
    SHARED, REGISTER(1, BOTH), { LCA_END_WHEN_TOLD, .session = 1 },
    { LCA_LOGOFF, .flags = MAPI_LOGOFF_SHARED, .want = LCA_WANT_SURVIVE },
    HEAR(1, SURVIVE), GOES(1), GOES(0), { LCA_END },
};

static const struct lca_step distinct[] = {
    NOBODY,
    { LCA_LOGON, .kind = LCA_OFFERED },
    { LCA_LOGON, .session = 1, .kind = LCA_JOINED,
      .want = LCA_WANT_DISTINCT },
    ENDS(1), GOES(1), ENDS(0), GOES(0), { LCA_END },
};

/* A server may need a moment to see that nobody is there. */
static const struct lca_step gone[] = {
    SHARED, TELL(0, 0), TELL(1, 0), GOES(0), GOES(1), HEAR_NOTHING(2, UNTOLD),
    { LCA_LOGON, .session = 2, .kind = LCA_JOINED,
      .want = LCA_WANT_VANISHED },
    { LCA_END },
};

static const struct lca_step both_flags[] = {
    SHARED, REGISTER(1, BOTH), TELL(0, MAPI_LOGOFF_SHARED | MAPI_LOGOFF_UI),
    HEAR(1, TOLD), ENDS(1), GOES(1), GOES(0), { LCA_END },
};

/* What the flag does not do: the session it ends is nobody else's. */
static const struct lca_step private[] = {
    { LCA_LOGON }, { LCA_LOGON, .session = 1, .kind = LCA_OFFERED },
    REGISTER(1, BOTH), HEAR_NOTHING(1, SURVIVE),
    { LCA_LOGOFF, .flags = MAPI_LOGOFF_SHARED, .want = LCA_WANT_SUCCEED },
    HEAR_NOTHING(1, UNTOLD), ENDS(1), GOES(1), GOES(0), { LCA_END },
};

/* What another trial shares could be attached to, too. */
#define CASE(tail, law, words, list)                                        \
    { .id = "session/shared/" tail, .clause = law, .title = words,          \
      .alone = true, .axes = inits, .steps = list }
#define PROBED(tail, law, words, list)                                      \
    { .id = "session/shared/" tail, .clause = law, .title = words,          \
      .alone = true, .need = LCA_NEEDS_PROBES, .axes = inits, .steps = list }

static const struct lca_case cases[] = {
    CASE("private", "SHR-001",
         "MAPI_LOGOFF_SHARED of a private session tells nobody", private),
    CASE("told", "SHR-002",
         "MAPI_LOGOFF_SHARED tells the other client", told),
    CASE("told-as-error", "SHR-003",
         "what tells it is a sound critical error", told_error),
    CASE("told-code", "SHR-012",
         "which scode it has is written down", told_code),
    CASE("told-as-extended", "SHR-004",
         "or an extended notification, or both", told_extended),
    PROBED("creator-leaves", "SHR-005",
           "Logoff of the creator leaves the session to the others",
           creator_leaves),
    CASE("joiner-tells", "SHR-006",
         "a client that attached may set MAPI_LOGOFF_SHARED", joiner_tells),
    CASE("calls-on", "SHR-007",
         "a client that was told may call until it logs off", calls_on),
    CASE("any-mask", "SHR-010",
         "a sink is told of a critical error whatever its mask", any_mask),
    CASE("entry", "SHR-011",
         "the error's entry identifier is sound or not there", told_entry),
    CASE("inside", "SHR-013",
         "a client may log off when it is told, inside OnNotify",
         ends_inside),
    CASE("pointers", "SHR-015",
         "each client of a session has a pointer of its own", distinct),
    CASE("gone", "SHR-016",
         "a shared session is gone with its last client", gone),
    CASE("both-flags", "SHR-018",
         "MAPI_LOGOFF_SHARED tells with MAPI_LOGOFF_UI, too", both_flags),
    PROBED("joiner-leaves", "SHR-019",
           "Logoff through one pointer leaves the other alive",
           joiner_leaves),
    { 0 },
};

const struct lca_chapter lca_chapter_shared = {
    "session/shared", "several clients of one session", cases,
};
