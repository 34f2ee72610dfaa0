/*
 * abi: where an object keeps its methods, and how wide its outputs are
 *
 * com      the object's first word points to a table in the order of the COM
 *          slots; a derived interface's table begins with its base's.
 * itanium  a C++ class by the Itanium C++ ABI whose bases are virtual. The
 *          table has two destructors first and then IUnknown in an order of
 *          its own, so every other method sits two slots later than in COM.
 *          Slots of a base may be null in the table of an interface: the part
 *          of the object that has them is found by adding a word that stands
 *          before the table to the pointer.
 *
 * Nothing is allocated and nothing of the subject's is called here, but
 * looking up a method reads the object and its table: the caller vouches that
 * both are there. Any thread may ask.
 */

#ifndef LCA_ABI_H
#define LCA_ABI_H

#include "harness/base/function.h"
#include "harness/mapi/interface.h"

#include <stdbool.h>

enum lca_abi { LCA_ABI_COM, LCA_ABI_ITANIUM, LCA_ABI_COUNT };

const char *lca_abi_name(enum lca_abi abi);             /* com, itanium */

/* False, and *abi as it was, if there is no such name. */
bool lca_abi_parse(const char *name, enum lca_abi *abi);

/*
 * The function behind a method of the object that *self points to as interface
 * `as`, which is the method's own or is derived from it. On return *self is
 * the pointer to pass as its first argument, which need not be the one given.
 * NULL, and *self as it was, if `as` does not have the method; NULL also if
 * the subject's table holds none.
 */
lca_function *lca_abi_method(enum lca_abi abi, enum lca_interface as,
                             enum lca_method method, void **self);

/*
 * Bytes that a callee writes through an output pointer; no more than these may
 * be judged, and wider variables must be zero beforehand. 0 for inputs, and
 * for INOUT, whose extent only the method knows.
 */
unsigned lca_abi_output_size(enum lca_abi abi, enum lca_parameter parameter);

/*
 * An advise sink as plain data. The words of table are filled so that *vptr is
 * what the first word of the sink must be; the caller keeps table as long as
 * the sink lives. Methods are given as QueryInterface, AddRef, Release,
 * OnNotify and are called with the sink as their first argument. A subject
 * must not delete what it was lent: the destructors do nothing.
 */
#define LCA_SINK_METHODS 4
#define LCA_SINK_WORDS 13

void lca_abi_sink(enum lca_abi abi,
                  lca_function *const methods[LCA_SINK_METHODS],
                  lca_function *table[LCA_SINK_WORDS], void **vptr);

#endif
