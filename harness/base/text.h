/*
 * text: strings that grow, travel on a line, and match a pattern.
 *
 * Ownership   a struct lca_text starts as { 0 } and owns its bytes until
 *             lca_text_free. Its bytes are closed by a zero, and are never
 *             NULL once something was added.
 * Errors      no memory is remembered in `failed`: what was added after it
 *             is dropped, and the last user of the text looks once.
 */

#ifndef LCA_TEXT_H
#define LCA_TEXT_H

#include "harness/base/result.h"

#include <stdbool.h>
#include <stddef.h>

struct lca_text {
    char *bytes;
    size_t length;              /* without the closing zero */
    size_t size;
    bool failed;
};

void lca_text_add(struct lca_text *text, const char *bytes, size_t length);
void lca_text_print(struct lca_text *text, const char *format, ...)
    LCA_PRINTF(2, 3);
void lca_text_clear(struct lca_text *text);     /* keeps the memory */
void lca_text_free(struct lca_text *text);
/* Did a text of this process ever fail? Then something was not said. */
bool lca_text_lost(void);

/*
 * A word that travels on a line: blanks, control characters, '%' and bytes
 * above 126 become %XX. lca_text_unescape works in place and gives the
 * length, since %00 is a byte like any other.
 */
void lca_text_escape(struct lca_text *text, const char *bytes, size_t length);
size_t lca_text_unescape(char *word);

/*
 * A word that a POSIX shell reads as it is: quoted only where it must be.
 * Bytes that no report could carry are spelled out for printf.
 */
void lca_text_quote(struct lca_text *text, const char *word);

/* '*' stands for any characters, '?' for one; nothing else is special. */
bool lca_text_match(const char *pattern, const char *string);

/*
 * Bytes of unknown origin made fit for people and XML: valid UTF-8 without
 * control characters other than tab and newline; each bad byte becomes '?'.
 */
void lca_text_clean(struct lca_text *text, const char *bytes, size_t length);

#endif
