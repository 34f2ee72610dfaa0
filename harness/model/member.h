/*
 * member: members of structs as words of a line, "name=value"
 *
 * A table says which members there are and how great a number may be; it is
 * closed by { 0 }. What is zero or empty is left out, and is so when read.
 */

#ifndef LCA_MEMBER_H
#define LCA_MEMBER_H

#include "harness/base/text.h"

#include <stddef.h>
#include <stdint.h>

enum lca_member_kind { LCA_NUMBER, LCA_BYTES };

/* A struct's member on the wire. The limit is the greatest number allowed. */
struct lca_member {
    const char *name;
    size_t offset;
    size_t size;
    enum lca_member_kind kind;
    uint64_t limit;
};

#define LCA_MEMBER(type, member, kind, limit)                               \
    { #member, offsetof(struct type, member),                               \
      sizeof ((struct type *)0)->member, kind, limit }

/* Adds a line: the word, and what `fields` has of *from. */
void lca_member_put(const char *word, const struct lca_member *fields,
                   const void *from, struct lca_text *text);
/* Reads words, which are changed. False: not understood, or out of range. */
bool lca_member_get(char *words, const struct lca_member *fields, void *to);
bool lca_member_number(const char *text, uint64_t limit, uint64_t *value);

#endif
