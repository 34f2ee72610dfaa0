#include "harness/run/pool_inside.h"

#include "harness/platform/clock.h"
#include "harness/platform/interrupt.h"
#include "harness/platform/system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RETRIES = 1, SILENCE_MS = 15000, ENDING_MS = 2000,
       STOPPING_MS = 500 };

static struct lca_entry *entry(struct lca_pool *p, unsigned index)
{
    return &p->batch.entries[index % p->window];
}

static struct lca_result open_slot(struct lca_pool *p, unsigned i)
{
    struct lca_subject_info info = p->options->info;
    struct lca_result r;

    if (info.create && !*info.profile)
        snprintf(info.profile, sizeof info.profile, "lastcall-%d-%u",
                 lca_system_pid(), i);
    snprintf(info.core, sizeof info.core, "%s", p->cores.folder);
    if (!info.opening_ms)
        info.opening_ms = p->options->timeout_s * 1000;
    r = lca_slot_open(&p->slots[i], p->command, &info);
    if (r.code == LCA_GONE)     /* it was ended on its way: once more */
        r = lca_slot_open(&p->slots[i], p->command, &info);
    return r;
}

struct lca_result lca_pool_open(const struct lca_options *options,
                                struct lca_pool **pool)
{
    struct lca_pool *p = calloc(1, sizeof *p);
    struct lca_result r = lca_ok();

    *pool = NULL;
    if (!p)
        return lca_fail(LCA_SYSTEM, "no memory for hosts");
    p->options = options;
    p->jobs = options->jobs ? options->jobs : 1;
    p->window = p->jobs * LCA_DEPTH * 2;
    p->slots = calloc(p->jobs, sizeof *p->slots);
    p->queues = calloc(p->jobs, sizeof *p->queues);
    p->batch.entries = calloc(p->window, sizeof *p->batch.entries);
    if (!p->slots || !p->queues || !p->batch.entries)
        r = lca_fail(LCA_SYSTEM, "no memory for %u hosts", p->jobs);
    if (!r.code)
        r = lca_slot_command(options->host, p->command, sizeof p->command);
    if (!r.code)
        r = lca_cores_open(&p->cores, options->info.core);
    if (!r.code)
        r = open_slot(p, 0);    /* the others when there is work for them */
    if (r.code)
        lca_pool_close(p);
    else
        *pool = p;
    return r;
}

/* When a host that was told to end is not waited for any more. */
static uint64_t patience(void)
{
    return lca_clock_us() +
           (lca_interrupted().code ? STOPPING_MS : ENDING_MS) * 1000ull;
}

void lca_pool_close(struct lca_pool *p)
{
    uint64_t until = patience();

    if (!p)
        return;
    for (unsigned i = 0; p->slots && i < p->jobs; i++)
        lca_child_finish(&p->slots[i].child);
    for (unsigned i = 0; p->slots && i < p->jobs; i++)
        lca_slot_close(&p->slots[i], until);
    lca_cores_close(&p->cores);
    lca_foreign_free(&p->foreign);
    free(p->slots);
    free(p->queues);
    free(p->batch.entries);
    free(p);
}

struct lca_foreigners *lca_pool_foreign(struct lca_pool *p)
{
    return &p->foreign;
}

const struct lca_cores *lca_pool_cores(const struct lca_pool *p)
{
    return &p->cores;
}

unsigned lca_pool_trials(const struct lca_pool *p)
{
    return p->trials;
}

unsigned lca_pool_threads(const struct lca_pool *p)
{
    return p->slots[0].threads;
}

static void finish(struct lca_pool *p, unsigned index,
                   const struct lca_record *record)
{
    struct lca_entry *e = entry(p, index);

    e->record = *record;
    e->state = LCA_PLAYED;
    p->trials++;
}

/* A trial whose host is gone is played again, or given up. */
static void lose(struct lca_pool *p, unsigned index, const char *why)
{
    struct lca_entry *e = entry(p, index);
    struct lca_record lost = { .ending = LCA_LOST };

    if (e->losses++ < RETRIES) {
        e->state = LCA_WAITING;
        return;
    }
    snprintf(lost.note, sizeof lost.note, "%.150s", why);
    finish(p, index, &lost);
}

/* The first in the queue was in hand; the others were only waiting there. */
static void lose_slot(struct lca_pool *p, unsigned i, const char *why)
{
    struct lca_queue *q = &p->queues[i];

    lca_slot_close(&p->slots[i], patience());
    for (unsigned j = 1; j < q->count; j++)
        entry(p, q->index[j])->state = LCA_WAITING;
    if (q->count)
        lose(p, q->index[0], why);
    q->count = 0;
}

struct lca_result lca_pool_send_to(struct lca_pool *p, unsigned i,
                                   unsigned index)
{
    struct lca_entry *e = entry(p, index);
    struct lca_queue *q = &p->queues[i];
    struct lca_result r = lca_ok();

    if (p->slots[i].child.pid == 0)
        r = open_slot(p, i);
    if (r.code == LCA_USAGE || r.code == LCA_MISSING)
        r.code = LCA_GONE;      /* it could be had, and cannot any more */
    if (r.code)
        return r;
    e->state = LCA_PLAYING;
    if (q->count == 0)
        q->since = lca_clock_us();
    q->index[q->count++] = index;
    r = lca_slot_send(&p->slots[i], index, &e->script, e->deadline_ms);
    if (r.code)
        lose_slot(p, i, r.text);
    return lca_ok();
}

