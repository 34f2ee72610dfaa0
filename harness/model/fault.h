/*
 * fault: which calls can fail, how, and where
 *
 * Rows of data that both towers read: the controller to know what a sweep
 * consists of, the host to carry it out. Only what a system can produce with
 * valid arguments has a row: no EBADF, no EINVAL, no failing mutex.
 *
 * The n-th call of a strike is the n-th that its kind can strike: EAGAIN, for
 * one, needs a descriptor that does not wait. lca_kind_fits says so.
 */

#ifndef LCA_FAULT_H
#define LCA_FAULT_H

#include "harness/model/plan.h"

#include <stdbool.h>
#include <stdint.h>

/* What a call is about. A descriptor has one of them; a call may need any. */
enum {
    LCA_ON_NOTHING = 1,         /* it has no descriptor, or makes one */
    LCA_ON_SOCKET  = 2,
    LCA_ON_PIPE    = 4,
    LCA_ON_FILE    = 8,         /* a regular file or a folder */
    LCA_ON_OTHER   = 16,        /* eventfd, epoll, a terminal, ... */
    LCA_ON_PROMPT  = 32,        /* beside one of them: it does not wait */
    LCA_ON_LONG    = 64,        /* ... more than a byte, and may come short */
    LCA_ON_KEPT    = 128,       /* ... open when the window had ended */
    LCA_ON_STREAM  = LCA_ON_SOCKET | LCA_ON_PIPE,
    LCA_ON_ANY     = 31,
};

/*
 * Names are errno's, or ways of failing that have none; and what they can
 * strike. EINTR is for calls that wait, so never for those that are PROMPT.
 */
#define LCA_KINDS(X)                                                        \
    X(ENOMEM,       LCA_ON_ANY)                                             \
    X(EMFILE,       LCA_ON_ANY)                                             \
    X(ENFILE,       LCA_ON_ANY)                                             \
    X(ENOBUFS,      LCA_ON_NOTHING | LCA_ON_SOCKET)                         \
    X(ENOSPC,       LCA_ON_NOTHING | LCA_ON_FILE)                           \
    X(EDQUOT,       LCA_ON_FILE)                                            \
    X(EIO,          LCA_ON_NOTHING | LCA_ON_FILE)                           \
    X(EACCES,       LCA_ON_NOTHING | LCA_ON_SOCKET)                         \
    X(EPERM,        LCA_ON_NOTHING)                                         \
    X(ENOENT,       LCA_ON_NOTHING)                                         \
    X(ENOLCK,       LCA_ON_FILE)                                            \
    X(EADDRINUSE,   LCA_ON_SOCKET)                                          \
    X(ECONNREFUSED, LCA_ON_SOCKET)                                          \
    X(ENETUNREACH,  LCA_ON_SOCKET)                                          \
    X(ETIMEDOUT,    LCA_ON_NOTHING | LCA_ON_SOCKET)                         \
    X(ECONNABORTED, LCA_ON_SOCKET)                                          \
    X(ECONNRESET,   LCA_ON_SOCKET)  /* it stays reset, the peer sees it */  \
    X(EPIPE,        LCA_ON_STREAM)  /* with SIGPIPE, as the call has it */  \
    X(eof,          LCA_ON_STREAM)  /* the peer has closed */               \
    X(EINTR,        LCA_ON_NOTHING | LCA_ON_STREAM | LCA_ON_OTHER)          \
    X(EAGAIN,       LCA_ON_PROMPT)                                          \
    X(EAI_AGAIN,    LCA_ON_NOTHING)                                         \
    X(EAI_FAIL,     LCA_ON_NOTHING)                                         \
    X(EAI_MEMORY,   LCA_ON_NOTHING)                                         \
    X(EAI_NONAME,   LCA_ON_NOTHING)                                         \
    X(one,          LCA_ON_LONG)    /* a byte, and no more for now */       \
    X(less,         LCA_ON_LONG)    /* all but a byte */                    \
    X(late,         LCA_ON_STREAM)  /* a quarter of a second later */       \
    X(stall,        LCA_ON_STREAM)  /* nothing comes through any more */    \
    X(corrupt0,     LCA_ON_STREAM)  /* a byte of what is read is changed: */\
    X(corrupt1,     LCA_ON_STREAM)  /* the first, that at an eighth, ... */ \
    X(corrupt2,     LCA_ON_STREAM)                                          \
    X(corrupt3,     LCA_ON_STREAM)                                          \
    X(corrupt4,     LCA_ON_STREAM)                                          \
    X(corrupt5,     LCA_ON_STREAM)                                          \
    X(corrupt6,     LCA_ON_STREAM)                                          \
    X(corrupt7,     LCA_ON_STREAM)                                          \
    X(kill,         LCA_ON_ANY)     /* the subject's server: SIGKILL */     \
    X(stop,         LCA_ON_ANY)     /* ... SIGSTOP */                       \
    X(restart,      LCA_ON_ANY)     /* ... SIGKILL, and started again */

