/*
 * wrap: the shape of most wrappers
 *
 * Ask; fail as the kind says, or do the real work, which is not asked about
 * again. A wrapper is one frame of the stack, by which its caller is found:
 * so what asks or works for it is a macro, or always inline. needs
 * _GNU_SOURCE.
 */

#ifndef LCA_WRAP_H
#define LCA_WRAP_H

#include "harness/fault/next.h"
#include "harness/fault/strike.h"

#include <errno.h>
#include <stddef.h>
#include <sys/types.h>

/* -1, and errno says why. */
static inline int lca_wrap_minus(enum lca_kind kind)
{
    errno = lca_strike_number(kind);
    return -1;
}

static inline void *lca_wrap_null(enum lca_kind kind)
{
    errno = lca_strike_number(kind);
    return NULL;
}

static inline uint32_t lca_wrap_prompt(int is)
{
    return is ? LCA_ON_PROMPT : 0;
}

/*
 * params and args are those of the call, in parentheses. fd, on: as
 * lca_strike has them. failed: what the caller gets, made of `kind`.
 */
#define WRAP(type, name, call, params, args, fd, on, failed)                \
type name params                                                            \
{                                                                           \
    enum lca_kind kind;                                                     \
    type answer;                                                            \
                                                                            \
    NEXT(name);                                                             \
    kind = lca_strike(LCA_FAULTY_##call, fd, on);                           \
    if (kind)                                                               \
        return failed;                                                      \
    lca_strike_enter();                                                     \
    answer = next args;                                                     \
    lca_strike_leave();                                                     \
    return answer;                                                          \
}

/* Most: an int, and about no descriptor that matters. */
#define WRAP_INT(name, call, params, args, on)                              \
    WRAP(int, name, call, params, args, -1, on, lca_wrap_minus(kind))

/* What it makes stays when the process ends: `note` tells harness/platform/
   made.h. `answer` is no error. */
#define WRAP_MADE(name, call, params, args, note)                           \
int name params                                                             \
{                                                                           \
    enum lca_kind kind;                                                     \
    int answer;                                                             \
                                                                            \
    NEXT(name);                                                             \
    kind = lca_strike(LCA_FAULTY_##call, -1, 0);                            \
    if (kind)                                                               \
        return lca_wrap_minus(kind);                                        \
    lca_strike_enter();                                                     \
    answer = next args;                                                     \
    if (answer >= 0)                                                        \
        note;                                                               \
    lca_strike_leave();                                                     \
    return answer;                                                          \
}

#endif
