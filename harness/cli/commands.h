/* commands: list and explain; each prints and gives a result. */

#ifndef LCA_COMMANDS_H
#define LCA_COMMANDS_H

#include "harness/cli/options.h"

struct lca_result lca_command_learn(struct lca_arguments *a, int *status);
struct lca_result lca_command_list(struct lca_arguments *arguments);
struct lca_result lca_command_explain(struct lca_arguments *arguments);

#endif
