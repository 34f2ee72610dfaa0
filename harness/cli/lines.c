#include "harness/cli/lines.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST = 1 << 20 };

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static bool is_text(unsigned char c)
{
    return c >= ' ' ? c != 127 : c == '\t' || c == '\n' || c == '\r';
}

static struct lca_result look_at(const struct lca_text *bytes)
{
    unsigned line = 1;

    for (size_t i = 0; i < bytes->length; i++) {
        unsigned char c = (unsigned char)bytes->bytes[i];

        if (!is_text(c))
            return lca_fail(LCA_USAGE, "line %u: the byte 0x%02X is no text "
                            "(a manifest is an INI file in UTF-8; a library's "
                            "name does not end in .ini)", line, c);
        line += c == '\n';
    }
    return lca_ok();
}

struct lca_result lca_lines_open(const char *path, struct lca_lines *lines)
{
    struct lca_result r = lca_ok();
    FILE *file = fopen(path, "rb");
    char buffer[4096];
    size_t n = 0;

    *lines = (struct lca_lines){ 0 };
    if (!file)
        return lca_fail(LCA_MISSING, "it cannot be read: %s", strerror(errno));
    while (lines->bytes.length <= LARGEST &&
           (n = fread(buffer, 1, sizeof buffer, file)) > 0)
        lca_text_add(&lines->bytes, buffer, n);
    if (ferror(file))
        r = lca_fail(LCA_MISSING, "it cannot be read: %s", strerror(errno));
    else if (lines->bytes.length > LARGEST)
        r = lca_fail(LCA_USAGE, "it is larger than any manifest (1 MiB)");
    else if (lines->bytes.failed)
        r = lca_fail(LCA_SYSTEM, "no memory for it");
    else
        r = look_at(&lines->bytes);
    fclose(file);
    if (!r.code && lines->bytes.length >= 3 &&
        memcmp(lines->bytes.bytes, byte_order_mark, 3) == 0)
        lines->at = 3;
    return r;
}

void lca_lines_close(struct lca_lines *lines)
{
    lca_text_free(&lines->bytes);
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Where a comment begins that has a blank before it, as inih has it. */
static const char *comment(const char *from, const char *to)
{
    for (const char *c = from; c < to; c++)
        if (*c == ';' && c > from && blank(c[-1]))
            return c;
    return to;
}

/* The next line, without blanks and comments around it. False: no more. */
static bool next_line(struct lca_lines *l)
{
    const char *bytes = l->bytes.bytes;
    const char *end;

    if (l->at >= l->bytes.length)
        return false;
    l->from = bytes + l->at;
    end = memchr(l->from, '\n', l->bytes.length - l->at);
    l->to = end ? end : bytes + l->bytes.length;
    l->at = (size_t)(l->to - bytes) + 1;
    l->number++;
    while (l->from < l->to && blank(*l->from))
        l->from++;
    l->to = l->from < l->to && strchr(";#", *l->from)
          ? l->from : comment(l->from, l->to);
    while (l->from < l->to && blank(l->to[-1]))
        l->to--;
    return true;
}

static bool has_name(const char *line, size_t length)
{
    return memchr(line, '=', length) || memchr(line, ':', length);
}

static struct lca_result wrong_line(const struct lca_lines *l)
{
    size_t length = (size_t)(l->to - l->from);
    int shown = length < 60 ? (int)length : 60;

    if (length == 0)
        return lca_ok();
    if (*l->from == '[')
        return l->to[-1] == ']'
             ? lca_ok()
             : lca_fail(LCA_USAGE, "the section '%.*s' does not end with ]",
                        shown, l->from);
    return has_name(l->from, length)
         ? lca_ok()
         : lca_fail(LCA_USAGE, "'%.*s' is no 'name = value' and no "
                    "'[section]'", shown, l->from);
}

/*
 * How much of a long line fits into `most` bytes: inih drops blanks around
 * a piece, and one that begins as a comment does.
 */
static size_t cut(const struct lca_lines *l, size_t most)
{
    size_t n = most;

    while (n > 0 && (blank(l->from[n - 1]) || strchr(" \t\r;#", l->from[n])))
        n--;
    return n;
}

char *lca_lines_read(char *piece, int size, void *lines)
{
    struct lca_lines *l = lines;
    size_t length, most;

    l->goes_on = l->from < l->to;
    if (!l->goes_on && (l->wrong.code || !next_line(l)))
        return NULL;
    if (!l->goes_on)
        l->wrong = wrong_line(l);
    length = (size_t)(l->to - l->from);
    most = (size_t)size - 3;    /* a blank, a newline, and the end */
    if (!l->wrong.code && length > most) {
        length = cut(l, most);
        if (length == 0 || (!l->goes_on && (*l->from == '[' ||
                                            !has_name(l->from, length))))
            l->wrong = lca_fail(LCA_USAGE, "the line is too long");
    }
    if (l->wrong.code)
        return NULL;
    snprintf(piece, (size_t)size, "%s%.*s\n", l->goes_on ? " " : "",
             (int)length, l->from);
    l->from += length;
    return piece;
}
