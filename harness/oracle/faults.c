#include "harness/oracle/faults_inside.h"

#include "harness/mapi/code.h"
#include "harness/oracle/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define S(name) (1u << LCA_SYMPTOM_##name)
#define BAD_ENDS (S(ENDED) | S(HUNG) | S(HOLLOW) | S(BARRED) | S(UNSOUND))
#define OF_ARGUMENTS (BAD_ENDS | S(ABORTED) | S(HALF) | S(STUCK) | S(SPOILT))

/* Clause, symptoms, and what was made to fail. */
static const struct {
    const char *clause;
    uint32_t symptoms;
    unsigned sweeps;
} breaks[] = {
    { "MEM-007", BAD_ENDS | S(ABORTED), LCA_SWEEP_MEMORY },
    { "MEM-008", S(HALF) | S(STUCK), LCA_SWEEP_MEMORY },
    { "MEM-009", S(NEEDY), LCA_SWEEP_MEMORY },
    { "MEM-010", S(HELD_UP), LCA_SWEEP_MEMORY },
    { "MEM-011", S(BLOCKS), LCA_SWEEP_ALL },
    { "MEM-015", S(MISCODED), LCA_SWEEP_MEMORY },
    { "MEM-016", S(DIRTY), LCA_SWEEP_ALL },
    { "MEM-018", S(COUNTED), LCA_SWEEP_MEMORY },
    { "SES-005", OF_ARGUMENTS, LCA_SWEEP_ALL },
    { "RES-002", OF_ARGUMENTS, LCA_SWEEP_ALL },
    { "FLT-002", BAD_ENDS | S(ABORTED), LCA_SWEEP_IPC },
    { "FLT-003", S(HALF), LCA_SWEEP_ALL },
    { "FLT-004", S(STUCK), LCA_SWEEP_ALL },
    { "FLT-005", S(FACILITY), LCA_SWEEP_ALL },
    { "FLT-006", S(TORN), LCA_SWEEP_ALL },
    { "FLT-007", S(CODED), LCA_SWEEP_IPC | LCA_SWEEP_PEER },
    { "FLT-008", BAD_ENDS | S(ABORTED), LCA_SWEEP_PEER },
    { "FLT-009", S(FDS), LCA_SWEEP_ALL },
    { "FLT-010", S(RELOGON), LCA_SWEEP_IPC | LCA_SWEEP_PEER },
    { "FLT-011", BAD_ENDS | S(ABORTED) | S(CHANGED), LCA_SWEEP_PASSING },
    { "FLT-012", S(TWICE) | S(FOREIGN), LCA_SWEEP_ALL },
    { "FLT-013", S(THREADS), LCA_SWEEP_ALL },
    { "RSD-006", S(LOCKED), LCA_SWEEP_ALL },
};

bool lca_faults_break(const char *clause, enum lca_symptom symptom,
                      unsigned sweep)
{
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        if (strcmp(breaks[i].clause, clause) == 0)
            return breaks[i].symptoms & 1u << symptom &&
                   breaks[i].sweeps & sweep;
    return false;
}

bool lca_faults_always_wrong(enum lca_symptom symptom)
{
    return (S(ENDED) | S(UNSOUND) | S(HUNG) | S(ABORTED) | S(FOREIGN) |
            S(TWICE)) & 1u << symptom;
}

unsigned lca_faults_sweep_of(const struct lca_order *o)
{
    if (lca_kind_is_of_peer(o->kind))
        return LCA_SWEEP_PEER;
    if (lca_kind_is_passing(o->kind))
        return LCA_SWEEP_PASSING;
    return lca_faulty[o->call].family == LCA_MEMORY ? LCA_SWEEP_MEMORY
                                                    : LCA_SWEEP_IPC;
}

unsigned lca_faults_sweep(const struct lca_orders *orders,
                          const struct lca_record *record)
{
    unsigned last = 0;

    for (unsigned i = 1; i < orders->count && i < record->hit_count; i++)
        if (record->hits[i].calls)
            last = i;
    return orders->count ? lca_faults_sweep_of(&orders->order[last]) : 0;
}

