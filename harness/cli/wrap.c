#include "harness/cli/wrap.h"

#include "harness/base/text.h"
#include "harness/platform/system.h"

#include <string.h>

enum { NARROW = 20, USUAL = 80 };

/* Each byte but the later ones of a UTF-8 character begins a column. */
static unsigned columns(const char *text, size_t length)
{
    unsigned n = 0;

    for (size_t i = 0; i < length; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

static void go_on(struct lca_wrap *w, unsigned length)
{
    unsigned blanks = w->blanks;

    w->blanks = 0;
    if (w->width && w->column > w->indent &&
        w->column + blanks + length > w->width) {
        fputc('\n', w->out);
        w->column = 0;
        blanks = w->indent;
    }
    fprintf(w->out, "%*s", (int)blanks, "");
    w->column += blanks;
}

void lca_wrap_text(struct lca_wrap *w, const char *text)
{
    struct lca_text clean = { 0 };
    const char *at;

    lca_text_clean(&clean, text, strlen(text));
    for (char *c = clean.bytes; c && (c = strpbrk(c, "\t\n")) != NULL;)
        *c = '?';
    for (at = clean.bytes; at && *at;) {
        size_t blanks = strspn(at, " ");
        size_t length = strcspn(at + blanks, " ");
        unsigned width = columns(at + blanks, length);

        w->blanks += (unsigned)blanks;
        if (length)
            go_on(w, width);
        fwrite(at + blanks, 1, length, w->out);
        w->column += width;
        at += blanks + length;
    }
    lca_text_free(&clean);
}

void lca_wrap_color(struct lca_wrap *w, const char *color, const char *word)
{
    unsigned length = (unsigned)strlen(word);

    go_on(w, length);
    if (*color)
        fprintf(w->out, "\033[%sm%s\033[0m", color, word);
    else
        fputs(word, w->out);
    w->column += length;
}

void lca_wrap_end(struct lca_wrap *w)
{
    fputc('\n', w->out);
    w->column = 0;
    w->blanks = 0;
}

void lca_wrap_line(struct lca_wrap *w, const char *text)
{
    lca_wrap_text(w, text);
    lca_wrap_end(w);
}

unsigned lca_wrap_width(int descriptor, unsigned otherwise)
{
    unsigned n = lca_system_columns(descriptor);

    if (!lca_system_is_terminal(descriptor))
        return otherwise;
    return n == 0 ? USUAL : n < NARROW ? NARROW : n;
}
