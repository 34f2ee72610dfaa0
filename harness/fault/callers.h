/*
 * callers: whose call is it?
 *
 * The stack is walked from the wrapper to the first frame that is not the C
 * or C++ library, libfiu or the wrappers. It is the subject's if it is in the
 * subject's library, in another one of its folder (unless that is where the
 * C library is: a system's folder holds everybody's), or in one that is asked
 * for by name. The loader's and the harness's own calls are nobody's.
 *
 * prepare is called in the trial, when the subject has been opened; what it
 * opens later is found as it appears. Allocates nothing.
 */

#ifndef LCA_CALLERS_H
#define LCA_CALLERS_H

#include "harness/model/record.h"

#include <stdbool.h>
#include <stdint.h>

struct lca_callers {
    unsigned count;
    uintptr_t frames[LCA_SITE_FRAMES];      /* return addresses, inner first */
};

/* modules: globs of file names, with blanks between. Both stay the caller's. */
void lca_callers_prepare(const char *subject, const char *modules);

/* False: not the subject's call. */
bool lca_callers_find(struct lca_callers *callers);
/* The same, where a wrapper knows who called it: the stack is walked only if
   that one is a library between. One frame. */
bool lca_callers_one(const void *caller, struct lca_callers *callers);

/* Is it in the subject's code? Nothing of the stack is looked at. */
bool lca_callers_owns(uintptr_t caller);

/* Names frames by module and offset. */
void lca_callers_name(const struct lca_callers *callers, unsigned at,
                      struct lca_frame *frame);

/*
 * Every module there is, as one line of text: whose it is (n nobody's,
 * h the harness's, l the loader's, b between, s the subject's), its first
 * address and the one after its last, where offsets count from, its name.
 */
void lca_callers_tell(void (*line)(const char *text));

#endif
