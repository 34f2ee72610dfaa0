#include "harness/selftest/judge_desk.h"

#include "harness/mapi/mapi.h"

#include <stdio.h>
#include <string.h>

/* Every method succeeds on a live session and refuses on a dead one. */
static void ordinary(struct lca_calibration *k)
{
    *k = (struct lca_calibration){
        .ready = true, .fatal = LCA_END,
        .probes = { 2, { LCA_ROW_METHOD, LCA_ROW_OTHER } },
    };
    for (unsigned i = 0; i < LCA_SESSION_METHODS_END; i++) {
        k->live[i] = LCA_LIFE_SUCCEEDED;
        k->dead[i] = LCA_LIFE_REFUSED;
    }
}

/* Every method does so after Logoff. */
static void all_dead(struct lca_calibration *k, enum lca_life life)
{
    for (unsigned i = 0; i < LCA_SESSION_METHODS_END; i++)
        k->dead[i] = life;
}

static void no_op(struct lca_calibration *k)
{
    all_dead(k, LCA_LIFE_SUCCEEDED);
    k->probes.count = 0;
    k->survivors = 17;
}

static void ends(struct lca_calibration *k, enum lca_op op,
                 enum lca_ending ending)
{
    k->fatal = op;
    k->fatal_ending = ending;
}

/* In Logoff and in Release. */
static void errs(struct lca_calibration *k)
{
    k->errors[0] = (struct lca_error){ .kind = LCA_ERROR_InvalidRead,
        .subjects = 1, .from = { "subject.so", 16 } };
    k->error_ops[0] = LCA_LOGOFF;
    k->errors[1] = (struct lca_error){ .kind = LCA_ERROR_InvalidFree,
        .subjects = 1, .from = { "plug.so", 32 } };
    k->error_ops[1] = LCA_RELEASE;
    k->error_count = 2;
}

static void set(struct lca_calibration *k, enum lca_known known)
{
    enum lca_life *live = &k->live[LCA_ROW_METHOD];
    enum lca_life *dead = &k->dead[LCA_ROW_METHOD];

    ordinary(k);
    switch (known) {
    case LCA_KNOWN:                                                 break;
    case LCA_KNOWN_LIVE_REFUSES:    *live = LCA_LIFE_REFUSED;       break;
    case LCA_KNOWN_LIVE_UNPREPARED: *live = LCA_LIFE_UNPREPARED;    break;
    case LCA_KNOWN_LIVE_HANGS:      *live = LCA_LIFE_HUNG;          break;
    case LCA_KNOWN_LIVE_CRASHES:    *live = LCA_LIFE_CRASHED;       break;
    case LCA_KNOWN_LIVE_SPOILS:     *live = LCA_LIFE_SPOILED;       break;
    case LCA_KNOWN_LIVE_UNKNOWN:    *live = LCA_LIFE_UNKNOWN;       break;
    case LCA_KNOWN_DEAD_ANSWERS:    *dead = LCA_LIFE_SUCCEEDED;     break;
    case LCA_KNOWN_DEAD_CRASHES:    all_dead(k, LCA_LIFE_CRASHED);  break;
    case LCA_KNOWN_DEAD_HANGS:      all_dead(k, LCA_LIFE_HUNG);     break;
    case LCA_KNOWN_DEAD_SPOILS:     all_dead(k, LCA_LIFE_SPOILED);  break;
    case LCA_KNOWN_DEAD_UNKNOWN:    *dead = LCA_LIFE_UNKNOWN;       break;
    case LCA_KNOWN_NO_OP:           no_op(k);                       break;
    case LCA_KNOWN_NO_PROBES:       k->probes.count = 0;            break;
    case LCA_KNOWN_ODD_PLAIN:       k->plain = MAPI_W_NO_SERVICE;   break;
    case LCA_KNOWN_REFUSED_PLAIN:   k->plain = MAPI_E_CALL_FAILED;  break;
    case LCA_KNOWN_BAD_LOGOFF:  ends(k, LCA_LOGOFF, LCA_CRASHED);   break;
    case LCA_KNOWN_BAD_RELEASE: ends(k, LCA_RELEASE, LCA_HUNG);     break;
    case LCA_KNOWN_BAD_END: ends(k, LCA_UNINITIALIZE, LCA_CRASHED);  break;
    case LCA_KNOWN_DEAD_UNPREPARED: *dead = LCA_LIFE_UNPREPARED;    break;
    case LCA_KNOWN_CONSUMED:
        k->consumed = true;
        *dead = LCA_LIFE_CRASHED;
        break;
    case LCA_KNOWN_BAD_LOGON:
        ends(k, LCA_LOGON, LCA_CRASHED);
        k->no_logon = true;
        break;
    case LCA_KNOWN_NO_LOGON:
        k->no_logon = true;
        k->logon = MAPI_E_LOGON_FAILED;
        break;
    case LCA_KNOWN_STRAYS:          k->strays = true;               break;
    case LCA_KNOWN_ERRS:            errs(k);                        break;
    case LCA_KNOWN_UNSOUND: k->unsound[LCA_ROW_METHOD] = true;      break;
    case LCA_KNOWN_NOT:             k->ready = false;               break;
    }
}

