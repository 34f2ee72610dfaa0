/*
 * core: the core of a trial that crashed, where the controller finds it
 *
 * info->core is a folder of the run, or empty: then nothing is done here.
 * The host has a folder of its own in it, into which its trials die; what is
 * found there becomes a file of the run's folder with a number for a name.
 */

#ifndef LCA_CORE_H
#define LCA_CORE_H

#include "harness/model/record.h"
#include "harness/model/wire.h"

/* Before the zygote is started. */
void lca_core_prepare(const struct lca_subject_info *info);
/* In a trial that may crash; and in one that does, in its handler. */
void lca_core_allow(void);
void lca_core_go(void);
/* After a trial: the number, or 0. */
uint64_t lca_core_take(const struct lca_record *record);

#endif
