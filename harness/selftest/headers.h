/*
 * headers: a public copy of MAPI's headers, read as text
 *
 * Nothing here is compiled against them and nothing of them is linked: the
 * self-test asks the text what a name is worth, which methods an interface
 * has in which order, and where a structure's members lie on a 64-bit
 * platform. It knows just enough C for the way these headers are written.
 *
 * Ownership   read gives the headers to the caller and free takes them back.
 *             Names in answers are copies.
 * Errors      LCA_MISSING  a file is not there; the text names the package
 *             LCA_SYSTEM   no memory
 */

#ifndef LCA_HEADERS_H
#define LCA_HEADERS_H

#include "harness/base/result.h"

#include <stdbool.h>
#include <stdint.h>

#define LCA_HEADERS_FOLDER "/usr/share/mingw-w64/include"

struct lca_headers;

struct lca_result lca_headers_read(const char *folder,
                                   struct lca_headers **headers);
void lca_headers_free(struct lca_headers *headers);     /* NULL is fine */

/* What a #define without parameters is worth; false if there is none. */
bool lca_headers_value(const struct lca_headers *headers, const char *name,
                       uint32_t *value);

/* The name of the n-th #define that begins so; false after the last. */
bool lca_headers_define(const struct lca_headers *headers, const char *prefix,
                        unsigned n, char name[64]);

/* First group of an IID whose other groups are those of MAPI. */
bool lca_headers_iid(const struct lca_headers *headers, const char *name,
                     uint32_t *first);

struct lca_prototype {
    char name[64];
    unsigned count;             /* of parameters, without THIS */
    struct {
        char type[32];          /* without spaces: ULONG*, LPMDB* */
        char name[32];
    } parameters[16];
};

/*
 * The whole table of an interface, bases first: index is the slot. Answers
 * how many methods there are; 0 if the headers do not declare the interface.
 */
unsigned lca_headers_methods(const struct lca_headers *headers,
                             const char *interface,
                             struct lca_prototype *methods, unsigned room);

struct lca_layout {
    unsigned size;              /* arrays of one not counted */
    unsigned alignment;
    unsigned count;
    struct {
        char name[32];
        unsigned offset, size;
    } members[32];
};

/* False if there is no such structure, or a member's type is not known. */
bool lca_headers_layout(const struct lca_headers *headers, const char *name,
                        struct lca_layout *layout);

#endif
