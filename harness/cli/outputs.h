/* outputs: where the reports go, looked at before anything is run. */

#ifndef LCA_CLI_OUTPUTS_H
#define LCA_CLI_OUTPUTS_H

#include "harness/cli/options.h"

/* Is one of them standard output, by whatever name? */
bool lca_outputs_on_standard_output(const struct lca_arguments *arguments);

/*
 * Errors: LCA_USAGE, if one goes where the subject is, or another one goes,
 * or to what is no file.
 */
struct lca_result lca_outputs_check(const struct lca_arguments *arguments);

#endif