static void spell_out(const struct lca_row *row, struct lca_script *script)
{
    *script = (struct lca_script){ 0 };
    while (script->count < 8 && row->steps[script->count].op != LCA_END) {
        script->steps[script->count] = row->steps[script->count];
        script->count++;
    }
}

static void write_down(const struct lca_row *row, unsigned steps,
                       struct lca_record *r)
{
    *r = (struct lca_record){
        .count = steps - row->missing, .ending = row->ending,
        .number = row->number, .refused = row->refused, .refused_at = row->at,
        .twice = row->twice, .process = row->process,
        .reading = row->reading, .locks = row->locks,
        .guarded = row->guarded, .begun = row->begun,
        .census_count = row->censuses, .thing_count = row->thing_count,
    };
    memcpy(r->answers, row->answers, sizeof row->answers);
    while (r->held_count < 2 && row->held[r->held_count].site.frame_count) {
        r->held[r->held_count] = row->held[r->held_count];
        r->held_count++;
    }
    for (unsigned i = 0; i < row->censuses; i++)
        r->census[i] = row->census[i];
    for (unsigned i = 0; i < row->thing_count; i++)
        r->things[i] = row->things[i];
    if (row->module) {
        r->frame_count = 1;
        snprintf(r->frames[0].module, sizeof r->frames[0].module, "%s",
                 row->module);
    }
    if (row->error)
        r->errors[r->error_count++] = *row->error;
    if (row->note)
        snprintf(r->note, sizeof r->note, "%s", row->note);
}

struct lca_opinion lca_row_judge(const struct lca_row *row)
{
    static struct lca_script script;
    static struct lca_record record;
    static struct lca_calibration known;
    const struct lca_case c = {
        .id = "specimen", .need = row->need,
        .clause = row->clause ? row->clause : "SES-004",
    };
    const struct lca_hearing hearing = { &c, &script, &record, &known };

    set(&known, row->known);
    spell_out(row, &script);
    write_down(row, script.count, &record);
    return lca_judge(&hearing);
}

bool lca_rows_hold(const struct lca_row *rows, size_t count)
{
    bool hold = true;

    for (size_t i = 0; i < count; i++) {
        struct lca_opinion o = lca_row_judge(&rows[i]);
        bool same = o.verdict == rows[i].verdict;

        if (same && (!rows[i].says || strstr(o.text, rows[i].says)))
            continue;
        hold = false;
        fprintf(stderr, "\n  %s: %s '%s', not %s '%s'", rows[i].what,
                lca_verdict_name(o.verdict), o.text,
                lca_verdict_name(rows[i].verdict),
                rows[i].says ? rows[i].says : "...");
    }
    return hold;
}

/* A row is about its last step; a probe stands for its marker. */
void lca_rows_cover(const struct lca_row *rows, size_t count,
                    unsigned seen[LCA_WANT_COUNT])
{
    for (size_t i = 0; i < count; i++) {
        const struct lca_step *step = rows[i].steps;

        while (step[1].op != LCA_END)
            step++;
        seen[step->want] |= 1u << rows[i].verdict;
        while (step->want == LCA_WANT_PROBED)
            step--;
        seen[step->want] |= 1u << rows[i].verdict;
    }
}
