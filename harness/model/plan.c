#include "harness/model/plan.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool known_window(const char *word)
{
    static const char *const windows[] = {
#define X(name) #name,
        LCA_WINDOWS(X)
#undef X
    };

    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++)
        if (strcmp(word, windows[i]) == 0)
            return true;
    return false;
}

/* Up to `length` letters, digits and '_' from *at; false: none, or too many. */
static bool word(const char **at, const char *end, char *out, size_t size)
{
    size_t n = 0;

    while (*at + n < end && (isalnum((unsigned char)(*at)[n]) ||
                             (*at)[n] == '_'))
        n++;
    if (n == 0 || n >= size)
        return false;
    memcpy(out, *at, n);
    out[n] = '\0';
    *at += n;
    return true;
}

static bool number(const char **at, const char *end, unsigned *out)
{
    unsigned long long n = 0;
    const char *from = *at;

    for (; *at < end && isdigit((unsigned char)**at); (*at)++) {
        n = n * 10 + (unsigned long long)(**at - '0');
        if (n >= UINT_MAX)
            return false;
    }
    *out = (unsigned)n;
    return *at > from && n > 0;
}

static bool sign(const char **at, const char *end, const char *text)
{
    size_t n = strlen(text);
    bool there = (size_t)(end - *at) >= n && memcmp(*at, text, n) == 0;

    if (there)
        *at += n;
    return there;
}

static bool strike(const char **at, const char *end, struct lca_strike *s)
{
    if (!word(at, end, s->call, sizeof s->call))
        return false;
    if (sign(at, end, "/")) {
        if (strlen(s->call) >= sizeof s->window || !known_window(s->call))
            return false;
        memcpy(s->window, s->call, strlen(s->call) + 1);
        if (!word(at, end, s->call, sizeof s->call))
            return false;
    }
    if (sign(at, end, ":") && !word(at, end, s->kind, sizeof s->kind))
        return false;
    if (!sign(at, end, "@") || !number(at, end, &s->first))
        return false;
    s->last = s->first;
    if (sign(at, end, "+"))
        s->last = UINT_MAX;
    else if (sign(at, end, ".."))
        return number(at, end, &s->last) && s->last >= s->first;
    return true;
}

struct lca_result lca_plan_parse(const char *text, size_t length,
                                 struct lca_plan *plan)
{
    const char *at = text, *end = text + length;
    bool good = true;

    *plan = (struct lca_plan){ 0 };
    while (good && at < end && plan->count < 2) {
        good = strike(&at, end, &plan->strikes[plan->count++]);
        if (good && at < end)
            good = plan->count < 2 && sign(&at, end, ";") && at < end;
    }
    if (good && at == end)
        return lca_ok();
    return lca_fail(LCA_USAGE, "not a fault plan: '%.*s' (try malloc@1, or "
                    "logoff/send:ECONNRESET@2+)", (int)length, text);
}

void lca_plan_print(const struct lca_plan *plan, struct lca_text *text)
{
    for (unsigned i = 0; i < plan->count; i++) {
        const struct lca_strike *s = &plan->strikes[i];

        lca_text_print(text, "%s%s%s%s%s%s@%u", i ? ";" : "", s->window,
                       *s->window ? "/" : "", s->call, *s->kind ? ":" : "",
                       s->kind, s->first);
        if (s->last == UINT_MAX)
            lca_text_add(text, "+", 1);
        else if (s->last != s->first)
            lca_text_print(text, "..%u", s->last);
    }
}
