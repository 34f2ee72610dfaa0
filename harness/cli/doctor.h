/* doctor: the command; prints the facts of harness/run/doctor.h. */

#ifndef LCA_CLI_DOCTOR_H
#define LCA_CLI_DOCTOR_H

#include "harness/cli/options.h"

/* The subject has been named: lca_arguments_subject comes before this. */
struct lca_result lca_command_doctor(struct lca_arguments *arguments,
                                     int *status);

#endif
