/*
 * wrappers: who stands behind each of them is found before anything runs
 *
 * The host exports the names that the wrappers_*.c define, so the subject's
 * calls come here first; the next definition in line is libfiu's where it
 * has one, and after it the C library's.
 */

#include "harness/fault/next.h"

extern const struct lca_next first[] __asm__("__start_lca_next");
extern const struct lca_next past[] __asm__("__stop_lca_next");

__attribute__((constructor)) static void find_all(void)
{
    for (const struct lca_next *row = first; row < past; row++)
        if (!*row->function)
            *row->function = dlsym(RTLD_NEXT, row->symbol);
}
