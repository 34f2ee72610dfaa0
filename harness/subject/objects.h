/*
 * objects: what a session gives out, and how to ask it something harmless
 *
 * A row an object: how it is opened, as which interface it is used, and a
 * method of it that only reads.
 */

#ifndef LCA_OBJECTS_H
#define LCA_OBJECTS_H

#include "harness/subject/client.h"

#include <stddef.h>

/*
 * Opens an object of a session; *object is NULL when it was refused or when
 * its arguments could not be made (see the client's note).
 */
HRESULT lca_object_open(struct lca_client *client, struct lca_session *s,
                        enum lca_object kind, void **object);

/* The section that every profile has: MUID_PROFILE_INSTANCE. */
extern const struct GUID lca_profile_section;

/* Bytes mixed into a digest that begins with LCA_DIGEST (FNV-1a). */
#define LCA_DIGEST 14695981039346656037u
uint64_t lca_object_mix(uint64_t digest, const void *bytes, size_t length);

/* A digest of values: tags, and what is stable among their values. */
uint64_t lca_object_digest(const struct SPropValue *values, ULONG count);

#endif
