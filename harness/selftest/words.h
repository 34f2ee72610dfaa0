/*
 * words: small steps through a text of C, for headers*.c only
 *
 * Whatever looks for something answers NULL if it is not there. Searches end
 * with the line or at a given place: under a sanitizer strstr measures the
 * whole rest of a text first, and a search a name would take minutes.
 */

#ifndef LCA_WORDS_H
#define LCA_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct lca_headers {
    char *text;                 /* the files, one after the other */
    size_t length;
};

bool lca_words_has(char c);     /* can be part of a name or a number */
const char *lca_words_skip(const char *p);      /* blanks, not newlines */

/* Takes a word into room bytes, cut to fit; empty if there is none. */
const char *lca_words_take(const char *p, char *word, size_t room);

/* After key in the next line, from the one at p on, that begins with it. */
const char *lca_words_line(const char *p, const char *key);

/* Where key stands between p and end. */
const char *lca_words_within(const char *p, const char *end, const char *key);

/* What stands after "#define name". */
const char *lca_words_definition(const struct lca_headers *h,
                                 const char *name);

#endif
