#include "harness/run/errors.h"

#include "harness/base/text.h"
#include "harness/run/errors_raw.h"

#include <inttypes.h>
#include <libxml/parser.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODULES_MAX = 512 };

struct module {
    char owner;                 /* as lca_callers_tell has it */
    uint64_t from, to, base;
    char name[48];
};

/* Of one document; what is read goes into the record. */
struct reader {
    struct lca_record *record;
    const xmlNode *first;       /* of those that no mark has followed yet */
    bool counted;               /* losses among them are since a count */
    unsigned module_count;
    struct module modules[MODULES_MAX];
};

static const struct module *holder(const struct reader *r, uint64_t ip)
{
    for (unsigned i = 0; i < r->module_count; i++)
        if (ip >= r->modules[i].from && ip < r->modules[i].to)
            return &r->modules[i];
    return NULL;
}

static struct lca_frame name(const struct reader *r, uint64_t ip)
{
    const struct module *m = holder(r, ip);
    struct lca_frame f = { "?", ip };

    if (m) {
        memcpy(f.module, m->name, sizeof f.module);
        f.offset = ip - m->base;
    }
    return f;
}

static unsigned put_stack(const struct reader *r, const struct lca_raw_stack *s,
                          struct lca_frame frames[LCA_ERROR_FRAMES])
{
    unsigned i;

    for (i = 0; i < s->count && i < LCA_ERROR_FRAMES; i++)
        frames[i] = name(r, s->ip[i]);
    return i;
}

/*
 * The first frame that is neither the C or C++ library's nor the harness's:
 * a wrapper stands before its caller, and a lent object's method before who
 * called that. *alone: there is nobody but the harness.
 */
static int find_maker(const struct reader *r, const struct lca_raw_stack *s,
                      bool *alone)
{
    *alone = s->count > 0;
    for (unsigned i = 0; i < s->count; i++) {
        const struct module *m = holder(r, s->ip[i]);

        if (m && (m->owner == 'b' || m->owner == 'h'))
            continue;
        *alone = false;
        return m && m->owner == 's' ? (int)i : -1;
    }
    return -1;
}

/* What two threads touch is whose code touches it: a wrapper has its own. */
static bool is_harness_race(const struct reader *r,
                            const struct lca_raw_error *raw)
{
    const struct module *m = raw->made.count ? holder(r, raw->made.ip[0])
                                             : NULL;

    return lca_error_about(raw->kind) == LCA_ABOUT_RACE && m &&
           m->owner == 'h';
}

static void blame(const struct reader *r, const struct lca_raw_error *raw,
                  struct lca_error *e)
{
    bool alone, unused;
    int at = find_maker(r, &raw->made, &alone);
    int there = find_maker(r, &raw->there, &unused);

    if (is_harness_race(r, raw) ||
        (there < 0 && lca_error_about(raw->kind) == LCA_ABOUT_LOCK))
        at = -1;
    if (at >= 0)
        e->from = name(r, raw->made.ip[at]);
    if (there >= 0)
        e->other_from = name(r, raw->there.ip[there]);
    e->clients = at < 0 && alone && there >= 0 &&
                 (raw->other == LCA_OTHER_FREED ||
                  raw->other == LCA_OTHER_TAKEN);
    if (e->clients)
        e->from = e->other_from;
    e->subjects = *e->from.module != '\0';
}

/* One kind at one place is one error, however often it was made. */
static bool is_known(const struct lca_record *r, const struct lca_error *e)
{
    for (unsigned i = 0; i < r->error_count; i++)
        if (r->errors[i].kind == e->kind && r->errors[i].step == e->step &&
            r->errors[i].from.offset == e->from.offset &&
            strcmp(r->errors[i].from.module, e->from.module) == 0)
            return true;
    return false;
}

static unsigned weight(const struct lca_error *e)
{
    enum lca_error_about about = lca_error_about(e->kind);

    return !e->subjects ? 0
         : about == LCA_ABOUT_MEMORY || about == LCA_ABOUT_LOCK ? 2 : 1;
}

/* Errors of a step. */
static unsigned crowd(const struct lca_record *r, uint32_t step)
{
    unsigned count = 0;

    for (unsigned i = 0; i < r->error_count; i++)
        count += r->errors[i].step == step;
    return count;
}

/*
 * Where there is no room, what weighs least makes some, and then a step that
 * has more than others: a logon that errs a lot does not hide what Logoff
 * does.
 */
