/*
 * session/faults: Logoff while memory and IPC fail, one call after the other
 *
 * A case looks at a sweep with the eyes of one clause. Cases that play the
 * same steps look at the same sweep, which is made once.
 */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/mapi.h"

#define FLAGS    LCA_TAKES(LCA_SET_FLAGS)
#define RESERVED LCA_TAKES(LCA_SET_RESERVED)

#define W(name) (1u << LCA_WINDOW_##name)
#define SHARED .flags = MAPI_LOGOFF_SHARED

static const struct lca_axis legal[] = { LCA_AXIS(flags), { 0 } };

static const struct lca_axis illegal[] = {
    LCA_AXIS_AS("flags", illegal), { 0 },
};

static const struct lca_axis reserves[] = { LCA_AXIS(reserved), { 0 } };

/* A session that has nothing to do with the one that faults met. */
#define ANOTHER                                                             \
    { LCA_LOGON,   .want = LCA_WANT_AGAIN, .calm = true, .session = 1 },    \
    { LCA_LOGOFF,  .want = LCA_WANT_AGAIN, .calm = true, .session = 1 },    \
    { LCA_RELEASE, .calm = true, .session = 1 }

#define BEGIN { LCA_INITIALIZE, .calm = true }, { LCA_OWN },                \
              { LCA_CENSUS }, { LCA_LOGON, .calm = true }
#define END   ANOTHER, { LCA_UNINITIALIZE, .calm = true },                  \
              { LCA_CENSUS, .want = LCA_WANT_AS_BEFORE }, { LCA_END }

