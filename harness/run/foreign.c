#include "harness/run/foreign.h"

#include "harness/run/describe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ALIKE = 4 };             /* frames that make a place */

/* Races of others, and blocks that are kept, are nothing to speak of. */
static bool is_foreign(const struct lca_error *e)
{
    return !e->subjects && e->kind != LCA_ERROR_Leak_StillReachable &&
           lca_error_about(e->kind) != LCA_ABOUT_RACE;
}

static bool is_same(const struct lca_error *a, const struct lca_error *b)
{
    bool same = a->kind == b->kind;

    for (unsigned i = 0; same && i < ALIKE; i++)
        same = (i < a->frame_count) == (i < b->frame_count) &&
               (i >= a->frame_count ||
                (a->frames[i].offset == b->frames[i].offset &&
                 strcmp(a->frames[i].module, b->frames[i].module) == 0));
    return same;
}

static struct lca_foreign_row *row_of(struct lca_foreigners *f,
                                      const struct lca_error *e)
{
    for (unsigned i = 0; i < f->count; i++)
        if (is_same(&f->rows[i].error, e))
            return &f->rows[i];
    if (!f->rows)
        f->rows = calloc(LCA_FOREIGN_ROOM, sizeof *f->rows);
    if (!f->rows || f->count == LCA_FOREIGN_ROOM)
        return NULL;
    f->rows[f->count].error = *e;
    return &f->rows[f->count++];
}

static bool seen_before(const struct lca_record *r, unsigned at)
{
    for (unsigned i = 0; i < at; i++)
        if (is_same(&r->errors[i], &r->errors[at]))
            return true;
    return false;
}

void lca_foreign_meet(struct lca_foreigners *f, const struct lca_record *r)
{
    for (unsigned i = 0; i < r->error_count; i++) {
        struct lca_foreign_row *row;

        if (!is_foreign(&r->errors[i]) || seen_before(r, i))
            continue;
        row = row_of(f, &r->errors[i]);
        if (row)
            row->trials++;
        else
            f->more++;
    }
}

unsigned lca_foreign_tell(struct lca_foreigners *f, const char *subject,
                          const struct lca_foreign **told)
{
    unsigned count = 0;

    if (!f->told && f->count) {
        f->told = calloc(f->count, sizeof *f->told);
        f->texts = calloc(f->count, sizeof *f->texts);
    }
    for (unsigned i = 0; f->told && f->texts && i < f->count; i++) {
        const struct lca_error *e = &f->rows[i].error;
        struct lca_text *text = &f->texts[i];

        lca_text_clear(text);
        lca_describe_stack(subject, e->frames, e->frame_count, true, text);
        f->told[count++] = (struct lca_foreign){
            .error = lca_error_name(e->kind), .what = e->what,
            .stack = text->bytes ? text->bytes : "",
            .trials = f->rows[i].trials,
        };
    }
    *told = f->told;
    return count;
}

void lca_foreign_free(struct lca_foreigners *f)
{
    for (unsigned i = 0; f->texts && i < f->count; i++)
        lca_text_free(&f->texts[i]);
    free(f->texts);
    free(f->told);
    free(f->rows);
}