static bool make_room(struct lca_record *r, const struct lca_error *for_it)
{
    const unsigned last = LCA_ERRORS_MAX - 1;
    const struct lca_error *least = &r->errors[last];
    unsigned at = last;

    if (r->error_count < LCA_ERRORS_MAX)
        return true;
    for (unsigned i = last; i-- > 0;) {
        const struct lca_error *e = &r->errors[i];

        if (weight(e) < weight(least) ||
            (weight(e) == weight(least) &&
             crowd(r, e->step) > crowd(r, least->step)))
            least = &r->errors[at = i];
    }
    if (weight(least) > weight(for_it) ||
        (weight(least) == weight(for_it) &&
         crowd(r, least->step) <= crowd(r, for_it->step) + 1))
        return false;
    memmove(&r->errors[at], &r->errors[at + 1],
            (last - at) * sizeof *r->errors);
    r->error_count--;
    return true;
}

static void put_error(const struct reader *r, const struct lca_raw_error *raw,
                      uint32_t step)
{
    struct lca_error e = { .kind = raw->kind, .step = step,
                           .other = raw->other, .bytes = raw->bytes,
                           .blocks = raw->blocks };

    memcpy(e.what, raw->what, sizeof e.what);
    e.frame_count = put_stack(r, &raw->made, e.frames);
    e.other_count = put_stack(r, &raw->there, e.others);
    blame(r, raw, &e);
    if (!is_known(r->record, &e) && make_room(r->record, &e))
        r->record->errors[r->record->error_count++] = e;
}

/* What stands before `end` and has no step yet was made in this one. */
static void settle(struct reader *r, const xmlNode *end, uint32_t step)
{
    for (const xmlNode *i = r->first; i && i != end; i = i->next) {
        struct lca_raw_error raw;

        if (!lca_node_is(i, "error"))
            continue;
        raw = lca_raw_error(i);
        if (r->counted || lca_error_about(raw.kind) != LCA_ABOUT_LEAK)
            put_error(r, &raw, step);
    }
    r->first = end;
    r->counted = false;
}

/* One that was unloaded is known until another stands in its place. */
static void read_module(struct reader *r, const char *line)
{
    struct module m = { 0 };
    unsigned kept = 0;
    int at = 0;

    if (sscanf(line, "%c %" SCNx64 " %" SCNx64 " %" SCNx64 "%n", &m.owner,
               &m.from, &m.to, &m.base, &at) < 4 || m.from >= m.to)
        return;
    line += at + (line[at] == ' ');
    snprintf(m.name, sizeof m.name, "%.*s", (int)strcspn(line, "\n"), line);
    for (unsigned i = 0; i < r->module_count; i++)
        if (r->modules[i].from >= m.to || r->modules[i].to <= m.from)
            r->modules[kept++] = r->modules[i];
    r->module_count = kept;
    if (kept < MODULES_MAX)
        r->modules[r->module_count++] = m;
}

static void read_mark(struct reader *r, const xmlNode *message)
{
    uint32_t last = r->record->count;
    char text[300];
    const char *mark;
    unsigned number;

    lca_node_text(message, text, sizeof text);
    mark = strstr(text, "lastcall ");
    if (!mark)
        return;
    if (strncmp(mark, "lastcall module ", 16) == 0)
        read_module(r, mark + 16);
    if (sscanf(mark, "lastcall count %u", &number) == 1)
        r->counted = number > 1;
    if (sscanf(mark, "lastcall step %u", &number) == 1)
        settle(r, message, number && number <= last ? number - 1 : last);
}

/*
 * What no mark follows was made in the step in hand at the end. Valgrind
 * writes no DOCTYPE, and entities would be work without end.
 */
static void read_document(struct reader *r, const char *xml, size_t length)
{
    xmlDoc *document = xmlReadMemory(xml, (int)length, "valgrind.xml", NULL,
                                     XML_PARSE_RECOVER | XML_PARSE_NOERROR |
                                     XML_PARSE_NOWARNING | XML_PARSE_NONET);
    const xmlNode *root = document && !document->intSubset
                        ? xmlDocGetRootElement(document) : NULL;

    r->module_count = 0;
    r->counted = false;
    r->first = root ? root->children : NULL;
    for (const xmlNode *i = r->first; i; i = i->next)
        if (lca_node_is(i, "clientmsg"))
            read_mark(r, i);
    r->counted = false;
    settle(r, NULL, r->record->count);
    xmlFreeDoc(document);
}

/* The subject may have written anything where Valgrind wrote. */
void lca_errors_read(const char *xml, size_t length,
                     struct lca_record *record)
{
    static const char start[] = "<?xml ";
    struct reader *r = calloc(1, sizeof *r);
    struct lca_text clean = { 0 };
    const char *at, *next;

    record->error_count = 0;
    lca_text_clean(&clean, xml, length);
    if (!r || clean.failed || clean.length > INT_MAX)
        clean.length = 0;
    at = clean.length ? clean.bytes : NULL;
    for (; at; at = next) {
        next = strstr(at + 1, start);
        r->record = record;
        read_document(r, at, next ? (size_t)(next - at)
                                  : clean.length - (size_t)(at - clean.bytes));
    }
    lca_text_free(&clean);
    free(r);
}
