/*
 * copies: does a trial that forked come back twice?
 *
 * A subject may fork, and its child may return to the caller by mistake: then
 * two processes play the same trial on. A copy says that it is one; the
 * original waits until every copy has exec'ed, ended or said so, which is an
 * end of file on a pipe that only copies hold.
 */

#ifndef LCA_COPIES_H
#define LCA_COPIES_H

#include <stdbool.h>
#include <stdint.h>

/* From now on forks of this process are noticed; once a process. */
void lca_copies_watch(void);

/* Am I a copy of the process that watches? False where none does. */
bool lca_copies_is_one(void);

/*
 * In the original: waits for copies, if there are any, but not for ever:
 * a helper that was forked and stays is fine. Returns the microseconds.
 */
uint32_t lca_copies_await(void);

#endif
