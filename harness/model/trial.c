#include "harness/model/trial.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * The part between `open` and `close` at *at, if it begins there. False if
 * it is not closed or does not fit.
 */
static bool part(const char **at, char open, char close, char *out,
                 size_t size)
{
    const char *end;
    size_t length;

    *out = '\0';
    if (**at != open)
        return true;
    end = strchr(*at, close);
    if (!end)
        return false;
    length = (size_t)(end - *at) - 1;
    if (length == 0 || length >= size)
        return false;
    memcpy(out, *at + 1, length);
    out[length] = '\0';
    *at = end + 1;
    return true;
}

static bool seed(const char **at, uint32_t *out)
{
    char *end;
    unsigned long n;

    if (**at != '~')
        return true;
    if (!(*at)[1] || strspn(*at + 1, "0123456789") != strlen(*at + 1))
        return false;
    errno = 0;
    n = strtoul(*at + 1, &end, 10);
    if (errno || n == 0 || n > UINT32_MAX)
        return false;
    *out = (uint32_t)n;
    *at = end;
    return true;
}

struct lca_result lca_trial_parse(const char *text, struct lca_trial *trial)
{
    size_t length = strcspn(text, "[{~");
    const char *at = text + length;
    char plan[256];         /* two strikes, every word as long as can be */
    struct lca_result r = lca_ok();

    *trial = (struct lca_trial){ 0 };
    if (length == 0 || length >= sizeof trial->id)
        return lca_fail(LCA_USAGE, "not a trial: '%.80s' (try "
                        "session/logoff/plain; lastcall list shows all)", text);
    memcpy(trial->id, text, length);
    if (!part(&at, '[', ']', trial->cell, sizeof trial->cell) ||
        !part(&at, '{', '}', plan, sizeof plan) ||
        !seed(&at, &trial->seed) || *at)
        return lca_fail(LCA_USAGE, "not a trial: it stops making sense at "
                        "'%.80s' (case[axis=value,...]{plan}~seed)", at);
    if (*plan)
        r = lca_plan_parse(plan, strlen(plan), &trial->plan);
    return r;
}

void lca_trial_name(const struct lca_case *c, unsigned cell,
                    struct lca_text *text)
{
    struct lca_text values = { 0 };

    lca_matrix_name(c->axes, cell, &values);
    if (values.length)
        lca_text_print(text, "%s[%s]", c->id, values.bytes);
    else
        lca_text_print(text, "%s", c->id);
    text->failed |= values.failed;
    lca_text_free(&values);
}
