/*
 * locks: which a thread still holds when a call of the client returns
 *
 * Every thread has a list of its own, a fixed one: nothing is allocated and
 * nobody waits. It is kept between begin and end, which stand around a call
 * into the subject; end writes down what the subject's modules took in
 * between and this thread still holds. Of more locks at once than the list
 * has room for, nothing is claimed.
 *
 * What the list says is never believed alone: a lock that another thread gave
 * back, whose memory is gone, or that was given back past the wrappers is not
 * held, and the lock itself says so (read as the C library has it). Only a
 * mutex knows its owner: the others are left out when another thread gave
 * one back that may be the same.
 *
 * Seen are calls of the C library's names alone: not a library that is linked
 * into the subject, nor locks made of atomics. A condition's wait gives its
 * mutex back and takes it again, so nothing changes.
 */

#ifndef LCA_LOCKS_H
#define LCA_LOCKS_H

#include "harness/model/record.h"

#include <stddef.h>

/*
 * start: once, in the process that trials are forked from, as
 * lca_callers_prepare has it. watch: in a trial; not in what that one forks.
 * stacks: of each lock it is known who called, and who called that one, which
 * takes a microsecond; without them the innermost alone.
 */
void lca_locks_start(const char *subject, const char *modules);
void lca_locks_watch(bool stacks);

void lca_locks_begin(void);
/* step: the one that called. Several threads may end at once. */
void lca_locks_end(struct lca_record *record, unsigned step);

/* For wrappers: errno stays as it was. taker: __builtin_return_address(0). */
void lca_locks_take(const void *lock, enum lca_lock kind, const void *taker);
/* kind: of two that are given back alike, either. */
void lca_locks_give(const void *lock, enum lca_lock kind);
/* The lock, or the block of memory that it may be in, is no more. */
void lca_locks_forget(const void *lock);
void lca_locks_forget_block(void *block);

#endif
