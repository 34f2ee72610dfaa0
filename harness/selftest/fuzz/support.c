#include "harness/selftest/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lca_fuzz_claim(bool holds, const char *sentence)
{
    if (holds)
        return;
    fprintf(stderr, "not so: %s\n", sentence);
    abort();
}

char *lca_fuzz_text(const uint8_t *bytes, size_t size)
{
    const uint8_t *zero = size ? memchr(bytes, 0, size) : NULL;
    size_t length = zero ? (size_t)(zero - bytes) : size;
    char *text = malloc(length + 1);

    lca_fuzz_claim(text, "there is memory for the input");
    if (length)
        memcpy(text, bytes, length);
    text[length] = '\0';
    return text;
}

char *lca_fuzz_line(char **rest)
{
    char *line = *rest;
    size_t length;

    if (!line || !*line)
        return NULL;
    length = strcspn(line, "\n");
    *rest = line[length] ? line + length + 1 : NULL;
    line[length] = '\0';
    return line;
}

void lca_fuzz_same(const struct lca_text *one, const struct lca_text *other)
{
    lca_fuzz_claim(!one->failed && !other->failed, "there is memory to print");
    lca_fuzz_claim(one->length == other->length &&
                   (!one->length ||
                    memcmp(one->bytes, other->bytes, one->length) == 0),
                   "printed, read and printed again it is the same");
}
