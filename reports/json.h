/* json: a JSON object a line. The fields are in README.md. */

#ifndef LCA_JSON_H
#define LCA_JSON_H

#include "harness/model/event.h"

extern const struct lca_writer lca_json;

#endif
