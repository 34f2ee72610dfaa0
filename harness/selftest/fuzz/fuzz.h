/*
 * fuzz: what the targets share
 *
 * A target is a file that has one parser read any bytes whatever, and claims
 * more than that it survives: what was accepted is in range, and printed and
 * read again it is the same. Its one function has libFuzzer's name for it;
 * replay.c calls it too, with the files of fixtures/corpus.
 */

#ifndef LCA_FUZZ_H
#define LCA_FUZZ_H

#include "harness/base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Ends the program with the sentence, which says what should have been. */
void lca_fuzz_claim(bool holds, const char *sentence);

/*
 * The bytes up to the first zero, and that zero, in memory of exactly that
 * size: a sanitizer sees who reads on. The caller frees it.
 */
char *lca_fuzz_text(const uint8_t *bytes, size_t size);

/* The line at the front, cut off in place; NULL: there is none left. */
char *lca_fuzz_line(char **rest);

/* Claims that both texts are whole and equal. */
void lca_fuzz_same(const struct lca_text *one, const struct lca_text *other);

/*
 * What a shell makes of words that lca_text_quote has written, one blank or
 * more between them. The words lie in `line`, which is changed. Gives their
 * count; claims that there are at most `most`, and no shell's character that
 * lca_text_quote does not write.
 */
unsigned lca_fuzz_shell(char *line, char **words, unsigned most);

#endif
