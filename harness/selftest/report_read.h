/*
 * report read: reports read back with the libraries that others read with
 *
 * Ownership   what a function gives belongs to the caller.
 * Errors      are failed assertions.
 */

#ifndef LCA_REPORT_READ_H
#define LCA_REPORT_READ_H

#include "harness/selftest/report_desk.h"

#include <jansson.h>
#include <libxml/tree.h>
#include <stdbool.h>

char *lca_read_file(const char *path);  /* empty if there is none */
bool lca_read_exists(const char *path);

/* By reports/junit.xsd. */
bool lca_read_valid(xmlDocPtr doc);
xmlDocPtr lca_read_junit(const struct lca_desk *desk);  /* must be valid */

/* What an XPath expression is worth: as a number, and compared with text. */
unsigned lca_read_number(xmlDocPtr doc, const char *path);
bool lca_read_says(xmlDocPtr doc, const char *path, const char *text);

/* An array of the lines; each must be strict UTF-8 and JSON. */
json_t *lca_read_json(const struct lca_desk *desk);
const char *lca_read_text(const json_t *lines, size_t i, const char *key);

/* A reader of TAP that knows what our writer may write, and nothing else. */
struct lca_points {
    unsigned plan;
    unsigned ok;
    unsigned not_ok;
    unsigned skip;              /* of those that are ok */
    unsigned todo;              /* of those that are not */
    unsigned blocks;            /* of YAML */
    unsigned bailed;
    unsigned odd;               /* lines that should not be there */
};
struct lca_points lca_read_tap(const struct lca_desk *desk);

#endif
