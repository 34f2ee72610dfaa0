/*
 * lent: what is lent to providers, as a provider sees it
 *
 * IMalloc is declared here as COM has it, slot by slot, so that a table in
 * another order is noticed.
 */

#ifndef LCA_LENT_H
#define LCA_LENT_H

#include "harness/mapi/structures.h"

#include <stdbool.h>
#include <stddef.h>

struct lca_malloc {
    const struct lca_malloc_methods *methods;
};

struct lca_malloc_methods {
    HRESULT (*QueryInterface)(const struct lca_malloc *self,
                              const struct GUID *iid, void **out);
    ULONG (*AddRef)(const struct lca_malloc *self);
    ULONG (*Release)(const struct lca_malloc *self);
    void *(*Alloc)(const struct lca_malloc *self, size_t size);
    void *(*Realloc)(const struct lca_malloc *self, void *at, size_t size);
    void (*Free)(const struct lca_malloc *self, void *at);
    size_t (*GetSize)(const struct lca_malloc *self, void *at);
    int (*DidAlloc)(const struct lca_malloc *self, void *at);
    void (*HeapMinimize)(const struct lca_malloc *self);
};

/* The one that is lent, with nothing left of what was before. */
const struct lca_malloc *lca_lent_fresh(void);
/* Is each byte this one? */
bool lca_lent_is(const void *at, unsigned char byte, size_t size);
/* Of all kinds, so far. */
unsigned lca_lent_harms(void);

#endif
