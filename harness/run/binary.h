/*
 * binary: what a library's file says, without loading it
 *
 * Reads the file alone: its kind, what it needs, what it exports, and which
 * of its calls leave it, since only those can be counted or made to fail.
 *
 * Ownership   a struct lca_binary owns its texts until lca_binary_free,
 *             which is safe on a zeroed one.
 */

#ifndef LCA_BINARY_H
#define LCA_BINARY_H

#include "harness/base/text.h"
#include "harness/mapi/entry.h"
#include "harness/platform/elf.h"

struct lca_binary {
    struct lca_elf elf;
    bool known;                 /* its symbols could be read */
    bool lines;                 /* it has line numbers */
    struct lca_text needed;     /* names of libraries, with ", " between */
    bool libc;                  /* a C library is among them */
    bool exports[LCA_ENTRY_COUNT];
    bool mangled[LCA_ENTRY_COUNT];      /* as a C++ name, which nobody finds */
    struct lca_text leaving;    /* calls that faults can strike */
    struct lca_text hidden;     /* those that it answers to itself */
    bool raw;                   /* it calls syscall() */
};

/* Errors: LCA_MISSING if it is no ELF file at all; LCA_SYSTEM: no memory. */
struct lca_result lca_binary_read(const char *path,
                                  struct lca_binary *binary);
/*
 * The sanitizer's runtime that it needs, which has to be loaded before all
 * else: "libasan.so.8"; "" if there is none, or nothing can be read.
 */
void lca_binary_runtime(const char *path, char *name, size_t size);
void lca_binary_free(struct lca_binary *binary);

const char *lca_entry_name(enum lca_entry entry);
bool lca_entry_needed(enum lca_entry entry);
/* What is not tested without it. */
const char *lca_entry_without(enum lca_entry entry);

#endif
