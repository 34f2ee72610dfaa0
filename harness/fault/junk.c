#include "harness/fault/junk.h"

#include "harness/platform/resources.h"

#include <malloc.h>
#include <string.h>

static bool is_open;

bool lca_junk_open(void)
{
    return is_open = lca_resources_junk();
}

void lca_junk_end(void *block)
{
    size_t size = is_open && block ? malloc_usable_size(block) : 0;
    size_t word = sizeof(void *);

    if (size >= word)
        memset((char *)block + size - word, LCA_RESOURCES_FREED, word);
}
