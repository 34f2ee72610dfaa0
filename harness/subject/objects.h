/*
 * objects: what a session gives out
 *
 * A row an object: what it is opened from and how, as which interface it is
 * used, and a method of it that only reads.
 */

#ifndef LCA_OBJECTS_H
#define LCA_OBJECTS_H

#include "harness/subject/client.h"

/*
 * Opens an object that needs nothing but a session; *object is NULL when it
 * was refused or when its arguments could not be made (see the client's
 * note).
 */
HRESULT lca_object_open(struct lca_client *client, struct lca_session *s,
                        enum lca_object kind, void **object);

/* The section that every profile has: MUID_PROFILE_INSTANCE. */
extern const struct GUID lca_profile_section;

#endif
