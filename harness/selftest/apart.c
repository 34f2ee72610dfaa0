#include "harness/selftest/apart.h"

#include "harness/platform/child.h"
#include "harness/platform/clock.h"

#include <CUnit/CUnit.h>
#include <string.h>

enum { PATIENCE_US = 20000000 };

static struct lca_channel *told;        /* in the helper: who listens */

void lca_row(const char *row, const char *file, unsigned line, bool is)
{
    CU_assertImplementation(is, line, row, file, "", CU_FALSE);
}

void lca_apart_check(const char *what, unsigned line, bool is)
{
    struct lca_text text = { 0 };

    if (is)
        return;
    lca_text_print(&text, "line %u: %s\n", line, what);
    lca_channel_write(told, text.bytes, text.length);
    lca_text_free(&text);
}

/* A pointer to a function travels in an object: ISO C lacks the cast. */
struct part {
    void (*test)(void);
};

static int live(void *part, struct lca_channel *channel)
{
    told = channel;
    ((struct part *)part)->test();
    return lca_channel_write(channel, "end\n", 4).code != LCA_OK;
}

void lca_apart(void (*test)(void))
{
    uint64_t until = lca_clock_us() + PATIENCE_US;
    struct part part = { test };
    struct lca_child child;
    struct lca_result r = lca_child_start(live, &part, &child);
    char *line = NULL;

    while (!r.code) {
        r = lca_channel_line(&child.channel, until, &line);
        if (r.code || strcmp(line, "end") == 0)
            break;
        LCA_ROW(line, false);
    }
    LCA_ROW(r.code ? r.text : "the helper played to its end", !r.code);
    lca_child_stop(&child);
}
