/*
 * A command line: a word a line. Of what is accepted, the options that a
 * repeat command carries are read again, as a shell would hand them on.
 */

#include "harness/cli/options.h"

#include "harness/cli/table.h"
#include "harness/mapi/abi.h"
#include "harness/selftest/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS = 64 };

static void in_range(const struct lca_arguments *a)
{
    const struct lca_options *o = &a->options;

    lca_fuzz_claim(a->command < LCA_COMMAND_COUNT && a->word_count <= 2 &&
                   a->output_count <= LCA_OUTPUTS_MAX &&
                   o->only.count <= LCA_GLOBS_MAX &&
                   o->skip.count <= LCA_GLOBS_MAX && o->jobs >= 1 &&
                   o->jobs <= LCA_JOBS_MAX && o->tier <= LCA_RUN_FULL &&
                   o->info.abi < LCA_ABI_COUNT &&
                   o->info.snapshot < LCA_SNAPSHOTS,
                   "a command line that is accepted is in range");
    for (unsigned i = 0; i < a->word_count; i++)
        lca_fuzz_claim(a->words[i], "a word is there");
    for (unsigned i = 0; i < a->output_count; i++)
        lca_fuzz_claim(a->outputs[i].writer && *a->outputs[i].path,
                       "an output has a writer and a path");
}

static bool same_word(const char *one, const char *other)
{
    return one && other ? strcmp(one, other) == 0 : one == other;
}

static void repeats(const struct lca_arguments *a)
{
    static struct lca_arguments again;
    const struct lca_options *o = &a->options, *p = &again.options;
    char *words[2 * WORDS] = { "lastcall", "run", "subject" };
    const char *repeat = a->repeat.bytes ? a->repeat.bytes : "";
    char *line = lca_fuzz_text((const uint8_t *)repeat, a->repeat.length);
    unsigned count = 3 + lca_fuzz_shell(line, words + 3, 2 * WORDS - 3);

    lca_fuzz_claim(!lca_arguments_parse((int)count, words, &again).code,
                   "a repeat command is accepted");
    lca_fuzz_claim(o->profile == p->profile && o->timeout_s == p->timeout_s &&
                   o->allow == p->allow &&
                   same_word(o->host, p->host) &&
                   o->info.abi == p->info.abi &&
                   o->info.create == p->info.create &&
                   o->info.snapshot == p->info.snapshot &&
                   strcmp(o->info.profile, p->info.profile) == 0,
                   "and means the same");
    lca_fuzz_same(&a->repeat, &again.repeat);
    lca_arguments_free(&again);
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct lca_arguments arguments;
    char *text = lca_fuzz_text(bytes, size);
    char *words[WORDS + 1] = { "lastcall" };
    char *rest = text, *word;
    int count = 1;
    struct lca_result r;

    while (count < WORDS && (word = lca_fuzz_line(&rest)))
        words[count++] = word;
    r = lca_arguments_parse(count, words, &arguments);
    lca_fuzz_claim(!r.code == !*r.text, "who refuses says why");
    if (!r.code) {
        in_range(&arguments);
        repeats(&arguments);
    }
    lca_arguments_free(&arguments);
    free(text);
    return 0;
}
