/* session/memory: buffers belong to the client, whatever ends. */

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "cases/rounds.h"

static const struct lca_axis kinds[] = {
    LCA_AXIS(session), LCA_AXIS(init), { 0 },
};

static const struct lca_axis sessions[] = { LCA_AXIS(session), { 0 } };

static const struct lca_step over_logoff[] = {
    { LCA_LOGON },
    { LCA_HOLD },
    { LCA_LOGOFF },
    { LCA_VERIFY, .want = LCA_WANT_KEPT },
    { LCA_FREE },
    { LCA_RELEASE },
    { LCA_END },
};

static const struct lca_step over_release[] = {
    { LCA_LOGON },
    { LCA_HOLD },
    { LCA_LOGOFF },
    { LCA_RELEASE },
    { LCA_VERIFY, .want = LCA_WANT_KEPT },
    { LCA_FREE, .want = LCA_WANT_SUCCEED },
    { LCA_END },
};

static const struct lca_step allocator[] = {
    { LCA_LOGON },
    { LCA_HOLD },
    { LCA_FREE, .want = LCA_WANT_SUCCEED },
    { LCA_LOGOFF },
    { LCA_RELEASE },
    { LCA_END },
};

#define NOTHING { LCA_FREE_NULL, .want = LCA_WANT_EXACT }

static const struct lca_step free_null[] = {
    NOTHING, { LCA_LOGON }, NOTHING, { LCA_LOGOFF }, NOTHING, { LCA_RELEASE },
    NOTHING, { LCA_END },
};

static const struct lca_step chain[] = {
    LCA_ROUNDS(1, LCA_WANT_NO_NEW_HEAP,
               { LCA_CHAIN, .want = LCA_WANT_SUCCEED }),
    { LCA_LOGON }, { LCA_CHAIN, .want = LCA_WANT_SUCCEED }, { LCA_LOGOFF },
    { LCA_CHAIN, .want = LCA_WANT_SUCCEED }, { LCA_RELEASE }, { LCA_END },
};

static const struct lca_step nothing_left[] = {
    LCA_ROUNDS(7, LCA_WANT_NO_NEW_HEAP,
               { LCA_INITIALIZE }, { LCA_LOGON }, { LCA_HOLD },
               { LCA_LOGOFF }, { LCA_FREE }, { LCA_RELEASE },
               { LCA_UNINITIALIZE }),
    { LCA_END },
};

static const struct lca_case cases[] = {
    {
        .id     = "session/memory/over-logoff",
        .clause = "MEM-001",
        .title  = "Logoff leaves the client's buffers alone",
        .axes   = kinds,
        .steps  = over_logoff,
    },
    {
        .id     = "session/memory/over-release",
        .clause = "MEM-002",
        .title  = "buffers can be read and freed after the last Release",
        .axes   = kinds,
        .steps  = over_release,
    },
    {
        .id     = "session/memory/allocator",
        .clause = "MEM-003",
        .title  = "what methods give is freed with MAPIFreeBuffer",
        .axes   = sessions,
        .steps  = allocator,
    },
    {
        .id     = "session/memory/free-null",
        .clause = "MEM-004",
        .title  = "MAPIFreeBuffer(NULL) is S_OK at any time",
        .axes   = kinds,
        .steps  = free_null,
    },
    {
        .id     = "session/memory/chain",
        .clause = "MEM-005",
        .title  = "freeing a root frees what hangs on it",
        .steps  = chain,
    },
    {
        .id     = "session/memory/nothing-left",
        .clause = "MEM-011",
        .title  = "no buffer is left after MAPIUninitialize",
        .bare   = true,
        .axes   = kinds,
        .steps  = nothing_left,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_memory = {
    "session/memory", "ownership of memory", cases,
};
