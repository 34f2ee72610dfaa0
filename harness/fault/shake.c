#include "harness/fault/shake.h"

#include "harness/platform/clock.h"

#include <sched.h>

enum { LONGEST_START = 10, LONGEST_CALL = 6 };  /* powers of 2, in us */

_Thread_local uint64_t lca_shaken;

/* A xorshift: it never comes to 0, which means something else. */
static uint64_t draw(void)
{
    lca_shaken ^= lca_shaken << 13;
    lca_shaken ^= lca_shaken >> 7;
    lca_shaken ^= lca_shaken << 17;
    return lca_shaken >> 11;
}

/* Some microseconds, of every magnitude up to `longest` as often. */
static void linger(unsigned longest)
{
    uint64_t magnitude = draw() % (longest + 1);
    uint64_t until = lca_clock_us() + draw() % (UINT64_C(1) << magnitude);

    while (lca_clock_us() < until)
        sched_yield();
}

/* Seeds and numbers are small: their bits are spread first. */
void lca_shake_begin(uint32_t seed, unsigned number)
{
    lca_shaken = seed ? (seed * UINT64_C(0x9E3779B97F4A7C15)) ^
                        (number + 1) * UINT64_C(0xD1B54A32D192ED03) : 0;
    for (int i = 0; seed && i < 4; i++)
        draw();
}

void lca_shake_wait(void)
{
    if (lca_shaken && draw() % 2)
        linger(LONGEST_START);
}

void lca_shake_end(void)
{
    lca_shaken = 0;
}

void lca_shake_now(void)
{
    switch (draw() % 8) {
    case 0: case 1:
        sched_yield();
        break;
    case 2:
        linger(LONGEST_CALL);
        break;
    }
}
