/*
 * valgrind: what a trial asks of the Valgrind that it runs under
 *
 * Client requests: outside of Valgrind they do nothing and cost next to
 * nothing. Valgrind writes an XML file for each process, errors in the order
 * in which they were made; marks between them say which step they belong to,
 * and which modules stood where.
 *
 *     lastcall step N             the errors above were made in step N
 *     lastcall module LINE        as lca_callers_tell has it
 *     lastcall count N            the losses above are since the last count
 */

#ifndef LCA_VALGRIND_H
#define LCA_VALGRIND_H

#include <stdbool.h>
#include <stdint.h>

bool lca_valgrind_is_on(void);

/* Gives `line` each module there is. */
typedef void lca_valgrind_modules(void (*line)(const char *text));

/* In the zygote, before the first fork: what is lost by then is nobody's. */
void lca_valgrind_prepare(void);
/* In a trial, before its first step. */
void lca_valgrind_begin(lca_valgrind_modules *modules);
/* After step `number`. */
void lca_valgrind_step(unsigned number, lca_valgrind_modules *modules);
/* In step `step`: bytes in use, lost ones too. What has been lost since the
   last count is told. */
uint64_t lca_valgrind_heap(unsigned count, unsigned step,
                           lca_valgrind_modules *modules);

#endif
