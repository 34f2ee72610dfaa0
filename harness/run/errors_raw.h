/*
 * errors_raw: an error as Valgrind's XML has it, before modules are known
 *
 * A kind, its words, and two stacks: where it was made, and where what it is
 * about was freed, taken or touched before. Of a lock order the second is
 * where the lock that is taken first here was taken last there.
 */

#ifndef LCA_ERRORS_RAW_H
#define LCA_ERRORS_RAW_H

#include "harness/model/error.h"

#include <libxml/tree.h>

enum { LCA_RAW_DEPTH = 24 };

struct lca_raw_stack {
    unsigned count;
    uint64_t ip[LCA_RAW_DEPTH];
};

struct lca_raw_error {
    enum lca_error_kind kind;
    uint32_t other;             /* enum lca_error_other */
    uint64_t bytes;
    uint32_t blocks;
    char what[96];
    struct lca_raw_stack made, there;
};

struct lca_raw_error lca_raw_error(const xmlNode *error);

bool lca_node_is(const xmlNode *node, const char *name);
void lca_node_text(const xmlNode *node, char *text, size_t size);

#endif
