/*
 * session/peers: clients of one session in several processes
 *
 * As in session/shared, who attaches has tried so before there was a session
 * to attach to. What happens to one process is no affair of the others.
 */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/mapi.h"

#define BOTH (fnevCriticalError | fnevExtended)

/* Session and process have the same number: 0 is A's. */
#define OF(n) .session = n, .process = n
#define A 0
#define B 1
#define C 2

#define NOBODY(n) { LCA_LOGON, .session = 2, .process = n,                  \
                    .kind = LCA_JOINED, .want = LCA_WANT_ALONE }
#define OFFER(n)  { LCA_LOGON, OF(n), .kind = LCA_OFFERED }
#define ATTACH(n) { LCA_LOGON, OF(n), .kind = LCA_JOINED,                   \
                    .want = LCA_WANT_ATTACHED }
/* One makes the session, and the other attaches. */
#define SHARE(one, other) NOBODY(other), OFFER(one), ATTACH(other)

#define REGISTER(n, mask) { LCA_REGISTER, OF(n), .flags = mask }
#define TELL(n, bits)     { LCA_LOGOFF, OF(n), .flags = bits }
#define HEAR(n, wish)     { LCA_HEAR, OF(n), .want = LCA_WANT_##wish }
#define HEAR_NOTHING(n, wish)                                               \
    { LCA_HEAR, OF(n), .flags = 1, .want = LCA_WANT_##wish }
#define ALIVE(n)          { LCA_PROBE, OF(n), .want = LCA_WANT_ALIVE }
#define ENDS(n)           { LCA_LOGOFF, OF(n), .want = LCA_WANT_SURVIVE }
#define GOES(n)           { LCA_RELEASE, OF(n), .want = LCA_WANT_SURVIVE }
#define LEAVES(n)         ENDS(n), GOES(n)

/* Its process ends without another call, and nobody else minds. */
static const struct lca_step shuts_down[] = {
    { LCA_LOGON, OF(B) },
    { LCA_ASK_SHUTDOWN, OF(B), .want = LCA_WANT_YES_OR_NO },
    { LCA_SHUT_DOWN, OF(B), .want = LCA_WANT_SURVIVE },
    { LCA_KILL, .process = B },
    { LCA_LOGON, OF(A), .want = LCA_WANT_SUCCEED },
    { LCA_LOGOFF, OF(A), .want = LCA_WANT_SUCCEED }, GOES(A), { LCA_END },
};

static const struct lca_axis inits[] = { LCA_AXIS(init), { 0 } };

#define TOLD(wish)                                                          \
    SHARE(A, B), REGISTER(B, BOTH), TELL(A, MAPI_LOGOFF_SHARED),            \
    HEAR(B, wish), LEAVES(B), GOES(A), { LCA_END }

static const struct lca_step told[] = { TOLD(TOLD) };
static const struct lca_step told_error[] = { TOLD(TOLD_ERROR) };
static const struct lca_step told_entry[] = { TOLD(TOLD_ENTRY) };
static const struct lca_step told_extended[] = { TOLD(TOLD_EXTENDED) };

static const struct lca_step both_flags[] = {
    SHARE(A, B), REGISTER(B, BOTH),
    TELL(A, MAPI_LOGOFF_SHARED | MAPI_LOGOFF_UI), HEAR(B, TOLD), LEAVES(B),
    GOES(A), { LCA_END },
};

static const struct lca_step creator_leaves[] = {
    SHARE(A, B), TELL(A, 0), GOES(A), ALIVE(B), LEAVES(B), { LCA_END },
};

static const struct lca_step joiner_leaves[] = {
    SHARE(A, B), TELL(B, 0), GOES(B), ALIVE(A), LEAVES(A), { LCA_END },
};

static const struct lca_step joiner_tells[] = {
    SHARE(A, B), REGISTER(A, BOTH),
    { LCA_LOGOFF, OF(B), .flags = MAPI_LOGOFF_SHARED,
      .want = LCA_WANT_SUCCEED },
    HEAR(A, TOLD), LEAVES(A), GOES(B), { LCA_END },
};

static const struct lca_step creator_is_told[] = {
    SHARE(B, A), REGISTER(B, BOTH),
    { LCA_LOGOFF, OF(A), .flags = MAPI_LOGOFF_SHARED,
      .want = LCA_WANT_SUCCEED },
    HEAR(B, TOLD), LEAVES(B), GOES(A), { LCA_END },
};

#define ASKS(name)                                                          \
    { LCA_CALL, OF(B), .method = LCA_IMAPISession_##name,                   \
      .want = LCA_WANT_SURVIVE }

static const struct lca_step calls_on[] = {
    SHARE(A, B), { LCA_PREPARE, OF(B) }, REGISTER(B, BOTH),
    TELL(A, MAPI_LOGOFF_SHARED), GOES(A), HEAR(B, SURVIVE),
    ASKS(QueryIdentity), ASKS(GetMsgStoresTable), ASKS(GetStatusTable),
    ASKS(OpenAddressBook), ASKS(EnumAdrTypes), ASKS(AdminServices),
    { LCA_TIDY, OF(B) }, LEAVES(B), { LCA_END },
};

static const struct lca_step any_mask[] = {
    SHARE(A, B), ATTACH(C), REGISTER(B, 0), REGISTER(C, BOTH),
    TELL(A, MAPI_LOGOFF_SHARED), HEAR(C, SURVIVE), HEAR(B, TOLD_ANYWAY),
    LEAVES(B), LEAVES(C), GOES(A), { LCA_END },
};

static const struct lca_step ends_inside[] = {
    SHARE(A, B), REGISTER(B, BOTH), { LCA_END_WHEN_TOLD, OF(B) },
    { LCA_LOGOFF, OF(A), .flags = MAPI_LOGOFF_SHARED,
      .want = LCA_WANT_SURVIVE },
    HEAR(B, SURVIVE), GOES(B), GOES(A), { LCA_END },
};

/* A server may need a moment to see that nobody is there. */
static const struct lca_step gone[] = {
    SHARE(A, B), TELL(A, 0), TELL(B, 0), GOES(A), GOES(B),
    HEAR_NOTHING(B, UNTOLD),
    { LCA_LOGON, OF(B), .kind = LCA_JOINED, .want = LCA_WANT_VANISHED },
    { LCA_END },
};

/* What the flag does not do: the session it ends is nobody else's. */
#define PRIVATE(other)                                                      \
    { LCA_LOGON, OF(A) }, { LCA_LOGON, OF(B), .kind = other },              \
    REGISTER(B, BOTH), HEAR_NOTHING(B, SURVIVE),                            \
    { LCA_LOGOFF, OF(A), .flags = MAPI_LOGOFF_SHARED,                       \
      .want = LCA_WANT_SUCCEED },                                           \
    HEAR_NOTHING(B, UNTOLD), ALIVE(B), LEAVES(B), GOES(A), { LCA_END }

static const struct lca_step private[] = { PRIVATE(LCA_PRIVATE) };
static const struct lca_step offered[] = { PRIVATE(LCA_OFFERED) };

/* What befalls another process, and whether it is heard of or not. */
static const struct lca_axis fates[] = {
    LCA_AXIS_AS("flags", no_ui), LCA_AXIS(init), { 0 },
};

#define TO(n, what) { LCA_##what, .process = n }
/* Of its code nothing is promised; but it is one outcome or the other. */
#define OUTLIVES                                                            \
    { LCA_LOGOFF, OF(A), .takes = LCA_TAKES(LCA_SET_FLAGS),                 \
      .want = LCA_WANT_EITHER },                                            \
    { LCA_PROBE, OF(A), .want = LCA_WANT_DECIDED }, GOES(A)
#define RETURNS                                                             \
    { LCA_LOGOFF, OF(A), .takes = LCA_TAKES(LCA_SET_FLAGS),                 \
      .want = LCA_WANT_SURVIVE }, GOES(A)

static const struct lca_step killed[] = {
    SHARE(A, B), REGISTER(B, BOTH), TO(B, KILL), OUTLIVES, { LCA_END },
};

static const struct lca_step stopped[] = {
    SHARE(A, B), REGISTER(B, BOTH), TO(B, STOP), OUTLIVES, TO(B, CONTINUE),
    LEAVES(B), { LCA_END },
};

/* The session may have lived in the process that made it. */
static const struct lca_step creator_killed[] = {
    SHARE(B, A), REGISTER(B, BOTH), TO(B, KILL), RETURNS, { LCA_END },
};

static const struct lca_step creator_stopped[] = {
    SHARE(B, A), REGISTER(B, BOTH), TO(B, STOP), RETURNS, TO(B, CONTINUE),
    LEAVES(B), { LCA_END },
};

/* What another trial shares could be attached to, too. */
#define ROW(least, tail, law, words, list)                                  \
    { .id = "session/peers/" tail, .clause = law, .title = words,           \
      .tier = least, .alone = true, .axes = inits, .steps = list }
#define CASE(tail, law, words, list)                                        \
    ROW(LCA_STANDARD, tail, law, words, list)
#define PROBED(tail, law, words, list)                                      \
    { .id = "session/peers/" tail, .clause = law, .title = words,           \
      .tier = LCA_STANDARD, .alone = true, .need = LCA_NEEDS_PROBES,        \
      .axes = inits, .steps = list }
#define FATE(least, tail, asks, words, list)                                \
    { .id = "session/peers/" tail, .clause = "SHR-017", .title = words,     \
      .tier = least, .alone = true, .need = asks, .axes = fates,            \
      .steps = list }

static const struct lca_case cases[] = {
    PROBED("private", "SHR-001",
           "MAPI_LOGOFF_SHARED of a private session is nothing to another",
           private),
    PROBED("offered", "SHR-001",
           "nor to a session that another process offers", offered),
    ROW(LCA_SMOKE, "told", "SHR-002",
        "MAPI_LOGOFF_SHARED tells a client in another process", told),
    CASE("creator-is-told", "SHR-002",
         "the one that made the session, too", creator_is_told),
    CASE("told-as-error", "SHR-003",
         "what tells it is a sound critical error", told_error),
    CASE("told-as-extended", "SHR-004",
         "or an extended notification, or both", told_extended),
    PROBED("creator-leaves", "SHR-005",
           "Logoff of the creator leaves the session to other processes",
           creator_leaves),
    PROBED("joiner-leaves", "SHR-005",
           "Logoff of who attached leaves it to the creator", joiner_leaves),
    CASE("joiner-tells", "SHR-006",
         "a process that attached may set MAPI_LOGOFF_SHARED", joiner_tells),
    CASE("calls-on", "SHR-007",
         "a process that was told may call until it logs off", calls_on),
    CASE("any-mask", "SHR-010",
         "a sink is told of a critical error whatever its mask", any_mask),
    CASE("entry", "SHR-011",
         "the error's entry identifier is sound or not there", told_entry),
    CASE("inside", "SHR-013",
         "a process may log off when it is told, inside OnNotify",
         ends_inside),
    CASE("gone", "SHR-016",
         "a shared session is gone with the last client of any process",
         gone),
    FATE(LCA_SMOKE, "killed", LCA_NEEDS_PROBES,
         "Logoff ends a session whose other client was killed", killed),
    FATE(LCA_SMOKE, "stopped", LCA_NEEDS_PROBES,
         "Logoff ends a session whose other client stands still", stopped),
    FATE(LCA_STANDARD, "creator-killed", LCA_NEEDS_NOTHING,
         "Logoff returns when the session's creator was killed",
         creator_killed),
    FATE(LCA_STANDARD, "creator-stopped", LCA_NEEDS_NOTHING,
         "Logoff returns when the session's creator stands still",
         creator_stopped),
    CASE("shuts-down", "PRO-018",
         "a process ends after DoFastShutdown, without another call",
         shuts_down),
    CASE("both-flags", "SHR-018",
         "MAPI_LOGOFF_SHARED tells with MAPI_LOGOFF_UI, too", both_flags),
    { 0 },
};

const struct lca_chapter lca_chapter_peers = {
    "session/peers", "clients of one session in several processes", cases,
};
