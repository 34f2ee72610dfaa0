/*
 * practice: calls that most subjects make, made once
 *
 * For harness/host/rehearsal.h: what stands before the C library's names,
 * and what stands behind them, is translated before the first trial. It
 * talks to itself over a socket that nobody else can find, starts a thread
 * and waits for it, and leaves nothing.
 *
 * Errors: none; what does not succeed saves no time.
 */

#ifndef LCA_PRACTICE_H
#define LCA_PRACTICE_H

void lca_practise(void);

#endif
