/*
 * transfer: how what sends and receives bytes fails
 *
 * A wrapper asks, and between enter and leave calls goes, which does what
 * comes before the real call, or has failed in its place; then it makes the
 * real call with what size or cut left of it, and lets spoil have what came.
 * A reset, an end of file and EPIPE are real: the connection is broken first,
 * and then the system answers.
 */

#ifndef LCA_TRANSFER_H
#define LCA_TRANSFER_H

#include "harness/model/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

/* Parts that are passed on when a call is cut; those after them are not. */
enum { LCA_CUT_MAX = 16 };

/* LCA_ON_LONG or 0. */
uint32_t lca_transfer_long(size_t size);
/* The parts are looked at only where the answer is of use. */
uint32_t lca_transfer_long_parts(const struct iovec *parts, size_t count);

/* False: the call has failed, errno says how, and its answer is -1. */
bool lca_transfer_goes(enum lca_kind kind, int fd);

bool lca_transfer_is_cut(enum lca_kind kind);
size_t lca_transfer_size(enum lca_kind kind, size_t size);
/* cut: room for LCA_CUT_MAX; how many of them there are is returned. */
size_t lca_transfer_cut(enum lca_kind kind, const struct iovec *parts,
                        size_t count, struct iovec *cut);

/* length: as the call answered; -1 and more than the room are fine. */
void lca_transfer_spoil(enum lca_kind kind, void *bytes, size_t room,
                        ssize_t length);
void lca_transfer_spoil_parts(enum lca_kind kind, const struct iovec *parts,
                              size_t count, ssize_t length);

#endif
