/*
 * A sink that is bound to a thread.
 *
 * HrThisThreadAdviseSink puts a sink of the subject's around the one that is
 * lent. What is registered then is the subject's; on which thread OnNotify of
 * the lent one is called, that one sees itself.
 */

#include "harness/subject/client.h"

#include "harness/mapi/code.h"
#include "harness/platform/clock.h"
#include "harness/subject/sink.h"

enum { LATE_MS = 20 };          /* for a notification that is on its way */

void lca_client_bind(struct lca_client *client, const struct lca_step *step,
                     struct lca_answer *answer)
{
    void *sink = lca_sink_lend(lca_subject_abi(client->subject));
    void *wrapped = NULL;
    uintptr_t arguments[] = { (uintptr_t)sink, (uintptr_t)&wrapped };
    HRESULT code;

    (void)step;
    if (!lca_subject_entry(client->subject,
                           LCA_ENTRY_HrThisThreadAdviseSink)) {
        lca_client_note(client, "the subject exports no "
                        "HrThisThreadAdviseSink");
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    code = (HRESULT)lca_client_enter(client, LCA_ENTRY_HrThisThreadAdviseSink,
                                     arguments, 2);
    if (lca_code_failed(code) || !lca_client_is_sink(client, wrapped)) {
        lca_client_note(client, "HrThisThreadAdviseSink answered 0x%08X and "
                        "gave no sink", (unsigned)code);
        answer->marks |= LCA_UNPREPARED;
        return;
    }
    lca_sink_bind();
    client->bound = wrapped;
    lca_client_answer(answer, code);
}

void lca_client_bound(struct lca_client *client, const struct lca_step *step,
                      struct lca_answer *answer)
{
    struct lca_sink_counts counts;

    (void)step;
    lca_clock_sleep(LATE_MS);
    counts = lca_sink_count();
    lca_client_answer(answer, S_OK);
    answer->value = counts.elsewhere;
    if (counts.here || counts.elsewhere)
        return;
    lca_client_note(client, "no notification came to a sink of "
                    "HrThisThreadAdviseSink's");
    answer->marks |= LCA_UNPREPARED;
}
