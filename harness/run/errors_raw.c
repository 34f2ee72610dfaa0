#include "harness/run/errors_raw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool lca_node_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0;
}

void lca_node_text(const xmlNode *node, char *text, size_t size)
{
    xmlChar *all = xmlNodeGetContent(node);

    snprintf(text, size, "%s", all ? (const char *)all : "");
    xmlFree(all);
}

static uint64_t read_number(const xmlNode *node, int base)
{
    char text[32];

    lca_node_text(node, text, sizeof text);
    return strtoull(text, NULL, base);
}

static struct lca_raw_stack read_stack(const xmlNode *node)
{
    struct lca_raw_stack s = { 0 };

    for (const xmlNode *f = node->children; f; f = f->next)
        for (const xmlNode *i = f->children; i; i = i->next)
            if (lca_node_is(i, "ip") && s.count < LCA_RAW_DEPTH)
                s.ip[s.count++] = read_number(i, 16);
    return s;
}

static void read_what(const xmlNode *node, struct lca_raw_error *e)
{
    if (lca_node_is(node, "what"))
        lca_node_text(node, e->what, sizeof e->what);
    if (!lca_node_is(node, "xwhat"))
        return;
    for (const xmlNode *i = node->children; i; i = i->next) {
        if (lca_node_is(i, "text"))
            lca_node_text(i, e->what, sizeof e->what);
        if (lca_node_is(i, "leakedbytes"))
            e->bytes = read_number(i, 10);
        if (lca_node_is(i, "leakedblocks"))
            e->blocks = (uint32_t)read_number(i, 10);
    }
}

/* "Address 0x.. is 8 bytes inside a block of size 24 free'd", but not "is not
   stack'd, malloc'd or (recently) free'd". */
static enum lca_error_other read_other(const xmlNode *node)
{
    char text[200];

    lca_node_text(node, text, sizeof text);
    return strstr(text, "is not ") ? LCA_OTHER_NONE
         : strstr(text, "free'd")  ? LCA_OTHER_FREED
         : strstr(text, "alloc'd") ? LCA_OTHER_TAKEN
         : strstr(text, "previous") || strstr(text, "Required order")
                                   ? LCA_OTHER_BEFORE
                                   : LCA_OTHER_NONE;
}

/*
 * Bytes that a structure has between its members are sent by whoever sends
 * it whole: that is no error of a correct program's.
 */
static enum lca_error_kind told_apart(enum lca_error_kind kind,
                                      const char *what)
{
    return kind == LCA_ERROR_SyscallParam && strstr(what, "points to uninit")
         ? LCA_ERROR_UnsetBytes : kind;
}

/*
 * Who takes a lock without waiting for it for ever cannot be stuck, whatever
 * the order. The harness has a wrapper of such a call, which has a name.
 */
static bool never_waits(const xmlNode *stack)
{
    static const char *const words[] = { "try", "timed", "clock" };
    char name[80];

    for (const xmlNode *f = stack->children; f; f = f->next)
        for (const xmlNode *i = f->children; i; i = i->next) {
            if (!lca_node_is(i, "fn"))
                continue;
            lca_node_text(i, name, sizeof name);
            for (size_t j = 0; j < sizeof words / sizeof *words; j++)
                if (strncmp(name, "pthread_", 8) == 0 &&
                    strstr(name, words[j]) && strstr(name, "lock"))
                    return true;
        }
    return false;
}

/* The number-th of the error, from 1. */
static void take_stack(struct lca_raw_error *e, const xmlNode *stack,
                       unsigned number)
{
    bool order = e->kind == LCA_ERROR_LockOrder ||
                 e->kind == LCA_ERROR_LockTried;
    unsigned there = order ? 3 : 2;

    if (number == 1)
        e->made = read_stack(stack);
    else if (number == there)
        e->there = read_stack(stack);
    if (order && (number == 1 || number == there) && never_waits(stack))
        e->kind = LCA_ERROR_LockTried;
}

struct lca_raw_error lca_raw_error(const xmlNode *error)
{
    struct lca_raw_error e = { .kind = LCA_ERROR_Other };
    unsigned stacks = 0;

    for (const xmlNode *i = error->children; i; i = i->next) {
        char kind[40];

        if (lca_node_is(i, "kind")) {
            lca_node_text(i, kind, sizeof kind);
            e.kind = lca_error_find(kind);
        } else if (lca_node_is(i, "auxwhat") && !e.other) {
            e.other = read_other(i);
        } else if (lca_node_is(i, "stack")) {
            take_stack(&e, i, ++stacks);
        } else {
            read_what(i, &e);
        }
    }
    e.kind = told_apart(e.kind, e.what);
    return e;
}
