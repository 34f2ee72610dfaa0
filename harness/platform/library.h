/* library: a shared library opened at run time. */

#ifndef LCA_LIBRARY_H
#define LCA_LIBRARY_H

#include "harness/base/function.h"
#include "harness/base/result.h"

struct lca_library;             /* never completed: it is the system's handle */

/* Errors: LCA_MISSING, with the system's own words. */
struct lca_result lca_library_open(const char *path,
                                   struct lca_library **library);
struct lca_result lca_library_find(struct lca_library *library,
                                   const char *name, lca_function **function);
void lca_library_close(struct lca_library *library);    /* NULL is fine */

#endif
