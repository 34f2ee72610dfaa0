/*
 * rehearsal: what trials need of the harness, run once before the first
 *
 * Valgrind translates code when it first runs, and a trial inherits what its
 * zygote has translated. So the zygote plays a session of a stand-in, which
 * is the harness's own: no code of the subject runs, and nothing is judged.
 * It spares each trial a quarter of its time there; natively it would be of
 * no use.
 */

#ifndef LCA_REHEARSAL_H
#define LCA_REHEARSAL_H

#include "harness/model/wire.h"

/* In the zygote, on its only thread. What goes wrong costs time alone. */
void lca_rehearse(const struct lca_subject_info *info);

#endif
