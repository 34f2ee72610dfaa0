/*
 * wrapped: a subject that makes each call that can fail, once, by its name
 *
 * A module of its own, so that its calls come the way a subject's do. It is
 * built several times: plain, hardened, and with 64-bit names. prepare makes
 * what a call is about, call makes it, clean takes back what would outlive
 * the process. Whoever plays it has a process to spare.
 */

#ifndef LCA_WRAPPED_H
#define LCA_WRAPPED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define LCA_WRAPPED_BYTES "0123456789"
enum { LCA_WRAPPED_LENGTH = 10 };

struct lca_wrapped {
    uint32_t on;                /* LCA_ON_ bits: what it shall be about */
    /* What came of it. */
    bool failed;
    int error;
    long value;
    char bytes[16];             /* that were received */
    struct timespec left;
    /* What it is about. */
    int fd;
    int peer;                   /* its other end; of an accept: who came */
    int ends[2];
    void *block;
    char *text;
    size_t size;
    FILE *stream;
    int id;                     /* of System V */
    int child;
    char name[32];
};

struct lca_wrapped_row {
    const char *name;           /* as in harness/model/calls.def */
    uint32_t on;                /* kinds of descriptor it can be about */
    bool (*prepare)(struct lca_wrapped *w);
    void (*call)(struct lca_wrapped *w);
};

/* Exported as lca_wrapped_rows; closed by a row without a name. */
typedef const struct lca_wrapped_row lca_wrapped_table[];
/* Exported as lca_wrapped_clean. */
typedef void lca_wrapped_cleaner(struct lca_wrapped *w);

#endif
