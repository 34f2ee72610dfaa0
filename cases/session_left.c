/* session/left: what the client leaves open over Logoff. */

#include "cases/axes.h"
#include "cases/catalogue.h"

#define OBJECT LCA_TAKES(LCA_SET_OBJECT)

#define OBJECTS(v) { "object", LCA_SET_OBJECT, v, sizeof v / sizeof *v, false }

/* What administers profiles may outlive a session: OBJ-009. So may a profile
   section: OBJ-010. */
#define MORTALS                                                             \
    { "stores-table", LCA_STORES_TABLE },                                   \
    { "status-table", LCA_STATUS_TABLE },                                   \
    { "store", LCA_STORE }, { "address-book", LCA_ADDRESS_BOOK },           \
    { "folder", LCA_FOLDER }, { "contents-table", LCA_CONTENTS },           \
    { "hierarchy-table", LCA_HIERARCHY }, { "message", LCA_MESSAGE },       \
    { "container", LCA_CONTAINER }, { "status", LCA_STATUS }
#define PARTS                                                               \
    { "recipients", LCA_RECIPIENTS }, { "attachment", LCA_ATTACHMENT },     \
    { "attachments", LCA_ATTACHMENTS }, { "stream", LCA_STREAM }

static const struct lca_value mortals[] = { MORTALS };
static const struct lca_value all[] = {
    MORTALS, PARTS, { "profile-section", LCA_PROFILE_SECTION },
    { "services", LCA_SERVICES },
};

static const struct lca_axis objects[] = { OBJECTS(all), { 0 } };
static const struct lca_axis sessions[] = { LCA_AXIS(session), { 0 } };

#define OPEN  { LCA_OPEN, .takes = OBJECT, .want = LCA_WANT_OFFERED }
#define HOLD  { LCA_GRASP, .takes = OBJECT, .want = LCA_WANT_SURVIVE }
#define DROP  { LCA_DROP, .takes = OBJECT, .want = LCA_WANT_SURVIVE }
#define LEAVE { LCA_RELEASE, .want = LCA_WANT_SURVIVE }

static const struct lca_step before_session[] = {
    { LCA_LOGON }, OPEN, { LCA_LOGOFF }, HOLD, DROP, DROP, LEAVE, { LCA_END },
};

static const struct lca_step after_session[] = {
    { LCA_LOGON }, OPEN, { LCA_LOGOFF }, LEAVE, HOLD, DROP, DROP, { LCA_END },
};

static const struct lca_axis mortal[] = {
    OBJECTS(mortals), LCA_AXIS(session), { 0 },
};

