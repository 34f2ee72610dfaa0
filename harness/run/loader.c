#include "harness/run/loader.h"

#include "harness/platform/child.h"
#include "harness/platform/clock.h"

#include <stdio.h>
#include <string.h>

enum { PATIENCE_US = 10000000 };

/* Who usually has the symbols that begin so. */
static const struct { const char *head, *library; } homes[] = {
    { "_ZSt", "-lstdc++" }, { "_ZNSt", "-lstdc++" }, { "_ZNKSt", "-lstdc++" },
    { "_ZTVN10__cxxabi", "-lstdc++" }, { "__cxa_", "-lstdc++" },
    { "__gxx_", "-lstdc++" }, { "_Zn", "-lstdc++" }, { "_Zd", "-lstdc++" },
    { "_Unwind_", "-lgcc_s" }, { "pthread_", "-pthread" },
    { "dlopen", "-ldl" }, { "dlsym", "-ldl" }, { "shm_", "-lrt" },
    { "mq_", "-lrt" }, { "SSL_", "-lssl" }, { "EVP_", "-lcrypto" },
    { "uuid_", "-luuid" }, { "curl_", "-lcurl" }, { "xml", "-lxml2" },
    { "iconv", "-liconv" }, { "deflate", "-lz" }, { "inflate", "-lz" },
    { "g_", "-lglib-2.0" }, { "sqlite3_", "-lsqlite3" },
    { "ldap_", "-lldap" }, { "json_", "-ljansson" },
    { "MAPI", "the library that keeps MAPI's utilities" },
};

static void add(struct lca_text *text, const char *word, size_t length)
{
    lca_text_print(text, "%s%.*s", text->length ? ", " : "", (int)length,
                   word);
}

static void add_symbol(struct lca_loader *l, const char *symbol)
{
    size_t length = strcspn(symbol, " ,\t(");

    if (l->undefined++ < LCA_SYMBOLS_TOLD)
        add(&l->symbols, symbol, length);
    for (size_t i = 0; !*l->guess && i < sizeof homes / sizeof *homes; i++)
        if (strncmp(symbol, homes[i].head, strlen(homes[i].head)) == 0)
            snprintf(l->guess, sizeof l->guess, "%s", homes[i].library);
}

/* "name => not found", "undefined symbol: name (file)". */
static void read_line(struct lca_loader *l, const char *line)
{
    static const char undefined[] = "undefined symbol: ";
    const char *symbol = strstr(line, undefined);
    const char *arrow = strstr(line, " => not found");

    if (symbol)
        add_symbol(l, symbol + strlen(undefined));
    else if (arrow) {
        line += strspn(line, " \t");
        add(&l->missing, line, (size_t)(arrow - line));
    } else
        l->known |= strstr(line, "=>") || strstr(line, "statically");
}

void lca_loader_ask(const char *path, struct lca_loader *l)
{
    struct lca_text command = { 0 };
    struct lca_child child = { 0 };
    uint64_t until = lca_clock_us() + PATIENCE_US;
    char *line;

    *l = (struct lca_loader){ 0 };
    lca_text_print(&command, "LC_ALL=C exec ldd -r ");
    lca_text_quote(&command, path);
    lca_text_print(&command, " 2>&1");
    if (!command.failed && !lca_child_command(command.bytes, &child).code)
        while (!lca_channel_line(&child.channel, until, &line).code)
            read_line(l, line);
    l->known |= l->undefined || l->missing.length;
    lca_child_stop(&child);
    lca_text_free(&command);
}

void lca_loader_free(struct lca_loader *l)
{
    lca_text_free(&l->missing);
    lca_text_free(&l->symbols);
}
