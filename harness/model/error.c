#include "harness/model/error.h"

#include <string.h>

static const struct {
    const char *name;
    const char *says;
    enum lca_error_about about;
} kinds[LCA_ERROR_KIND_COUNT] = {
#define X(name, about, says) { #name, says, LCA_ABOUT_##about },
    LCA_ERROR_KINDS(X)
#undef X
};

static uint32_t known(uint32_t kind)
{
    return kind < LCA_ERROR_KIND_COUNT ? kind : LCA_ERROR_Other;
}

enum lca_error_about lca_error_about(uint32_t kind)
{
    return kinds[known(kind)].about;
}

bool lca_error_is_unsound(const struct lca_error *error)
{
    enum lca_error_about about = lca_error_about(error->kind);

    return error->subjects &&
           (about == LCA_ABOUT_MEMORY || about == LCA_ABOUT_LOCK);
}

const char *lca_error_name(uint32_t kind)
{
    return kinds[known(kind)].name;
}

const char *lca_error_says(uint32_t kind)
{
    return kinds[known(kind)].says;
}

enum lca_error_kind lca_error_find(const char *name)
{
    for (int i = 0; i < LCA_ERROR_KIND_COUNT; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return (enum lca_error_kind)i;
    return LCA_ERROR_Other;
}
