/*
 * axes: the values that cases are multiplied by
 *
 * LCA_AXIS(flags) is one axis of a case; lists of axes are closed by { 0 }.
 */

#ifndef LCA_AXES_H
#define LCA_AXES_H

#include "harness/model/case.h"

/* name on the command line, what it sets, how many values */
#define LCA_AXIS_LIST(X)                                                    \
    X(flags,      FLAGS,    4)      /* the four defined values */           \
    X(undefined,  FLAGS,    32)     /* one undefined bit each, and all */   \
    X(illegal,    FLAGS,    2)      /* the lowest of them, and all */       \
    X(any,        FLAGS,    36)     /* the two above */                     \
    X(flags2,     FLAGS2,   4)      /* of a second Logoff */                \
    X(no_ui,      FLAGS,    2)      /* 0 and MAPI_LOGOFF_SHARED */          \
    X(with_ui,    FLAGS,    2)      /* MAPI_LOGOFF_UI, alone or not */      \
    X(unicode,    FLAGS,    2)      /* 0 and MAPI_UNICODE */                \
    X(reserved,   RESERVED, 3)      /* non-zero values of ulReserved */     \
    X(parent,     UI,       5)      /* values of ulUIParam */               \
    X(no_window,  UI,       4)      /* those that are not zero */           \
    X(session,    KIND,     3)      /* how it is logged on to */            \
    X(init,       INIT,     2)      /* NULL, multithreaded */               \
    X(any_init,   INIT,     3)      /* and MAPIINIT_0 without flags */      \
    X(method,     METHOD,   17)     /* those of POST-002 */                 \
    X(every,      METHOD,   22)     /* all that the pointer offers */       \
    X(walk,       WALK,     28)     /* none, moves and methods: walk.h */    \
    X(recipe,     RECIPE,   3)      /* arguments that are not valid */      \
    X(times,      TIMES,    2)      /* once, and a thousand times */        \
    X(iid,        IID,      3)                                              \
    X(object,     OBJECT,   6)      /* what a session opens */

#define X(name, field, count)                                               \
    extern const struct lca_value lca_values_##name[count];                 \
    enum { LCA_COUNT_##name = count, LCA_FIELD_##name = LCA_SET_##field };
LCA_AXIS_LIST(X)
#undef X

#define LCA_AXIS_AS(label, axis)                                            \
    { label, LCA_FIELD_##axis, lca_values_##axis, LCA_COUNT_##axis }
#define LCA_AXIS(axis) LCA_AXIS_AS(#axis, axis)
/* The smoke tier walks along this one. */
#define LCA_AXIS_WALKED(axis)                                               \
    { #axis, LCA_FIELD_##axis, lca_values_##axis, LCA_COUNT_##axis, true }

#endif
