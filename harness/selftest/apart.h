/*
 * apart: a test in a process of its own, and an assertion about a row
 *
 * A test that changes its process (its folder, its children, its standard
 * output) is played in a helper. Whatever is wrong there comes back as a
 * sentence, and silence is not success: a helper that ends early fails too.
 */

#ifndef LCA_APART_H
#define LCA_APART_H

#include <stdbool.h>

/* An assertion that is known by the row that it is about. */
void lca_row(const char *row, const char *file, unsigned line, bool is);
#define LCA_ROW(row, is) lca_row(row, __FILE__, __LINE__, is)

void lca_apart(void (*test)(void));

/* An assertion of such a test. */
void lca_apart_check(const char *what, unsigned line, bool is);
#define LCA_APART(is) lca_apart_check(#is, __LINE__, is)

#endif
