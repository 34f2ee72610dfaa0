/* help: what lastcall says of itself, made from the tables. */

#ifndef LCA_CLI_HELP_H
#define LCA_CLI_HELP_H

#include "harness/cli/options.h"

/* A page of 24 lines; of a command, or 'options', all of its options; of
   'faults', what can be made to fail. */
struct lca_result lca_command_help(struct lca_arguments *arguments);
void lca_help_faults(void);

/* A script for the shell that is named. */
struct lca_result lca_command_completion(struct lca_arguments *arguments);

#endif
