#include "harness/selftest/headers.h"
#include "harness/selftest/words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* mapi.h is not among them: Simple MAPI gives the same names other values. */
static const char *const files[] = {
    "mapidefs.h", "mapicode.h", "mapix.h", "mapispi.h", "mapitags.h",
    "mapiguid.h", "winerror.h",
};

static struct lca_result append(struct lca_headers *h, const char *folder,
                                const char *file)
{
    struct lca_result r = lca_ok();
    char path[256];
    char *grown;
    size_t got;
    FILE *in;

    snprintf(path, sizeof path, "%s/%s", folder, file);
    in = fopen(path, "r");
    if (!in)
        return lca_fail(LCA_MISSING, "%s is not there: install the package "
                        "mingw-w64-common", path);
    do {
        grown = realloc(h->text, h->length + 65536 + 1);
        if (!grown) {
            r = lca_fail(LCA_SYSTEM, "no memory for the headers");
            break;
        }
        h->text = grown;
        got = fread(h->text + h->length, 1, 65536, in);
        h->length += got;
        h->text[h->length] = '\0';
    } while (got);
    fclose(in);
    return r;
}

struct lca_result lca_headers_read(const char *folder,
                                   struct lca_headers **headers)
{
    struct lca_headers *h = calloc(1, sizeof *h);
    struct lca_result r = lca_ok();

    *headers = NULL;
    if (!h)
        return lca_fail(LCA_SYSTEM, "no memory for the headers");
    for (size_t i = 0; !r.code && i < sizeof files / sizeof *files; i++)
        r = append(h, folder, files[i]);
    if (r.code)
        lca_headers_free(h);
    else
        *headers = h;
    return r;
}

void lca_headers_free(struct lca_headers *headers)
{
    if (!headers)
        return;
    free(headers->text);
    free(headers);
}

bool lca_headers_define(const struct lca_headers *headers, const char *prefix,
                        unsigned n, char name[64])
{
    const char *p = headers->text;

    while ((p = lca_words_line(p, "#define "))) {
        p = lca_words_take(p, name, 64);
        if (strncmp(name, prefix, strlen(prefix)) == 0 && n-- == 0)
            return true;
    }
    return false;
}

/* Values: numbers, names, casts, and the five macros that make numbers. */

static const struct {
    const char *name;
    uint32_t bits;              /* added to what is in the parentheses */
} makers[] = {
    { "MAKE_MAPI_E",        0x80040000 },
    { "MAKE_MAPI_S",        0x00040000 },
    { "_HRESULT_TYPEDEF_",  0 },
    { "__MSABI_LONG",       0 },
};

static const char *const casts[] = {
    "(ULONG)", "(HRESULT)", "(SCODE)", "(BOOKMARK)",
};

static bool evaluate(const struct lca_headers *h, const char **p,
                     uint32_t *value);

/* The list in parentheses after a macro's name. */
static bool arguments(const struct lca_headers *h, const char **p,
                      uint32_t *values, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        *p = lca_words_skip(*p);
        if (*(*p)++ != (i ? ',' : '(') || !evaluate(h, p, &values[i]))
            return false;
    }
    *p = lca_words_skip(*p);
    return *(*p)++ == ')';
}

static bool named(const struct lca_headers *h, const char **p,
                  uint32_t *value)
{
    uint32_t pair[2];
    char word[64];

    *p = lca_words_take(*p, word, sizeof word);
    if (strcmp(word, "PROP_TAG") == 0) {
        bool ok = arguments(h, p, pair, 2);
        *value = ok ? pair[1] << 16 | pair[0] : 0;
        return ok;
    }
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (strcmp(word, makers[i].name) == 0) {
            bool ok = arguments(h, p, value, 1);
            *value = ok ? *value | makers[i].bits : 0;
            return ok;
        }
    return lca_headers_value(h, word, value);
}

static bool evaluate(const struct lca_headers *h, const char **p,
                     uint32_t *value)
{
    char *end;

    *p = lca_words_skip(*p);
    for (size_t i = 0; i < sizeof casts / sizeof *casts; i++)
        if (strncmp(*p, casts[i], strlen(casts[i])) == 0) {
            *p += strlen(casts[i]);
            return evaluate(h, p, value);
        }
    if (**p == '(')
        return arguments(h, p, value, 1);
    if (!isdigit((unsigned char)**p))
        return named(h, p, value);
    *value = (uint32_t)strtoul(*p, &end, 0);
    *p = end;
    return true;
}

bool lca_headers_value(const struct lca_headers *headers, const char *name,
                       uint32_t *value)
{
    const char *p = *name ? lca_words_definition(headers, name) : NULL;

    return p && evaluate(headers, &p, value) &&
           strchr("\r\n", *lca_words_skip(p));
}

bool lca_headers_iid(const struct lca_headers *headers, const char *name,
                     uint32_t *first)
{
    char line[96];
    const char *p;
    char *end;

    snprintf(line, sizeof line, "DEFINE_OLEGUID(%s,", name);
    p = lca_words_line(headers->text, line);
    if (!p)
        return false;
    *first = (uint32_t)strtoul(p, &end, 0);
    return strncmp(end, ",0,0);", 6) == 0;
}
