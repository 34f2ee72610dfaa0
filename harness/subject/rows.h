/*
 * rows: all rows of a table
 *
 * QueryRows gives as many rows a call as it likes, up to those that are asked
 * for; none means the end (imapitable-queryrows.md).
 */

#ifndef LCA_ROWS_H
#define LCA_ROWS_H

#include "harness/subject/client.h"

enum { LCA_ROWS_MAX = 1000 };

struct lca_rows {
    ULONG count;                /* LCA_ROWS_MAX: there may be more */
    bool said;                  /* the table said what it has */
    struct SRow row[LCA_ROWS_MAX];
};

/*
 * Takes the rows from where the table stands; rows is zeroes before. An error
 * is the first call's: what came before a later one is kept. The caller gives
 * all of it back with lca_rows_free, which zeroed rows survive.
 */
HRESULT lca_rows_take(const struct lca_client *client, void *table,
                      struct lca_rows *rows);
void lca_rows_free(const struct lca_client *client, struct lca_rows *rows);

/* The entry id of the first row that has one; unchanged if none has. */
void lca_rows_first_id(const struct lca_rows *rows, struct lca_eid *id);

/* One call of QueryRows; NULL with *code told when it will not say. */
struct SRowSet *lca_rows_query(const struct lca_client *client, void *table,
                               LONG most, HRESULT *code);
SCODE lca_rows_free_set(const struct lca_client *client,
                        struct SRowSet *set);

/* A column of a row, or NULL. */
const struct SPropValue *lca_rows_column(const struct SRow *row, ULONG tag);

#endif
