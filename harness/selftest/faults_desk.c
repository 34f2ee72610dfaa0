#include "harness/selftest/faults_desk.h"

#include "harness/selftest/apart.h"

#include <stdio.h>
#include <string.h>

static void write_down(const struct lca_side *side, unsigned steps,
                       unsigned strikes, struct lca_record *r)
{
    *r = (struct lca_record){
        .count = steps - side->missing, .ending = side->ending,
        .number = side->number, .twice = side->twice,
        .refused = side->refused, .closed_twice = side->closed_twice,
        .census_count = 2, .hit_count = strikes,
    };
    memcpy(r->answers, side->answers, sizeof side->answers);
    memcpy(r->census, side->census, sizeof side->census);
    for (unsigned i = 0; i < strikes; i++)
        r->hits[i].calls = 1;
    if (side->hit.calls)
        r->hits[0] = side->hit;
    while (r->left_count < LCA_SIDE_LEFT && side->left[r->left_count].blocks) {
        r->left[r->left_count] = side->left[r->left_count];
        r->left_count++;
    }
    while (r->held_count < LCA_SIDE_LEFT &&
           side->held[r->held_count].site.frame_count) {
        r->held[r->held_count] = side->held[r->held_count];
        r->held_count++;
    }
    while (r->site_count < LCA_SIDE_SITES &&
           side->sites[r->site_count].count) {
        r->sites[r->site_count] = side->sites[r->site_count];
        r->site_count++;
    }
    if (side->error)
        r->errors[r->error_count++] = *side->error;
    if (side->said) {
        r->said_length = (uint32_t)strlen(side->said);
        memcpy(r->said, side->said, r->said_length);
    }
}

static void spell_out(const struct lca_fault_row *row, struct lca_script *s)
{
    *s = (struct lca_script){ 0 };
    while (row->steps[s->count].op != LCA_END) {
        s->steps[s->count] = row->steps[s->count];
        s->count++;
    }
    while (s->orders.count < LCA_STRIKES_MAX &&
           row->orders[s->orders.count].first) {
        s->orders.order[s->orders.count] = row->orders[s->orders.count];
        s->orders.count++;
    }
}

unsigned lca_fault_row_judge(const struct lca_fault_row *row,
                             const struct lca_side *it,
                             const struct lca_side *plain,
                             struct lca_complaint *complaints,
                             uint32_t *symptoms)
{
    static struct lca_script script;
    static struct lca_record record, without;
    const struct lca_hearing hearing = { .script = &script,
                                         .record = &record };
    unsigned count;

    spell_out(row, &script);
    write_down(it, script.count, script.orders.count, &record);
    write_down(plain, script.count, script.orders.count, &without);
    count = lca_faults_judge(&hearing, &without, complaints);
    *symptoms = 0;
    for (unsigned i = 0; i < count; i++)
        *symptoms |= 1u << complaints[i].symptom;
    return count;
}

static void hold(const struct lca_fault_row *row)
{
    struct lca_complaint c[LCA_COMPLAINTS_MAX] = { 0 };
    uint32_t symptoms;
    char text[400];
    unsigned count = lca_fault_row_judge(row, &row->it, &row->plain, c,
                                         &symptoms);

    snprintf(text, sizeof text, "%s: said is '%s' (symptoms 0x%x)",
             row->what, c[0].text, (unsigned)symptoms);
    LCA_ROW(text, symptoms == row->symptoms);
    LCA_ROW(text, !count == !symptoms);
    LCA_ROW(text, !row->says || strstr(c[0].text, row->says));
    LCA_ROW(text, !row->amount || c[0].amount == row->amount);
    for (unsigned i = 0; i < count; i++)
        LCA_ROW(text, *c[i].text != '\0');
    LCA_ROW(row->what, lca_fault_row_judge(row, &row->plain, &row->plain, c,
                                           &symptoms) == 0);
    if (row->it.ending == LCA_RETURNED)
        LCA_ROW(row->what, lca_fault_row_judge(row, &row->it, &row->it, c,
                                               &symptoms) == 0);
}

void lca_fault_rows_hold(const struct lca_fault_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hold(&rows[i]);
}
