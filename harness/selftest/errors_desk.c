#include "harness/selftest/errors_desk.h"

#include "harness/run/errors.h"
#include "harness/selftest/apart.h"

#include <CUnit/CUnit.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for what a record has of errors, in the words of `told`. */
typedef char told_text[4096];

/* "InvalidRead 2 subject.so+0x10": kind, step from 0, whose doing. */
static void tell(const struct lca_record *r, told_text told)
{
    static const char *const others[] = { "", ", freed", ", taken",
                                          ", before" };
    size_t n = 0;

    *told = '\0';
    for (unsigned i = 0; i < r->error_count; i++) {
        const struct lca_error *e = &r->errors[i];
        char from[80] = "nobody", other[80] = "";

        if (e->subjects)
            snprintf(from, sizeof from, "%s%s+0x%" PRIx64,
                     e->clients ? "client of " : "", e->from.module,
                     e->from.offset);
        if (*e->other_from.module)
            snprintf(other, sizeof other, " in %s+0x%" PRIx64,
                     e->other_from.module, e->other_from.offset);
        n += (size_t)snprintf(told + n, sizeof (told_text) - n,
                              "%s%s %u %s%s%s", i ? "; " : "",
                              lca_error_name(e->kind), e->step, from,
                              others[e->other], other);
    }
}

void lca_xml_read(const char *xml, size_t length, struct lca_record *r)
{
    char *bytes = malloc(length ? length : 1);

    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    memcpy(bytes, xml, length);
    memset(r, 0, sizeof *r);
    r->count = LCA_XML_STEPS;
    r->error_count = 7;         /* of a trial before */
    lca_errors_read(bytes, length, r);
    free(bytes);
}

bool lca_xml_is_sound(const struct lca_record *r)
{
    bool sound = r->error_count <= LCA_ERRORS_MAX;

    for (unsigned i = 0; sound && i < r->error_count; i++) {
        const struct lca_error *e = &r->errors[i];

        sound = e->kind < LCA_ERROR_KIND_COUNT && e->step <= r->count &&
                e->other <= LCA_OTHER_BEFORE && e->clients <= e->subjects &&
                !e->subjects == !*e->from.module &&
                e->frame_count <= LCA_ERROR_FRAMES &&
                e->other_count <= LCA_ERROR_FRAMES &&
                memchr(e->what, 0, sizeof e->what) &&
                memchr(e->from.module, 0, sizeof e->from.module);
    }
    return sound;
}

void lca_xml_rows_hold(const struct lca_xml_row *rows, size_t count)
{
    static struct lca_record record;
    told_text told;

    for (size_t i = 0; i < count; i++) {
        bool same;

        lca_xml_read(rows[i].xml, strlen(rows[i].xml), &record);
        tell(&record, told);
        same = strcmp(told, rows[i].told) == 0 && lca_xml_is_sound(&record);
        if (!same)
            fprintf(stderr, "\n  told '%s', not '%s'", told, rows[i].told);
        LCA_ROW(rows[i].what, same);
    }
}
