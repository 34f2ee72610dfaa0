/*
 * interrupt: a person, or a system, asks this program to end
 *
 * After `watch`, the first SIGINT, SIGTERM or SIGHUP is remembered, and all
 * that waits in a channel gives up with LCA_STOPPED within LCA_NOTICE_MS. The
 * second one ends the program at once, as if nobody had watched. A signal
 * that was ignored at the start stays ignored (nohup).
 *
 * Threads: any. A program that does not call watch is never interrupted.
 */

#ifndef LCA_INTERRUPT_H
#define LCA_INTERRUPT_H

#include "harness/base/result.h"

enum { LCA_NOTICE_MS = 100 };

void lca_interrupt_watch(void);

/* LCA_OK, or LCA_STOPPED with the signal's name. */
struct lca_result lca_interrupted(void);

#endif
