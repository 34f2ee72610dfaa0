/*
 * under: a host that goes on under Valgrind, or with a sanitizer's runtime
 *
 * Whoever is told to watch with a tool starts anew under it, in the same
 * process and folder, with the same channel: so any command that starts a
 * host will do, ssh too. Each process under Valgrind has a file of XML in
 * the host's folder; what a trial's has is read and removed when it has
 * ended. A killed one's is cut short, and numbers of processes recur.
 *
 * Errors: LCA_SYSTEM  with what to do, where Valgrind cannot be had
 */

#ifndef LCA_UNDER_H
#define LCA_UNDER_H

#include "harness/base/text.h"
#include "harness/model/wire.h"
#include "harness/platform/scratch.h"

/* Before a subject is opened: a sanitizer's report ends the trial. */
void lca_under_sanitizers(void);

/* words: what the controller said of the subject; returns only in error. */
struct lca_result lca_under_go(const struct lca_scratch *scratch,
                               const struct lca_subject_info *info,
                               const char *words);
/* In the one that was started: is it, and what had been said? Freed by the
   caller. NULL: it was started by a controller. */
char *lca_under_words(int argc, char **argv, struct lca_scratch *scratch);

/*
 * Removes the files of all processes but this one and `spared`. out: first
 * adds lines for those that tell of errors; NULL: nobody wants to know.
 */
void lca_under_take(const struct lca_scratch *scratch, int32_t spared,
                    struct lca_text *out);

#endif
