/*
 * strike: makes the calls of a plan fail, and writes down who called
 *
 * A wrapper asks lca_strike before it does its work; the answer is how to
 * fail, or LCA_KIND_NONE. Asked are libfiu's points, which are answered here:
 * the n-th call is counted, and only where the subject's own modules call
 * (harness/fault/callers.h), inside an armed step, on the thread that plays
 * it unless all are asked for. What is armed in a trial is not in the
 * processes that the subject forks from it.
 *
 * start is once a process, before the subject is opened; plan in the trial,
 * before the first step; begin and end stand around a call into the subject.
 *
 * Errors: LCA_SYSTEM  libfiu refuses a point, by its name
 */

#ifndef LCA_STRIKE_H
#define LCA_STRIKE_H

#include "harness/model/fault.h"
#include "harness/model/record.h"

struct lca_result lca_strike_start(void);

/* What strikes or is traced is written into the record, which stays. */
void lca_strike_plan(const struct lca_orders *orders, const char *subject,
                     const char *modules, struct lca_record *record);
/* window: enum lca_window. calm: nothing fails, though sends are traced. */
void lca_strike_begin(unsigned window, bool calm);
void lca_strike_end(void);
/* The calls are counted from the first again. */
void lca_strike_again(void);

/*
 * For wrappers. fd: what the call is about, or -1. on: LCA_ON_PROMPT when it
 * was asked not to wait (MSG_DONTWAIT, a timeout of 0) whatever the
 * descriptor's flags say, LCA_ON_LONG when it could come short; the rest is
 * looked up. errno stays as it was. While a wrapper does its real work,
 * between enter and leave, what that work calls again is not asked about.
 */
enum lca_kind lca_strike(enum lca_faulty call, int fd, uint32_t on);
/* Would lca_strike look at a call of this thread's? */
bool lca_strike_armed(void);
void lca_strike_enter(void);
void lca_strike_leave(void);

/* A close of a number that is not open, which was refused. */
void lca_strike_closed_twice(int fd);

/* errno of a kind that has one, or the value that getaddrinfo answers. */
int lca_strike_number(enum lca_kind kind);

#endif