#define ASKED(wish)                                                         \
    { LCA_LOGON }, OPEN, { LCA_ASK, .takes = OBJECT }, { LCA_LOGOFF },      \
    { LCA_ASK, .takes = OBJECT, .want = LCA_WANT_##wish }, DROP, LEAVE,     \
    { LCA_END }

static const struct lca_step refuses[] = { ASKED(LEFT_DEAD) };
static const struct lca_step code[] = { ASKED(LEFT_CODE) };
static const struct lca_step part[] = { ASKED(SURVIVE) };
static const struct lca_step clean[] = { ASKED(LEFT_CLEAN) };

/*
 * A session that others may share can be looked for: is it there once more
 * when what was left open was asked? Who attaches leaves again.
 */
#define LOOK(n, wish)                                                       \
    { LCA_LOGON, .session = n, .kind = LCA_JOINED, .want = LCA_WANT_##wish }
#define IF_THERE(what) { what, .session = 2, .want = LCA_WANT_OFFERED }

static const struct lca_step alone[] = {
    { LCA_LOGON, .kind = LCA_OFFERED }, OPEN,
    { LCA_ASK, .takes = OBJECT }, { LCA_ASK, .takes = OBJECT },
    { LCA_LOGOFF },
    { LCA_HEAR, .flags = 1, .want = LCA_WANT_SURVIVE },
    LOOK(2, SURVIVE), IF_THERE(LCA_LOGOFF), IF_THERE(LCA_RELEASE),
    { LCA_ASK, .takes = OBJECT, .want = LCA_WANT_LEFT_ALONE },
    LOOK(1, VANISHED), DROP, LEAVE, { LCA_END },
};

static const struct lca_axis mortals_alone[] = { OBJECTS(mortals), { 0 } };

/* Those that are asked for something which a pointer leads to. */
static const struct lca_value givers[] = {
    { "store", LCA_STORE }, { "folder", LCA_FOLDER },
    { "message", LCA_MESSAGE }, { "address-book", LCA_ADDRESS_BOOK },
    { "container", LCA_CONTAINER }, { "status", LCA_STATUS },
    { "attachment", LCA_ATTACHMENT },
};

/* What another open object gave out. */
static const struct lca_value parts[] = {
    { "contents-table", LCA_CONTENTS },
    { "hierarchy-table", LCA_HIERARCHY }, PARTS,
};

static const struct lca_axis part_of[] = {
    OBJECTS(parts), LCA_AXIS(session), { 0 },
};

static const struct lca_axis giver[] = {
    OBJECTS(givers), LCA_AXIS(session), { 0 },
};

static const struct lca_step unsaved[] = {
    { LCA_LOGON }, { LCA_DRAFT, .want = LCA_WANT_OFFERED }, { LCA_LOGOFF },
    DROP, LEAVE,
    { LCA_LOGON, .session = 1 },
    { LCA_REREAD, .session = 1, .want = LCA_WANT_AS_SAVED },
    { LCA_LOGOFF, .session = 1 },
    { LCA_RELEASE, .session = 1, .want = LCA_WANT_SURVIVE },
    { LCA_END },
};

#define CALL(name) { LCA_CALL, .method = LCA_IMAPISession_##name }
#define BALANCED   { LCA_SINK, .want = LCA_WANT_BALANCED }

static const struct lca_step unadvised[] = {
    { LCA_LOGON }, { LCA_PREPARE }, CALL(Unadvise), BALANCED, { LCA_LOGOFF },
    BALANCED, { LCA_RELEASE }, BALANCED, { LCA_END },
};

/* What is registered for an Unadvise that never comes. */
#define ADVISED                                                             \
    { LCA_LOGON }, { LCA_PREPARE }, { LCA_LOGOFF },                         \
    { LCA_CALL, .method = LCA_IMAPISession_Unadvise, .if_refused = true }

static const struct lca_step advised[] = {
    ADVISED, BALANCED, { LCA_RELEASE }, BALANCED, { LCA_END },
};

static const struct lca_step late[] = {
    ADVISED, { LCA_RELEASE }, { LCA_UNINITIALIZE },
    { LCA_LINGER, .want = LCA_WANT_SILENT }, { LCA_INITIALIZE }, { LCA_END },
};

/* There is something to tell when Logoff is called. */
static const struct lca_step stirred[] = {
    { LCA_LOGON }, { LCA_LISTEN }, { LCA_STIR, .flags = 2 }, { LCA_LOGOFF },
    { LCA_RELEASE }, { LCA_UNINITIALIZE },
    { LCA_LINGER, .want = LCA_WANT_SILENT }, { LCA_INITIALIZE }, { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/left/refuses",
        .clause = "OBJ-002",
        .title  = "what is left open over Logoff refuses",
        .axes   = mortal,
        .steps  = refuses,
    },
    {
        .id     = "session/left/code",
        .clause = "OBJ-003",
        .title  = "it refuses as an invalid object, or one that is cut off",
        .axes   = mortal,
        .steps  = code,
    },
    {
        .id     = "session/left/clean",
        .clause = "OBJ-006",
        .title  = "it leaves outputs as they were, or sets them to NULL",
        .axes   = giver,
        .steps  = clean,
    },
    {
        .id     = "session/left/part",
        .clause = "OBJ-007",
        .title  = "nor does what was opened from it do harm when it is asked",
        .axes   = part_of,
        .steps  = part,
    },
    {
        .id     = "session/left/alone",
        .clause = "OBJ-008",
        .title  = "what is left open does not log on again",
        .alone  = true,
        .axes   = mortals_alone,
        .steps  = alone,
    },
    {
        .id     = "session/left/before-session",
        .clause = "OBJ-005",
        .title  = "an object is released after Logoff, then the session",
        .axes   = objects,
        .steps  = before_session,
    },
    {
        .id     = "session/left/after-session",
        .clause = "OBJ-005",
        .title  = "an object is released after its session",
        .axes   = objects,
        .steps  = after_session,
    },
    {
        .id     = "session/left/unsaved",
        .clause = "OBJ-011",
        .title  = "what was set and never saved is dropped",
        .axes   = sessions,
        .steps  = unsaved,
    },
    {
        .id     = "session/left/unadvised",
        .clause = "OBJ-015",
        .title  = "a sink is given back once: by Unadvise, not by Logoff",
        .axes   = sessions,
        .steps  = unadvised,
    },
    {
        .id     = "session/left/advised",
        .clause = "OBJ-015",
        .title  = "a sink is given back once: by Logoff, or by Release",
        .axes   = sessions,
        .steps  = advised,
    },
    {
        .id     = "session/left/late",
        .clause = "OBJ-017",
        .title  = "no sink is called after the last MAPIUninitialize",
        .axes   = sessions,
        .steps  = late,
    },
    {
        .id     = "session/left/stirred",
        .clause = "OBJ-017",
        .title  = "nor then, of what happened just before Logoff",
        .axes   = sessions,
        .steps  = stirred,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_left = {
    "session/left", "what is left open over Logoff", cases,
};
