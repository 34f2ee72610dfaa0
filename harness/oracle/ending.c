/* ending: how a trial ended, in words. */

#include "harness/oracle/judge.h"

#include <stdio.h>
#include <string.h>

/* An abort is the library's own last word: who made it say so? */
static const struct lca_frame *culprit(const struct lca_record *r)
{
    static const char *const between[] = {
        "libc.so", "libasan.so", "libubsan.so", "libstdc++.so", "libgcc_s",
        "lastcall-host",
    };

    for (unsigned i = 0; r->number == 6 && i < r->frame_count; i++) {
        bool ours = true;

        for (size_t j = 0; j < sizeof between / sizeof *between; j++)
            ours &= strncmp(r->frames[i].module, between[j],
                            strlen(between[j])) != 0;
        if (ours)
            return &r->frames[i];
    }
    return &r->frames[0];
}

/* ": AddressSanitizer: heap-use-after-free", as its report begins. */
static void say_report(const struct lca_record *r, char *text, size_t size)
{
    static const char *const begins[] = { "ERROR: AddressSanitizer: ",
                                          "runtime error: " };
    static const char *const ends[] = { " \n", "\n" };
    char said[LCA_SAID_MAX + 1];
    const char *at;

    for (size_t i = 0; i < r->said_length; i++)
        said[i] = r->said[i] ? r->said[i] : ' ';
    said[r->said_length] = '\0';
    for (size_t i = 0; i < 2; i++) {
        at = strstr(said, begins[i]);
        if (!at)
            continue;
        at += strlen(begins[i]);
        snprintf(text, size, ": %s: %.*s", i ? "UndefinedBehaviorSanitizer"
                 : "AddressSanitizer", (int)strcspn(at, ends[i]), at);
        return;
    }
}

/* ", 8 bytes behind a block of 24 that was taken at subject.so+0x1234" */
static void guarded(const struct lca_guarded *g, char *text, size_t size)
{
    char taken[80], freed[80];

    snprintf(taken, sizeof taken, "a block of %llu that %s+0x%llx took",
             (unsigned long long)g->size, g->taker.module,
             (unsigned long long)g->taker.offset);
    snprintf(freed, sizeof freed, "and %s+0x%llx freed", g->giver.module,
             (unsigned long long)g->giver.offset);
    if (g->what == LCA_GUARDED_BEHIND)
        snprintf(text, size, ", at byte %llu of %s%s%s",
                 (unsigned long long)g->offset, taken,
                 *g->giver.module ? " " : "",
                 *g->giver.module ? freed : "");
    else
        snprintf(text, size, ", %s %s %s",
                 g->what == LCA_GUARDED_TWICE ? "freeing again" : "in", taken,
                 freed);
}

void lca_judge_ending(const struct lca_record *r, char *text, size_t size)
{
    const struct lca_frame *in = culprit(r);
    char signal[40];
    int n = 0;

    lca_signal_print(r->number, signal, sizeof signal);
    switch (r->ending) {
    case LCA_CRASHED:
        n = snprintf(text, size, "crashed with %s", signal);
        break;
    case LCA_HUNG:
        if (r->number)
            snprintf(text, size, "did not return: it stopped itself with %s",
                     signal);
        else
            snprintf(text, size, "did not return");
        return;
    case LCA_KILLED:
        snprintf(text, size, "sent %s to its parent process, which was lost",
                 signal);
        return;
    case LCA_LEFT:
        snprintf(text, size, "ended the process with status %u",
                 (unsigned)r->number);
        return;
    default:
        snprintf(text, size, "left no record");
        return;
    }
    if (r->frame_count && n > 0 && (size_t)n < size)
        n += snprintf(text + n, size - (size_t)n, " in %s+0x%llx",
                      in->module, (unsigned long long)in->offset);
    if (r->number == 6 && n > 0 && (size_t)n < size)
        say_report(r, text + n, size - (size_t)n);
    if (r->guarded.what && n > 0 && (size_t)n < size)
        guarded(&r->guarded, text + n, size - (size_t)n);
}
