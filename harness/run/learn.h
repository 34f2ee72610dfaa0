/*
 * learn: a subject's own automaton, found by asking it
 *
 * A few calls are the alphabet; a trial is a word, its answers the outputs.
 * States are told apart by what they answer to a growing set of suffixes
 * until the machine foretells all short words from each state, and long
 * random ones (Angluin's L*, for machines with outputs). What the client
 * may not do is no output: it is never tried.
 *
 * Errors      those of a run; LCA_USAGE for a call that there is not;
 *             LCA_GONE if answers vary, or there are too many states
 */

#ifndef LCA_LEARN_H
#define LCA_LEARN_H

#include "harness/model/walk.h"
#include "harness/run/options.h"

enum { LCA_LETTERS = 12, LCA_LEARNT_MAX = 40 };

enum lca_reply_kind {
    LCA_REPLY_NONE,             /* not the client's to do there */
    LCA_REPLY_CODE,
    LCA_REPLY_NOTHING,          /* no session was given to do it with */
    LCA_REPLY_ENDED,            /* the process ended in it, or hung */
};

struct lca_reply {
    enum lca_reply_kind kind;
    int32_t code;               /* an HRESULT, or enum lca_ending */
};

struct lca_learnt_edge {
    struct lca_reply reply;
    unsigned to;
    const char *breaks;         /* the clause that it breaks, or NULL */
};

struct lca_learnt {
    const char *letters[LCA_LETTERS];   /* "Logoff" */
    unsigned letter_count;
    unsigned count;             /* states; the first is where it begins */
    unsigned places[LCA_LEARNT_MAX];    /* of the model: a bit each */
    struct lca_learnt_edge edges[LCA_LEARNT_MAX][LCA_LETTERS];
    unsigned trials;
    unsigned broken;            /* edges that break a clause */
};

struct lca_result lca_learn(const struct lca_options *options,
                            struct lca_learnt *learnt);

/* As a graph for Graphviz, and in a line for people. */
void lca_learnt_draw(const struct lca_learnt *learnt, const char *name,
                     struct lca_text *text);
void lca_learnt_print(const struct lca_learnt *learnt, struct lca_text *text);

#endif
