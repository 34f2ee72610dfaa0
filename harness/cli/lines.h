/*
 * lines: a manifest's text, handed to inih a line at a time
 *
 * inih knows lines of 199 bytes and cannot tell where it is. So the text is
 * looked at here first: bytes that are no text, and lines that are neither
 * "name = value" nor "[section]", are told with their number; blanks before a
 * name are dropped; a long value is handed on in pieces, each a continuation
 * of the last (goes_on), as it was written.
 *
 * Ownership   open gives the bytes to `lines`, close frees them.
 * Errors      LCA_MISSING  no such file, or it cannot be read
 *             LCA_USAGE    it is not text; after reading, in `wrong`
 */

#ifndef LCA_CLI_LINES_H
#define LCA_CLI_LINES_H

#include "harness/base/text.h"

struct lca_lines {
    struct lca_text bytes;
    size_t at;                  /* the next line begins here */
    const char *from, *to;      /* what is left of the line in hand */
    unsigned number;            /* of the line in hand, from 1 */
    bool goes_on;               /* its last piece was not its first */
    struct lca_result wrong;    /* why reading ended before the end */
};

struct lca_result lca_lines_open(const char *path, struct lca_lines *lines);
void lca_lines_close(struct lca_lines *lines);

/* For inih: as fgets. */
char *lca_lines_read(char *piece, int size, void *lines);

#endif
