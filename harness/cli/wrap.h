/*
 * wrap: sentences on lines of a given width, broken between words
 *
 * A word that is wider than a line stays whole: it may have to be copied.
 */

#ifndef LCA_CLI_WRAP_H
#define LCA_CLI_WRAP_H

#include <stdio.h>

struct lca_wrap {
    FILE *out;
    unsigned width;             /* columns; 0: lines are not broken */
    unsigned indent;            /* of the lines that a break begins */
    unsigned column;            /* where the cursor is */
    unsigned blanks;            /* that are due before the next word */
};

/* Cleaned first: one line without control characters, whatever it holds. */
void lca_wrap_text(struct lca_wrap *wrap, const char *text);

/* A word in a colour, such as "31"; empty: as it is. */
void lca_wrap_color(struct lca_wrap *wrap, const char *color,
                    const char *word);

/* Ends the line. */
void lca_wrap_end(struct lca_wrap *wrap);

/* A sentence and the end of its line. */
void lca_wrap_line(struct lca_wrap *wrap, const char *text);

/* Columns of a terminal on this descriptor; if there is none, `otherwise`. */
unsigned lca_wrap_width(int descriptor, unsigned otherwise);

#endif