/* What is true of a Logoff that calls failed in, and what must follow. */
#define STRUCK(what, state)                                                 \
    { LCA_LOGOFF, .want = LCA_WANT_STRUCK, .takes = what },                 \
    { LCA_PROBE,  .want = LCA_WANT_##state },                               \
    { LCA_CALL,   .want = LCA_WANT_LAST_WORDS, .if_refused = true,          \
      .method = LCA_IMAPISession_GetLastError },                            \
    { LCA_LOGOFF, .if_refused = true, .calm = true,                         \
      .want = LCA_WANT_SURVIVE },                                           \
    { LCA_PROBE,  .want = LCA_WANT_ENDED },                                 \
    { LCA_RELEASE, .want = LCA_WANT_STRUCK }

static const struct lca_step ends[] = { BEGIN, STRUCK(FLAGS, WHOLE), END };

/* The call that does nothing any more: so it must under a fault. */
static const struct lca_step twice[] = {
    BEGIN,
    { LCA_LOGOFF, .calm = true },
    { LCA_LOGOFF, .want = LCA_WANT_STRUCK, .takes = FLAGS },
    { LCA_PROBE,  .want = LCA_WANT_ENDED },
    { LCA_RELEASE, .want = LCA_WANT_STRUCK },
    END
};

/* Without a Logoff the last Release is one, and cannot refuse. */
static const struct lca_step released[] = {
    BEGIN, { LCA_RELEASE, .want = LCA_WANT_STRUCK }, END
};

/* What the second Logoff does more than the first is about sharing. */
static const struct lca_step noticed[] = {
    BEGIN,
    { LCA_LOGOFF, .want = LCA_WANT_STRUCK },
    { LCA_LOGOFF, .if_refused = true, .calm = true,
      .want = LCA_WANT_SURVIVE },
    { LCA_RELEASE, .calm = true },
    { LCA_LOGON, .calm = true },
    { LCA_LOGOFF, .want = LCA_WANT_NOTICED, SHARED },
    { LCA_LOGOFF, .if_refused = true, .calm = true,
      .want = LCA_WANT_SURVIVE },
    { LCA_RELEASE, .calm = true },
    { LCA_UNINITIALIZE, .calm = true },
    { LCA_END },
};

static const struct lca_step undefined[] = {
    BEGIN, STRUCK(FLAGS, UNTOUCHED), END
};

static const struct lca_step reserved[] = {
    BEGIN, STRUCK(RESERVED, UNTOUCHED), END
};

static const struct lca_step buffers[] = {
    { LCA_INITIALIZE, .calm = true },
    { LCA_CHAIN, .want = LCA_WANT_STRUCK },
    { LCA_UNINITIALIZE, .calm = true },
    { LCA_CENSUS, .want = LCA_WANT_AS_BEFORE },
    { LCA_END },
};

static const struct lca_step logons[] = {
    { LCA_INITIALIZE, .calm = true },
    { LCA_LOGON, .want = LCA_WANT_STRUCK },
    { LCA_LOGOFF, .calm = true },
    { LCA_RELEASE, .calm = true },
    END
};

static const struct lca_step counted[] = {
    { LCA_INITIALIZE, .want = LCA_WANT_STRUCK },
    { LCA_INITIALIZE, .calm = true },
    { LCA_LOGON, .want = LCA_WANT_AGAIN, .calm = true },
    { LCA_LOGOFF, .calm = true },
    { LCA_RELEASE, .calm = true },
    { LCA_UNINITIALIZE_ALL, .calm = true },
    { LCA_LOGON, .want = LCA_WANT_UNCOUNTED, .calm = true },
    { LCA_END },
};

/* What all of these have; and those that ask for the state that is left. */
#define SWEEP(what) .bare = true, .sweep = LCA_SWEEP_##what
#define STATE(what) .need = LCA_NEEDS_PROBES, SWEEP(what)
#define ENDS(what) STATE(what), .steps = ends, .axes = legal

/* Clauses that ask for the same whatever failed, and however it ended. */
#define IN_EACH(X)                                                          \
    X("descriptors", "FLT-009", "no descriptor stays open")                 \
    X("closed-twice", "FLT-012", "only what is one's own is closed, once")  \
    X("threads",   "FLT-013", "no thread stays behind")                     \
    X("blocks",    "MEM-011", "no memory stays behind")                     \
    X("locks",     "RSD-006", "no lock stays taken")

static const struct lca_case cases[] = {
    { "session/faults/memory", "MEM-007",
      "an allocation that fails harms nothing", ENDS(MEMORY) },
    { "session/faults/memory-twice", "MEM-007",
      "nor does one in a second Logoff",
      STATE(MEMORY), .steps = twice, .axes = legal },
    { "session/faults/memory-released", "MEM-007",
      "nor does one in a Release without Logoff",
      SWEEP(MEMORY), .steps = released },
    { "session/faults/ipc", "FLT-002",
      "a server that is out of reach harms nothing", ENDS(IPC) },
    { "session/faults/ipc-twice", "FLT-002",
      "nor does it in a second Logoff",
      STATE(IPC), .steps = twice, .axes = legal },
    { "session/faults/ipc-released", "FLT-002",
      "nor does it in a Release without Logoff",
      SWEEP(IPC), .steps = released },
    { "session/faults/passing", "FLT-011",
      "what is interrupted or comes in parts changes nothing",
      ENDS(PASSING) },
    { "session/faults/passing-released", "FLT-011",
      "nor does it in a Release without Logoff",
      SWEEP(PASSING), .steps = released },
    { "session/faults/server", "FLT-008",
      "a server that is killed, stopped or restarted harms nothing",
      ENDS(PEER) },
    { "session/faults/out-of-memory", "MEM-008",
      "a Logoff without memory leaves all or nothing, and works later",
      ENDS(MEMORY) },
    { "session/faults/no-memory-at-all", "MEM-009",
      "Logoff succeeds while no memory is to be had", ENDS(MEMORY) },
#define X(name, clause, says)                                               \
    { "session/faults/" name, clause, says, ENDS(ALL) },                    \
    { "session/faults/" name "-released", clause, says ", nor by a Release",\
      SWEEP(ALL), .steps = released },
    IN_EACH(X)
#undef X
    { "session/faults/half-dead", "FLT-003",
      "a Logoff that fails leaves all or nothing", ENDS(ALL) },
    { "session/faults/for-ever", "FLT-004",
      "a second Logoff ends what the first did not", ENDS(ALL) },
    { "session/faults/facility", "FLT-005",
      "error codes are codes of MAPI's", ENDS(ALL) },
    { "session/faults/last-error", "FLT-006",
      "GetLastError works after a Logoff failed", ENDS(ALL) },
    { "session/faults/codes", "FLT-007",
      "a lost server shows as one of its codes", ENDS(IPC) },
    { "session/faults/fresh-logon", "FLT-010",
      "nobody logs on in order to log off", ENDS(IPC) },
    { "session/faults/shared-notice", "MEM-010",
      "without memory to tell others, the caller is logged off",
      SWEEP(MEMORY), .steps = noticed, .windows = W(logoff) },
    { "session/faults/undefined", "SES-005",
      "an undefined flag is refused or ignored, under faults too",
      STATE(ALL), .steps = undefined, .axes = illegal },
    { "session/faults/reserved", "RES-002",
      "so is a ulReserved other than zero",
      STATE(ALL), .steps = reserved, .axes = reserves },
    { "session/faults/buffers", "MEM-015",
      "MAPIAllocateBuffer without memory says so",
      SWEEP(MEMORY), .steps = buffers, .windows = W(use) },
    { "session/faults/outputs", "MEM-016",
      "a logon that fails leaves no pointer", SWEEP(MEMORY),
      .steps = logons, .windows = W(logon) },
    { "session/faults/outputs-ipc", "MEM-016",
      "nor does one that cannot reach its server", SWEEP(IPC),
      .tier = LCA_FULL, .steps = logons, .windows = W(logon) },
    { "session/faults/count", "MEM-018",
      "a MAPIInitialize that fails is not counted", SWEEP(MEMORY),
      .steps = counted, .windows = W(initialise) },
    { 0 },
};

const struct lca_chapter lca_chapter_faults = {
    "session/faults", "Logoff while memory and IPC fail", cases,
};
