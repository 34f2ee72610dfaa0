#include "harness/subject/client.h"
#include "harness/subject/objects.h"

#include "harness/mapi/code.h"

#include <stdint.h>
#include <string.h>

enum { MOST_ROWS = 100 };

static uint64_t digest_bytes(const void *bytes, ULONG size)
{
    const unsigned char *b = bytes;
    uint64_t d = 14695981039346656037u;

    for (ULONG i = 0; i < size; i++)
        d = (d ^ b[i]) * 1099511628211u;        /* FNV-1a */
    return d;
}

static uint64_t digest(const struct lca_buffer *b)
{
    const struct SRowSet *set = b->pointer;
    uint64_t sum = 0;

    if (b->size)
        return digest_bytes(b->pointer, b->size);
    for (ULONG i = 0; i < set->cRows; i++)
        sum += lca_object_digest(set->aRow[i].lpProps, set->aRow[i].cValues);
    return sum + set->cRows;
}

static void keep(struct lca_client *client, void *pointer, ULONG size)
{
    struct lca_buffer *b = &client->buffers[client->buffer_count];

    if (!pointer || client->buffer_count == LCA_BUFFERS_MAX)
        return;
    *b = (struct lca_buffer){ .pointer = pointer, .size = size };
    b->digest = digest(b);
    client->buffer_count++;
}

static void hold_rows(struct lca_client *client, struct lca_session *s,
                      enum lca_object kind)
{
    void *table = NULL;
    HRESULT code = lca_object_open(client, s, kind, &table);

    if (!lca_code_failed(code) && table)
        keep(client, lca_client_rows(client, table, MOST_ROWS, &code), 0);
    lca_client_let_go(client, table);
}

static void hold_identity(struct lca_client *client, struct lca_session *s)
{
    ULONG size = 0;
    void *id = NULL;
    uintptr_t arguments[] = { (uintptr_t)&size, (uintptr_t)&id };
    HRESULT code = lca_client_invoke(client, s->pointer,
                                     LCA_IMAPISession_QueryIdentity,
                                     arguments);

    if (!lca_code_failed(code) && size)
        keep(client, id, size);
}

void lca_client_hold(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);

    client->buffer_count = 0;
    hold_identity(client, s);
    hold_rows(client, s, LCA_STORES_TABLE);
    hold_rows(client, s, LCA_STATUS_TABLE);
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
    *client->reading = 1;       /* a fault here is a buffer that is gone */
    for (unsigned i = 0; i < client->buffer_count; i++)
        same &= digest(&client->buffers[i]) == client->buffers[i].digest;
    *client->reading = 0;
    answer->marks |= same ? LCA_KEPT : 0;
    answer->calls = answer->successes = 1;
}

void lca_client_free(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    (void)step;
    for (unsigned i = 0; i < client->buffer_count; i++) {
        struct lca_buffer *b = &client->buffers[i];
        SCODE code = b->size ? lca_client_free_buffer(client, b->pointer)
                             : lca_client_free_rows(client, b->pointer);

        answer->calls++;
        answer->successes += code == S_OK;
        if (code != S_OK)
            answer->code = code;
    }
    client->buffer_count = 0;
}
