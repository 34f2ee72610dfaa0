#include "harness/selftest/report_read.h"

#include "harness/base/text.h"

#include <CUnit/CUnit.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *lca_read_file(const char *path)
{
    struct lca_text text = { 0 };
    FILE *file = fopen(path, "rb");
    char bytes[4096];
    size_t n;

    lca_text_add(&text, "", 0);
    while (file && (n = fread(bytes, 1, sizeof bytes, file)) > 0)
        lca_text_add(&text, bytes, n);
    if (file)
        fclose(file);
    return text.bytes;
}

bool lca_read_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void ignore(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

bool lca_read_valid(xmlDocPtr doc)
{
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(LCA_SCHEMA);
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    xmlSchemaValidCtxtPtr context = NULL;
    bool valid = false;

    CU_ASSERT_PTR_NOT_NULL(schema);
    if (schema && doc) {
        context = xmlSchemaNewValidCtxt(schema);
        xmlSchemaSetValidErrors(context, ignore, ignore, NULL);
        valid = xmlSchemaValidateDoc(context, doc) == 0;
    }
    xmlSchemaFreeValidCtxt(context);
    xmlSchemaFree(schema);
    xmlSchemaFreeParserCtxt(parser);
    return valid;
}

xmlDocPtr lca_read_junit(const struct lca_desk *desk)
{
    xmlDocPtr doc = xmlReadFile(desk->path[LCA_JUNIT], NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR |
                                XML_PARSE_NOWARNING);

    CU_ASSERT_PTR_NOT_NULL_FATAL(doc);
    CU_ASSERT(lca_read_valid(doc));
    return doc;
}

static xmlXPathObjectPtr find(xmlDocPtr doc, const char *path)
{
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST path, context);

    xmlXPathFreeContext(context);
    CU_ASSERT_PTR_NOT_NULL_FATAL(found);
    return found;
}

unsigned lca_read_number(xmlDocPtr doc, const char *path)
{
    xmlXPathObjectPtr found = find(doc, path);
    double value = xmlXPathCastToNumber(found);

    xmlXPathFreeObject(found);
    return value >= 0 ? (unsigned)value : 9999;
}

bool lca_read_says(xmlDocPtr doc, const char *path, const char *text)
{
    xmlXPathObjectPtr found = find(doc, path);
    xmlChar *value = xmlXPathCastToString(found);
    bool same = strcmp((const char *)value, text) == 0;

    xmlFree(value);
    xmlXPathFreeObject(found);
    return same;
}

json_t *lca_read_json(const struct lca_desk *desk)
{
    char *text = lca_read_file(desk->path[LCA_JSON]);
    json_t *lines = json_array();

    for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
        json_t *value = json_loadb(line, (size_t)(end - line), 0, NULL);

        CU_ASSERT_PTR_NOT_NULL(value);
        json_array_append_new(lines, value);
    }
    free(text);
    return lines;
}

const char *lca_read_text(const json_t *lines, size_t i, const char *key)
{
    const char *text = json_string_value(json_object_get(
        json_array_get(lines, i), key));

    return text ? text : "";
}

static bool starts(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

struct lca_points lca_read_tap(const struct lca_desk *desk)
{
    char *text = lca_read_file(desk->path[LCA_TAP]);
    struct lca_points p = { 0 };
    unsigned number = 0, value = 0;
    bool block = false;

    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (block) {
            p.odd += !starts(line, "  ");
            block = strcmp(line, "  ...") != 0;
        } else if (strcmp(line, "  ---") == 0) {
            block = true;
            p.blocks++;
        } else if (sscanf(line, "ok %u - ", &value) == 1) {
            p.ok++;
            p.odd += value != ++number;
            p.skip += strstr(line, " # SKIP ") != NULL;
        } else if (sscanf(line, "not ok %u - ", &value) == 1) {
            p.not_ok++;
            p.odd += value != ++number;
            p.todo += strstr(line, " # TODO ") != NULL;
        } else if (starts(line, "Bail out!")) {
            p.bailed++;
        } else if (sscanf(line, "1..%u", &value) == 1) {
            p.plan = value;
        } else {
            p.odd += strcmp(line, "TAP version 14") != 0;
        }
    }
    p.odd += block;
    free(text);
    return p;
}
