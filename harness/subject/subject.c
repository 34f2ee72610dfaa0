#include "harness/subject/subject.h"

#include "harness/base/text.h"
#include "harness/platform/library.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
#define X(name, bytes, needed, without) { #name, bytes, needed },
    LCA_ENTRIES(X)
#undef X
};

/* The plain name, then the one that a 32-bit Windows library exports. */
static void find(struct lca_subject *s, unsigned i)
{
    char decorated[64];

    if (!lca_library_find(s->library, entries[i].name, &s->entry[i]).code)
        return;
    snprintf(decorated, sizeof decorated, "%s@%u", entries[i].name,
             entries[i].bytes);
    lca_library_find(s->library, decorated, &s->entry[i]);
}

/* Other libraries of a MAPI system, by what they export. */
static const char *kind_of(const struct lca_subject *s)
{
    static const struct { const char *entry, *kind; } kinds[] = {
        { "MSProviderInit", "a message store provider" },
        { "ABProviderInit", "an address book provider" },
        { "XPProviderInit", "a transport provider" },
        { "MAPILogon",      "a Simple MAPI library" },
    };
    lca_function *found;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!lca_library_find(s->library, kinds[i].entry, &found).code)
            return kinds[i].kind;
    return NULL;
}

/* Is every entry there that no trial can do without? */
static struct lca_result check(const struct lca_subject *s, const char *path)
{
    struct lca_text missing = { 0 };
    struct lca_result r = lca_ok();
    const char *kind = NULL;

    for (unsigned i = 0; i < LCA_ENTRY_COUNT; i++)
        if (entries[i].needed && !s->entry[i])
            lca_text_print(&missing, "%s%s", missing.length ? " and no " : "",
                           entries[i].name);
    if (!missing.length)
        return r;
    if (!s->entry[LCA_ENTRY_MAPILogonEx])
        kind = kind_of(s);
    if (kind)
        r = lca_fail(LCA_MISSING, "'%.200s' exports no %s: it is %s, and only "
                     "the library that has MAPILogonEx can be tested so far; "
                     "name that one", path, missing.bytes, kind);
    else
        r = lca_fail(LCA_MISSING, "'%.200s' exports no %s: declare it extern "
                     "\"C\" with default visibility, or name the library that "
                     "has it (nm -D shows what a library exports)", path,
                     missing.bytes);
    lca_text_free(&missing);
    return r;
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
    if (!r.code) {
        for (unsigned i = 0; i < LCA_ENTRY_COUNT; i++)
            find(s, i);
        r = check(s, path);
    }

    if (r.code)
        lca_subject_close(s);
    else
        *subject = s;
    return r;
}

struct lca_result lca_subject_stand_in(
    lca_function *const entry[LCA_ENTRY_COUNT], struct lca_subject **subject)
{
    *subject = calloc(1, sizeof **subject);
    if (!*subject)
        return lca_fail(LCA_SYSTEM, "no memory for a subject");
    memcpy((*subject)->entry, entry, sizeof (*subject)->entry);
    return lca_ok();
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
    if (subject->library)
        lca_library_close(subject->library);
    free(subject);
}
