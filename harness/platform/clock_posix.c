#include "harness/platform/clock.h"

#include <errno.h>
#include <time.h>

uint64_t lca_clock_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

void lca_clock_sleep(unsigned ms)
{
    struct timespec left = { ms / 1000, (long)(ms % 1000) * 1000000 };

    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

void lca_clock_stamp(char *text, size_t size)
{
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(text, size, "%Y-%m-%dT%H:%M:%S", &utc);
}
