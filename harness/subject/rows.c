#include "harness/subject/rows.h"

#include "harness/mapi/code.h"

#include <stdint.h>
#include <string.h>

SCODE lca_rows_free_set(const struct lca_client *client,
                        struct SRowSet *set)
{
    SCODE code = S_OK, one;

    for (ULONG i = 0; set && i < set->cRows; i++) {
        one = lca_client_free_buffer(client, set->aRow[i].lpProps);
        code = one ? one : code;
    }
    one = lca_client_free_buffer(client, set);
    return one ? one : code;
}

struct SRowSet *lca_rows_query(const struct lca_client *client, void *table,
                               LONG most, HRESULT *code)
{
    struct SRowSet *set = NULL;
    uintptr_t arguments[] = { (uintptr_t)most, 0, (uintptr_t)&set };

    *code = lca_client_invoke(client, table, LCA_IMAPITable_QueryRows,
                              arguments);
    return lca_code_failed(*code) ? NULL : set;
}

/* Its rows are ours now, and it is given back without them. */
static void move(const struct lca_client *client, struct SRowSet *set,
                 struct lca_rows *rows)
{
    for (ULONG i = 0; i < set->cRows; i++) {
        if (rows->count < LCA_ROWS_MAX)
            rows->row[rows->count++] = set->aRow[i];
        else
            lca_client_free_buffer(client, set->aRow[i].lpProps);
    }
    lca_client_free_buffer(client, set);
}

HRESULT lca_rows_take(const struct lca_client *client, void *table,
                      struct lca_rows *rows)
{
    HRESULT code = S_OK;
    bool more = true;

    while (more && rows->count < LCA_ROWS_MAX) {
        struct SRowSet *set = lca_rows_query(
            client, table, (LONG)(LCA_ROWS_MAX - rows->count), &code);

        more = set && set->cRows;
        rows->said |= set != NULL;
        if (set)
            move(client, set, rows);
    }
    return rows->said ? S_OK : code;
}

void lca_rows_free(const struct lca_client *client, struct lca_rows *rows)
{
    while (rows->count)
        lca_client_free_buffer(client, rows->row[--rows->count].lpProps);
    rows->said = false;
}

const struct SPropValue *lca_rows_column(const struct SRow *row, ULONG tag)
{
    for (ULONG i = 0; i < row->cValues; i++)
        if (row->lpProps[i].ulPropTag == tag)
            return &row->lpProps[i];
    return NULL;
}

void lca_rows_first_id(const struct lca_rows *rows, struct lca_eid *id)
{
    for (ULONG i = 0; i < rows->count && !id->size; i++) {
        const struct SPropValue *p = lca_rows_column(&rows->row[i],
                                                     PR_ENTRYID);

        if (p && p->Value.bin.cb && p->Value.bin.cb <= sizeof id->bytes) {
            memcpy(id->bytes, p->Value.bin.lpb, p->Value.bin.cb);
            id->size = p->Value.bin.cb;
        }
    }
}
