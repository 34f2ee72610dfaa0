#include "reports/tap.h"

#include "reports/output.h"
#include "reports/shown.h"

#include <stdlib.h>
#include <string.h>

struct tap {
    struct lca_output *output;
    struct lca_text line;       /* or the lines of one test point */
    struct lca_text clean;      /* the value in hand */
};

static const struct {
    const char *result;
    const char *directive;
} words[LCA_VERDICT_COUNT] = {
    [LCA_PASS]   = { "ok",     "" },
    [LCA_SKIP]   = { "ok",     " # SKIP " },
    [LCA_WAIVED] = { "not ok", " # TODO " },
    [LCA_BROKEN] = { "not ok", "" },
    [LCA_FAIL]   = { "not ok", "" },
};

static const struct lca_text *cleaned(struct tap *t, const char *value)
{
    lca_text_clear(&t->clean);
    if (value)
        lca_text_clean(&t->clean, value, strlen(value));
    t->line.failed = t->line.failed || t->clean.failed;
    return &t->clean;
}

/* A description or a reason: on one line, '#' and '\' behind a backslash. */
static void add_words(struct tap *t, const char *value)
{
    const struct lca_text *clean = cleaned(t, value);

    for (size_t i = 0; i < clean->length; i++) {
        const char *c = clean->bytes + i;

        if (*c == '#' || *c == '\\')
            lca_text_add(&t->line, "\\", 1);
        lca_text_add(&t->line, *c == '\n' || *c == '\t' ? " " : c, 1);
    }
}

/*
 * A value between double quotes. YAML lets U+0080 to U+009F stand only as
 * escapes; they are the two bytes C2 80 to C2 9F.
 */
static void add_yaml(struct tap *t, const char *key, const char *value)
{
    const struct lca_text *clean = cleaned(t, value);

    lca_text_print(&t->line, "\n  %s: \"", key);
    for (size_t i = 0; i < clean->length; i++) {
        const char *c = clean->bytes + i;

        if (*c == '"' || *c == '\\')
            lca_text_print(&t->line, "\\%c", *c);
        else if (*c == '\n' || *c == '\t')
            lca_text_add(&t->line, *c == '\n' ? "\\n" : "\\t", 2);
        else if (c[0] == '\xC2' && (unsigned char)c[1] < 0xA0)
            lca_text_print(&t->line, "\\x%02X",
                           (unsigned char)clean->bytes[++i]);
        else
            lca_text_add(&t->line, c, 1);
    }
    lca_text_add(&t->line, "\"", 1);
}

static void say(struct tap *t)
{
    lca_output_line(t->output, &t->line);
    lca_text_clear(&t->line);
}

static struct lca_result begin(const char *path,
                               const struct lca_run_info *info, void **state)
{
    struct tap *t = calloc(1, sizeof *t);
    struct lca_result r;

    *state = NULL;
    if (!t)
        return lca_fail(LCA_SYSTEM, "no memory for %.350s", path);
    r = lca_output_stream(path, &t->output);
    if (r.code) {
        free(t);
        return r;
    }
    lca_text_print(&t->line, "TAP version 14\n1..%u%s", info->planned,
                   info->planned ? "" : " # nothing was selected");
    say(t);
    *state = t;
    return r;
}

static void event(void *state, const struct lca_event *e)
{
    struct tap *t = state;
    enum lca_verdict verdict = lca_shown(e);

    lca_text_print(&t->line, "%s %u - ", words[verdict].result, e->number);
    add_words(t, e->clause->id);
    lca_text_add(&t->line, " ", 1);
    add_words(t, e->trial);
    if (*words[verdict].directive) {
        lca_text_print(&t->line, "%s", words[verdict].directive);
        add_words(t, e->opinion.text);
    }
    if (verdict == LCA_FAIL || verdict == LCA_BROKEN) {
        lca_text_print(&t->line, "\n  ---");
        add_yaml(t, "clause", e->clause->id);
        add_yaml(t, "level", lca_level_name(e->clause->level));
        add_yaml(t, "verdict", lca_verdict_name(verdict));
        add_yaml(t, "message", e->opinion.text);
        add_yaml(t, "repeat", e->repeat);
        lca_text_print(&t->line, "\n  ...");
    }
    say(t);
}

static struct lca_result end(void *state, const struct lca_summary *summary)
{
    struct tap *t = state;
    struct lca_result r;

    if (!summary || summary->unrun) {
        lca_text_print(&t->line, "Bail out! ");
        add_words(t, summary ? summary->trouble : "The run was given up");
        say(t);
    }
    r = lca_output_close(t->output, true);
    lca_text_free(&t->line);
    lca_text_free(&t->clean);
    free(t);
    return r;
}

const struct lca_writer lca_tap = { "tap", begin, event, end };
