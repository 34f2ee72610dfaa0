#include "harness/run/errors.h"

#include "harness/base/text.h"

#include <inttypes.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODULES_MAX = 512, DEPTH = 24 };

struct module {
    char owner;                 /* as lca_callers_tell has it */
    uint64_t from, to, base;
    char name[48];
};

struct stack {
    unsigned count;
    uint64_t ip[DEPTH];
};

/* An error as Valgrind has it, before the modules are known. */
struct raw {
    enum lca_error_kind kind;
    uint32_t other;
    uint64_t bytes;
    uint32_t blocks;
    char what[96];
    struct stack made, there;
};

/* Of one document; what is read goes into the record. */
struct reader {
    struct lca_record *record;
    const xmlNode *first;       /* of those that no mark has followed yet */
    bool counted;               /* losses among them are since a count */
    unsigned module_count;
    struct module modules[MODULES_MAX];
};

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0;
}

static void read_text(const xmlNode *node, char *text, size_t size)
{
    xmlChar *all = xmlNodeGetContent(node);

    snprintf(text, size, "%s", all ? (const char *)all : "");
    xmlFree(all);
}

static uint64_t read_number(const xmlNode *node, int base)
{
    char text[32];

    read_text(node, text, sizeof text);
    return strtoull(text, NULL, base);
}

static struct stack read_stack(const xmlNode *node)
{
    struct stack s = { 0 };

    for (const xmlNode *f = node->children; f; f = f->next)
        for (const xmlNode *i = is(f, "frame") ? f->children : NULL; i;
             i = i->next)
            if (is(i, "ip") && s.count < DEPTH)
                s.ip[s.count++] = read_number(i, 16);
    return s;
}

static void read_what(const xmlNode *node, struct raw *e)
{
    if (is(node, "what"))
        read_text(node, e->what, sizeof e->what);
    for (const xmlNode *i = is(node, "xwhat") ? node->children : NULL; i;
         i = i->next) {
        if (is(i, "text"))
            read_text(i, e->what, sizeof e->what);
        if (is(i, "leakedbytes"))
            e->bytes = read_number(i, 10);
        if (is(i, "leakedblocks"))
            e->blocks = (uint32_t)read_number(i, 10);
    }
}

/* "Address 0x.. is 8 bytes inside a block of size 24 free'd", but not "is not
   stack'd, malloc'd or (recently) free'd". */
static enum lca_error_other read_other(const xmlNode *node)
{
    char text[200];

    read_text(node, text, sizeof text);
    return strstr(text, "is not ") ? LCA_OTHER_NONE
         : strstr(text, "free'd")  ? LCA_OTHER_FREED
         : strstr(text, "alloc'd") ? LCA_OTHER_TAKEN
         : strstr(text, "before") || strstr(text, "previously")
                                   ? LCA_OTHER_BEFORE
                                   : LCA_OTHER_NONE;
}

/*
 * Bytes that a structure has between its members are sent by whoever sends
 * it whole: that is no error of a correct program's.
 */
static enum lca_error_kind kind_of(const char *name, const char *what)
{
    enum lca_error_kind kind = lca_error_find(name);

    return kind == LCA_ERROR_SyscallParam && strstr(what, "points to uninit")
         ? LCA_ERROR_UnsetBytes : kind;
}

static struct raw read_error(const xmlNode *error)
{
    struct raw e = { 0 };
    char kind[40] = "";
    unsigned stacks = 0;

    for (const xmlNode *i = error->children; i; i = i->next) {
        if (is(i, "kind")) {
            read_text(i, kind, sizeof kind);
        } else if (is(i, "auxwhat") && !e.other) {
            e.other = read_other(i);
        } else if (is(i, "stack")) {
            stacks++;
            if (stacks == 1)
                e.made = read_stack(i);
            else if (stacks == 2)
                e.there = read_stack(i);
        } else {
            read_what(i, &e);
        }
    }
    e.kind = kind_of(kind, e.what);
    return e;
}

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

static unsigned put_stack(const struct reader *r, const struct stack *s,
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
static int find_maker(const struct reader *r, const struct stack *s,
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

static void blame(const struct reader *r, const struct raw *raw,
                  struct lca_error *e)
{
    bool alone, unused;
    int at = find_maker(r, &raw->made, &alone);
    int there = find_maker(r, &raw->there, &unused);

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

static void put_error(const struct reader *r, const struct raw *raw,
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
        struct raw raw;

        if (!is(i, "error"))
            continue;
        raw = read_error(i);
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

    read_text(message, text, sizeof text);
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
        if (is(i, "clientmsg"))
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
