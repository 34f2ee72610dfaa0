#include "harness/model/record.h"

#include "harness/model/fault.h"
#include "harness/model/step.h"

#include <stdio.h>
#include <string.h>

enum { SIGNALS = 128 };         /* more than any system has */

static bool is_named(const struct lca_frame *f)
{
    return memchr(f->module, '\0', sizeof f->module) != NULL;
}

static bool is_site(const struct lca_site *s)
{
    bool sound = s->call < LCA_FAULTY_COUNT && s->window < LCA_WINDOW_COUNT &&
                 s->frame_count <= LCA_SITE_FRAMES;

    for (unsigned i = 0; sound && i < s->frame_count; i++)
        sound = is_named(&s->frames[i]);
    return sound;
}

static bool is_held(const struct lca_held *h)
{
    return h->kind < LCA_LOCK_COUNT && h->step < LCA_STEPS_MAX &&
           is_site(&h->site);
}

/* What faults left: where they struck, who called, what is still taken. */
static bool is_traced(const struct lca_record *r)
{
    bool sound = r->hit_count <= LCA_STRIKES_MAX &&
                 r->site_count <= LCA_TRACE_MAX &&
                 r->left_count <= LCA_LEFT_MAX &&
                 r->held_count <= LCA_HELD_MAX &&
                 r->guarded.what < LCA_GUARDED_WHATS &&
                 is_named(&r->guarded.taker) &&
                 is_named(&r->guarded.giver) && is_site(&r->closer);

    for (unsigned i = 0; sound && i < r->hit_count; i++)
        sound = r->hits[i].step <= LCA_STEPS_MAX && is_site(&r->hits[i].site);
    for (unsigned i = 0; sound && i < r->site_count; i++)
        sound = is_site(&r->sites[i]);
    for (unsigned i = 0; sound && i < r->left_count; i++)
        sound = is_named(&r->left[i].from);
    for (unsigned i = 0; sound && i < r->held_count; i++)
        sound = is_held(&r->held[i]);
    return sound;
}

/* Where its threads were, and what was in the one that crashed. */
static bool is_placed(const struct lca_record *r)
{
    bool sound = r->seen.count <= LCA_STACKS_MAX &&
                 r->register_count <= LCA_REGISTERS_MAX;

    for (unsigned i = 0; sound && i < r->register_count; i++)
        sound = memchr(r->registers[i].name, '\0',
                       sizeof r->registers[i].name);
    for (unsigned i = 0; sound && i < r->seen.count; i++) {
        const struct lca_stack *s = &r->seen.stacks[i];

        sound = memchr(s->name, '\0', sizeof s->name) &&
                memchr(s->doing, '\0', sizeof s->doing) &&
                s->step <= LCA_STEPS_MAX && s->silent <= 1 &&
                s->frame_count <= LCA_FRAMES_MAX;
        for (unsigned j = 0; sound && j < s->frame_count; j++)
            sound = is_named(&s->frames[j]);
    }
    return sound;
}

/* What was new, or changed, at a census that there was. */
static bool is_residue(const struct lca_record *r)
{
    bool sound = r->thing_count <= LCA_THINGS_MAX;

    for (unsigned i = 0; sound && i < r->thing_count; i++)
        sound = r->things[i].what < LCA_WHAT_COUNT &&
                r->things[i].census < LCA_CENSUS_MAX &&
                memchr(r->things[i].name, '\0', sizeof r->things[i].name);
    return sound;
}

bool lca_record_is_sound(const struct lca_record *r)
{
    bool sound = r->count <= LCA_STEPS_MAX && r->ending < LCA_ENDING_COUNT &&
                 r->frame_count <= LCA_FRAMES_MAX &&
                 r->census_count <= LCA_CENSUS_MAX &&
                 r->said_length <= LCA_SAID_MAX && r->reading <= 1 &&
                 r->struck_at <= LCA_STEPS_MAX &&
                 r->refused_at <= LCA_STEPS_MAX && r->twice <= LCA_STEPS_MAX &&
                 r->begun <= LCA_STEPS_MAX &&
                 r->crashed_in <= LCA_STEPS_MAX &&
                 r->process < LCA_PROCESSES &&
                 r->refused < SIGNALS && r->struck < SIGNALS &&
                 memchr(r->note, '\0', sizeof r->note);

    for (unsigned i = 0; sound && i < r->frame_count; i++)
        sound = is_named(&r->frames[i]);
    return sound && is_traced(r) && is_residue(r) && is_placed(r);
}

bool lca_answer_came(const struct lca_answer *a)
{
    return a->calls || a->marks;
}

unsigned lca_record_answered(const struct lca_record *r)
{
    return r->begun > r->count ? r->begun : r->count;
}

void lca_record_settle(struct lca_record *r)
{
    if (r->begun <= r->count || r->begun > LCA_STEPS_MAX)
        return;
    if (r->crashed_in > r->count && r->crashed_in <= r->begun) {
        r->count = r->crashed_in - 1;
        return;
    }
    while (r->count + 1 < r->begun && lca_answer_came(&r->answers[r->count]))
        r->count++;
}

bool lca_site_is_same(const struct lca_site *a, const struct lca_site *b)
{
    bool same = a->call == b->call && a->frame_count == b->frame_count;

    for (unsigned i = 0; same && i < a->frame_count; i++)
        same = a->frames[i].offset == b->frames[i].offset &&
               strcmp(a->frames[i].module, b->frames[i].module) == 0;
    return same;
}

const char *lca_ending_name(enum lca_ending ending)
{
    static const char *const names[] = {
#define X(name) #name,
        LCA_ENDINGS(X)
#undef X
    };

    return ending < LCA_ENDING_COUNT ? names[ending] : "?";
}

const char *lca_lock_name(enum lca_lock kind)
{
    static const char *const names[] = {
#define X(name, text) text,
        LCA_LOCKS(X)
#undef X
    };

    return kind < LCA_LOCK_COUNT ? names[kind] : "?";
}

void lca_signal_print(uint32_t number, char *text, size_t size)
{
    static const char *const names[] = {
        [1] = "SIGHUP",   [2] = "SIGINT",   [3] = "SIGQUIT",
        [4] = "SIGILL",   [5] = "SIGTRAP",  [6] = "SIGABRT",
        [7] = "SIGBUS",   [8] = "SIGFPE",   [9] = "SIGKILL",
        [10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2",
        [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM",
        [19] = "SIGSTOP", [20] = "SIGTSTP", [21] = "SIGTTIN",
        [22] = "SIGTTOU", [24] = "SIGXCPU", [25] = "SIGXFSZ",
        [31] = "SIGSYS",
    };
    const char *name = number < sizeof names / sizeof *names
                     ? names[number] : NULL;

    if (name)
        snprintf(text, size, "signal %u (%s)", (unsigned)number, name);
    else
        snprintf(text, size, "signal %u", (unsigned)number);
}

void lca_fate_print(int32_t signal, int32_t status, char *text, size_t size)
{
    char name[40];

    lca_signal_print((uint32_t)signal, name, sizeof name);
    if (signal)
        snprintf(text, size, "was ended by %s", name);
    else
        snprintf(text, size, "exited with status %d", (int)status);
}
