#include "harness/mapi/code.h"

#include "harness/mapi/mapi.h"

#include <stdio.h>

static const struct {
    HRESULT code;
    const char *name;
} names[] = {
#define X(name, value) { name, #name },
    LCA_CODES(X)
#undef X
};

const char *lca_code_name(HRESULT code)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].code == code)
            return names[i].name;
    return NULL;
}

void lca_code_print(HRESULT code, char *text, size_t size)
{
    const char *name = lca_code_name(code);

    snprintf(text, size, "0x%08lX%s%s", (unsigned long)(uint32_t)code,
             name ? " " : "", name ? name : "");
}

bool lca_code_failed(HRESULT code)
{
    return code < 0;
}
