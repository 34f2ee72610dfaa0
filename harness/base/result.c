#include "harness/base/result.h"

#include <stdarg.h>
#include <stdio.h>

struct lca_result lca_ok(void)
{
    return (struct lca_result){ .code = LCA_OK };
}

struct lca_result lca_fail(enum lca_code code, const char *format, ...)
{
    struct lca_result r = { .code = code };
    va_list args;

    va_start(args, format);
    vsnprintf(r.text, sizeof r.text, format, args);
    va_end(args);
    return r;
}
