/*
 * pairs: a matrix cut down until it has every pair of values once
 *
 * For subjects whose logon is slow. Cases with fewer than three axes are left
 * as they are, and so is an axis that the smoke tier walks along: each of its
 * values is asked for something of its own.
 *
 * Errors: LCA_SYSTEM, no memory; the selection is as it was.
 */

#ifndef LCA_PAIRS_H
#define LCA_PAIRS_H

#include "harness/run/select.h"

struct lca_result lca_pairs_cut(struct lca_selection *selection);

#endif
