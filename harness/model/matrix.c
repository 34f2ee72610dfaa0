#include "harness/model/matrix.h"

#include <string.h>

unsigned lca_matrix_size(const struct lca_axis *axes)
{
    unsigned size = 1;

    for (; axes && axes->name; axes++)
        size *= axes->count;
    return size;
}

void lca_matrix_cell(const struct lca_axis *axes, unsigned cell,
                     unsigned *digits)
{
    for (; axes && axes->name; axes++) {
        *digits++ = cell % axes->count;
        cell /= axes->count;
    }
}

void lca_matrix_name(const struct lca_axis *axes, unsigned cell,
                     struct lca_text *text)
{
    const char *comma = "";

    for (const struct lca_axis *a = axes; a && a->name; a++) {
        const char *label = a->values[cell % a->count].label;

        cell /= a->count;
        if (!*label)
            continue;
        lca_text_print(text, "%s%s=%s", comma, a->name, label);
        comma = ",";
    }
}

static bool is(const char *name, const char *word, size_t length)
{
    return strlen(name) == length && memcmp(name, word, length) == 0;
}

/* The words of an axis, for a person who named one that is not there. */
static struct lca_result unknown(const struct lca_axis *axis,
                                 const char *word, size_t length)
{
    struct lca_text known = { 0 };
    struct lca_result r;

    for (unsigned i = 0; i < axis->count; i++)
        lca_text_print(&known, "%s%s", i ? ", " : "", axis->values[i].label);
    r = lca_fail(LCA_USAGE, "axis '%s' has no value '%.*s' (it has %s)",
                 axis->name, (int)length, word,
                 known.bytes ? known.bytes : "none");
    lca_text_free(&known);
    return r;
}

/* The same for an axis. */
static struct lca_result nowhere(const struct lca_axis *axes,
                                 const char *word, size_t length)
{
    struct lca_text known = { 0 };
    struct lca_result r;

    for (const struct lca_axis *a = axes; a && a->name; a++)
        lca_text_print(&known, "%s%s", a == axes ? "" : ", ", a->name);
    r = lca_fail(LCA_USAGE, "no axis for '%.*s' in this case, or it is "
                 "named twice (it has %s)", (int)length, word,
                 known.bytes ? known.bytes : "none");
    lca_text_free(&known);
    return r;
}

/* One "axis=value": its share of the cell's number is added to *cell. */
static struct lca_result place(const struct lca_axis *axes, const char *word,
                               size_t length, unsigned *seen, unsigned *cell)
{
    const char *equals = memchr(word, '=', length);
    size_t name = equals ? (size_t)(equals - word) : length;
    unsigned weight = 1, index = 0;

    for (const struct lca_axis *a = axes; a && a->name; a++, index++) {
        if (equals && is(a->name, word, name) && !(*seen & 1u << index)) {
            *seen |= 1u << index;
            for (unsigned i = 0; i < a->count; i++) {
                if (is(a->values[i].label, equals + 1, length - name - 1)) {
                    *cell += i * weight;
                    return lca_ok();
                }
            }
            return unknown(a, equals + 1, length - name - 1);
        }
        weight *= a->count;
    }
    return nowhere(axes, word, length);
}

struct lca_result lca_matrix_find(const struct lca_axis *axes,
                                  const char *name, size_t length,
                                  unsigned *cell)
{
    struct lca_result r = lca_ok();
    unsigned seen = 0;

    *cell = 0;
    for (size_t at = 0; !r.code && length && at <= length; ) {
        const char *comma = memchr(name + at, ',', length - at);
        size_t word = comma ? (size_t)(comma - name) - at : length - at;

        r = place(axes, name + at, word, &seen, cell);
        at += word + 1;
    }
    return r;
}
