/* wrapped_bytes: the calls of wrapped.def that move bytes, or wait for some. */

#ifndef LCA_WRAPPED_BYTES_H
#define LCA_WRAPPED_BYTES_H

#include "harness/selftest/wrapped.h"

#include <sys/types.h>

/* Read once: what a compiler does not know, it asks the library to check. */
extern volatile int lca_wrapped_length;
#define BYTES   LCA_WRAPPED_BYTES, (size_t)lca_wrapped_length

ssize_t send_message(struct lca_wrapped *w);
ssize_t write_parts(struct lca_wrapped *w);
ssize_t receive(struct lca_wrapped *w);
ssize_t receive_from(struct lca_wrapped *w);
ssize_t receive_message(struct lca_wrapped *w);
ssize_t read_bytes(struct lca_wrapped *w);
ssize_t read_parts(struct lca_wrapped *w);
ssize_t read_at(struct lca_wrapped *w);

int poll_bytes(struct lca_wrapped *w);
int poll_bytes_exactly(struct lca_wrapped *w);
int select_bytes(struct lca_wrapped *w);
int select_bytes_exactly(struct lca_wrapped *w);

#endif
