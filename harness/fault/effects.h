/*
 * effects: what a failure of the system leaves behind
 *
 * A connection that was reset stays reset, for reads, writes and poll alike,
 * and its peer sees the end: so it is really broken, by shutdown, or by a
 * broken pipe in the place of a pipe. What stalls is a descriptor that
 * nothing will come through any more, in the same place, with the same flags
 * and timeouts. Called by wrappers, after lca_strike and inside enter and
 * leave; errno is not kept.
 */

#ifndef LCA_EFFECTS_H
#define LCA_EFFECTS_H

#include <stdbool.h>
#include <stddef.h>

/* The peer is gone: what waits to be read is lost with it. */
void lca_effect_break(int fd);
/* Nothing comes any more, and what is sent is swallowed. */
void lca_effect_stall(int fd);
/* Every stall is over: what waited behind it comes through. */
void lca_effect_resume(void);
/* What a socket has waiting to be read. */
void lca_effect_lose(int fd);
/* For close, before it closes: what a stall held open for it goes too. */
void lca_effect_closed(int fd);
/* A quarter of a second. */
void lca_effect_delay(void);
/* The byte of `length` that a corruptN kind changes. */
size_t lca_effect_place(int eighth, size_t length);

#endif
