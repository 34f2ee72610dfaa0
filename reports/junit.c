/*
 * A testsuite begins with its totals, so it is written when all its events
 * are known: until close, a report is only in memory.
 */

#include "reports/junit.h"

#include "reports/output.h"
#include "reports/shown.h"
#include "reports/xml.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAID_MAX = 256 * 1024 };         /* bytes of a suite's system-out */

struct suite {
    struct suite *next;
    struct lca_text name;               /* of the chapter */
    struct lca_text cases;              /* its testcases, as XML */
    struct lca_xml *xml;                /* writes them */
    struct lca_text said;               /* cleaned when it is written */
    size_t unsaid;                      /* bytes that did not fit */
    unsigned count[LCA_VERDICT_COUNT];
    uint64_t us;
};

struct junit {
    struct lca_text path;
    struct lca_text timestamp;
    struct lca_text hostname;
    struct lca_text properties;         /* as XML: they are in each suite */
    struct suite *suites;               /* in the order they began */
    bool failed;                        /* for want of memory */
};

static const char *const elements[LCA_VERDICT_COUNT] = {
    [LCA_SKIP]   = "skipped",
    [LCA_WAIVED] = "skipped",
    [LCA_BROKEN] = "error",
    [LCA_FAIL]   = "failure",
};

/* The schemas want more than blanks in a name. */
static const char *named(const char *name, const char *otherwise)
{
    return name && name[strspn(name, " \t\n")] ? name : otherwise;
}

static void seconds(struct lca_xml *x, uint64_t us)
{
    uint64_t ms = us / 1000 + (us % 1000 >= 500);
    char digits[32];

    /* In whole numbers: "%.3f" would follow the locale. */
    snprintf(digits, sizeof digits, "%" PRIu64 ".%03u", ms / 1000,
             (unsigned)(ms % 1000));
    lca_xml_attribute(x, "time", digits);
}

static bool write_properties(struct lca_text *out,
                             const struct lca_run_info *info)
{
    struct lca_xml *x = lca_xml_open(out);
    char jobs[16];

    if (!x)
        return false;
    snprintf(jobs, sizeof jobs, "%u", info->jobs);
    const struct { const char *name, *value; } rows[] = {
        { "subject", info->subject }, { "abi", info->abi },
        { "tier", info->tier },       { "profile", info->profile },
        { "host", info->host },       { "version", info->version },
        { "jobs", jobs },
    };

    lca_xml_start(x, "properties");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        lca_xml_start(x, "property");
        lca_xml_attribute(x, "name", rows[i].name);
        lca_xml_attribute(x, "value", rows[i].value);
        lca_xml_end(x);
    }
    lca_xml_end(x);
    return lca_xml_close(x);
}

static void discard(struct junit *j)
{
    while (j->suites) {
        struct suite *s = j->suites;

        j->suites = s->next;
        if (s->xml)
            lca_xml_close(s->xml);
        lca_text_free(&s->name);
        lca_text_free(&s->cases);
        lca_text_free(&s->said);
        free(s);
    }
    lca_text_free(&j->path);
    lca_text_free(&j->timestamp);
    lca_text_free(&j->hostname);
    lca_text_free(&j->properties);
    free(j);
}

static struct lca_result begin(const char *path,
                               const struct lca_run_info *info, void **state)
{
    struct lca_result r = lca_output_prepare(path);
    struct junit *j = NULL;

    *state = NULL;
    if (r.code)
        return r;
    j = calloc(1, sizeof *j);
    if (!j)
        return lca_fail(LCA_SYSTEM, "no memory for %.350s", path);
    lca_text_print(&j->path, "%s", path);
    lca_text_print(&j->timestamp, "%s", info->timestamp);
    lca_text_print(&j->hostname, "%s", named(info->hostname, "localhost"));
    lca_text_add(&j->properties, "\n", 1);      /* a suite's tag is before */
    if (!write_properties(&j->properties, info) || j->path.failed ||
        j->timestamp.failed || j->hostname.failed) {
        discard(j);
        return lca_fail(LCA_SYSTEM, "no memory for %.350s", path);
    }
    *state = j;
    return r;
}

/* Found or begun. NULL: no memory. */
static struct suite *suite_of(struct junit *j, const char *chapter)
{
    struct suite **link = &j->suites;
    struct suite *s = NULL;

    for (; *link; link = &(*link)->next)
        if (strcmp((*link)->name.bytes, chapter) == 0)
            return *link;
    s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    lca_text_print(&s->name, "%s", chapter);
    s->xml = lca_xml_open(&s->cases);
    if (s->name.failed || !s->xml) {
        if (s->xml)
            lca_xml_close(s->xml);
        lca_text_free(&s->name);
        free(s);
        return NULL;
    }
    *link = s;
    return s;
}

static void write_body(struct lca_xml *x, const struct lca_event *e)
{
    const char *body = e->body ? e->body : "";
    size_t length = strlen(body);

    lca_xml_text(x, body);
    if (length && body[length - 1] != '\n')
        lca_xml_text(x, "\n");
    if (e->repeat && *e->repeat) {
        lca_xml_text(x, "repeat: ");
        lca_xml_text(x, e->repeat);
        lca_xml_text(x, "\n");
    }
}

