#include "harness/run/describe.h"

#include "harness/mapi/code.h"
#include "harness/run/symbols.h"

#include <inttypes.h>
#include <string.h>

static void answer(const struct lca_step *s, const struct lca_answer *a,
                   struct lca_text *text)
{
    char code[64];

    if (a->marks & LCA_NOT_PLAYED) {
        lca_text_print(text, "not played");
        return;
    }
    if (a->marks & LCA_UNPREPARED) {
        lca_text_print(text, "could not be prepared");
        return;
    }
    lca_code_print(a->code, code, sizeof code);
    if (s->op == LCA_CENSUS || s->op == LCA_PROBE || lca_op_strikes(s->op))
        lca_text_print(text, "done");
    else
        lca_text_print(text, "%s", code);
    if (a->calls > 1)
        lca_text_print(text, ", %u of %u calls succeeded", a->successes,
                       a->calls);
    if (a->ipc)
        lca_text_print(text, ", %u IPC calls", a->ipc);
    if (a->marks & LCA_DIRTY)
        lca_text_print(text, ", an output was changed");
    if (a->marks & LCA_DISPLAY)
        lca_text_print(text, ", a display was tried");
    if (a->marks & LCA_AGAIN)
        lca_text_print(text, ", connected again");
}

static void ending(const struct lca_step *s, const struct lca_record *r,
                   struct lca_text *text)
{
    char signal[40];

    lca_signal_print(r->number, signal, sizeof signal);
    if (r->process && r->process != s->process)
        lca_text_print(text, "process %c ", lca_process_name(r->process));
    switch (r->ending) {
    case LCA_CRASHED:
        lca_text_print(text, "crashed with %s at address 0x%" PRIx64, signal,
                       r->address);
        break;
    case LCA_HUNG:
        lca_text_print(text, "did not return%s%s",
                       r->number ? ", stopped by " : "",
                       r->number ? signal : "");
        break;
    case LCA_KILLED:
        lca_text_print(text, "sent %s to its parent process", signal);
        break;
    case LCA_LEFT:
        lca_text_print(text, "ended the process with status %u", r->number);
        break;
    default:
        lca_text_print(text, "%s", lca_ending_name(r->ending));
    }
}

/* What was new or changed at the i-th census. */
static void things(const struct lca_record *r, unsigned i,
                   struct lca_text *text)
{
    for (unsigned j = 0; j < r->thing_count; j++) {
        const struct lca_thing *t = &r->things[j];

        if (t->census == i && t->what < LCA_THING_COUNT)
            lca_text_print(text, "  %u %s more: %s\n", t->count,
                           lca_what_name(t->what, t->count), t->name);
        else if (t->census == i)
            lca_text_print(text, "  %s\n", t->name);
    }
}

static void census(const struct lca_record *r, struct lca_text *text)
{
    for (unsigned i = 0; i < r->census_count; i++) {
        lca_text_print(text, "count %u: %u descriptors, %u threads, %" PRIu64
                       " heap bytes, %u foreign descriptors lost\n", i + 1,
                       r->census[i].fds, r->census[i].threads,
                       r->census[i].heap, r->census[i].lost_fds);
        things(r, i, text);
    }
}

static void stack(const char *subject, struct lca_symbols *symbols,
                  const struct lca_frame *frames, unsigned count, bool calls,
                  struct lca_text *text)
{
    const char *slash = strrchr(subject, '/');
    const char *name = slash ? slash + 1 : subject;

    for (unsigned i = 0; i < count; i++) {
        const struct lca_frame *f = &frames[i];

        lca_text_print(text, "  #%u %s+0x%" PRIx64, i, f->module, f->offset);
        /* A return address is behind its call: look at the byte before. */
        if (strncmp(f->module, name, sizeof f->module - 1) == 0)
            lca_symbols_describe(symbols, f->offset - (i > 0 || calls), text);
        lca_text_print(text, "\n");
    }
}

void lca_describe_stack(const char *subject, const struct lca_frame *frames,
                        unsigned count, bool calls, struct lca_text *text)
{
    struct lca_symbols symbols;

    if (count == 0)
        return;
    lca_symbols_open(&symbols, subject);
    stack(subject, &symbols, frames, count, calls, text);
    lca_symbols_close(&symbols);
}

/*
 * The thread whose step did not return need not be the one to blame. One that
 * nobody has named is called as the first.
 */
static void threads(const char *subject, const struct lca_stacks_seen *seen,
                    struct lca_text *text)
{
    struct lca_symbols symbols;

