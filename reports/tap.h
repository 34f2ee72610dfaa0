/* tap: the Test Anything Protocol, version 14. */

#ifndef LCA_TAP_H
#define LCA_TAP_H

#include "harness/model/event.h"

extern const struct lca_writer lca_tap;

#endif
