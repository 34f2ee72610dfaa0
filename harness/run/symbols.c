#include "harness/run/symbols.h"

#include "harness/platform/clock.h"

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_US = 30000000 };        /* a library may be a gigabyte */

/* In the helper: a file that is read. */
struct reading {
    Dwfl *dwfl;
    Dwfl_Module *module;        /* NULL: no such file, or no library */
    Dwarf_Addr bias;            /* what libdwfl adds to an offset */
};

static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_build_id_find_elf,
    .find_debuginfo = dwfl_standard_find_debuginfo,
    .section_address = dwfl_offline_section_address,
};

/* Not exit: what is buffered is the parent's to write. */
static _Noreturn void give_up(void)
{
    _Exit(1);
}

/* No name because there is none, or for want of memory? */
static void check(void)
{
    int code = dwfl_errno();

    if (code && strstr(dwfl_errmsg(code), "memory"))
        give_up();
}

static void open_file(struct reading *r, const char *path)
{
    Dwarf_Addr bias;
    Dwarf *dwarf = NULL;

    r->dwfl = dwfl_begin(&callbacks);
    if (!r->dwfl)
        give_up();
    r->module = dwfl_report_offline(r->dwfl, path, path, -1);
    if (dwfl_report_end(r->dwfl, NULL, NULL) != 0)
        r->module = NULL;
    if (r->module) {
        dwfl_module_getelf(r->module, &r->bias);
        dwarf = dwfl_module_getdwarf(r->module, &bias);
    }
    if (dwarf)
        dwarf_new_oom_handler(dwarf, (Dwarf_OOM)give_up);
    check();
}

static void look_up(const struct reading *r, uint64_t offset,
                    struct lca_text *text)
{
    GElf_Off from = 0;
    GElf_Sym symbol;
    Dwarf_Addr address = offset + r->bias;
    const char *name = dwfl_module_addrinfo(r->module, address, &from,
                                            &symbol, NULL, NULL, NULL);
    Dwfl_Line *line;
    const char *file = NULL, *slash;
    int number = 0;

    check();
    line = dwfl_module_getsrc(r->module, address);
    if (line)
        file = dwfl_lineinfo(line, NULL, &number, NULL, NULL, NULL);
    check();
    if (name)
        lca_text_print(text, " %s+0x%" PRIx64, name, (uint64_t)from);
    if (!file)
        return;
    slash = strrchr(file, '/');
    lca_text_print(text, " (%s:%d)", slash ? slash + 1 : file, number);
}

/* The helper: an offset a line, and its answer a line. */
static int answer(void *path, struct lca_channel *channel)
{
    struct reading r = { 0 };
    struct lca_text text = { 0 };
    char *line;
    struct lca_result result = lca_ok();

    open_file(&r, path);
    while (!result.code &&
           !lca_channel_line(channel, LCA_FOREVER, &line).code) {
        lca_text_clear(&text);
        if (r.module)
            look_up(&r, strtoull(line, NULL, 16), &text);
        lca_text_add(&text, "\n", 1);
        if (text.failed)
            give_up();
        result = lca_channel_write(channel, text.bytes, text.length);
    }
    return 0;
}

void lca_symbols_open(struct lca_symbols *s, const char *path)
{
    lca_child_start(answer, (void *)path, &s->helper);
}

static bool ask(struct lca_symbols *s, uint64_t offset, char **words)
{
    struct lca_channel *c = &s->helper.channel;
    char question[32];
    int n = snprintf(question, sizeof question, "%" PRIx64 "\n", offset);

    return s->helper.pid &&
           !lca_channel_write(c, question, (size_t)n).code &&
           !lca_channel_line(c, lca_clock_us() + PATIENCE_US, words).code;
}

void lca_symbols_describe(struct lca_symbols *s, uint64_t offset,
                          struct lca_text *text)
{
    char *words;

    if (ask(s, offset, &words)) {
        lca_text_print(text, "%s", words);
        return;
    }
    lca_symbols_close(s);
    lca_text_print(text, " (its symbols cannot be read)");
}

void lca_symbols_close(struct lca_symbols *s)
{
    lca_child_stop(&s->helper);
}