    if (seen->count == 0)
        return;
    lca_symbols_open(&symbols, subject);
    for (unsigned i = 0; i < seen->count; i++) {
        const struct lca_stack *s = &seen->stacks[i];

        lca_text_print(text, "thread %u", i + 1);
        if (strcmp(s->name, seen->stacks[0].name) != 0) {
            lca_text_print(text, ", '");
            lca_text_clean(text, s->name, strlen(s->name));
            lca_text_print(text, "'");
        }
        if (s->step)
            lca_text_print(text, ", plays step %u", s->step);
        lca_text_print(text, "%s%s%s:\n", *s->doing ? ", " : "", s->doing,
                       s->silent ? ", does not say where" : "");
        stack(subject, &symbols, s->frames, s->frame_count, false, text);
    }
    if (seen->threads > seen->count)
        lca_text_print(text, "and %u threads more\n",
                       seen->threads - seen->count);
    lca_symbols_close(&symbols);
}

/* What was in the hands of the thread that crashed. */
static void registers(const struct lca_record *r, struct lca_text *text)
{
    for (unsigned i = 0; i < r->register_count; i++)
        lca_text_print(text, "%s%s 0x%" PRIx64 "%s", i ? " " : "registers: ",
                       r->registers[i].name, r->registers[i].value,
                       i + 1 < r->register_count ? "" : "\n");
}

/* Where each strike struck: all of its frames are return addresses. */
static void strikes(const char *subject, const struct lca_record *r,
                    struct lca_text *text)
{
    for (unsigned i = 0; i < r->hit_count; i++) {
        const struct lca_hit *h = &r->hits[i];

        if (!h->calls)
            continue;
        lca_text_print(text, "%s was made to fail in step %u:\n",
                       lca_faulty[h->site.call].name, h->step + 1);
        lca_describe_stack(subject, h->site.frames, h->site.frame_count,
                           true, text);
    }
}

/* What Valgrind found, whosever it is. */
static void errors(const char *subject, const struct lca_record *r,
                   struct lca_text *text)
{
    for (unsigned i = 0; i < r->error_count; i++) {
        const struct lca_error *e = &r->errors[i];

        lca_text_print(text, "Valgrind, step %u, %s: %s\n", e->step + 1,
                       e->subjects ? "the subject's" : "foreign", e->what);
        lca_describe_stack(subject, e->frames, e->frame_count, true, text);
        if (e->other_count)
            lca_text_print(text, "%s:\n", e->other == LCA_OTHER_FREED
                           ? "the block was freed in" :
                           e->other == LCA_OTHER_TAKEN
                           ? "the block was taken in" : "before that");
        lca_describe_stack(subject, e->others, e->other_count, true, text);
    }
}

static void held(const char *subject, const struct lca_record *r,
                 struct lca_text *text)
{
    for (unsigned i = 0; i < r->held_count; i++) {
        lca_text_print(text, "step %u returned and holds a %s, taken at:\n",
                       r->held[i].step + 1, lca_lock_name(r->held[i].kind));
        lca_describe_stack(subject, r->held[i].site.frames,
                           r->held[i].site.frame_count, true, text);
    }
}

void lca_describe_clause(const struct lca_clause *clause,
                         struct lca_text *text)
{
    lca_text_print(text, "%s (%s): %s\nsource: %s\n", clause->id,
                   lca_level_name(clause->level), clause->statement,
                   clause->source);
}

/* In hand, and not the one that is to name: others may have come back. */
static void beside(const struct lca_step *s, const struct lca_record *r,
                   unsigned i, struct lca_text *text)
{
    if (lca_answer_came(&r->answers[i]))
        answer(s, &r->answers[i], text);
    else
        lca_text_print(text, "not back");
}

void lca_describe(const char *subject, const struct lca_clause *clause,
                  const struct lca_script *script,
                  const struct lca_record *r, struct lca_text *text)
{
    unsigned last = r->begun > r->count + 1 ? r->begun - 1 : r->count;

    for (unsigned i = 0; i < script->count && i <= last; i++) {
        bool named = i == r->count;

        if (named && r->ending == LCA_RETURNED)
            break;
        lca_text_print(text, "%3u  ", i + 1);
        lca_step_describe(&script->steps[i], text);
        lca_text_print(text, ": ");
        if (named)
            ending(&script->steps[i], r, text);
        else if (script->steps[i].together)
            beside(&script->steps[i], r, i, text);
        else
            answer(&script->steps[i], &r->answers[i], text);
        lca_text_print(text, "\n");
    }
    census(r, text);
    strikes(subject, r, text);
    errors(subject, r, text);
    held(subject, r, text);
    lca_describe_stack(subject, r->frames, r->frame_count, false, text);
    registers(r, text);
    threads(subject, &r->seen, text);
    if (*r->note)
        lca_text_print(text, "note: %s\n", r->note);
    if (clause)
        lca_describe_clause(clause, text);
}

void lca_describe_repeat(const struct lca_options *o, const char *trial,
                         struct lca_text *text)
{
    lca_text_quote(text, o->program);
    lca_text_print(text, " run --trial ");
    lca_text_quote(text, trial);
    if (o->repeat && o->repeat->length)
        lca_text_print(text, "%s", o->repeat->bytes);
    lca_text_print(text, " ");
    lca_text_quote(text, o->subject);
}