void lca_complain(struct lca_desk *d, enum lca_symptom symptom,
                  const char *format, ...)
{
    static const char *const usual[] = {
#define X(name, text) (text),
        LCA_SYMPTOMS(X)
#undef X
    };
    struct lca_complaint *c = &d->out[d->count];
    va_list args;

    if (d->count == LCA_COMPLAINTS_MAX) {
        d->count--;             /* the last one gives way */
        c--;
    }
    d->count++;
    *c = (struct lca_complaint){ .symptom = symptom };
    if (*usual[symptom]) {
        snprintf(c->text, sizeof c->text, "%s", usual[symptom]);
        return;
    }
    va_start(args, format);
    vsnprintf(c->text, sizeof c->text, format, args);
    va_end(args);
}

/* A libc that finds its heap or a promise broken aborts, too. */
static bool is_by_policy(const struct lca_desk *d)
{
    static const char *const broken[] = {
        "free(): ", "malloc(): ", "realloc(): ", "double free", "corrupted",
        "munmap_chunk(): ", "malloc_consolidate", "Assertion `",
        "smashing detected", "buffer overflow detected", "mremap_chunk(): ",
        "tcache_thread_shutdown(): ", "Fatal glibc error",
    };
    const struct lca_record *r = d->h->record;
    char said[LCA_SAID_MAX + 1];

    if (d->sweep != LCA_SWEEP_MEMORY || r->ending != LCA_CRASHED ||
        r->number != 6)
        return false;
    for (size_t i = 0; i < r->said_length; i++)
        said[i] = r->said[i] ? r->said[i] : ' ';
    said[r->said_length] = '\0';
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        if (strstr(said, broken[i]))
            return false;
    return true;
}

static void look_at_end(struct lca_desk *d)
{
    const struct lca_record *r = d->h->record;
    const char *call = "after the last step the process";
    char end[220];

    if ((r->twice && !d->plain->twice) || (r->refused && !d->plain->refused))
        lca_complain(d, LCA_SYMPTOM_ENDED, "the subject %s",
                     r->refused ? "signalled a process that is not its own"
                     : "forked, and its child came back to the caller too");
    if (r->ending == LCA_RETURNED)
        return;
    if (r->count < d->h->script->count)
        call = lca_judge_call(&d->h->script->steps[r->count]);
    lca_judge_ending(r, end, sizeof end);
    if (r->ending == LCA_HUNG)
        lca_complain(d, LCA_SYMPTOM_HUNG, "%s %s", call, end);
    else if (is_by_policy(d))
        lca_complain(d, LCA_SYMPTOM_ABORTED, "%s", "");
    else
        lca_complain(d, LCA_SYMPTOM_ENDED, "%s %s", call, end);
}

/* Facilities NULL, RPC and ITF; of WIN32 three codes. */
static bool is_well_formed(HRESULT code)
{
    uint32_t bits = (uint32_t)code, facility = bits >> 16 & 0x7FF;

    return facility == 0 || facility == 1 || facility == 4 ||
           bits == 0x8007000E || bits == 0x80070057 || bits == 0x80070005;
}

/* The answer of the plain trial to the same step; NULL: it has none. */
static const struct lca_answer *before(const struct lca_desk *d, unsigned i)
{
    return i < d->plain->count &&
           !(d->plain->answers[i].marks & LCA_NOT_PLAYED)
         ? &d->plain->answers[i] : NULL;
}

/* One that only had to be tried again, or came in parts. */
static bool is_of_no_matter(const struct lca_desk *d)
{
    const struct lca_orders *o = &d->h->script->orders;

    if (o->count != 1)
        return false;
    return o->order[0].kind == LCA_KIND_EINTR ||
           o->order[0].kind == LCA_KIND_one ||
           o->order[0].kind == LCA_KIND_less;
}

static void compare(struct lca_desk *d, unsigned i)
{
    const struct lca_answer *a = ANSWER(d->h, i), *b = before(d, i);
    const char *call = lca_judge_call(STEP(d->h, i));

    if (!b || !is_of_no_matter(d))
        return;
    if (a->code != b->code)
        lca_complain(d, LCA_SYMPTOM_CHANGED, "%s answers 0x%08X, and 0x%08X "
                     "without it", call, (unsigned)a->code, (unsigned)b->code);
    else if (a->sent < b->sent)
        lca_complain(d, LCA_SYMPTOM_CHANGED, "%s sends %u of %u bytes", call,
                     (unsigned)a->sent, (unsigned)b->sent);
}

static bool is_total(const struct lca_orders *o)
{
    return o->count == 1 && o->order[0].first == 1 &&
           o->order[0].last == UINT32_MAX;
}

