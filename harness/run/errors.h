/*
 * errors: Valgrind's XML of a trial becomes part of its record
 *
 * One document a process of the trial, one after the other, each perhaps cut
 * short. Marks that the trial left in it (harness/watch/valgrind.h) tell the
 * step of an error and the modules of its stack. Losses count only between
 * two counts of a trial: what was there before is nobody's.
 */

#ifndef LCA_ERRORS_H
#define LCA_ERRORS_H

#include "harness/model/record.h"

#include <stddef.h>

/* Errors of the subject's go first into what room there is. */
void lca_errors_read(const char *xml, size_t length,
                     struct lca_record *record);

#endif
