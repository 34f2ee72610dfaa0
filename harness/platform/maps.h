/*
 * maps: what stands at an address of this process
 *
 * Safe in a signal handler as far as reading goes: nothing is allocated.
 */

#ifndef LCA_MAPS_H
#define LCA_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool lca_maps_readable(const void *address, size_t length);
bool lca_maps_executable(const void *address);

/*
 * The code that stands in the table of a C++ object whose class has been
 * destroyed: calling it ends the process.
 */
bool lca_maps_is_pure_virtual(const void *address);

/* An address that was memory once, and is none any more; 0: refused. */
uintptr_t lca_maps_gone(void);

/* The module that holds an address, and the place in it; false: none does. */
bool lca_maps_module(uintptr_t address, char *name, size_t size,
                     uint64_t *offset);

#endif
