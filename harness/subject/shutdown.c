/* A client whose process is about to end, and that has no time. */

#include "harness/subject/client.h"

#include "harness/mapi/code.h"

#include <stdint.h>

/* NULL, and the answer says why: there is no such interface. */
static void *open_shutdown(struct lca_client *client,
                           const struct lca_step *step,
                           struct lca_answer *answer)
{
    struct lca_session *s = lca_client_session(client, step);
    void *shutdown = NULL;
    uintptr_t arguments[] = { (uintptr_t)&lca_iid[LCA_IMAPIClientShutdown],
                              (uintptr_t)&shutdown };
    HRESULT code = lca_client_invoke_as(client, s->pointer, LCA_IMAPISession,
                                        LCA_IUnknown_QueryInterface,
                                        arguments);

    if (!lca_code_failed(code) && shutdown)
        return shutdown;
    lca_client_note(client, "there is no IMAPIClientShutdown: 0x%08X",
                    (unsigned)code);
    answer->marks |= LCA_UNPREPARED;
    return NULL;
}

void lca_client_ask_shutdown(struct lca_client *client,
                             const struct lca_step *step,
                             struct lca_answer *answer)
{
    void *shutdown = open_shutdown(client, step, answer);

    if (!shutdown)
        return;
    lca_client_answer(answer, lca_client_invoke(
        client, shutdown, LCA_IMAPIClientShutdown_QueryFastShutdown, NULL));
    lca_client_let_go(client, shutdown);
}

/* Nothing is released: that would be a call. */
void lca_client_shut_down(struct lca_client *client,
                          const struct lca_step *step,
                          struct lca_answer *answer)
{
    void *shutdown = open_shutdown(client, step, answer);
    HRESULT code;

    if (!shutdown)
        return;
    code = lca_client_invoke(client, shutdown,
                             LCA_IMAPIClientShutdown_QueryFastShutdown, NULL);
    if (lca_code_failed(code)) {
        lca_client_let_go(client, shutdown);
        lca_client_note(client, "no fast shutdown is wanted: 0x%08X",
                        (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    lca_client_invoke(client, shutdown,
                      LCA_IMAPIClientShutdown_NotifyProcessShutdown, NULL);
    lca_client_answer(answer, lca_client_invoke(
        client, shutdown, LCA_IMAPIClientShutdown_DoFastShutdown, NULL));
}
