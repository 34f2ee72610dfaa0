#include "harness/run/findings.h"

#include "cases/catalogue.h"

#include <stdlib.h>
#include <string.h>

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *bytes = malloc(size);

    return bytes ? memcpy(bytes, text, size) : NULL;
}

struct lca_result lca_findings_open(struct lca_findings *f)
{
    *f = (struct lca_findings){ .seen = calloc(LCA_CLAUSES, 1) };
    return f->seen ? lca_ok() : lca_fail(LCA_SYSTEM, "no memory for findings");
}

/* What breaks a trial is the harness's own: no clause tells it apart. */
static struct lca_finding *find(struct lca_findings *f,
                                const struct lca_event *e)
{
    for (unsigned i = 0; i < f->count; i++)
        if (f->rows[i].opinion.verdict == e->opinion.verdict &&
            (f->rows[i].clause == e->clause ||
             e->opinion.verdict == LCA_BROKEN) &&
            strcmp(f->rows[i].opinion.text, e->opinion.text) == 0)
            return &f->rows[i];
    return NULL;
}

static void add_row(struct lca_findings *f, const struct lca_event *e,
                    unsigned trials)
{
    struct lca_finding *row;

    if (f->count == f->size) {
        unsigned size = f->size ? f->size * 2 : 32;

        row = realloc(f->rows, size * sizeof *row);
        f->failed |= !row;
        if (!row)
            return;
        f->rows = row;
        f->size = size;
    }
    row = &f->rows[f->count];
    *row = (struct lca_finding){ .clause = e->clause, .opinion = e->opinion,
                                 .trial = copy(e->trial),
                                 .repeat = copy(e->repeat),
                                 .events = trials };
    if (row->trial && row->repeat) {
        f->count++;
        return;
    }
    free((char *)row->trial);
    free((char *)row->repeat);
    f->failed = true;
}

void lca_findings_add(struct lca_findings *f, const struct lca_event *e,
                      unsigned trials)
{
    struct lca_finding *row;

    f->seen[e->clause - lca_clauses] |=
        (unsigned char)(1u << e->opinion.verdict);
    if (e->opinion.verdict < LCA_BROKEN)
        return;
    row = find(f, e);
    if (row)
        row->events += trials;
    else
        add_row(f, e, trials);
}

static int rank(const struct lca_finding *f)
{
    return f->opinion.verdict == LCA_BROKEN ? 9 : (int)f->clause->level;
}

static int by_rank(const void *a, const void *b)
{
    const struct lca_finding *x = a, *y = b;

    if (rank(x) != rank(y))
        return rank(x) - rank(y);
    if (x->clause != y->clause)
        return x->clause < y->clause ? -1 : 1;
    return strcmp(x->trial, y->trial);
}

void lca_findings_sort(struct lca_findings *f)
{
    if (f->count)
        qsort(f->rows, f->count, sizeof *f->rows, by_rank);
}

struct lca_coverage lca_findings_coverage(const struct lca_findings *f)
{
    struct lca_coverage c = { .clauses = LCA_CLAUSES };

    for (unsigned i = 0; i < LCA_CLAUSES; i++) {
        unsigned seen = f->seen[i];

        c.not_yet += strncmp(lca_clauses[i].reason, "not yet", 7) == 0;
        c.untestable += strncmp(lca_clauses[i].reason, "untestable", 10) == 0;
        c.tested += seen != 0;
        if (seen & 1u << LCA_FAIL)
            c.failed++;
        else if (seen & 1u << LCA_PASS && !(seen & 1u << LCA_BROKEN))
            c.passed++;
        else if (seen)
            c.skipped++;
    }
    return c;
}

bool lca_findings_undecided(const struct lca_findings *f, const char *clause)
{
    const struct lca_clause *c = lca_clause_find(clause);
    unsigned seen = c ? f->seen[c - lca_clauses] : 0;

    return seen && !(seen & (1u << LCA_PASS | 1u << LCA_FAIL));
}

void lca_findings_close(struct lca_findings *f)
{
    for (unsigned i = 0; i < f->count; i++) {
        free((char *)f->rows[i].trial);
        free((char *)f->rows[i].repeat);
    }
    free(f->rows);
    free(f->seen);
    *f = (struct lca_findings){ 0 };
}
