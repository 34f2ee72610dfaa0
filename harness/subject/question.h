/*
 * question: the arguments of the methods of objects, as data
 *
 * A row says what a method is given; what it does not say is zero or NULL.
 * Structures that are read and written are empty ones. Nothing here changes
 * what the server keeps: a message is never saved, nothing is sent, and the
 * user is shown nothing.
 */

#ifndef LCA_QUESTION_H
#define LCA_QUESTION_H

#include "harness/subject/client.h"

enum { LCA_WORDS = 12, LCA_ROOMS = 3, LCA_ROOM = 32 };

struct lca_question {
    enum lca_method method;
    ULONG flags;
    ULONG number;               /* its first ULONG or LONG */
    ULONG second;               /* the next one */
    const void *in;             /* its LCA_P_IN and LCA_P_STRING */
    const struct lca_eid *id;   /* NULL: what is at the root */
    const struct GUID *iid;     /* NULL: what is usual */
    unsigned needs;             /* enum lca_needs */
};

/* One call, and the room for what it gives back. */
struct lca_words {
    uintptr_t arguments[LCA_WORDS];
    uint64_t outputs[LCA_WORDS];
    uint64_t room[LCA_ROOMS][LCA_ROOM];     /* of what is read and written */
};

/* The row of a method, or one of zeros. */
struct lca_question lca_question_find(enum lca_method method);

/* Puts a question to an object that is used as `as`. */
HRESULT lca_question_put(const struct lca_client *client,
                         const struct lca_session *s, void *object,
                         enum lca_interface as, const struct lca_question *q,
                         struct lca_words *words);
/* Gives back whatever a call that succeeded gave. */
void lca_question_settle(const struct lca_client *client,
                         const struct lca_session *s, void *object,
                         enum lca_interface as, enum lca_method method,
                         const struct lca_words *words);
/* The object that it gave, which is not settled then. */
void *lca_question_object(enum lca_method method,
                          const struct lca_words *words);
/* After a refusal: is an output neither as it was nor NULL? */
bool lca_question_dirty(enum lca_method method,
                        const struct lca_words *words);

#endif