static bool is_of_lost_server(HRESULT code)
{
    static const HRESULT codes[] = {
        MAPI_E_NETWORK_ERROR, MAPI_E_CALL_FAILED, MAPI_E_END_OF_SESSION,
        MAPI_E_RECONNECTED, MAPI_E_OFFLINE,
    };

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i] == code)
            return true;
    return false;
}

static void look_at_struck(struct lca_desk *d, unsigned i)
{
    const struct lca_answer *a = ANSWER(d->h, i), *b = before(d, i);
    const struct lca_step *s = STEP(d->h, i);
    const char *call = lca_judge_call(s);

    compare(d, i);
    if (!lca_code_failed(a->code))
        return;
    if (a->marks & LCA_DIRTY && !(b && b->marks & LCA_DIRTY))
        lca_complain(d, LCA_SYMPTOM_DIRTY, "%s fails and leaves an output "
                     "that is neither as it was nor zero", call);
    if (b && b->code == a->code)
        return;                 /* no fault is to blame for that */
    if (!is_well_formed(a->code))
        lca_complain(d, LCA_SYMPTOM_FACILITY, "%s answers 0x%08X, which is no "
                     "code of MAPI's", call, (unsigned)a->code);
    if (s->op == LCA_CHAIN && a->code != MAPI_E_NOT_ENOUGH_MEMORY)
        lca_complain(d, LCA_SYMPTOM_MISCODED, "without memory "
                     "MAPIAllocateBuffer answers 0x%08X", (unsigned)a->code);
    if (s->op == LCA_LOGOFF && d->sweep & (LCA_SWEEP_IPC | LCA_SWEEP_PEER) &&
        !is_of_lost_server(a->code))
        lca_complain(d, LCA_SYMPTOM_CODED, "Logoff answers 0x%08X",
                     (unsigned)a->code);
    if (s->op == LCA_LOGOFF && is_total(&d->h->script->orders) &&
        d->sweep == LCA_SWEEP_MEMORY)
        lca_complain(d, LCA_SYMPTOM_NEEDY, "Logoff answers 0x%08X while no "
                     "memory is to be had", (unsigned)a->code);
}

/* Calls from the place that was struck, without the fault. */
static uint32_t usual_calls(const struct lca_desk *d)
{
    const struct lca_site *at = &d->h->record->hits[0].site;

    for (unsigned i = 0; i < d->plain->site_count; i++)
        if (lca_site_is_same(at, &d->plain->sites[i]))
            return d->plain->sites[i].count;
    return 0;
}

/* What only this Logoff does is what it does for others. */
static void look_at_notice(struct lca_desk *d, unsigned i)
{
    const struct lca_answer *a = ANSWER(d->h, i), *b = before(d, i);

    if (lca_code_failed(a->code) && !(b && b->code == a->code) &&
        d->h->record->hit_count && d->h->record->hits[0].step == i &&
        usual_calls(d) == 1)
        lca_complain(d, LCA_SYMPTOM_HELD_UP, "Logoff answers 0x%08X when "
                     "there is no memory to tell others", (unsigned)a->code);
}

/* The Logoff of the same session that comes before step i. */
static unsigned logoff_before(const struct lca_hearing *h, unsigned i)
{
    while (i > 0 && STEP(h, i)->op != LCA_LOGOFF)
        i--;
    return i;
}

/* What the probes after step i say without the fault. */
static enum lca_state usual_state(const struct lca_desk *d, unsigned i)
{
    struct lca_hearing plain = *d->h;
    const char *alive, *dead;

    plain.record = d->plain;
    return lca_rule_state(&plain, i, &alive, &dead);
}

static void look_at_state(struct lca_desk *d, unsigned i)
{
    unsigned at = logoff_before(d->h, i);
    const struct lca_answer *a = ANSWER(d->h, at), *b = before(d, at);
    const char *alive, *dead;
    enum lca_state state = lca_rule_state(d->h, i, &alive, &dead);

    if (b && !b->successes == !a->successes && usual_state(d, i) == state)
        return;
    if (a->successes && state == LCA_STATE_ALIVE)
        lca_complain(d, LCA_SYMPTOM_HOLLOW, "Logoff answers S_OK and the "
                     "session is still alive: %s answers", alive);
    else if (a->successes && state == LCA_STATE_MIXED)
        lca_complain(d, LCA_SYMPTOM_HOLLOW, "Logoff answers S_OK and the "
                     "session is half dead: %s answers, %s refuses", alive,
                     dead);
    else if (state == LCA_STATE_MIXED)
        lca_complain(d, LCA_SYMPTOM_HALF, "Logoff fails and the session is "
                     "half dead: %s answers, %s refuses", alive, dead);
}

