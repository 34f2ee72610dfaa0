/*
 * lastcall-host: plays trials for a controller
 *
 * Speaks the protocol of harness/model/wire.h on standard input and output,
 * knows no case, no judge and no report, and ends when its input does.
 */

#include "harness/host/peer.h"
#include "harness/host/under.h"
#include "harness/host/zygote.h"
#include "harness/platform/door.h"
#include "harness/platform/family.h"
#include "harness/platform/resources.h"
#include "harness/platform/scratch.h"
#include "harness/platform/shared.h"
#include "harness/platform/system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct host {
    struct lca_channel channel;
    char mark[64];              /* of this host's family */
    struct lca_scratch scratch;
    struct lca_zygote zygote;
    struct lca_child peer;
    bool told;                  /* of a subject */
    bool under;                 /* Valgrind, started by ourselves */
    struct lca_text out;
};

static struct lca_result send_out(struct host *h)
{
    struct lca_result r = lca_channel_write(&h->channel, h->out.bytes,
                                            h->out.length);

    lca_text_clear(&h->out);
    return r;
}

static struct lca_result say_why(struct host *h, const char *word,
                                 const char *text)
{
    lca_text_print(&h->out, "%s ", word);
    lca_text_escape(&h->out, text, strlen(text));
    lca_text_add(&h->out, "\n", 1);
    return send_out(h);
}

/*
 * A zygote whose opening started threads must not fork after it; and what
 * trials leave behind could not be told from processes that it started.
 */
static struct lca_result open_zygote(struct lca_zygote *z)
{
    struct lca_result r = lca_zygote_start(z);

    if (!r.code && (z->threads || z->children) &&
        z->info.snapshot == LCA_SNAPSHOT_LOADED) {
        unsigned threads = z->threads;

        lca_zygote_stop(z);
        z->info.snapshot = LCA_SNAPSHOT_FRESH;
        r = lca_zygote_start(z);
        z->threads = threads;
    }
    return r;
}

static struct lca_result sorry(struct host *h, const char *text)
{
    return say_why(h, "sorry", text);
}

static struct lca_result keep_peer(struct host *h)
{
    struct lca_result r = lca_peer_keep(&h->zygote.info, &h->peer);

    h->zygote.peer = h->peer.pid;
    return r;
}

/* Reading changes the words, and Valgrind may have to hear them again. */
static struct lca_result read_subject(struct host *h, char *words)
{
    struct lca_subject_info *info = &h->zygote.info;
    struct lca_text copy = { 0 };
    struct lca_result r = lca_ok();

    lca_text_print(&copy, "%s", words);
    if (copy.failed || !lca_wire_read_subject(words, info))
        r = lca_fail(LCA_USAGE, "the controller's words about the subject "
                     "are not understood: are both of one version?");
    else if ((lca_watch_has_tool(info->watch) || *info->preload) &&
             !h->under) {
        lca_channel_hand_on(&h->channel);
        r = lca_under_go(&h->scratch, info, copy.bytes);
    }
    lca_text_free(&copy);
    return r;
}

static struct lca_result on_subject(struct host *h, char *words)
{
    struct lca_result r = read_subject(h, words);

    if (!r.code)
        r = keep_peer(h);
    if (!r.code)
        r = open_zygote(&h->zygote);
    if (r.code)
        return say_why(h, r.code == LCA_SYSTEM ? "trouble" : "sorry", r.text);
    h->told = true;
    lca_text_print(&h->out, "ready threads=%u snapshot=%u\n",
                   h->zygote.threads, (unsigned)h->zygote.info.snapshot);
    return send_out(h);
}

/* The steps and strikes that follow a "play" line, up to "go". */
static struct lca_result read_steps(struct host *h)
{
    struct lca_stage *stage = h->zygote.stage;
    struct lca_result r;
    const char *word;
    char *line, *rest;
    bool good;

    stage->count = 0;
    stage->orders = (struct lca_orders){ 0 };
    for (;;) {
        r = lca_channel_line(&h->channel, LCA_FOREVER, &line);
        if (r.code || strcmp(line, "go") == 0)
            return r;
        word = lca_wire_word(line, &rest);
        if (strcmp(word, "step") != 0)
            good = lca_wire_read_orders(word, rest, &stage->orders);
        else
            good = stage->count < LCA_STEPS_MAX &&
                   lca_wire_read_step(rest, &stage->steps[stage->count++]);
        if (!good)
            return lca_fail(LCA_GONE, "a step is not understood");
    }
}

