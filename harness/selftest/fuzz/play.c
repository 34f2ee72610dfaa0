/* What a controller says to a host: subjects, steps, and what shall fail. */

#include "harness/model/wire.h"

#include "harness/base/text.h"
#include "harness/mapi/abi.h"
#include "harness/selftest/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/* The words of the one line that was printed, behind its first one. */
static char *words_of(const struct lca_text *text)
{
    char *line, *rest;

    lca_fuzz_claim(!text->failed, "there is memory to print");
    line = strchr(text->bytes, '\n');
    lca_fuzz_claim(line == text->bytes + text->length - 1,
                   "what is printed is one line");
    line = lca_fuzz_text((const uint8_t *)text->bytes, text->length - 1);
    lca_wire_word(line, &rest);
    memmove(line, rest, strlen(rest) + 1);
    return line;
}

static void subject(char *words)
{
    struct lca_text text = { 0 };
    struct lca_subject_info info, other;
    char *again;

    if (!lca_wire_read_subject(words, &info))
        return;
    lca_fuzz_claim(*info.path && info.abi < LCA_ABI_COUNT &&
                   info.create <= 1 && info.snapshot < LCA_SNAPSHOTS,
                   "a subject that is understood is in range");
    lca_wire_subject(&info, &text);
    again = words_of(&text);
    lca_fuzz_claim(lca_wire_read_subject(again, &other),
                   "a subject that was printed is understood");
    lca_fuzz_claim(strcmp(info.path, other.path) == 0 &&
                   strcmp(info.profile, other.profile) == 0 &&
                   strcmp(info.peer, other.peer) == 0 &&
                   strcmp(info.pidfile, other.pidfile) == 0 &&
                   memcmp(&info.abi, &other.abi,
                          sizeof info - offsetof(struct lca_subject_info,
                                                 abi)) == 0,
                   "and it is the same subject");
    free(again);
    lca_text_free(&text);
}

/* Of what travels, all. */
static bool same_step(const struct lca_step *a, const struct lca_step *b)
{
    return a->op == b->op && a->method == b->method &&
           a->recipe == b->recipe && a->kind == b->kind &&
           a->init == b->init && a->ui == b->ui && a->iid == b->iid &&
           a->object == b->object && a->flags == b->flags &&
           a->reserved == b->reserved && a->times == b->times &&
           a->back == b->back && a->session == b->session &&
           a->slot == b->slot && a->actor == b->actor &&
           a->process == b->process && a->via == b->via &&
           a->if_refused == b->if_refused && a->calm == b->calm &&
           a->together == b->together;
}

static void step(char *words)
{
    struct lca_text text = { 0 };
    struct lca_step step, other;
    char *again;

    if (!lca_wire_read_step(words, &step))
        return;
    lca_fuzz_claim(step.op < LCA_OP_COUNT && step.method < LCA_METHOD_COUNT &&
                   step.recipe < LCA_RECIPES && step.ui < LCA_UIS &&
                   step.kind < LCA_LOGON_KINDS &&
                   step.init < LCA_INITS && step.iid < LCA_IID_CHOICES &&
                   step.object < LCA_OBJECTS && step.session < LCA_SESSIONS &&
                   step.slot < LCA_SLOTS && step.actor < LCA_ACTORS &&
                   step.process < LCA_PROCESSES &&
                   step.back <= LCA_STEPS_MAX,
                   "a step that is understood is in range");
    lca_wire_step(&step, &text);
    again = words_of(&text);
    lca_fuzz_claim(lca_wire_read_step(again, &other),
                   "a step that was printed is understood");
    lca_fuzz_claim(same_step(&step, &other), "and it is the same step");
    free(again);
    lca_text_clear(&text);
    lca_step_describe(&step, &text);
    lca_text_free(&text);
}

/* All that was understood so far, and no more strikes than there may be. */
static void orders(const char *first, char *words, struct lca_orders *o)
{
    struct lca_text text = { 0 };
    struct lca_orders before = *o, other = { 0 };
    char *printed, *rest, *line, *more;

    if (!lca_wire_read_orders(first, words, o)) {
        *o = before;
        return;
    }
    lca_fuzz_claim(o->count <= LCA_STRIKES_MAX && o->threads <= 1,
                   "orders that are understood are in range");
    lca_wire_orders(o, &text);
    lca_fuzz_claim(!text.failed, "there is memory to print");
    rest = printed = lca_fuzz_text((const uint8_t *)text.bytes, text.length);
    while ((line = lca_fuzz_line(&rest))) {
        first = lca_wire_word(line, &more);
        lca_fuzz_claim(lca_wire_read_orders(first, more, &other),
                       "orders that were printed are understood");
    }
    lca_fuzz_claim(memcmp(o, &other, sizeof other) == 0,
                   "and they are the same orders");
    free(printed);
    lca_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = lca_fuzz_text(bytes, size);
    char *rest = text, *line, *words;
    struct lca_orders told = { 0 };

    while ((line = lca_fuzz_line(&rest))) {
        const char *first = lca_wire_word(line, &words);

        if (strcmp(first, "subject") == 0)
            subject(words);
        else if (strcmp(first, "step") == 0)
            step(words);
        else if (strcmp(first, "faults") == 0 || strcmp(first, "strike") == 0)
            orders(first, words, &told);
        else
            (void)lca_wire_number(words, "deadline", 10000);
    }
    free(text);
    return 0;
}
