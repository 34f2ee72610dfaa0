/*
 * result: what a function that can fail gives back.
 *
 * Whoever fails says why, in one sentence that a person can act on: the
 * cause, and the next step if there is one. Whoever calls decides what to do
 * with it; only a main function exits.
 */

#ifndef LCA_RESULT_H
#define LCA_RESULT_H

#if defined(__GNUC__)
# define LCA_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
# define LCA_PRINTF(f, a)
#endif

enum lca_code {
    LCA_OK,             /* it worked, and the text is empty */
    LCA_USAGE,          /* the person at the keyboard must change something */
    LCA_MISSING,        /* a file, a symbol or a name is not there */
    LCA_SYSTEM,         /* the operating system refused */
    LCA_GONE,           /* a helper process is gone or talks nonsense */
    LCA_STOPPED,        /* a person or a system asked for the end */
};

/* A code for the program and a sentence for the reader. It owns nothing. */
struct lca_result {
    enum lca_code code;
    char text[512];     /* no full stop, no newline; cut to fit */
};

struct lca_result lca_ok(void);
struct lca_result lca_fail(enum lca_code code, const char *format, ...)
    LCA_PRINTF(2, 3);

#endif
