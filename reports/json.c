#include "reports/json.h"

#include "reports/output.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct json {
    struct lca_output *output;
    struct lca_text line;
    struct lca_text clean;      /* the value in hand */
};

/* Fields are named as in harness/model/event.h. */
#define INFO_TEXTS(X)                                                       \
    X(subject) X(abi) X(tier) X(profile) X(host) X(version) X(hostname)     \
    X(timestamp)
#define INFO_NUMBERS(X) X(planned) X(jobs)
#define EVENT_TEXTS(X)                                                      \
    X(chapter) X(trial) X(classname) X(name) X(title) X(body) X(repeat)     \
    X(said)
#define EVENT_NUMBERS(X) X(number) X(us)
#define COVERAGE_NUMBERS(X)                                                 \
    X(clauses) X(tested) X(passed) X(failed) X(skipped) X(not_yet)          \
    X(untestable)
#define SUMMARY_NUMBERS(X) X(planned) X(unrun) X(trials)
#define FINDING_TEXTS(X) X(trial) X(repeat)

/* A value that could not be made is no value: the line fails. */
static void set(struct json *j, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        j->line.failed = true;
}

static void set_text(struct json *j, json_t *object, const char *key,
                     const char *value)
{
    lca_text_clear(&j->clean);
    if (value)
        lca_text_clean(&j->clean, value, strlen(value));
    j->line.failed = j->line.failed || j->clean.failed;
    set(j, object, key, json_stringn(j->clean.length ? j->clean.bytes : "",
                                     j->clean.length));
}

static void set_number(struct json *j, json_t *object, const char *key,
                       json_int_t value)
{
    set(j, object, key, json_integer(value));
}

static json_t *new_line(struct json *j, const char *event)
{
    json_t *line = json_object();

    set_text(j, line, "event", event);
    return line;
}

/* json_dumps may drop a key when there is no memory; a text remembers. */
static int add(const char *bytes, size_t length, void *text)
{
    lca_text_add(text, bytes, length);
    return 0;
}

static void say(struct json *j, json_t *line)
{
    if (json_dump_callback(line, add, &j->line,
                           JSON_COMPACT | JSON_REAL_PRECISION(12)) != 0)
        j->line.failed = true;
    lca_output_line(j->output, &j->line);
    lca_text_clear(&j->line);
    json_decref(line);
}

static struct lca_result begin(const char *path,
                               const struct lca_run_info *info, void **state)
{
    struct json *j = calloc(1, sizeof *j);
    struct lca_result r;
    json_t *line;

    *state = NULL;
    if (!j)
        return lca_fail(LCA_SYSTEM, "no memory for %.350s", path);
    r = lca_output_stream(path, &j->output);
    if (r.code) {
        free(j);
        return r;
    }
    line = new_line(j, "begin");
#define X(field) set_text(j, line, #field, info->field);
    INFO_TEXTS(X)
#undef X
#define X(field) set_number(j, line, #field, info->field);
    INFO_NUMBERS(X)
#undef X
    say(j, line);
    *state = j;
    return r;
}

static void set_clause(struct json *j, json_t *object,
                       const struct lca_clause *clause)
{
    json_t *value = json_object();

    set_text(j, value, "id", clause->id);
    set_text(j, value, "level", lca_level_name(clause->level));
    set(j, object, "clause", value);
}

static void set_opinion(struct json *j, json_t *object,
                        const struct lca_opinion *opinion)
{
    json_t *value = json_object();

    set_text(j, value, "verdict", lca_verdict_name(opinion->verdict));
    set_text(j, value, "text", opinion->text);
    set(j, object, "opinion", value);
}

static void event(void *state, const struct lca_event *e)
{
    struct json *j = state;
    json_t *line = new_line(j, "case");

#define X(field) set_number(j, line, #field, e->field);
    EVENT_NUMBERS(X)
#undef X
    set_clause(j, line, e->clause);
    set_opinion(j, line, &e->opinion);
#define X(field) set_text(j, line, #field, e->field);
    EVENT_TEXTS(X)
#undef X
    say(j, line);
}

static json_t *counts(struct json *j, const struct lca_summary *summary)
{
    json_t *object = json_object();

    for (int v = 0; v < LCA_VERDICT_COUNT; v++)
        set_number(j, object, lca_verdict_name(v), summary->count[v]);
    return object;
}

static json_t *coverage(struct json *j, const struct lca_coverage *c)
{
    json_t *object = json_object();

#define X(field) set_number(j, object, #field, c->field);
    COVERAGE_NUMBERS(X)
#undef X
    return object;
}

static json_t *findings(struct json *j, const struct lca_summary *summary)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < summary->finding_count; i++) {
        const struct lca_finding *f = &summary->findings[i];
        json_t *object = json_object();

        set_clause(j, object, f->clause);
        set_opinion(j, object, &f->opinion);
#define X(field) set_text(j, object, #field, f->field);
        FINDING_TEXTS(X)
#undef X
        set_number(j, object, "events", f->events);
        if (json_array_append_new(array, object) != 0)
            j->line.failed = true;
    }
    return array;
}

static json_t *foreign(struct json *j, const struct lca_summary *summary)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < summary->foreign_count; i++) {
        const struct lca_foreign *f = &summary->foreign[i];
        json_t *object = json_object();

        set_text(j, object, "error", f->error);
        set_text(j, object, "what", f->what);
        set_text(j, object, "stack", f->stack);
        set_number(j, object, "trials", f->trials);
        if (json_array_append_new(array, object) != 0)
            j->line.failed = true;
    }
    return array;
}

static struct lca_result end(void *state, const struct lca_summary *summary)
{
    struct json *j = state;
    struct lca_result r;

    if (summary) {
        json_t *line = new_line(j, "end");

        set(j, line, "count", counts(j, summary));
#define X(field) set_number(j, line, #field, summary->field);
        SUMMARY_NUMBERS(X)
#undef X
        set(j, line, "seconds", json_real(summary->seconds));
        set_number(j, line, "status", summary->status);
        set(j, line, "coverage", coverage(j, &summary->coverage));
        set(j, line, "findings", findings(j, summary));
        set(j, line, "foreign", foreign(j, summary));
        say(j, line);
    }
    r = lca_output_close(j->output, true);
    lca_text_free(&j->line);
    lca_text_free(&j->clean);
    free(j);
    return r;
}

const struct lca_writer lca_json = { "json", begin, event, end };
