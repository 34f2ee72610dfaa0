/* digest: one number for what a subject says, to be compared later. */

#ifndef LCA_DIGEST_H
#define LCA_DIGEST_H

#include "harness/mapi/mapi.h"

#include <stddef.h>

/* Bytes mixed into a digest that begins with LCA_DIGEST (FNV-1a). */
#define LCA_DIGEST 14695981039346656037u
uint64_t lca_object_mix(uint64_t digest, const void *bytes, size_t length);

/* A digest of values: tags, and what is stable among their values. */
uint64_t lca_object_digest(const struct SPropValue *values, ULONG count);

#endif