enum lca_kind {
    LCA_KIND_NONE,
#define X(name, on) LCA_KIND_##name,
    LCA_KINDS(X)
#undef X
    LCA_KIND_COUNT
};

/* A bit each; --faults chooses among them. */
enum lca_family { LCA_MEMORY = 1, LCA_IPC = 2 };

enum lca_faulty {
#define X(name, point, family, standard, full) LCA_FAULTY_##name,
#include "harness/model/calls.def"
#undef X
    LCA_FAULTY_COUNT
};

struct lca_faulty_row {
    const char *name;           /* as in C: "send" */
    const char *point;          /* libfiu's, or one named in the same way */
    enum lca_family family;
    const char *standard;       /* kinds, in words; the first is the usual */
    const char *full;           /* more of them, for the full tier */
};

extern const struct lca_faulty_row lca_faulty[LCA_FAULTY_COUNT];

/* LCA_FAULTY_COUNT, LCA_KIND_COUNT: there is none of that name. */
enum lca_faulty lca_faulty_find(const char *name);
enum lca_kind lca_kind_find(const char *name, size_t length);
const char *lca_kind_name(enum lca_kind kind);

/* Can it strike a call about that (LCA_ON_ bits)? */
bool lca_kind_fits(enum lca_kind kind, uint32_t on);
/* Loops of a correct program go on as long as it strikes: few times only. */
bool lca_kind_is_passing(enum lca_kind kind);
/* Does it send bytes to somebody? */
bool lca_faulty_sends(enum lca_faulty call);
/* It happens to the subject's server. */
bool lca_kind_is_of_peer(enum lca_kind kind);
/* Is it in a row's list? The peer's kinds are, of every call of LCA_IPC. */
bool lca_kind_is_of(enum lca_kind kind, const struct lca_faulty_row *row);

enum lca_window {
#define X(name) LCA_WINDOW_##name,
    LCA_WINDOWS(X)
#undef X
    LCA_WINDOW_COUNT
};
const char *lca_window_name(enum lca_window window);

/* What a host is told for one trial. Windows are bits, 1 << lca_window. */
struct lca_order {
    uint32_t call;              /* enum lca_faulty */
    uint32_t kind;              /* enum lca_kind */
    uint32_t windows;
    uint32_t first, last;       /* UINT32_MAX: from first on */
};

struct lca_orders {
    uint32_t trace;             /* windows in which calls are written down */
    uint32_t sends;             /* ... in which those are that send */
    uint32_t threads;           /* 0: the one that plays the step; 1: all */
    uint32_t stacks;            /* 1: of each lock that is taken, too */
    uint32_t own_ends;          /* 1: strike what leads to the process itself,
                                   too, as no system does: for tests */
    uint32_t seed;              /* of the schedule of a race; 0: not shaken */
    int32_t peer;               /* the server's process; the host knows it */
    uint32_t count;
    struct lca_order order[2];
};

/*
 * windows: where a strike that names none is.
 * Errors: LCA_USAGE, with the calls or the kinds that there are.
 */
struct lca_result lca_orders_take(const struct lca_plan *plan,
                                  uint32_t windows,
                                  struct lca_orders *orders);

#endif
