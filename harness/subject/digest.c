#include "harness/subject/digest.h"

#include "harness/mapi/code.h"
#include "harness/subject/objects.h"
#include "harness/subject/rows.h"

#include <string.h>

uint64_t lca_object_mix(uint64_t digest, const void *bytes, size_t length)
{
    const unsigned char *b = bytes;

    for (size_t i = 0; i < length; i++)
        digest = (digest ^ b[i]) * 1099511628211u;
    return digest;
}

/* One value: strings, booleans and ids are stable; counters and times not. */
static uint64_t digest_one(const struct SPropValue *v)
{
    enum { TYPE = 0xFFFF, BOOLEAN = 0x000B, STRING8 = 0x001E,
           CLSID = 0x0048 };
    uint64_t d = lca_object_mix(LCA_DIGEST, &v->ulPropTag, sizeof v->ulPropTag);

    switch (v->ulPropTag & TYPE) {
    case BOOLEAN: return lca_object_mix(d, &v->Value.b, sizeof v->Value.b);
    case STRING8: return lca_object_mix(d, v->Value.lpszA,
                                        strlen(v->Value.lpszA));
    case CLSID:   return lca_object_mix(d, v->Value.lpguid,
                                        sizeof *v->Value.lpguid);
    default:      return d;
    }
}

/* A sum, so that the order of values and rows does not matter. */
uint64_t lca_object_digest(const struct SPropValue *values, ULONG count)
{
    uint64_t sum = count;

    for (ULONG i = 0; i < count; i++)
        sum += digest_one(&values[i]);
    return sum;
}

/* What of a store's row is stable: its name, and whether it is default. */
static uint64_t digest_row(const struct SRow *row)
{
    static const ULONG tags[] = { PR_DISPLAY_NAME_A, PR_DEFAULT_STORE };
    uint64_t sum = 1;

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        const struct SPropValue *v = lca_rows_column(row, tags[i]);

        sum += v ? digest_one(v) : 0;
    }
    return sum;
}

/* The stores, how many there are, and whether the first opens. */
void lca_client_read(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    void *table = NULL, *store = NULL;
    HRESULT code = lca_object_open(client, s, LCA_STORES_TABLE, &table);
    struct lca_rows rows = { 0 };
    uint64_t sum = 0;

    if (!lca_code_failed(code) && table)
        code = lca_rows_take(client, table, &rows);
    for (ULONG i = 0; i < rows.count; i++)
        sum += digest_row(&rows.row[i]);
    if (rows.said) {
        lca_rows_free(client, &rows);
        sum += lca_code_failed(lca_object_open(client, s, LCA_STORE, &store));
    } else {
        lca_client_note(client, "the stores table cannot be read: 0x%08X",
                        (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
    }
    lca_client_let_go(client, store);
    lca_client_let_go(client, table);
    answer->code = code;
    answer->value = sum;
    answer->calls = answer->successes = 1;
}
