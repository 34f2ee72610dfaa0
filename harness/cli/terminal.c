#include "harness/cli/terminal.h"

#include "harness/base/text.h"
#include "harness/cli/wrap.h"
#include "harness/platform/clock.h"

#include <stdio.h>
#include <string.h>

enum { REDRAW_US = 100000, LOG_US = 10000000, MOST_FINDINGS = 50 };

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

static struct lca_wrap line(unsigned indent)
{
    return (struct lca_wrap){ .out = terminal.out, .indent = indent,
                              .width = terminal.options.width };
}

static void word(struct lca_wrap *wrap, enum lca_verdict verdict)
{
    lca_wrap_color(wrap, terminal.options.color ? colors[verdict] : "",
                   lca_verdict_name(verdict));
}

/* A sentence on a line of its own; the text is empty again. */
static void say(unsigned indent, struct lca_text *text)
{
    struct lca_wrap wrap = line(indent);

    lca_wrap_line(&wrap, text->bytes ? text->bytes : "");
    lca_text_clear(text);
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
    struct lca_text text = { 0 };

    (void)path;
    terminal.out = terminal.options.to_stderr ? stderr : stdout;
    terminal.planned = info->planned;
    terminal.told = 0;
    terminal.started = terminal.drawn = lca_clock_us();
    memset(terminal.count, 0, sizeof terminal.count);
    *state = &terminal;
    lca_text_print(&text, "%s (%s): %u cells, tier %s, %u jobs, about %.0f s",
                   info->subject, info->abi, info->planned, info->tier,
                   info->jobs, info->estimate + 1);
    if (!terminal.options.quiet)
        say(2, &text);
    lca_text_free(&text);
    fflush(terminal.out);
    return lca_ok();
}

/* Two digits are enough to wait by. */
static const char *left(double seconds, char *text, size_t size)
{
    if (seconds < 100)
        snprintf(text, size, "%.0f s left", seconds);
    else if (seconds < 6000)
        snprintf(text, size, "%.0f min left", seconds / 60);
    else
        snprintf(text, size, "%.0f h left", seconds / 3600);
    return text;
}

/* The most that fits on one line: a second line could not be taken back. */
static void describe(unsigned width, double rate, char *text, size_t size)
{
    unsigned told = terminal.told, planned = terminal.planned;
    unsigned failed = terminal.count[LCA_FAIL];
    char wait[32];

    left((planned - told) / rate, wait, sizeof wait);
    snprintf(text, size, "%u/%u  %u failed  %.0f trials/s  %s", told, planned,
             failed, rate, wait);
    if (strlen(text) >= width)
        snprintf(text, size, "%u/%u  %u failed  %.0f/s  %s", told, planned,
                 failed, rate, wait);
    if (strlen(text) >= width)
        snprintf(text, size, "%u/%u  %s", told, planned, wait);
    if (strlen(text) >= width)
        snprintf(text, size, "%.0f %%", 100.0 * told / planned);
}

static void progress(void)
{
    bool screen = terminal.options.terminal;
    uint64_t now = lca_clock_us();
    double spent = (double)(now - terminal.started) / 1e6;
    double rate = spent > 0 ? terminal.told / spent : 0;
    char text[128];

    if (now - terminal.drawn < (screen ? REDRAW_US : LOG_US) || rate <= 0)
        return;
    terminal.drawn = now;
    describe(screen ? terminal.options.width : sizeof text, rate, text,
             sizeof text);
    if (screen)
        fprintf(terminal.out, "\r%s\033[K", text);
    else
        fprintf(terminal.out, "progress: %s\n", text);
    fflush(terminal.out);
    terminal.line = screen;
}