static bool hurts(const struct lca_orders *orders)
{
    bool any = false;

    for (unsigned i = 0; i < orders->count; i++)
        any |= lca_kind_is_of_peer(orders->order[i].kind);
    return any;
}

static struct lca_result on_play(struct host *h, const char *words)
{
    unsigned id = (unsigned)strtoul(words, NULL, 10);
    unsigned deadline = (unsigned)lca_wire_number(words, "deadline", 10000);
    struct lca_record *record = &h->zygote.stage->record;
    struct lca_result r = read_steps(h);
    struct lca_result lost = lca_ok();
    bool hurt;

    if (r.code)
        return r;
    if (!h->told)
        return sorry(h, "no subject was named");
    if (lca_scratch_mend(&h->scratch))
        lca_child_stop(&h->peer);       /* it worked in what was removed */
    lost = keep_peer(h);
    if (!lost.code && h->zygote.child.pid == 0)
        lost = open_zygote(&h->zygote);
    hurt = hurts(&h->zygote.stage->orders);     /* before a trial can write */
    h->zygote.stage->orders.peer = h->peer.pid;
    if (h->under)
        lca_under_take(&h->scratch, h->zygote.child.pid, NULL);
    if (!lost.code)
        lost = lca_zygote_play(&h->zygote, deadline);
    if (h->under)
        lca_under_take(&h->scratch, h->zygote.child.pid, &h->out);
    if (hurt)
        lca_child_stop(&h->peer);       /* the next trial has a new one */
    if (lost.code) {
        memset(record, 0, sizeof *record);
        record->ending = LCA_LOST;
        snprintf(record->note, sizeof record->note, "%.150s", lost.text);
    }
    lca_wire_record(id, record, &h->out);
    return send_out(h);
}

/* words: what a controller said to the one that this one was, or NULL. */
static struct lca_result serve(struct host *h, char *words)
{
    struct lca_result r = lca_ok();
    char *line, *rest;

    if (!words)
        lca_text_print(&h->out, "lastcall-host %d methods=%d\n",
                       LCA_WIRE_VERSION, LCA_METHOD_COUNT);
    r = words ? on_subject(h, words) : send_out(h);
    while (!r.code) {
        r = lca_channel_line(&h->channel, LCA_FOREVER, &line);
        if (r.code)
            return r.code == LCA_GONE ? lca_ok() : r;
        lca_wire_word(line, &rest);
        if (strcmp(line, "subject") == 0)
            r = on_subject(h, rest);
        else if (strcmp(line, "play") == 0)
            r = on_play(h, rest);
        else
            r = sorry(h, "a line is not understood");
    }
    return r;
}

static struct lca_result set_up(struct host *h)
{
    struct lca_result r = lca_channel_standard(&h->channel);

    if (!r.code && !h->under)
        r = lca_scratch_enter(&h->scratch, h->mark);
    if (!r.code)
        r = lca_capture_open(&h->zygote.capture);
    lca_family_adopt();         /* after the keeper, which is nobody's */
    if (!r.code && !(h->zygote.stage = lca_shared_new(sizeof *h->zygote.stage)))
        r = lca_fail(LCA_SYSTEM, "no memory to share with trials");
    return r;
}

int main(int argc, char **argv)
{
    static struct host host;
    struct lca_result r;
    char *words = lca_under_words(argc, argv, &host.scratch);

    host.under = words != NULL;
    if (argc > 1 && !words) {
        printf("usage: %s\nPlays trials for lastcall, which starts it; it "
               "speaks a protocol on standard input and output.\n", argv[0]);
        return 2;
    }
    lca_resources_exact_heap();
    lca_under_sanitizers();
    lca_family_mark(argv, host.mark, sizeof host.mark);
    lca_system_ignore_broken_pipes();
    /* A subject without the name of a display need not even look for it. */
    lca_door_name();
    r = set_up(&host);
    if (!r.code)
        r = serve(&host, words);
    free(words);
    if (r.code)
        fprintf(stderr, "lastcall-host: %s\n", r.text);
    lca_zygote_stop(&host.zygote);
    lca_child_stop(&host.peer);
    lca_family_end_orphans(0);
    lca_scratch_remove(&host.scratch);
    return r.code ? 3 : 0;
}
