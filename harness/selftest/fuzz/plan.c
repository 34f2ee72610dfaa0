/* A plan of faults, whose text is not closed by a zero. */

#include "harness/model/plan.h"

#include "harness/selftest/fuzz/fuzz.h"

#include <string.h>

static bool same(const struct lca_strike *a, const struct lca_strike *b)
{
    return strcmp(a->window, b->window) == 0 && strcmp(a->call, b->call) == 0 &&
           strcmp(a->kind, b->kind) == 0 && a->first == b->first &&
           a->last == b->last;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct lca_plan plan, other;
    struct lca_text text = { 0 };
    struct lca_result r = lca_plan_parse((const char *)bytes, size, &plan);

    lca_fuzz_claim(!r.code == !*r.text, "who refuses says why");
    if (r.code)
        return 0;
    lca_fuzz_claim(plan.count <= 2 && !plan.count == !size,
                   "a text that is not empty has one strike or two");
    lca_plan_print(&plan, &text);
    lca_fuzz_claim(!text.failed && text.length <= size,
                   "printing adds nothing");
    r = lca_plan_parse(text.bytes ? text.bytes : "", text.length, &other);
    lca_fuzz_claim(!r.code && other.count == plan.count,
                   "a plan reads what it prints");
    for (unsigned i = 0; i < plan.count; i++)
        lca_fuzz_claim(plan.strikes[i].first > 0 &&
                       plan.strikes[i].last >= plan.strikes[i].first &&
                       same(&plan.strikes[i], &other.strikes[i]),
                       "a strike is in order, and read again the same");
    lca_text_free(&text);
    return 0;
}