static void event(void *state, const struct lca_event *e)
{
    const struct lca_terminal_options *o = &terminal.options;

    (void)state;
    terminal.told++;
    terminal.count[e->opinion.verdict]++;
    if (o->verbose) {
        struct lca_wrap wrap = line(2);

        clear_line();
        word(&wrap, e->opinion.verdict);
        lca_wrap_text(&wrap, " ");
        lca_wrap_text(&wrap, e->clause->id);
        lca_wrap_text(&wrap, " ");
        lca_wrap_text(&wrap, e->trial);
        lca_wrap_text(&wrap, *e->opinion.text ? ": " : "");
        lca_wrap_line(&wrap, e->opinion.text);
    }
    if (!o->quiet && (o->terminal || o->verbose))
        progress();
}

static void finding(const struct lca_finding *f)
{
    struct lca_wrap wrap = line(2);
    struct lca_text text = { 0 };

    fputc('\n', terminal.out);
    word(&wrap, f->opinion.verdict);
    lca_text_print(&text, " %s (%s): %s", f->clause->id,
                   lca_level_name(f->clause->level), f->opinion.text);
    lca_wrap_line(&wrap, text.bytes ? text.bytes : "");
    lca_text_clear(&text);
    lca_text_print(&text, "  %s", f->trial);
    if (f->events > 1)
        lca_text_print(&text, ", and %u more", f->events - 1);
    say(2, &text);
    /* To be copied, so on one line, however wide the screen is. */
    lca_text_print(&text, "  repeat: %s", f->repeat);
    wrap.width = 0;
    lca_wrap_line(&wrap, text.bytes ? text.bytes : "");
    lca_text_free(&text);
}

static void counts(const struct lca_summary *s)
{
    struct lca_wrap wrap = line(0);
    char text[80];

    for (int v = LCA_VERDICT_COUNT - 1; v >= 0; v--) {
        if (!s->count[v] && v != LCA_PASS && v != LCA_FAIL)
            continue;
        snprintf(text, sizeof text, "%u ", s->count[v]);
        lca_wrap_text(&wrap, text);
        word(&wrap, (enum lca_verdict)v);
        lca_wrap_text(&wrap, v ? ", " : "");
    }
    snprintf(text, sizeof text, " in %.1f s (%u trials)", s->seconds,
             s->trials);
    lca_wrap_line(&wrap, text);
}

/* They fail nobody, so that they are there is enough unless asked for. */
static void foreign(const struct lca_summary *s)
{
    struct lca_text text = { 0 };

    if (!s->foreign_count)
        return;
    lca_text_print(&text, "foreign: errors at %u places that are not the "
                   "subject's, which fail nobody%s", s->foreign_count,
                   terminal.options.verbose ? "" : " (--verbose shows them)");
    say(0, &text);
    for (unsigned i = 0; terminal.options.verbose && i < s->foreign_count;
         i++) {
        const struct lca_foreign *f = &s->foreign[i];

        lca_text_print(&text, "  in %u trials: ", f->trials);
        lca_text_clean(&text, f->what, strlen(f->what));
        lca_text_print(&text, "\n");
        lca_text_clean(&text, f->stack, strlen(f->stack));
        fputs(text.bytes ? text.bytes : "", terminal.out);
        lca_text_clear(&text);
    }
    lca_text_free(&text);
}

static void totals(const struct lca_summary *s)
{
    const struct lca_coverage *c = &s->coverage;
    struct lca_text text = { 0 };

    fputc('\n', terminal.out);
    counts(s);
    if (s->unrun) {
        lca_text_print(&text, "%u of %u cells were not run: %s", s->unrun,
                       s->planned, s->trouble);
        say(0, &text);
    }
    foreign(s);
    lca_text_print(&text, "clauses: %u tested of %u: %u passed, %u failed, "
                   "%u not decided; %u not yet, %u untestable", c->tested,
                   c->clauses, c->passed, c->failed, c->skipped, c->not_yet,
                   c->untestable);
    say(0, &text);
    lca_text_free(&text);
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
    return lca_ok();            /* main looks whether it could be written */
}

const struct lca_writer lca_terminal = { "terminal", open, event, close };