/* What is refused without a fault, too, is none of Logoff's doing. */
static void look_at_untouched(struct lca_desk *d, unsigned i)
{
    unsigned at = logoff_before(d->h, i);
    const struct lca_answer *then = before(d, at);
    const char *alive, *dead;

    look_at_state(d, i);
    if (then && !then->successes && !ANSWER(d->h, at)->successes &&
        lca_rule_state(d->h, i, &alive, &dead) == LCA_STATE_DEAD &&
        usual_state(d, i) != LCA_STATE_DEAD)
        lca_complain(d, LCA_SYMPTOM_SPOILT, "%s", "");
}

/* After the second Logoff, which no fault met. */
static void look_at_ended(struct lca_desk *d, unsigned i)
{
    const struct lca_answer *a = ANSWER(d->h, logoff_before(d->h, i));
    const char *alive, *dead;
    enum lca_state state = lca_rule_state(d->h, i, &alive, &dead);

    if (a->marks & LCA_NOT_PLAYED || usual_state(d, i) == state ||
        (state != LCA_STATE_ALIVE && state != LCA_STATE_MIXED))
        return;
    lca_complain(d, LCA_SYMPTOM_STUCK, "after a second Logoff, which answers "
                 "0x%08X, %s still answers", (unsigned)a->code, alive);
}

static void look_at_again(struct lca_desk *d, unsigned i)
{
    const struct lca_answer *a = ANSWER(d->h, i), *b = before(d, i);

    if (a->successes < a->calls && b && b->successes == b->calls)
        lca_complain(d, LCA_SYMPTOM_BARRED, "%s of a new session answers "
                     "0x%08X", lca_judge_call(STEP(d->h, i)),
                     (unsigned)a->code);
}

static void look_at_count(struct lca_desk *d, unsigned i)
{
    const struct lca_answer *a = ANSWER(d->h, i), *b = before(d, i);

    if (a->code != MAPI_E_NOT_INITIALIZED && b &&
        b->code == MAPI_E_NOT_INITIALIZED)
        lca_complain(d, LCA_SYMPTOM_COUNTED,
                     "a MAPIInitialize that failed was counted: after the "
                     "last MAPIUninitialize %s answers 0x%08X",
                     lca_judge_call(STEP(d->h, i)), (unsigned)a->code);
}

static void look_at_step(struct lca_desk *d, unsigned i)
{
    const struct lca_answer *a = ANSWER(d->h, i);

    if (a->marks & (LCA_NOT_PLAYED | LCA_UNPREPARED))
        return;
    switch (STEP(d->h, i)->want) {
    case LCA_WANT_STRUCK:     look_at_struck(d, i);     break;
    case LCA_WANT_NOTICED:    look_at_notice(d, i);     break;
    case LCA_WANT_WHOLE:      look_at_state(d, i);      break;
    case LCA_WANT_UNTOUCHED:  look_at_untouched(d, i);  break;
    case LCA_WANT_ENDED:      look_at_ended(d, i);      break;
    case LCA_WANT_AGAIN:      look_at_again(d, i);      break;
    case LCA_WANT_UNCOUNTED:  look_at_count(d, i);      break;
    case LCA_WANT_AS_BEFORE:  lca_faults_census(d, i);  break;
    case LCA_WANT_LAST_WORDS:
        if (a->marks & LCA_BAD_ERROR &&
            !(before(d, i) && before(d, i)->marks & LCA_BAD_ERROR))
            lca_complain(d, LCA_SYMPTOM_TORN, "%s", "");
        break;
    default:
        break;
    }
}

unsigned lca_faults_judge(const struct lca_hearing *h,
                          const struct lca_record *plain,
                          struct lca_complaint *complaints)
{
    struct lca_desk d = { h, plain, lca_faults_sweep(&h->script->orders,
                                                 h->record),
                      complaints, 0 };

    look_at_end(&d);
    for (unsigned i = 0; i < h->record->count && i < h->script->count; i++)
        look_at_step(&d, i);
    lca_faults_left(&d);
    lca_faults_relogon(&d);
    lca_faults_locks(&d);
    return d.count;
}
