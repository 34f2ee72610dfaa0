#include "harness/platform/library.h"

#include <dlfcn.h>
#include <string.h>

struct lca_result lca_library_open(const char *path,
                                   struct lca_library **library)
{
    *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    return *library ? lca_ok() : lca_fail(LCA_MISSING, "%s", dlerror());
}

struct lca_result lca_library_find(struct lca_library *library,
                                   const char *name, lca_function **function)
{
    void *address = dlsym((void *)library, name);

    if (!address)
        return lca_fail(LCA_MISSING, "%s", dlerror());
    memcpy(function, &address, sizeof address); /* ISO C lacks this cast */
    return lca_ok();
}

void lca_library_close(struct lca_library *library)
{
    if (library)
        dlclose((void *)library);
}
