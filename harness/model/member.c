#include "harness/model/member.h"

#include "harness/model/wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static uint64_t load(const struct lca_member *f, const void *from)
{
    const char *at = (const char *)from + f->offset;
    uint64_t eight;
    uint32_t four;

    if (f->size == sizeof eight) {
        memcpy(&eight, at, sizeof eight);
        return eight;
    }
    if (f->size == sizeof four) {
        memcpy(&four, at, sizeof four);
        return four;
    }
    return *(const unsigned char *)at;
}

static void store(const struct lca_member *f, void *to, uint64_t value)
{
    char *at = (char *)to + f->offset;
    uint32_t four = (uint32_t)value;

    if (f->size == sizeof value)
        memcpy(at, &value, sizeof value);
    else if (f->size == sizeof four)
        memcpy(at, &four, sizeof four);
    else
        *(unsigned char *)at = (unsigned char)value;
}

/* By hand: a run has as many as all its other words together. */
static void add_number(struct lca_text *text, uint64_t number)
{
    char digits[20], *at = digits + sizeof digits;

    do
        *--at = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    lca_text_add(text, at, (size_t)(digits + sizeof digits - at));
}

static void add_key(struct lca_text *text, const char *key)
{
    lca_text_add(text, " ", 1);
    lca_text_add(text, key, strlen(key));
    lca_text_add(text, "=", 1);
}

void lca_member_put(const char *word, const struct lca_member *fields,
                const void *from, struct lca_text *text)
{
    lca_text_add(text, word, strlen(word));
    for (const struct lca_member *f = fields; f->name; f++) {
        const char *bytes = (const char *)from + f->offset;

        if (f->kind == LCA_BYTES && *bytes) {
            add_key(text, f->name);
            lca_text_escape(text, bytes, strlen(bytes));
        } else if (f->kind == LCA_NUMBER && load(f, from)) {
            add_key(text, f->name);
            add_number(text, load(f, from));
        }
    }
    lca_text_add(text, "\n", 1);
}

bool lca_member_number(const char *text, uint64_t limit, uint64_t *value)
{
    char *end;

    errno = 0;
    *value = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && !errno &&
           *value <= limit;
}

static bool get_one(char *word, const struct lca_member *fields, void *to)
{
    char *equals = strchr(word, '=');
    uint64_t value;
    size_t length;

    if (!equals)
        return false;
    *equals = '\0';
    for (const struct lca_member *f = fields; f->name; f++) {
        if (strcmp(f->name, word) != 0)
            continue;
        if (f->kind == LCA_NUMBER) {
            if (!lca_member_number(equals + 1, f->limit, &value) ||
                (f->size < sizeof value && value >> f->size * 8))
                return false;
            store(f, to, value);
            return true;
        }
        length = lca_text_unescape(equals + 1);
        if (length >= f->size || strlen(equals + 1) != length)
            return false;
        memcpy((char *)to + f->offset, equals + 1, length + 1);
        return true;
    }
    return false;
}

bool lca_member_get(char *words, const struct lca_member *fields, void *to)
{
    char *rest = words;

    while (*rest) {
        char *word = lca_wire_word(rest, &rest);

        if (!get_one(word, fields, to))
            return false;
    }
    return true;
}
