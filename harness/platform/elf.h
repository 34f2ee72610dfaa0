/*
 * elf: what a file says of itself before anything loads it
 *
 * Reads the first bytes and the table of segments; runs and maps nothing.
 */

#ifndef LCA_ELF_H
#define LCA_ELF_H

#include "harness/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum lca_elf_type { LCA_ELF_OTHER, LCA_ELF_OBJECT, LCA_ELF_PROGRAM,
                    LCA_ELF_LIBRARY, LCA_ELF_CORE };

struct lca_elf {
    enum lca_elf_type type;     /* a program may be linked as a library */
    unsigned bits;              /* 32 or 64 */
    bool big;                   /* the most significant byte comes first */
    unsigned machine;           /* EM_ of the format */
    uint64_t size;              /* of the file, in bytes */
    uint64_t wanted;            /* bytes that its segments speak of */
};

/*
 * Errors: LCA_MISSING, with what the file is instead and what to do. A file
 * that is cut short is told by wanted > size, and is no error here.
 */
struct lca_result lca_elf_read(const char *path, struct lca_elf *elf);

/* "64-bit x86-64"; 32 bytes hold any. */
void lca_elf_machine(const struct lca_elf *elf, char *text, size_t size);
/* What this very program was built for. */
struct lca_result lca_elf_own(struct lca_elf *elf);

/* Can this program load it? LCA_MISSING if not, and why. */
struct lca_result lca_elf_check(const char *path);

#endif
