/* verdict: the five words. From best to worst, so the worst is the greatest. */

#ifndef LCA_VERDICT_H
#define LCA_VERDICT_H

#define LCA_VERDICTS(X)                                                     \
    X(PASS)             /* the subject kept its promise */                  \
    X(SKIP)             /* nothing could be observed; the text says why */  \
    X(WAIVED)           /* it failed as a waiver foretold */                \
    X(BROKEN)           /* the harness cannot tell: nothing is claimed */   \
    X(FAIL)             /* it broke its promise, crashed or hung */

enum lca_verdict {
#define X(name) LCA_##name,
    LCA_VERDICTS(X)
#undef X
    LCA_VERDICT_COUNT
};

const char *lca_verdict_name(enum lca_verdict verdict);     /* "PASS" */

/* A verdict and one sentence. */
struct lca_opinion {
    enum lca_verdict verdict;
    char text[240];             /* why; empty for a plain PASS */
};

#endif
