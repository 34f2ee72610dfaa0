#include "harness/cli/terminal.h"

#include "harness/base/text.h"
#include "harness/platform/clock.h"

#include <stdio.h>
#include <string.h>

enum { REDRAW_US = 100000, MOST_FINDINGS = 50 };

static struct {
    struct lca_terminal_options options;
    FILE *out;
    unsigned planned, told;
    unsigned count[LCA_VERDICT_COUNT];
    uint64_t started, drawn;
    bool line;                  /* a progress line stands on the screen */
} terminal;

static const char *const colors[LCA_VERDICT_COUNT] = {
    [LCA_PASS] = "32", [LCA_SKIP] = "33", [LCA_WAIVED] = "33",
    [LCA_BROKEN] = "35", [LCA_FAIL] = "31",
};

void lca_terminal_set(const struct lca_terminal_options *options)
{
    terminal.options = *options;
}

static void word(enum lca_verdict verdict)
{
    const char *name = lca_verdict_name(verdict);

    if (terminal.options.color)
        fprintf(terminal.out, "\033[%sm%s\033[0m", colors[verdict], name);
    else
        fputs(name, terminal.out);
}

/* Text of a subject's may hold anything, also what moves a cursor. */
static void plain(const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == 0xC2 && (unsigned char)text[1] >= 0x80 &&
            (unsigned char)text[1] < 0xA0)
            text++, fputc('?', terminal.out);
        else
            fputc(c < ' ' || c == 127 ? '?' : c, terminal.out);
    }
}

static void clear_line(void)
{
    if (terminal.line)
        fputs("\r\033[K", terminal.out);
    terminal.line = false;
}

static struct lca_result open(const char *path,
                              const struct lca_run_info *info, void **state)
{
    (void)path;
    terminal.out = terminal.options.to_stderr ? stderr : stdout;
    terminal.planned = info->planned;
    terminal.told = 0;
    terminal.started = lca_clock_us();
    memset(terminal.count, 0, sizeof terminal.count);
    *state = &terminal;
    if (!terminal.options.quiet)
        fprintf(terminal.out, "%s (%s): %u cells, tier %s, %u jobs, about "
                "%.0f s\n", info->subject, info->abi, info->planned,
                info->tier, info->jobs, info->estimate + 1);
    fflush(terminal.out);
    return lca_ok();
}

static void progress(void)
{
    uint64_t now = lca_clock_us();
    double spent = (double)(now - terminal.started) / 1e6;
    double rate = spent > 0 ? terminal.told / spent : 0;

    if (now - terminal.drawn < REDRAW_US || rate <= 0)
        return;
    terminal.drawn = now;
    fprintf(terminal.out, "\r%u/%u  %u failed  %.0f/s  %.0f s left \033[K",
            terminal.told, terminal.planned, terminal.count[LCA_FAIL], rate,
            (terminal.planned - terminal.told) / rate);
    fflush(terminal.out);
    terminal.line = true;
}

static void event(void *state, const struct lca_event *e)
{
    (void)state;
    terminal.told++;
    terminal.count[e->opinion.verdict]++;
    if (terminal.options.verbose) {
        clear_line();
        word(e->opinion.verdict);
        fprintf(terminal.out, " %s %s", e->clause->id, e->trial);
        if (*e->opinion.text) {
            fputs(": ", terminal.out);
            plain(e->opinion.text);
        }
        fputc('\n', terminal.out);
    }
    if (terminal.options.progress && !terminal.options.quiet)
        progress();
}

static void finding(const struct lca_finding *f)
{
    fputc('\n', terminal.out);
    word(f->opinion.verdict);
    fprintf(terminal.out, " %s (%s): ", f->clause->id,
            lca_level_name(f->clause->level));
    plain(f->opinion.text);
    fprintf(terminal.out, "\n  %s", f->trial);
    if (f->events > 1)
        fprintf(terminal.out, ", and %u more", f->events - 1);
    fputs("\n  repeat: ", terminal.out);
    plain(f->repeat);
    fputc('\n', terminal.out);
}

static void totals(const struct lca_summary *s)
{
    const struct lca_coverage *c = &s->coverage;

    fputc('\n', terminal.out);
    for (int v = LCA_VERDICT_COUNT - 1; v >= 0; v--) {
        if (!s->count[v] && v != LCA_PASS && v != LCA_FAIL)
            continue;
        fprintf(terminal.out, "%u ", s->count[v]);
        word((enum lca_verdict)v);
        fputs(v ? ", " : "", terminal.out);
    }
    fprintf(terminal.out, " in %.1f s (%u trials)\n", s->seconds, s->trials);
    if (s->unrun)
        fprintf(terminal.out, "%u of %u cells were not run: %s\n", s->unrun,
                s->planned, s->trouble);
    fprintf(terminal.out, "clauses: %u tested of %u: %u passed, %u failed, "
            "%u not decided; %u not yet, %u untestable\n", c->tested,
            c->clauses, c->passed, c->failed, c->skipped, c->not_yet,
            c->untestable);
}

static struct lca_result close(void *state, const struct lca_summary *s)
{
    (void)state;
    clear_line();
    if (!s)
        return lca_ok();
    for (unsigned i = 0; i < s->finding_count && i < MOST_FINDINGS; i++)
        finding(&s->findings[i]);
    if (s->finding_count > MOST_FINDINGS)
        fprintf(terminal.out, "\n... and %u more findings (see the JUnit "
                "report)\n", s->finding_count - MOST_FINDINGS);
    totals(s);
    fflush(terminal.out);
    return ferror(terminal.out)
         ? lca_fail(LCA_SYSTEM, "standard output cannot be written")
         : lca_ok();
}

const struct lca_writer lca_terminal = { "terminal", open, event, close };