/* The slot with the least to do, if it has room. */
static int free_slot(const struct lca_pool *p)
{
    unsigned depth = p->options->info.snapshot == LCA_SNAPSHOT_EXEC ? 1
                                                                    : LCA_DEPTH;
    int best = -1;

    for (unsigned i = 0; i < p->jobs; i++)
        if (p->queues[i].count < depth &&
            (best < 0 || p->queues[i].count < p->queues[best].count))
            best = (int)i;
    return best;
}

/* Spells out what comes next, and gives hosts what waits. */
static struct lca_result dispatch(struct lca_pool *p)
{
    struct lca_batch *b = &p->batch;
    struct lca_result r = lca_ok();

    while (b->next < b->total && b->next < b->taken + p->window) {
        struct lca_entry *e = entry(p, b->next);

        e->losses = 0;
        e->state = b->source(b->context, b->next, &e->script,
                             &e->deadline_ms) ? LCA_WAITING : LCA_NOTHING;
        b->next++;
    }
    for (unsigned i = b->taken; !r.code && i < b->next; i++) {
        int slot = free_slot(p);

        if (slot < 0)
            break;
        if (entry(p, i)->state == LCA_WAITING)
            r = lca_pool_send_to(p, (unsigned)slot, i);
    }
    return r;
}

/* One slot's record is whole: it was of the first in its queue. */
static void accept(struct lca_pool *p, unsigned i)
{
    struct lca_slot *slot = &p->slots[i];
    struct lca_queue *q = &p->queues[i];
    unsigned index = q->count ? q->index[0] : 0;

    if (q->count == 0 || slot->reader.id != index) {
        lose_slot(p, i, "the host answered what it was not asked");
        return;
    }
    q->count--;
    q->since = lca_clock_us();
    memmove(q->index, q->index + 1, q->count * sizeof *q->index);
    if (slot->record.ending == LCA_LOST)
        lose(p, index, slot->record.note);
    else
        finish(p, index, &slot->record);
    if (p->options->info.snapshot == LCA_SNAPSHOT_EXEC)
        lca_slot_close(slot, patience());
}

/* When a host has been silent for too long about what it has in hand. */
static uint64_t limit(const struct lca_pool *p, unsigned i)
{
    const struct lca_queue *q = &p->queues[i];
    const struct lca_entry *e = &p->batch.entries[q->index[0] % p->window];

    return q->since + (e->deadline_ms + SILENCE_MS) * 1000ull;
}

struct lca_result lca_pool_listen(struct lca_pool *p)
{
    struct lca_channel *channels[LCA_JOBS_MAX];
    unsigned slots[LCA_JOBS_MAX], count = 0, next = 0;
    struct lca_result r;
    bool done;
    int found;

    for (unsigned i = 0; i < p->jobs && count < LCA_JOBS_MAX; i++) {
        if (p->queues[i].count) {
            channels[count] = &p->slots[i].child.channel;
            slots[count++] = i;
            if (limit(p, i) < limit(p, slots[next]))
                next = count - 1;
        }
    }
    if (count == 0)
        return lca_fail(LCA_GONE, "no host is left to listen to");
    found = lca_channel_poll(channels, count, limit(p, slots[next]));
    r = lca_interrupted();
    if (r.code)
        return r;
    if (found < 0) {
        lose_slot(p, slots[next], "the host was silent for too long");
        return lca_ok();
    }
    r = lca_slot_read(&p->slots[slots[found]], &done);
    if (r.code)
        lose_slot(p, slots[found], r.text);
    else if (done)
        accept(p, slots[found]);
    return lca_ok();
}

void lca_pool_start(struct lca_pool *p, unsigned total, lca_source *source,
                    void *context)
{
    p->batch.total = total;
    p->batch.next = p->batch.taken = 0;
    p->batch.source = source;
    p->batch.context = context;
}

struct lca_result lca_pool_take(struct lca_pool *p,
                                const struct lca_script **script,
                                const struct lca_record **record)
{
    struct lca_entry *e = entry(p, p->batch.taken);
    struct lca_result r = dispatch(p);

    while (!r.code && e->state != LCA_PLAYED && e->state != LCA_NOTHING) {
        if (!lca_pool_idle(p))  /* it is when a host was lost at once */
            r = lca_pool_listen(p);
        if (!r.code)
            r = dispatch(p);
    }
    if (!r.code && e->state == LCA_PLAYED && e->record.ending == LCA_HUNG &&
        !e->script.orders.count && !e->script.orders.seed &&
        e->record.count < e->script.count)
        r = lca_pool_look_again(p, e);
    lca_cores_meet(&p->cores, &e->record);
    if (e->state == LCA_PLAYED)
        lca_foreign_meet(&p->foreign, &e->record);
    *script = e->state == LCA_PLAYED ? &e->script : NULL;
    *record = e->state == LCA_PLAYED ? &e->record : NULL;
    p->batch.taken++;
    return r;
}
