#include "harness/subject/digest.h"
#include "harness/subject/objects.h"
#include "harness/subject/rows.h"

#include "harness/mapi/code.h"

#include <stdint.h>
#include <string.h>

enum { MOST_ROWS = 100 };

static uint64_t digest(const struct lca_buffer *b)
{
    const struct SRowSet *set = b->pointer;
    const char *const *strings = b->pointer;
    uint64_t sum = b->count;

    switch (b->kind) {
    case LCA_BYTES:
        return lca_object_mix(LCA_DIGEST, b->pointer, b->count);
    case LCA_VALUES:
        return lca_object_digest(b->pointer, b->count);
    case LCA_STRINGS:
        for (ULONG i = 0; i < b->count; i++)
            sum += lca_object_mix(LCA_DIGEST, strings[i],
                                  strlen(strings[i]));
        return sum;
    case LCA_ROWS:
        for (ULONG i = 0; i < set->cRows; i++)
            sum += lca_object_digest(set->aRow[i].lpProps,
                                     set->aRow[i].cValues);
        return sum + set->cRows;
    }
    return 0;
}

static void keep(struct lca_client *client, void *pointer,
                 enum lca_buffer_kind kind, ULONG count)
{
    struct lca_buffer *b = &client->buffers[client->buffer_count];

    if (!pointer || client->buffer_count == LCA_BUFFERS_MAX)
        return;
    *b = (struct lca_buffer){ pointer, kind, count, 0 };
    b->digest = digest(b);
    client->buffer_count++;
}

static void hold_rows(struct lca_client *client, struct lca_session *s,
                      enum lca_object kind)
{
    void *table = NULL;
    HRESULT code = lca_object_open(client, s, kind, &table);

    if (!lca_code_failed(code) && table)
        keep(client, lca_rows_query(client, table, MOST_ROWS, &code),
             LCA_ROWS, 0);
    lca_client_let_go(client, table);
}

/* A method of the session that gives a count and a buffer. */
static void hold(struct lca_client *client, struct lca_session *s,
                 enum lca_method method, enum lca_buffer_kind kind)
{
    ULONG count = 0;
    void *buffer = NULL;
    uintptr_t both[] = { (uintptr_t)&count, (uintptr_t)&buffer };
    uintptr_t flags[] = { 0, (uintptr_t)&count, (uintptr_t)&buffer };
    bool flagged = lca_method(method)->count == 3;
    HRESULT code = lca_client_invoke(client, s->pointer, method,
                                     flagged ? flags : both);

    if (!lca_code_failed(code))
        keep(client, buffer, kind, count);
}

static void hold_values(struct lca_client *client, struct lca_session *s)
{
    void *section = NULL, *values = NULL;
    ULONG count = 0;
    uintptr_t arguments[] = { 0, 0, (uintptr_t)&count, (uintptr_t)&values };
    HRESULT code = lca_object_open(client, s, LCA_PROFILE_SECTION, &section);

    if (!lca_code_failed(code))
        code = lca_client_invoke(client, section, LCA_IMAPIProp_GetProps,
                                 arguments);
    if (!lca_code_failed(code))
        keep(client, values, LCA_VALUES, count);
    lca_client_let_go(client, section);
}

void lca_client_hold(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);

    client->buffer_count = 0;
    hold(client, s, LCA_IMAPISession_QueryIdentity, LCA_BYTES);
    hold(client, s, LCA_IMAPISession_EnumAdrTypes, LCA_STRINGS);
    hold_rows(client, s, LCA_STORES_TABLE);
    hold_rows(client, s, LCA_STATUS_TABLE);
    hold_values(client, s);
    answer->value = client->buffer_count;
    answer->calls = answer->successes = 1;
    if (client->buffer_count == 0) {
        lca_client_note(client, "no method gave a buffer to hold");
        answer->marks |= LCA_UNPREPARED;
    }
}

void lca_client_verify(struct lca_client *client, const struct lca_step *step,
                       struct lca_answer *answer)
{
    bool same = true;

    (void)step;
    lca_client_reads(client, 1);    /* a fault here is a buffer that is gone */
    for (unsigned i = 0; i < client->buffer_count; i++)
        same &= digest(&client->buffers[i]) == client->buffers[i].digest;
    lca_client_reads(client, 0);
    answer->marks |= same ? LCA_KEPT : 0;
    answer->calls = answer->successes = 1;
}

void lca_client_free(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    (void)step;
    for (unsigned i = 0; i < client->buffer_count; i++) {
        const struct lca_buffer *b = &client->buffers[i];
        SCODE code = b->kind == LCA_ROWS
                   ? lca_rows_free_set(client, b->pointer)
                   : lca_client_free_buffer(client, b->pointer);

        answer->calls++;
        answer->successes += code == S_OK;
        if (code != S_OK)
            answer->code = code;
    }
    client->buffer_count = 0;
}
