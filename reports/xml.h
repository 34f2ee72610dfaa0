/*
 * xml: elements that are valid, whatever the bytes
 *
 * Every value is cleaned (lca_text_clean) and then escaped by libxml2. Each
 * element stands on a line of its own, so that reports can be compared.
 *
 * Ownership   what is written grows in a text of the caller's, which is
 *             complete after close. NULL is as good as an empty value.
 * Errors      no memory is remembered, and close tells.
 */

#ifndef LCA_XML_H
#define LCA_XML_H

#include "harness/base/text.h"

struct lca_xml;

struct lca_xml *lca_xml_open(struct lca_text *out);     /* NULL: no memory */
bool lca_xml_close(struct lca_xml *xml);                /* false: no memory */

void lca_xml_declare(struct lca_xml *xml);      /* first, in a document */
void lca_xml_start(struct lca_xml *xml, const char *element);
void lca_xml_attribute(struct lca_xml *xml, const char *name,
                       const char *value);
void lca_xml_number(struct lca_xml *xml, const char *name, unsigned value);
void lca_xml_text(struct lca_xml *xml, const char *value);
void lca_xml_end(struct lca_xml *xml);

/* Elements that another lca_xml has written. */
void lca_xml_insert(struct lca_xml *xml, const struct lca_text *elements);

#endif
