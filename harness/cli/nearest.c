#include "harness/cli/nearest.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 63, FAR = 3 };

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool lca_same_word(const char *one, const char *other)
{
    while (*one && lower(*one) == lower(*other))
        one++, other++;
    return lower(*one) == lower(*other);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Letters to add, to drop or to change, a row of the table at a time. */
static unsigned distance(const char *one, const char *other)
{
    unsigned row[LONGEST + 1];
    size_t n = strlen(one), m = strlen(other);

    if (n > LONGEST || m > LONGEST)
        return FAR;
    for (unsigned j = 0; j <= m; j++)
        row[j] = j;
    for (unsigned i = 1; i <= n; i++) {
        unsigned corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            unsigned changed = corner +
                               (lower(one[i - 1]) != lower(other[j - 1]));

            corner = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[m];
}

/* Two letters that changed places are one mistake, not two. */
static bool swapped(const char *one, const char *other)
{
    while (*one && lower(*one) == lower(*other))
        one++, other++;
    return *one && *other && lower(one[0]) == lower(other[1]) &&
           lower(one[1]) == lower(other[0]) &&
           lca_same_word(one + 2, other + 2);
}

void lca_nearest_try(struct lca_nearest *nearest, const char *candidate)
{
    unsigned d = swapped(nearest->word, candidate)
               ? 1 : distance(nearest->word, candidate);

    /* Of a short word, most letters have to be right. */
    if (d >= FAR || 2 * (size_t)d >= strlen(candidate) ||
        (nearest->best && d >= nearest->distance))
        return;
    nearest->best = candidate;
    nearest->distance = d;
}

const char *lca_nearest_hint(struct lca_nearest *nearest,
                             const char *otherwise)
{
    if (!nearest->best)
        return otherwise;
    snprintf(nearest->hint, sizeof nearest->hint, "did you mean '%s'?",
             nearest->best);
    return nearest->hint;
}
