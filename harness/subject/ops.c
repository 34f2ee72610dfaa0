#include "harness/subject/ops.h"

#include "harness/subject/question.h"
#include "harness/subject/recipe.h"

#include <stddef.h>

/* The ops that are calls into the subject; the rest is the player's own. */
static lca_client_play *const calls[LCA_OP_COUNT] = {
    [LCA_INITIALIZE]   = lca_client_initialize,
    [LCA_UNINITIALIZE] = lca_client_uninitialize,
    [LCA_UNINITIALIZE_ALL] = lca_client_uninitialize_all,
    [LCA_LOGON]        = lca_client_logon,
    [LCA_LOGOFF]       = lca_client_logoff,
    [LCA_ADDREF]       = lca_client_add_reference,
    [LCA_RELEASE]      = lca_client_release,
    [LCA_RELEASE_ALL]  = lca_client_release_all,
    [LCA_QUERY]        = lca_client_query,
    [LCA_PREPARE]      = lca_client_prepare,
    [LCA_TIDY]         = lca_client_tidy,
    [LCA_CALL]         = lca_client_call,
    [LCA_TOUCH]        = lca_client_touch,
    [LCA_OPEN]         = lca_client_open,
    [LCA_ASK]          = lca_client_ask,
    [LCA_QUESTION]     = lca_client_question,
    [LCA_GRASP]        = lca_client_grasp,
    [LCA_DROP]         = lca_client_drop,
    [LCA_READ]         = lca_client_read,
    [LCA_READ_PROFILE] = lca_client_read_profile,
    [LCA_HOLD]         = lca_client_hold,
    [LCA_VERIFY]       = lca_client_verify,
    [LCA_FREE]         = lca_client_free,
    [LCA_FREE_NULL]    = lca_client_free_null,
    [LCA_CHAIN]        = lca_client_chain,
    [LCA_ADMIN]        = lca_client_admin,
    [LCA_SINK]         = lca_client_sink,
    [LCA_DRAFT]        = lca_client_draft,
    [LCA_REREAD]       = lca_client_reread,
    [LCA_LINGER]       = lca_client_linger,
    [LCA_SAVE]         = lca_client_save,
    [LCA_IDENTIFY]     = lca_client_identify,
    [LCA_LISTEN]       = lca_client_listen,
    [LCA_END_INSIDE]   = lca_client_end_inside,
    [LCA_STAY_INSIDE]  = lca_client_stay_inside,
    [LCA_OUTSIDE]      = lca_client_outside,
    [LCA_REGISTER]     = lca_client_register,
    [LCA_HEAR]         = lca_client_hear,
    [LCA_END_WHEN_TOLD] = lca_client_end_when_told,
    [LCA_BIND]         = lca_client_bind,
    [LCA_STIR]         = lca_client_stir,
    [LCA_BOUND]        = lca_client_bound,
    [LCA_COPY_PROFILE] = lca_client_copy_profile,
    [LCA_DELETE_PROFILE] = lca_client_delete_profile,
    [LCA_RENAME_PROFILE] = lca_client_rename_profile,
    [LCA_FIND_PROFILE] = lca_client_find_profile,
    [LCA_CLEAR_PROFILES] = lca_client_clear_profiles,
    [LCA_ADD_SERVICE]  = lca_client_add_service,
    [LCA_COUNT_SERVICES] = lca_client_count_services,
    [LCA_COUNT_PROVIDERS] = lca_client_count_providers,
    [LCA_OPEN_TEMPORARY] = lca_client_open_temporary,
    [LCA_FIND_SECTION] = lca_client_find_section,
    [LCA_ASK_SHUTDOWN] = lca_client_ask_shutdown,
    [LCA_SHUT_DOWN]    = lca_client_shut_down,
};

lca_client_play *lca_ops_play(enum lca_op op)
{
    return calls[op];
}

bool lca_ops_reach(const struct lca_session *s, const struct lca_step *step)
{
    switch (step->op) {
    case LCA_LOGOFF: case LCA_ADDREF: case LCA_RELEASE: case LCA_RELEASE_ALL:
    case LCA_QUERY: case LCA_PREPARE: case LCA_TIDY: case LCA_CALL:
    case LCA_TOUCH: case LCA_READ: case LCA_READ_PROFILE: case LCA_HOLD:
    case LCA_SAVE: case LCA_IDENTIFY: case LCA_LISTEN: case LCA_REREAD:
    case LCA_END_INSIDE: case LCA_STAY_INSIDE: case LCA_REGISTER:
    case LCA_END_WHEN_TOLD: case LCA_DRAFT: case LCA_STIR:
    case LCA_ADD_SERVICE: case LCA_COUNT_SERVICES: case LCA_COUNT_PROVIDERS:
    case LCA_OPEN_TEMPORARY: case LCA_FIND_SECTION:
    case LCA_ASK_SHUTDOWN: case LCA_SHUT_DOWN:
        return step->via ? s->alias != NULL : s->pointer != NULL;
    case LCA_OPEN:
        return step->object == LCA_PROFILES || s->pointer;
    default:
        return true;
    }
}

uint32_t lca_ops_needs(const struct lca_step *steps, unsigned count,
                       unsigned at)
{
    uint32_t all = 0;

    for (unsigned i = at + 1; i < count; i++) {
        const struct lca_step *s = &steps[i];

        if (s->session != steps[at].session)
            continue;
        if (s->op == LCA_CALL && s->recipe != LCA_HOSTILE)
            all |= lca_recipe_find(s->method)->needs;
        if (s->op == LCA_QUESTION)
            all |= lca_question_find(s->method).needs;
    }
    return all;
}
