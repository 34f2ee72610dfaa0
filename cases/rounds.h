/*
 * rounds: 20 rounds to warm up, then 200 with a count after each third
 *
 * LCA_ROUNDS(n, wish, steps...) is the steps, n of them, over and over; the
 * last count has the wish.
 */

#ifndef LCA_ROUNDS_H
#define LCA_ROUNDS_H

#include "harness/model/step.h"

#define LCA_ROUNDS(n, wish, ...) LCA_ROUNDS_OF(n, 0, wish, __VA_ARGS__)

/* look: LCA_LOOK_ bits of what is to be counted. */
#define LCA_ROUNDS_OF(n, look, wish, ...)                                   \
    __VA_ARGS__, { LCA_LOOP, .back = n, .times = 20 },                      \
    { LCA_CENSUS, .flags = look },                                          \
    __VA_ARGS__, { LCA_LOOP, .back = n, .times = 67 },                      \
    { LCA_CENSUS, .flags = look },                                          \
    __VA_ARGS__, { LCA_LOOP, .back = n, .times = 67 },                      \
    { LCA_CENSUS, .flags = look },                                          \
    __VA_ARGS__, { LCA_LOOP, .back = n, .times = 66 },                      \
    { LCA_CENSUS, .flags = look, .want = wish }

#endif
