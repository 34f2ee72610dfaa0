/*
 * registers: those of a thread that a signal has interrupted
 *
 * Where it is, its stack, and what it was called with; each architecture has
 * its own, and one that is not known here has none.
 */

#ifndef LCA_REGISTERS_H
#define LCA_REGISTERS_H

#include <stdint.h>

enum { LCA_REGISTERS = 10 };

/* Of the i-th, from 0; NULL: there is none. The first says where it is. */
const char *lca_registers_name(unsigned i);

/* context: what a handler is given. Returns how many there are. */
unsigned lca_registers_read(const void *context,
                            uint64_t values[LCA_REGISTERS]);

#endif
