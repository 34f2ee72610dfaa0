#include "harness/run/symbols.h"

#include <elfutils/libdwfl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct lca_symbols {
    Dwfl *dwfl;
    Dwfl_Module *module;
    Dwarf_Addr bias;            /* what libdwfl adds to an offset */
};

static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_build_id_find_elf,
    .find_debuginfo = dwfl_standard_find_debuginfo,
    .section_address = dwfl_offline_section_address,
};

struct lca_symbols *lca_symbols_open(const char *path)
{
    struct lca_symbols *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->dwfl = dwfl_begin(&callbacks);
    if (s->dwfl)
        s->module = dwfl_report_offline(s->dwfl, path, path, -1);
    if (!s->module || dwfl_report_end(s->dwfl, NULL, NULL) != 0) {
        lca_symbols_close(s);
        return NULL;
    }
    dwfl_module_getelf(s->module, &s->bias);
    return s;
}

void lca_symbols_describe(struct lca_symbols *s, uint64_t offset,
                          struct lca_text *text)
{
    GElf_Off from = 0;
    GElf_Sym symbol;
    Dwarf_Addr address = offset + s->bias;
    const char *name = dwfl_module_addrinfo(s->module, address, &from,
                                            &symbol, NULL, NULL, NULL);
    Dwfl_Line *line = dwfl_module_getsrc(s->module, address);
    const char *file = NULL, *slash;
    int number = 0;

    if (name)
        lca_text_print(text, " %s+0x%" PRIx64, name, (uint64_t)from);
    if (line)
        file = dwfl_lineinfo(line, NULL, &number, NULL, NULL, NULL);
    if (!file)
        return;
    slash = strrchr(file, '/');
    lca_text_print(text, " (%s:%d)", slash ? slash + 1 : file, number);
}

void lca_symbols_close(struct lca_symbols *s)
{
    if (!s)
        return;
    if (s->dwfl)
        dwfl_end(s->dwfl);
    free(s);
}
