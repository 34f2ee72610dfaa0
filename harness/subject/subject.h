/*
 * subject: the MAPI implementation under test
 *
 * A subject is a shared library that exports MAPI's entry points, plainly or
 * by their Win32 names. Opening it loads the library and finds them; it
 * calls none, so a subject may be opened just to be looked at.
 *
 * Ownership   open gives the subject to the caller and close takes it back.
 *             What entry returns belongs to the subject.
 * Errors      LCA_MISSING  no such library, or a needed entry is not in it
 *             LCA_SYSTEM   no memory
 *             After an error *subject is NULL and nothing is left open.
 * Threads     entry may be called from any; open and close from one.
 */

#ifndef LCA_SUBJECT_H
#define LCA_SUBJECT_H

#include "harness/base/function.h"
#include "harness/base/result.h"
#include "harness/mapi/abi.h"
#include "harness/mapi/entry.h"

struct lca_subject;

struct lca_result lca_subject_open(const char *path, enum lca_abi abi,
                                   struct lca_subject **subject);
/* One of the harness's own functions, and no library; its ABI is com. */
struct lca_result lca_subject_stand_in(
    lca_function *const entry[LCA_ENTRY_COUNT], struct lca_subject **subject);
/* NULL: the subject does not have it. */
lca_function *lca_subject_entry(const struct lca_subject *subject,
                                enum lca_entry entry);
enum lca_abi lca_subject_abi(const struct lca_subject *subject);
void lca_subject_close(struct lca_subject *subject);    /* NULL is fine */

#endif