static void write_case(struct lca_xml *x, const struct lca_event *e)
{
    enum lca_verdict verdict = lca_shown(e);

    lca_xml_start(x, "testcase");
    lca_xml_attribute(x, "name", e->name);
    lca_xml_attribute(x, "classname", e->classname);
    seconds(x, e->us);
    if (elements[verdict]) {
        lca_xml_start(x, elements[verdict]);
        if (verdict == LCA_FAIL)
            lca_xml_attribute(x, "type", lca_level_name(e->clause->level));
        if (verdict == LCA_BROKEN)
            lca_xml_attribute(x, "type", lca_verdict_name(verdict));
        lca_xml_attribute(x, "message", e->opinion.text);
        if (verdict == LCA_FAIL || verdict == LCA_BROKEN)
            write_body(x, e);
        lca_xml_end(x);
    }
    lca_xml_end(x);
}

static void keep_said(struct suite *s, const struct lca_event *e)
{
    size_t length = e->said ? strlen(e->said) : 0;
    size_t room = s->said.length < SAID_MAX ? SAID_MAX - s->said.length : 0;
    size_t kept = length < room ? length : room;

    s->unsaid += length - kept;
    if (kept == 0)
        return;
    lca_text_print(&s->said, "== %s\n", e->trial);
    lca_text_add(&s->said, e->said, kept);
    if (e->said[kept - 1] != '\n')
        lca_text_add(&s->said, "\n", 1);
}

static void event(void *state, const struct lca_event *e)
{
    struct junit *j = state;
    struct suite *s = suite_of(j, e->chapter ? e->chapter : "");

    if (!s) {
        j->failed = true;
        return;
    }
    s->count[lca_shown(e)]++;
    s->us += e->us;
    write_case(s->xml, e);
    keep_said(s, e);
}

static void write_element(struct lca_xml *x, const char *element,
                          const char *text)
{
    lca_xml_start(x, element);
    lca_xml_text(x, text);
    lca_xml_end(x);
}

static void write_totals(struct lca_xml *x, const struct suite *s)
{
    unsigned tests = 0;

    for (int v = 0; v < LCA_VERDICT_COUNT; v++)
        tests += s->count[v];
    lca_xml_number(x, "tests", tests);
    lca_xml_number(x, "failures", s->count[LCA_FAIL]);
    lca_xml_number(x, "errors", s->count[LCA_BROKEN]);
    lca_xml_number(x, "skipped", s->count[LCA_SKIP] + s->count[LCA_WAIVED]);
    seconds(x, s->us);
}

/* A short report must not pass for a full one. */
static void note_missing(struct lca_text *notes,
                         const struct lca_summary *summary)
{
    if (summary->unrun)
        lca_text_print(notes, "The run was cut short (%s): %u of %u testcases "
                       "were not run.\n", summary->trouble, summary->unrun,
                       summary->planned);
}

/* No testcase has them: they fail nobody. */
static void note_foreign(struct lca_text *notes,
                         const struct lca_summary *summary)
{
    for (unsigned i = 0; i < summary->foreign_count; i++) {
        const struct lca_foreign *f = &summary->foreign[i];

        lca_text_print(notes, "Foreign, in %u trials: %s\n%s", f->trials,
                       f->what, f->stack);
    }
}

static bool write_suite(struct lca_xml *x, const struct junit *j,
                        struct suite *s, unsigned id,
                        const struct lca_summary *summary)
{
    const char *name = named(s->name.bytes, "unnamed");
    struct lca_text package = { 0 };
    struct lca_text notes = { 0 };
    bool complete = lca_xml_close(s->xml) && !s->said.failed;

    s->xml = NULL;
    lca_text_add(&package, name, strcspn(name, "/"));
    if (s->unsaid)
        lca_text_print(&notes, "Of the subject's output %zu bytes were left "
                       "out.\n", s->unsaid);
    if (!s->next)
        note_missing(&notes, summary);
    if (!s->next)
        note_foreign(&notes, summary);

    lca_xml_start(x, "testsuite");
    lca_xml_attribute(x, "name", name);
    lca_xml_attribute(x, "package", package.bytes);
    lca_xml_number(x, "id", id);
    lca_xml_attribute(x, "timestamp", j->timestamp.bytes);
    lca_xml_attribute(x, "hostname", j->hostname.bytes);
    write_totals(x, s);
    lca_xml_insert(x, &j->properties);
    lca_xml_insert(x, &s->cases);
    write_element(x, "system-out", s->said.bytes);
    write_element(x, "system-err", notes.bytes);
    lca_xml_end(x);

    complete = complete && !package.failed && !notes.failed;
    lca_text_free(&package);
    lca_text_free(&notes);
    return complete;
}

static struct lca_result write_report(struct junit *j,
                                      const struct lca_summary *summary)
{
    struct lca_text document = { 0 };
    struct lca_xml *x = lca_xml_open(&document);
    struct lca_output *output = NULL;
    struct lca_result r = lca_ok();
    bool complete = x && !j->failed;
    unsigned id = 0;

    if (x) {
        lca_xml_declare(x);
        lca_xml_start(x, "testsuites");
        for (struct suite *s = j->suites; s; s = s->next)
            complete = write_suite(x, j, s, id++, summary) && complete;
        lca_xml_end(x);
        complete = lca_xml_close(x) && complete;
    }
    if (!complete)
        r = lca_fail(LCA_SYSTEM, "no memory for %.350s", j->path.bytes);
    if (!r.code)
        r = lca_output_whole(j->path.bytes, &output);
    if (!r.code) {
        lca_output_put(output, document.bytes, document.length);
        r = lca_output_close(output, true);
    }
    lca_text_free(&document);
    return r;
}

static struct lca_result end(void *state, const struct lca_summary *summary)
{
    struct junit *j = state;
    struct lca_result r = summary ? write_report(j, summary) : lca_ok();

    discard(j);
    return r;
}

const struct lca_writer lca_junit = { "junit", begin, event, end };
