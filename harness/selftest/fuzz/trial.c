/* A trial's text, and the cell that it names if there is such a case. */

#include "harness/model/trial.h"

#include "cases/catalogue.h"
#include "harness/selftest/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void print(const struct lca_trial *t, struct lca_text *text)
{
    lca_text_print(text, "%s", t->id);
    if (*t->cell)
        lca_text_print(text, "[%s]", t->cell);
    if (t->plan.count) {
        lca_text_print(text, "{");
        lca_plan_print(&t->plan, text);
        lca_text_print(text, "}");
    }
    if (t->seed)
        lca_text_print(text, "~%lu", (unsigned long)t->seed);
}

static void whole(const struct lca_trial *t)
{
    struct lca_text text = { 0 }, again = { 0 };
    struct lca_trial other;

    lca_fuzz_claim(*t->id, "a trial names a case");
    print(t, &text);
    lca_fuzz_claim(!lca_trial_parse(text.bytes, &other).code,
                   "a trial reads what it prints");
    lca_fuzz_claim(strcmp(t->id, other.id) == 0 &&
                   strcmp(t->cell, other.cell) == 0 &&
                   t->plan.count == other.plan.count &&
                   t->seed == other.seed, "and it is the same trial");
    print(&other, &again);
    lca_fuzz_same(&text, &again);
    lca_text_free(&text);
    lca_text_free(&again);
}

static void cell_of(const struct lca_case *c, const struct lca_trial *t)
{
    struct lca_text name = { 0 };
    struct lca_trial other;
    unsigned cell, same;

    if (lca_matrix_find(c->axes, t->cell, strlen(t->cell), &cell).code)
        return;
    lca_fuzz_claim(cell < lca_matrix_size(c->axes),
                   "a cell is one of the matrix");
    lca_trial_name(c, cell, &name);
    lca_fuzz_claim(!name.failed && !lca_trial_parse(name.bytes, &other).code &&
                   lca_case_find(other.id) == c &&
                   !lca_matrix_find(c->axes, other.cell, strlen(other.cell),
                                    &same).code &&
                   same == cell, "a cell's full name names it");
    lca_text_free(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = lca_fuzz_text(bytes, size);
    struct lca_trial trial;
    struct lca_result r = lca_trial_parse(text, &trial);
    const struct lca_case *c;

    lca_fuzz_claim(!r.code == !*r.text, "who refuses says why");
    if (!r.code) {
        whole(&trial);
        c = lca_case_find(trial.id);
        if (c)
            cell_of(c, &trial);
    }
    free(text);
    return 0;
}
