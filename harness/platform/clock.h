/* clock: time that only moves forward, and the date for a report. */

#ifndef LCA_CLOCK_H
#define LCA_CLOCK_H

#include <stddef.h>
#include <stdint.h>

uint64_t lca_clock_us(void);            /* since some moment in the past */
void lca_clock_sleep(unsigned ms);
void lca_clock_stamp(char *text, size_t size);  /* 2026-01-31T12:00:00, UTC */

#endif
