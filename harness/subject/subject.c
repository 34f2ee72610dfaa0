#include "harness/subject/subject.h"

#include "harness/platform/library.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct lca_subject {
    struct lca_library *library;
    enum lca_abi abi;
    lca_function *entry[LCA_ENTRY_COUNT];
};

static const struct {
    const char *name;
    unsigned bytes;
    bool needed;
} entries[LCA_ENTRY_COUNT] = {
#define X(name, bytes, needed) { #name, bytes, needed },
    LCA_ENTRIES(X)
#undef X
};

/* The plain name, then the one that a 32-bit Windows library exports. */
static struct lca_result find(struct lca_subject *s, unsigned i)
{
    char decorated[64];
    struct lca_result plain = lca_library_find(s->library, entries[i].name,
                                               &s->entry[i]);

    if (!plain.code)
        return plain;
    snprintf(decorated, sizeof decorated, "%s@%u", entries[i].name,
             entries[i].bytes);
    if (!lca_library_find(s->library, decorated, &s->entry[i]).code ||
        !entries[i].needed)
        return lca_ok();
    return plain;
}

struct lca_result lca_subject_open(const char *path, enum lca_abi abi,
                                   struct lca_subject **subject)
{
    struct lca_subject *s = calloc(1, sizeof *s);
    struct lca_result r;

    *subject = NULL;
    if (!s)
        return lca_fail(LCA_SYSTEM, "no memory for a subject");

    s->abi = abi;
    r = lca_library_open(path, &s->library);
    for (unsigned i = 0; !r.code && i < LCA_ENTRY_COUNT; i++)
        r = find(s, i);

    if (r.code)
        lca_subject_close(s);
    else
        *subject = s;
    return r;
}

lca_function *lca_subject_entry(const struct lca_subject *subject,
                                enum lca_entry entry)
{
    return subject->entry[entry];
}

enum lca_abi lca_subject_abi(const struct lca_subject *subject)
{
    return subject->abi;
}

void lca_subject_close(struct lca_subject *subject)
{
    if (!subject)
        return;
    lca_library_close(subject->library);
    free(subject);
}
