#include "harness/base/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool lost;

bool lca_text_lost(void)
{
    return lost;
}

static bool room(struct lca_text *text, size_t more)
{
    size_t size = text->size ? text->size : 128;
    char *bytes;

    if (text->failed || text->length + more < text->size)
        return !text->failed;
    while (size <= text->length + more)
        size *= 2;
    bytes = realloc(text->bytes, size);
    if (!bytes) {
        text->failed = lost = true;
        return false;
    }
    text->bytes = bytes;
    text->size = size;
    return true;
}

void lca_text_add(struct lca_text *text, const char *bytes, size_t length)
{
    if (!room(text, length))
        return;
    if (length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void lca_text_print(struct lca_text *text, const char *format, ...)
{
    va_list args, again;
    size_t left;
    int length;

    va_start(args, format);
    va_copy(again, args);
    if (!room(text, 0))
        goto out;
    left = text->size - text->length;   /* it may fit as it is */
    length = vsnprintf(text->bytes + text->length, left, format, args);
    if (length >= 0 && (size_t)length < left) {
        text->length += (size_t)length;
    } else if (length >= 0 && room(text, (size_t)length)) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format,
                  again);
        text->length += (size_t)length;
    } else {
        text->bytes[text->length] = '\0';
    }
out:
    va_end(again);
    va_end(args);
}

void lca_text_clear(struct lca_text *text)
{
    text->length = 0;
    if (text->bytes)
        text->bytes[0] = '\0';
}

void lca_text_free(struct lca_text *text)
{
    free(text->bytes);
    *text = (struct lca_text){ 0 };
}

void lca_text_escape(struct lca_text *text, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];

        if (c > ' ' && c < 127 && c != '%')
            lca_text_add(text, bytes + i, 1);
        else
            lca_text_print(text, "%%%02X", c);
    }
}

static int digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0'
         : c >= 'A' && c <= 'F'      ? c - 'A' + 10
                                     : -1;
}

size_t lca_text_unescape(char *word)
{
    char *out = word;

    for (const char *in = word; *in; in++) {
        if (*in == '%' && digit(in[1]) >= 0 && digit(in[2]) >= 0) {
            *out++ = (char)(digit(in[1]) * 16 + digit(in[2]));
            in += 2;
        } else {
            *out++ = *in;
        }
    }
    *out = '\0';
    return (size_t)(out - word);
}

static bool plain(const char *word)
{
    static const char safe[] = "%+,-./:@_";

    for (; *word; word++)
        if (!isalnum((unsigned char)*word) && !strchr(safe, *word))
            return false;
    return true;
}

/* Would it reach a person's shell whole, on one line, through any report? */
static bool survives(struct lca_text *text, const char *word)
{
    struct lca_text clean = { 0 };
    bool same;

    lca_text_clean(&clean, word, strlen(word));
    same = !strpbrk(word, "\t\n") &&
           (!clean.bytes || strcmp(clean.bytes, word) == 0);
    text->failed |= clean.failed;       /* then it is not known */
    lca_text_free(&clean);
    return same;
}

/*
 * For what does not survive: printf makes the bytes again. A command's output
 * loses the newlines at its end, so they stand behind it as they are.
 */
static void quote_bytes(struct lca_text *text, const char *word)
{
    size_t length = strlen(word);
    size_t newlines = 0;

    while (newlines < length && word[length - newlines - 1] == '\n')
        newlines++;
    lca_text_print(text, "\"$(printf '");
    for (size_t i = 0; i < length - newlines; i++) {
        unsigned char c = (unsigned char)word[i];

        if (c < ' ' || c > 126 || strchr("%\\'\"!`$", c) ||
            (i == 0 && c == '-'))
            lca_text_print(text, "\\%03o", c);
        else
            lca_text_add(text, word + i, 1);
    }
    lca_text_print(text, "')\"");
    if (newlines) {
        lca_text_add(text, "'", 1);
        lca_text_add(text, word + length - newlines, newlines);
        lca_text_add(text, "'", 1);
    }
}

void lca_text_quote(struct lca_text *text, const char *word)
{
    if (*word && plain(word)) {
        lca_text_add(text, word, strlen(word));
        return;
    }
    if (!survives(text, word)) {
        quote_bytes(text, word);
        return;
    }
    lca_text_add(text, "'", 1);
    for (; *word; word++) {
        if (*word == '\'')
            lca_text_add(text, "'\\''", 4);
        else
            lca_text_add(text, word, 1);
    }
    lca_text_add(text, "'", 1);
}

bool lca_text_match(const char *pattern, const char *string)
{
    const char *star = NULL;    /* the last '*' seen, to come back to */
    const char *from = NULL;    /* what it has matched so far ends here */

    while (*string) {
        if (*pattern == '*') {
            star = pattern++;
            from = string;
        } else if (*pattern == '?' || *pattern == *string) {
            pattern++;
            string++;
        } else if (star) {
            pattern = star + 1;
            string = ++from;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

/* Bytes of the valid UTF-8 character at the front, or 0. */
static size_t character(const unsigned char *b, size_t length)
{
    size_t n = b[0] < 0x80                  ? 1
             : b[0] >= 0xC2 && b[0] <= 0xDF ? 2
             : (b[0] & 0xF0) == 0xE0        ? 3
             : b[0] >= 0xF0 && b[0] <= 0xF4 ? 4
                                            : 0;

    if (n == 0 || n > length)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((b[i] & 0xC0) != 0x80)
            return 0;
    if ((b[0] == 0xE0 && b[1] < 0xA0) || (b[0] == 0xED && b[1] > 0x9F) ||
        (b[0] == 0xF0 && b[1] < 0x90) || (b[0] == 0xF4 && b[1] > 0x8F))
        return 0;               /* too long, a surrogate, or out of range */
    if (n == 2 && b[0] == 0xC2 && b[1] < 0xA0)
        return 0;               /* U+0080 to U+009F: control characters */
    if (n == 3 && b[0] == 0xEF && b[1] == 0xBF && b[2] >= 0xBE)
        return 0;               /* U+FFFE and U+FFFF: not allowed in XML */
    return n;
}

void lca_text_clean(struct lca_text *text, const char *bytes, size_t length)
{
    const unsigned char *b = (const unsigned char *)bytes;

    for (size_t i = 0; i < length; ) {
        size_t n = character(b + i, length - i);
        bool shown = n > 1 || (n == 1 && (b[i] == '\t' || b[i] == '\n' ||
                                          (b[i] >= ' ' && b[i] != 127)));

        if (shown)
            lca_text_add(text, bytes + i, n);
        else
            lca_text_add(text, "?", 1);
        i += n ? n : 1;
    }
}
