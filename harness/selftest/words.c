#include "harness/selftest/words.h"

#include <ctype.h>
#include <string.h>

const char *lca_words_skip(const char *p)
{
    while (*p == ' ' || *p == '\t')
        p++;
    return p;
}

bool lca_words_has(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

const char *lca_words_take(const char *p, char *word, size_t room)
{
    size_t n = 0;

    for (p = lca_words_skip(p); lca_words_has(*p); p++)
        if (n + 1 < room)
            word[n++] = *p;
    word[n] = '\0';
    return p;
}

const char *lca_words_line(const char *p, const char *key)
{
    while (p) {
        p = lca_words_skip(p);
        if (strncmp(p, key, strlen(key)) == 0)
            return p + strlen(key);
        p = strchr(p, '\n');
        p = p ? p + 1 : NULL;
    }
    return NULL;
}

const char *lca_words_within(const char *p, const char *end, const char *key)
{
    for (; p < end; p++)
        if (strncmp(p, key, strlen(key)) == 0)
            return p;
    return NULL;
}

const char *lca_words_definition(const struct lca_headers *h,
                                 const char *name)
{
    const char *p = h->text;
    char word[64];

    while ((p = lca_words_line(p, "#define "))) {
        p = lca_words_take(p, word, sizeof word);
        if (strcmp(word, name) == 0)
            return p;
    }
    return NULL;
}
