#include "harness/platform/library.h"

#include "harness/platform/elf.h"

#include <dlfcn.h>
#include <string.h>

/* The loader's words, what they mean for a library, and what to do. */
static const struct {
    const char *words, *means, *next;
} meanings[] = {
    { "undefined symbol", "cannot be loaded", "link it with the library that "
      "has the symbol (ldd -r lists all that are missing)" },
    { "with link time reference", "was built with another version of a "
      "library", "build it anew on this system" },
    { ": version `", "was built for newer libraries than this system has",
      "build it on a system as old as this one, or test on a newer one" },
    { "static TLS", "wants its thread-local variables before the program "
      "starts", "build it without -ftls-model=initial-exec, or set "
      "GLIBC_TUNABLES=glibc.rtld.optional_static_tls=65536" },
    { "Permission denied", "may not be read", "look at its permissions" },
    { "Operation not permitted", "may not be run where it is", "copy it to a "
      "file system without noexec" },
    { "executable stack", "wants an executable stack", "link it with -z "
      "noexecstack" },
    { "dynamically load", "is a program", "name the library that it uses" },
    { "file too short", "is cut short", "copy or build it anew" },
    { "", "cannot be loaded", "LD_DEBUG=files,libs ldd tells how far it "
      "comes" },
};

/* A library that it needs is missing if another name stands before this. */
static const char not_found[] = ": cannot open shared object file";

static struct lca_result explain(const char *path, const char *said)
{
    const char *missing = strstr(said, not_found);
    size_t length = strlen(path), i = 0;

    if (strncmp(said, path, length) == 0 &&
        strncmp(said + length, ": ", 2) == 0)
        said += length + 2;
    else if (missing)
        return lca_fail(LCA_MISSING, "'%.200s' needs '%.*s', which is not "
                        "found: install it, or name its folder in "
                        "LD_LIBRARY_PATH ([env] in a manifest)", path,
                        (int)(missing - said), said);
    while (!strstr(said, meanings[i].words))
        i++;
    return lca_fail(LCA_MISSING, "'%.200s' %s (%.160s): %s", path,
                    meanings[i].means, said, meanings[i].next);
}

/*
 * A name without a folder is looked up by the system. A file is looked at
 * first: of one that is cut short, loading would end the process.
 */
struct lca_result lca_library_open(const char *path,
                                   struct lca_library **library)
{
    struct lca_result r = strchr(path, '/') ? lca_elf_check(path) : lca_ok();

    *library = NULL;
    if (r.code)
        return r;
    *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    return *library ? r : explain(path, dlerror());
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
