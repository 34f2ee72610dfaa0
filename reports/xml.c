#include "reports/xml.h"

#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lca_xml {
    xmlTextWriterPtr writer;
    struct lca_text *out;
    struct lca_text clean;      /* the value in hand */
    bool failed;
};

/*
 * libxml2 prints a message of its own when a write is refused. This one
 * never refuses; the text remembers.
 */
static int add(void *out, const char *bytes, int length)
{
    lca_text_add(out, bytes, (size_t)length);
    return length;
}

/* Nor has it anything to say of its own when there is no memory. */
LCA_PRINTF(2, 3)
static void hush(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static const xmlChar *cleaned(struct lca_xml *x, const char *value)
{
    lca_text_clear(&x->clean);
    if (value)
        lca_text_clean(&x->clean, value, strlen(value));
    return (const xmlChar *)(x->clean.bytes ? x->clean.bytes : "");
}

static void check(struct lca_xml *x, int written)
{
    x->failed = x->failed || written < 0;
}

struct lca_xml *lca_xml_open(struct lca_text *out)
{
    struct lca_xml *x = calloc(1, sizeof *x);
    xmlOutputBufferPtr buffer = NULL;

    if (!x)
        return NULL;
    x->out = out;
    xmlSetGenericErrorFunc(NULL, hush);
    buffer = xmlOutputBufferCreateIO(add, NULL, out, NULL);
    if (buffer)
        x->writer = xmlNewTextWriter(buffer);
    if (!x->writer) {
        xmlOutputBufferClose(buffer);
        free(x);
        return NULL;
    }
    check(x, xmlTextWriterSetIndent(x->writer, 1));
    check(x, xmlTextWriterSetIndentString(x->writer, BAD_CAST ""));
    return x;
}

bool lca_xml_close(struct lca_xml *xml)
{
    bool complete;

    check(xml, xmlTextWriterFlush(xml->writer));    /* freeing tells nothing */
    xmlFreeTextWriter(xml->writer);
    complete = !xml->failed && !xml->clean.failed && !xml->out->failed;
    lca_text_free(&xml->clean);
    free(xml);
    return complete;
}

/*
 * xmlTextWriterStartDocument would put an encoder in between, which loses a
 * document without a word when there is no memory for it.
 */
void lca_xml_declare(struct lca_xml *xml)
{
    check(xml, xmlTextWriterWriteRaw(
        xml->writer,
        BAD_CAST "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
}

void lca_xml_start(struct lca_xml *xml, const char *element)
{
    check(xml, xmlTextWriterStartElement(xml->writer, BAD_CAST element));
}

void lca_xml_attribute(struct lca_xml *xml, const char *name,
                       const char *value)
{
    check(xml, xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name,
                                           cleaned(xml, value)));
}

void lca_xml_number(struct lca_xml *xml, const char *name, unsigned value)
{
    char digits[16];

    snprintf(digits, sizeof digits, "%u", value);
    lca_xml_attribute(xml, name, digits);
}

/* xmlTextWriterWriteString does not tell when it finds no memory to escape. */
void lca_xml_text(struct lca_xml *xml, const char *value)
{
    xmlChar *escaped = xmlEncodeSpecialChars(NULL, cleaned(xml, value));

    check(xml, escaped ? xmlTextWriterWriteRaw(xml->writer, escaped) : -1);
    xmlFree(escaped);
}

void lca_xml_end(struct lca_xml *xml)
{
    check(xml, xmlTextWriterEndElement(xml->writer));
}

void lca_xml_insert(struct lca_xml *xml, const struct lca_text *elements)
{
    if (elements->length)
        check(xml, xmlTextWriterWriteRaw(xml->writer,
                                         BAD_CAST elements->bytes));
}
