/* junit: JUnit XML, as Jenkins, GitLab and Ant read it. See junit.xsd. */

#ifndef LCA_JUNIT_H
#define LCA_JUNIT_H

#include "harness/model/event.h"

extern const struct lca_writer lca_junit;

#endif
