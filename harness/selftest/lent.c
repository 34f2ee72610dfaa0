#include "harness/selftest/lent.h"

#include "harness/fault/memory.h"

const struct lca_malloc *lca_lent_fresh(void)
{
    lca_memory_reset();
    return lca_memory_imalloc(LCA_ABI_COM);
}

bool lca_lent_is(const void *at, unsigned char byte, size_t size)
{
    const unsigned char *bytes = at;
    size_t same = 0;

    while (same < size && bytes[same] == byte)
        same++;
    return same == size;
}

unsigned lca_lent_harms(void)
{
    struct lca_memory_counts c = lca_memory_count();
    unsigned sum = 0;

    for (int i = 0; i < LCA_HARM_COUNT; i++)
        sum += c.harms[i];
    return sum;
}
