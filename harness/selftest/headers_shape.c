/* The shapes in the headers: tables of methods, structures. */

#include "harness/selftest/headers.h"
#include "harness/selftest/words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "ULONG cb,LPMDB *lppMDB)" from after THIS to after the parenthesis. */
static const char *parameters(const char *p, struct lca_prototype *m)
{
    const unsigned room = sizeof m->parameters / sizeof *m->parameters;

    while (m->count < room && *p != ')') {
        char *type = m->parameters[m->count].type;
        size_t size = sizeof m->parameters->type, n;

        p = lca_words_skip(lca_words_take(p, type, size));
        for (n = strlen(type); *p == '*' && n + 1 < size; n++) {
            type[n] = '*';
            type[n + 1] = '\0';
            p = lca_words_skip(p + 1);
        }
        p = lca_words_take(p, m->parameters[m->count].name,
                           sizeof m->parameters->name);
        m->count++;
        p = lca_words_skip(p);
        if (*p == ',')
            p++;
    }
    return p;
}

/* Every MAPIMETHOD of one MAPI_..._METHODS macro, which is a single line. */
static unsigned own_methods(const struct lca_headers *h, const char *macro,
                            struct lca_prototype *methods, unsigned room)
{
    const char *p = lca_words_definition(h, macro);
    const char *end = p ? p + strcspn(p, "\n") : NULL;
    unsigned n = 0;

    while (n < room && p && (p = lca_words_within(p, end, "MAPIMETHOD"))) {
        struct lca_prototype *m = &methods[n++];
        const char *comma;

        memset(m, 0, sizeof *m);
        p += strcspn(p, "(") + 1;
        comma = p + strcspn(p, ",)");
        lca_words_take(*comma == ',' ? comma + 1 : p, m->name, sizeof m->name);
        p = lca_words_within(p, end, "(THIS");
        if (p && p[strlen("(THIS")] == '_')
            p = parameters(p + strlen("(THIS_"), m);
    }
    return n;
}

unsigned lca_headers_methods(const struct lca_headers *headers,
                             const char *interface,
                             struct lca_prototype *methods, unsigned room)
{
    char text[64];
    const char *p, *end;
    unsigned n = 0;

    if (strcmp(interface, "IUnknown") == 0)
        return own_methods(headers, "MAPI_IUNKNOWN_METHODS", methods, room);

    snprintf(text, sizeof text, "DECLARE_MAPI_INTERFACE_(%s,", interface);
    p = lca_words_line(headers->text, text);
    if (!p)
        return 0;
    end = p + strcspn(p, "}");
    while ((p = lca_words_within(p, end, "MAPI_I"))) {
        p = lca_words_take(p, text, sizeof text);
        if (strstr(text, "_METHODS"))
            n += own_methods(headers, text, methods + n, room - n);
    }
    return n;
}

/* Structures */

static const struct { const char *name; unsigned size; } scalars[] = {
    { "BYTE", 1 }, { "short", 2 }, { "ULONG", 4 }, { "LONG", 4 },
    { "DWORD", 4 }, { "HRESULT", 4 }, { "SCODE", 4 }, { "float", 4 },
    { "double", 8 }, { "CURRENCY", 8 }, { "LARGE_INTEGER", 8 },
};

static bool type_of(const struct lca_headers *h, const char *name,
                    struct lca_layout *type)
{
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
        if (strcmp(scalars[i].name, name) == 0) {
            type->size = type->alignment = scalars[i].size;
            return true;
        }
    if (strncmp(name, "LP", 2) == 0) {
        type->size = type->alignment = 8;
        return true;
    }
    return lca_headers_layout(h, strcmp(name, "_PV") ? name : "__UPV", type);
}

static void place(struct lca_layout *all, const struct lca_layout *type,
                  unsigned elements, const char *name, bool is_union)
{
    const unsigned room = sizeof all->members / sizeof *all->members;
    unsigned at = is_union ? 0 : all->size;

    at = (at + type->alignment - 1) / type->alignment * type->alignment;
    if (all->count < room) {
        snprintf(all->members[all->count].name,
                 sizeof all->members->name, "%s", name);
        all->members[all->count].offset = at;
        all->members[all->count].size = type->size * elements;
        all->count++;
    }
    if (type->alignment > all->alignment)
        all->alignment = type->alignment;
    if (!is_union || at + type->size * elements > all->size)
        all->size = at + type->size * elements;
}

static const char *past(const char *p)
{
    while (isspace((unsigned char)*p))
        p++;
    return p;
}

static bool body(const struct lca_headers *h, const char **p, bool is_union,
                 struct lca_layout *all);

/* One member, to after its semicolon. */
static bool member(const struct lca_headers *h, const char **p, bool is_union,
                   struct lca_layout *all)
{
    struct lca_layout type = { 0 };
    unsigned elements = 1;
    char word[64], name[32];
    bool known;

    *p = lca_words_take(*p, word, sizeof word);
    while (strcmp(word, "unsigned") == 0 || strcmp(word, "struct") == 0 ||
           (strcmp(word, "union") == 0 && *past(*p) != '{'))
        *p = lca_words_take(*p, word, sizeof word);
    *p = past(*p);
    known = **p == '{' ? (++*p, body(h, p, word[0] == 'u', &type))
                       : type_of(h, word, &type);
    *p = lca_words_take(*p, name, sizeof name);
    if (strcmp(name, "int") == 0)
        *p = lca_words_take(*p, name, sizeof name);
    *p = lca_words_skip(*p);
    if (**p == '*') {
        known = type_of(h, "LPVOID", &type);
        *p = lca_words_take(*p + 1, name, sizeof name);
    }
    if (**p == '[') {
        ++*p;
        elements = (unsigned)strtoul(*p, NULL, 0);      /* MAPI_DIM is 0 */
        *p += strcspn(*p, "]") + 1;
    }
    if (!known || *(*p)++ != ';')
        return false;
    place(all, &type, elements, name, is_union);
    return true;
}

/* From after the opening brace to after the closing one. */
static bool body(const struct lca_headers *h, const char **p, bool is_union,
                 struct lca_layout *all)
{
    memset(all, 0, sizeof *all);
    all->alignment = 1;
    for (*p = past(*p); **p != '}'; *p = past(*p))
        if (!member(h, p, is_union, all))
            return false;
    ++*p;
    all->size = (all->size + all->alignment - 1) / all->alignment
              * all->alignment;
    return true;
}

bool lca_headers_layout(const struct lca_headers *headers, const char *name,
                        struct lca_layout *layout)
{
    const char *p = headers->text;
    char word[64], kind[64];

    while ((p = lca_words_line(p, "typedef "))) {
        const char *start, *end;

        p = lca_words_take(p, kind, sizeof kind);
        if (strcmp(kind, "struct") != 0 && strcmp(kind, "union") != 0)
            continue;
        p = past(lca_words_take(p, word, sizeof word));
        if (*p != '{')
            continue;
        start = end = p + 1;
        for (int depth = 1; depth && *end; end++)
            depth += (*end == '{') - (*end == '}');
        lca_words_take(end, word, sizeof word);
        if (strcmp(word, name) == 0)
            return body(headers, &start, kind[0] == 'u', layout);
        p = end;
    }
    return false;
}
