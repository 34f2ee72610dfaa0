/* A learnt machine, as a graph and in words. */

#include "harness/run/learn.h"

#include "harness/mapi/code.h"
#include "harness/model/record.h"

#include <stdio.h>
#include <string.h>

static void reply(const struct lca_reply *r, struct lca_text *text)
{
    char code[64];

    switch (r->kind) {
    case LCA_REPLY_NONE:
        break;
    case LCA_REPLY_NOTHING:
        lca_text_print(text, "no session");
        break;
    case LCA_REPLY_ENDED:
        lca_text_print(text, "%s",
                       lca_ending_name((enum lca_ending)r->code));
        break;
    case LCA_REPLY_CODE:
        lca_code_print(r->code, code, sizeof code);
        lca_text_print(text, "%s", strchr(code, ' ') ? strchr(code, ' ') + 1
                                                     : code);
        break;
    }
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* Edges that go the same way and break the same are drawn as one. */
static bool belongs(const struct lca_learnt_edge *e, unsigned to,
                    const char *breaks)
{
    return e->reply.kind != LCA_REPLY_NONE && e->to == to &&
           strcmp(or_empty(e->breaks), or_empty(breaks)) == 0;
}

static void draw_edges(const struct lca_learnt *l, unsigned from, unsigned to,
                       const char *breaks, struct lca_text *text)
{
    bool any = false;

    for (unsigned a = 0; a < l->letter_count; a++) {
        const struct lca_learnt_edge *e = &l->edges[from][a];

        if (!belongs(e, to, breaks))
            continue;
        if (!any)
            lca_text_print(text, "    s%u -> s%u [label=\"", from, to);
        any = true;
        lca_text_print(text, "%s: ", l->letters[a]);
        reply(&e->reply, text);
        lca_text_print(text, "\\l");
    }
    if (any && breaks)
        lca_text_print(text, "breaks %s\\l\", color=red, fontcolor=red, "
                       "penwidth=2];\n", breaks);
    else if (any)
        lca_text_print(text, "\"];\n");
}

/* Is it the first edge from there that breaks this clause? */
static bool is_first(const struct lca_learnt *l, unsigned from, unsigned a)
{
    const struct lca_learnt_edge *e = &l->edges[from][a];

    for (unsigned b = 0; b < a; b++)
        if (belongs(&l->edges[from][b], e->to, e->breaks))
            return false;
    return e->breaks != NULL;
}

static void draw_state(const struct lca_learnt *l, unsigned s,
                       struct lca_text *text)
{
    const char *line = "";

    lca_text_print(text, "    s%u [label=\"", s);
    for (unsigned p = 0; p < LCA_PLACES; p++)
        if (l->places[s] & 1u << p) {
            lca_text_print(text, "%s%s", line,
                           lca_place_name((enum lca_place)p));
            line = "\\n";
        }
    lca_text_print(text, "\"];\n");
}

void lca_learnt_draw(const struct lca_learnt *l, const char *name,
                     struct lca_text *text)
{
    lca_text_print(text, "digraph subject {\n    label=\"");
    for (const char *c = name; *c; c++) {
        if (*c == '"' || *c == '\\')
            lca_text_add(text, "\\", 1);
        lca_text_add(text, c, 1);
    }
    lca_text_print(text, "\";\n    labelloc=t;\n"
                   "    node [shape=box, style=rounded];\n"
                   "    begin [shape=point];\n    begin -> s0;\n");
    for (unsigned s = 0; s < l->count; s++)
        draw_state(l, s, text);
    for (unsigned s = 0; s < l->count; s++) {
        for (unsigned to = 0; to < l->count; to++)
            draw_edges(l, s, to, NULL, text);
        for (unsigned a = 0; a < l->letter_count; a++)
            if (is_first(l, s, a))
                draw_edges(l, s, l->edges[s][a].to, l->edges[s][a].breaks,
                           text);
    }
    lca_text_print(text, "}\n");
}

void lca_learnt_print(const struct lca_learnt *l, struct lca_text *text)
{
    lca_text_print(text, "%u states, found in %u trials; ", l->count,
                   l->trials);
    if (l->broken)
        lca_text_print(text, "%u of what leads from one to another the "
                       "contract forbids: it is drawn in red\n", l->broken);
    else
        lca_text_print(text, "all that leads from one to another the contract "
                       "allows\n");
}
