/*
 * wrappers_trial: one call of the wrapped subject, in a process of its own
 *
 * The subject is one build of harness/selftest/wrapped.h; a trial makes one
 * of its calls while nothing is armed, while calls are only written down, or
 * while the first that a kind can strike is made to fail, and looks at what
 * is left behind. What is wrong there becomes a failed assertion.
 */

#ifndef LCA_WRAPPERS_TRIAL_H
#define LCA_WRAPPERS_TRIAL_H

#include "harness/model/fault.h"
#include "harness/selftest/wrapped.h"

/* A build of the subject, by its file's name; once a process each. */
struct lca_wrapped_build {
    const char *path;
    const struct lca_wrapped_row *rows;
    lca_wrapped_cleaner *clean;
};
bool lca_wrapped_open(const char *path, struct lca_wrapped_build *build);
/* NULL: it has no such row. */
const struct lca_wrapped_row *
lca_wrapped_find(const struct lca_wrapped_build *build, enum lca_faulty call);

/* LCA_ON_ bits of the nth way to make the call, or 0. */
uint32_t lca_wrapped_way(const struct lca_wrapped_row *row, unsigned nth);
/* What the wrapper should find the call to be about. */
uint32_t lca_wrapped_about(enum lca_faulty call, uint32_t way);

enum lca_wrapped_mode { LCA_UNARMED, LCA_TRACED, LCA_STRUCK };

/* kind: for LCA_STRUCK. */
void lca_wrapped_try(const struct lca_wrapped_build *build,
                     enum lca_faulty call, uint32_t way,
                     enum lca_wrapped_mode mode, enum lca_kind kind);

/* For what is left behind: none of them waits. */
long lca_wrapped_waiting(int fd);       /* bytes; taken */
bool lca_wrapped_ended(int fd);         /* an end, once all is taken */
bool lca_wrapped_refuses(int fd);       /* EPIPE */

#endif
