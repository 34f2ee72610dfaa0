#include "harness/run/errors.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODULES_MAX = 256, DEPTH = 24, PENDING_MAX = 256 };

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

struct reader {
    struct lca_record *record;
    bool stale;                 /* modules that come now are all anew */
    unsigned module_count;
    struct module modules[MODULES_MAX];
    unsigned pending_count;     /* errors that no mark has followed yet */
    struct raw pending[PENDING_MAX];
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

/* "Address 0x.. is 8 bytes inside a block of size 24 free'd". */
static enum lca_error_other read_other(const xmlNode *node)
{
    char text[200];

    read_text(node, text, sizeof text);
    return strstr(text, "free'd")  ? LCA_OTHER_FREED
         : strstr(text, "alloc'd") ? LCA_OTHER_TAKEN
         : strstr(text, "before") || strstr(text, "previously")
                                   ? LCA_OTHER_BEFORE
                                   : LCA_OTHER_NONE;
}

static void read_error(struct reader *r, const xmlNode *error)
{
    struct raw *e = &r->pending[r->pending_count];
    unsigned stacks = 0;

    if (r->pending_count == PENDING_MAX)
        return;
    memset(e, 0, sizeof *e);
    e->kind = LCA_ERROR_Other;
    for (const xmlNode *i = error->children; i; i = i->next) {
        char kind[40];

        if (is(i, "kind")) {
            read_text(i, kind, sizeof kind);
            e->kind = lca_error_find(kind);
        } else if (is(i, "auxwhat") && !e->other) {
            e->other = read_other(i);
        } else if (is(i, "stack")) {
            stacks++;
            if (stacks == 1)
                e->made = read_stack(i);
            else if (stacks == 2)
                e->there = read_stack(i);
        } else {
            read_what(i, e);
        }
    }
    r->pending_count++;
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
    e->clients = at < 0 && alone && there >= 0;
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

static struct lca_error *room(struct lca_record *r, bool subjects)
{
    if (r->error_count < LCA_ERRORS_MAX)
        return &r->errors[r->error_count++];
    for (unsigned i = 0; subjects && i < LCA_ERRORS_MAX; i++)
        if (!r->errors[i].subjects)
            return &r->errors[i];
    return NULL;
}

static void settle(struct reader *r, uint32_t step)
{
    for (unsigned i = 0; i < r->pending_count; i++) {
        const struct raw *raw = &r->pending[i];
        struct lca_error e = { .kind = raw->kind, .step = step,
                               .other = raw->other, .bytes = raw->bytes,
                               .blocks = raw->blocks };
        struct lca_error *to;

        memcpy(e.what, raw->what, sizeof e.what);
        e.frame_count = put_stack(r, &raw->made, e.frames);
        e.other_count = put_stack(r, &raw->there, e.others);
        blame(r, raw, &e);
        to = is_known(r->record, &e) ? NULL : room(r->record, e.subjects);
        if (to)
            *to = e;
    }
    r->pending_count = 0;
}

static void drop_losses(struct reader *r)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < r->pending_count; i++)
        if (lca_error_about(r->pending[i].kind) != LCA_ABOUT_LEAK)
            r->pending[kept++] = r->pending[i];
    r->pending_count = kept;
}

static void read_module(struct reader *r, const char *line)
{
    struct module *m;

    if (r->stale)
        r->module_count = 0;
    r->stale = false;
    m = &r->modules[r->module_count];
    if (r->module_count < MODULES_MAX &&
        sscanf(line, "%c %lx %lx %lx %47s", &m->owner, &m->from, &m->to,
               &m->base, m->name) >= 4)
        r->module_count++;
}

static void read_mark(struct reader *r, const xmlNode *message)
{
    char text[300];
    const char *mark;
    unsigned number;

    read_text(message, text, sizeof text);
    mark = strstr(text, "lastcall ");
    if (!mark)
        return;
    if (strncmp(mark, "lastcall module ", 16) == 0)
        read_module(r, mark + 16);
    if (sscanf(mark, "lastcall count %u", &number) == 1 && number <= 1)
        drop_losses(r);
    if (sscanf(mark, "lastcall step %u", &number) == 1) {
        settle(r, number ? number - 1 : 0);
        r->stale = true;
    }
}

/* What no mark follows was made in the step in hand at the end. */
static void read_document(struct reader *r, const char *xml, size_t length)
{
    xmlDoc *document = xmlReadMemory(xml, (int)length, "valgrind.xml", NULL,
                                     XML_PARSE_RECOVER | XML_PARSE_NOERROR |
                                     XML_PARSE_NOWARNING | XML_PARSE_NONET);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;

    for (const xmlNode *i = root ? root->children : NULL; i; i = i->next)
        if (is(i, "error"))
            read_error(r, i);
        else if (is(i, "clientmsg"))
            read_mark(r, i);
    drop_losses(r);
    settle(r, r->record->count);
    xmlFreeDoc(document);
}

void lca_errors_read(const char *xml, size_t length,
                     struct lca_record *record)
{
    static const char start[] = "<?xml ";
    const char *at = xml, *end = xml + length;
    struct reader *r = calloc(1, sizeof *r);

    record->error_count = 0;
    while (r && at && at < end) {
        const char *next = strstr(at + 1, start);

        r->record = record;
        r->module_count = r->pending_count = 0;
        r->stale = false;
        read_document(r, at, (size_t)((next ? next : end) - at));
        at = next;
    }
    free(r);
}
