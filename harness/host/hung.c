#include "harness/host/hung.h"

#include "harness/platform/family.h"
#include "harness/watch/valgrind.h"

#include <stdio.h>
#include <string.h>

enum { ANSWER_MS = 100,
       UNDER_MS = 2000 };       /* Valgrind lets one thread run at a time */

static bool begins(const struct lca_frame *f, const char *name)
{
    return strncmp(f->module, name, strlen(name)) == 0;
}

static bool is_host(const struct lca_frame *f)
{
    return strcmp(f->module, "lastcall-host") == 0;
}

/*
 * What is no module's is left out. Of frames of ours that follow each other
 * the first is enough; the last of all is the one that called the subject,
 * for who called that one is always the same.
 */
static void name_frames(int32_t pid, const struct lca_stacks_thread *from,
                        struct lca_stack *to)
{
    struct lca_frame all[LCA_STACKS_DEPTH];
    unsigned count = 0, end = 0;

    memset(all, 0, sizeof all);
    for (unsigned i = 0; i < from->count; i++)
        count += lca_stacks_place(pid, from->frames[i], all[count].module,
                                  sizeof all->module, &all[count].offset);
    for (unsigned i = 0; i < count; i++)
        if (!is_host(&all[i]) && !begins(&all[i], "libc.so") &&
            !begins(&all[i], "vgpreload_"))
            end = i + 1;
    while (end < count && !is_host(&all[end]))
        end++;
    for (unsigned i = 0; i < count && i <= end &&
                         to->frame_count < LCA_FRAMES_MAX; i++)
        if (i == 0 || !is_host(&all[i]) || !is_host(&all[i - 1]))
            to->frames[to->frame_count++] = all[i];
}

void lca_hung_look(int32_t pid, int32_t zygote, struct lca_stacks *shared,
                   struct lca_stacks_seen *seen)
{
    static struct lca_stacks_thread threads[LCA_STACKS];
    unsigned all;

    memset(seen, 0, sizeof *seen);
    if (pid == zygote || !lca_family_descends(pid, zygote))
        return;
    seen->count = lca_stacks_take(pid, shared, lca_valgrind_is_on()
                                  ? UNDER_MS : ANSWER_MS, threads, &all);
    seen->threads = all;
    for (unsigned i = 0; i < seen->count; i++) {
        struct lca_stack *s = &seen->stacks[i];

        memcpy(s->name, threads[i].name, sizeof s->name);
        memcpy(s->doing, threads[i].doing, sizeof s->doing);
        s->step = threads[i].mark <= LCA_STEPS_MAX ? threads[i].mark : 0;
        s->silent = !threads[i].answered;
        name_frames(pid, &threads[i], s);
    }
}
