#include "harness/host/zygote.h"

#include "harness/fault/callers.h"
#include "harness/fault/guard.h"
#include "harness/fault/hurt.h"
#include "harness/fault/ipc.h"
#include "harness/fault/locks.h"
#include "harness/fault/signals.h"
#include "harness/fault/strike.h"
#include "harness/host/actors.h"
#include "harness/host/core.h"
#include "harness/host/hung.h"
#include "harness/host/player.h"
#include "harness/host/rehearsal.h"
#include "harness/platform/clock.h"
#include "harness/platform/crash.h"
#include "harness/platform/family.h"
#include "harness/platform/made.h"
#include "harness/platform/maps.h"
#include "harness/platform/resources.h"
#include "harness/platform/system.h"
#include "harness/watch/valgrind.h"

#include <stdio.h>
#include <string.h>

enum { OPENING_MS = 60000, ENDING_MS = 5000, DUMPING_MS = 10000,
       WRAPPERS = 3 };          /* frames of ours, one above the other */

/* The side that is forked: one a process, so its state is static. */
static struct {
    struct lca_zygote *zygote;
    struct lca_channel *channel;
    struct lca_subject *subject;
} here;

/* What the zygote says first, after it has opened the subject. */
struct opened {
    int32_t code;
    uint32_t threads;
    uint32_t children;
    char text[512];
};

static bool is_host(const struct lca_frame *f)
{
    return strcmp(f->module, "lastcall-host") == 0;
}

/* Is it a wrapper's frame? Then another library called it. */
static bool is_called(const struct lca_frame *all, unsigned count, unsigned at)
{
    for (unsigned i = at + 1; i < count && i <= at + WRAPPERS; i++)
        if (!is_host(&all[i]))
            return strncmp(all[i].module, "libc.so", 7) != 0;
    return false;
}

/* Up to the first frame of the player: who called it is always the same. */
static void write_down_frames(const struct lca_crash *crash,
                              struct lca_record *r)
{
    struct lca_frame all[LCA_CRASH_FRAMES];
    unsigned count = 0;

    r->frame_count = 0;
    for (unsigned i = 0; i < crash->count; i++)
        count += lca_maps_module(crash->frames[i], all[count].module,
                                 sizeof all->module, &all[count].offset);
    for (unsigned i = 0; i < count && r->frame_count < LCA_FRAMES_MAX; i++) {
        r->frames[r->frame_count++] = all[i];
        if (is_host(&all[i]) && !is_called(all, count, i))
            break;
    }
}

static void write_down_crash(const struct lca_crash *crash)
{
    struct lca_record *r = &here.zygote->stage->record;

    r->ending = LCA_CRASHED;
    r->crashed_in = lca_player_in_hand();
    if (!r->crashed_in && lca_actors_self())
        r->crashed_in = r->count + 1;   /* another one's step */
    r->number = (uint32_t)crash->signal;
    r->address = crash->address;
    for (unsigned i = 0; i < crash->register_count; i++) {
        strcpy(r->registers[i].name, lca_registers_name(i));
        r->registers[i].value = crash->registers[i];
    }
    r->register_count = crash->register_count;
    lca_guard_explain(crash->address, &r->guarded);
    write_down_frames(crash, r);
    lca_core_go();
}

/* Before anything of the subject's runs in it. */
static void settle(void)
{
    lca_resources_limit(here.zygote->info.memory_mib);
    lca_core_allow();
    lca_crash_watch(write_down_crash);
    lca_stacks_answer(&here.zygote->stage->stacks, lca_player_in_hand);
}

/* In the trial's process, and those beside it; false: it cannot play. */
static bool begin(void)
{
    const struct lca_zygote *z = here.zygote;
    int32_t self = lca_system_pid();
    struct lca_result r = lca_ok();

    lca_channel_close(here.channel);    /* nothing of ours is in reach */
    settle();
    if (!here.subject)
        r = lca_subject_open(z->info.path, z->info.abi, &here.subject);
    if (lca_system_pid() != self)
        lca_system_leave();     /* a constructor forked, and came back twice */
    if (!r.code && lca_valgrind_is_on())
        lca_callers_prepare(z->info.path, z->info.modules);
    if (!r.code)
        return true;
    z->stage->record.ending = LCA_REFUSED;
    snprintf(z->stage->record.note, sizeof z->stage->record.note, "%.150s",
             r.text);
    return false;
}

/* The trial, or a process beside it. */
static void play(void *unused)
{
    const struct lca_zygote *z = here.zygote;

    (void)unused;
    if (!begin())
        return;
    if (lca_actors_self()) {
        lca_player_serve(here.subject, &z->info, z->stage->steps,
                         z->stage->count, &z->stage->record);
        return;
    }
    lca_hurt_prepare(z->stage->orders.peer, &z->info);
    lca_strike_plan(&z->stage->orders, z->info.path, z->info.modules,
                    &here.zygote->stage->record);
    lca_player_play(here.subject, &z->info, z->stage->steps,
                    z->stage->count, &z->stage->orders, &z->stage->record);
}

static void started(void *unused, int32_t pid)
{
    (void)unused;
    lca_channel_write(here.channel, &pid, sizeof pid);
}

static struct opened open_subject(void)
{
    const struct lca_subject_info *info = &here.zygote->info;
    struct opened o = { 0 };
    struct lca_result r = lca_strike_start();

    if (!r.code && info->snapshot != LCA_SNAPSHOT_FRESH)
        r = lca_subject_open(info->path, info->abi, &here.subject);
    o.code = (int32_t)r.code;
    o.threads = lca_resources_threads();
    o.children = lca_family_children();
    memcpy(o.text, r.text, sizeof o.text);
    return o;
}

/* In the trial, and in what it forked: the first one of each kind. */
static void write_down_signal(bool to_root, uint32_t number)
{
    struct lca_record *r = &here.zygote->stage->record;
    uint32_t *first = to_root ? &r->struck : &r->refused;

    if (*first)
        return;
    *(to_root ? &r->struck_at : &r->refused_at) = r->count;
    *first = number;
}

static int live(void *zygote, struct lca_channel *channel)
{
    int32_t self = lca_system_pid();
    struct lca_record *record;
    struct opened o;
    struct lca_fate fate;
    char go;

    here.zygote = zygote;
    here.channel = channel;
    record = &here.zygote->stage->record;
    lca_family_adopt();
    lca_capture_use(&here.zygote->capture);
    lca_ipc_ignore(1);
    lca_child_shed(channel);
    lca_system_usual_broken_pipes();
    lca_signals_guard(self, write_down_signal);
    o = open_subject();
    if (lca_system_pid() != self)
        lca_system_leave();     /* a constructor forked, and came back twice */
    lca_signals_trust();
    lca_channel_write(channel, &o, sizeof o);
    lca_crash_prepare();
    if (here.zygote->info.watch != LCA_WATCH_NONE || here.zygote->info.guard)
        lca_locks_start(here.zygote->info.path, here.zygote->info.modules);
    lca_resources_measure();
    if (lca_valgrind_is_on()) {
        settle();
        lca_rehearse(&here.zygote->info);
    }
    lca_valgrind_prepare();
    lca_made_begin();
    while (!lca_channel_read(channel, LCA_FOREVER, &go, sizeof go).code) {
        lca_actors_start(here.zygote->stage, play);
        if (lca_child_play(play, NULL, started, &here.zygote->stage->actors,
                           &record->stopped, &fate).code)
            return 1;
        lca_made_tidy(fate.pid);
        lca_channel_write(channel, &fate, sizeof fate);
    }
    return 0;
}

static struct lca_result no_opening(const struct lca_zygote *z)
{
    struct lca_fate fate;
    char signal[40];

    if (!lca_child_ended(&z->child, lca_clock_us() + ENDING_MS * 1000ull,
                         &fate))
        return lca_fail(LCA_GONE, "opening '%s' closed what it did not open: "
                        "look at its constructors", z->info.path);
    lca_signal_print((uint32_t)fate.signal, signal, sizeof signal);
    if (fate.signal)
        return lca_fail(LCA_GONE, "opening '%s' ended the process: a "
                        "constructor of it crashed with %s", z->info.path,
                        signal);
    return lca_fail(LCA_GONE, "opening '%s' ended the process: a constructor "
                    "of it exited with status %d", z->info.path,
                    (int)fate.status);
}

struct lca_result lca_zygote_start(struct lca_zygote *z)
{
    struct opened o = { 0 };
    unsigned ms = z->info.opening_ms ? z->info.opening_ms : OPENING_MS;
    struct lca_result r;

    lca_core_prepare(&z->info);
    r = lca_child_start(live, z, &z->child);
    if (r.code)
        return r;
    z->child.channel.aside = &z->capture.aside;
    r = lca_channel_read(&z->child.channel, lca_clock_us() + ms * 1000ull, &o,
                         sizeof o);
    if (r.code)
        r = z->child.channel.late
          ? lca_fail(LCA_GONE, "opening '%s' did not end within %u s%s: a "
                     "constructor of it hangs", z->info.path, ms / 1000,
                     z->info.opening_ms ? " (--timeout)" : "")
          : no_opening(z);
    else if (o.code)
        r = lca_fail((enum lca_code)o.code, "%s", o.text);
    z->threads = o.threads > 1 ? o.threads - 1 : 0;
    z->children = o.children;
    if (r.code)
        lca_zygote_stop(z);
    return r;
}

/* The record says what the trial wrote; this is what the system says. */
static void conclude(struct lca_stage *stage, const struct lca_fate *fate,
                     const struct lca_stacks_seen *late)
{
    struct lca_record *r = &stage->record;

    r->orphans = fate->orphans;
    lca_record_settle(r);
    memset(&r->seen, 0, sizeof r->seen);
    if (late) {
        r->seen = *late;
        r->ending = LCA_HUNG;
        r->number = r->stopped;
    } else if (fate->signal) {
        r->ending = LCA_CRASHED;
        r->number = (uint32_t)fate->signal;
    } else if (lca_actors_conclude(stage)) {
        return;
    } else if (r->ending != LCA_RETURNED && r->ending != LCA_REFUSED) {
        r->ending = LCA_LEFT;
        r->number = (uint32_t)fate->status;
    }
}

/* A process that stands still says nothing, and is not to be waited for. */
static bool stops(uint32_t signal)
{
    return signal >= 19 && signal <= 22;        /* SIGSTOP to SIGTTOU */
}

/* Until the zygote has told how the trial ended. */
static struct lca_result await(struct lca_zygote *z, unsigned deadline_ms)
{
    struct lca_channel *c = &z->child.channel;
    struct lca_record *record = &z->stage->record;
    static struct lca_stacks_seen seen;         /* big */
    struct lca_fate fate = { 0 };
    int32_t pid = 0;
    bool late = false;
    struct lca_result r = lca_channel_write(c, "g", 1);

    if (!r.code)
        r = lca_channel_read(c, lca_clock_us() + ENDING_MS * 1000ull, &pid,
                             sizeof pid);
    if (r.code)
        return r;
    r = lca_channel_read(c, lca_clock_us() + deadline_ms * 1000ull, &fate,
                         sizeof fate);
    if (c->late && *z->info.core && record->ending == LCA_CRASHED)
        r = lca_channel_read(c, lca_clock_us() + DUMPING_MS * 1000ull, &fate,
                             sizeof fate);
    late = c->late;
    if (late) {
        uint32_t count = record->count;         /* a look wakes some */

        lca_hung_look(lca_actors_in_hand(z->stage, pid), z->child.pid,
                      &z->stage->stacks, &seen);
        lca_child_kill(pid);
        r = lca_channel_read(c, lca_clock_us() + 1000ull *
                             (stops(record->struck) ? 0 : ENDING_MS),
                             &fate, sizeof fate);
        record->count = count;
    }
    if (!r.code)
        conclude(z->stage, &fate, late ? &seen : NULL);
    return r;
}

/* Whose doing is it? A raw system call of the subject's is not seen. */
static struct lca_result lose(struct lca_zygote *z, struct lca_result r)
{
    struct lca_record *record = &z->stage->record;
    struct lca_fate fate;
    bool ended = lca_child_ended(&z->child, lca_clock_us() + 100000, &fate);
    char end[60];

    if (ended) {
        lca_fate_print(fate.signal, fate.status, end, sizeof end);
        r = lca_fail(LCA_GONE, "the process that trials are forked from %s",
                     end);
    } else {
        r = lca_fail(LCA_GONE, "the process that trials are forked from does "
                     "not answer: is it stopped?");
    }
    lca_zygote_stop(z);
    if (record->struck && (ended || stops(record->struck))) {
        record->ending = LCA_KILLED;
        record->number = record->struck;
        record->count = record->struck_at;      /* it may have played on */
        r = lca_ok();
    }
    return r;
}

struct lca_result lca_zygote_play(struct lca_zygote *z, unsigned deadline_ms)
{
    struct lca_record *record = &z->stage->record;
    uint64_t from = lca_clock_us();
    struct lca_result r;

    memset(record, 0, sizeof *record);
    record->ending = LCA_LEFT;          /* unless the trial says otherwise */
    r = await(z, deadline_ms);
    if (r.code)
        r = lose(z, r);
    record->us = (uint32_t)(lca_clock_us() - from);
    if (record->waited_us < record->us)
        record->us -= record->waited_us;
    record->core = lca_core_take(record);
    record->said_length = lca_capture_take(&z->capture, record->said,
                                           sizeof record->said,
                                           &record->unsaid);
    if (!lca_record_is_sound(record)) {
        memset(record, 0, sizeof *record);
        record->ending = LCA_REFUSED;
        strcpy(record->note, "the subject wrote over the trial's record, "
                             "which is memory of the harness");
    }
    return r;
}

void lca_zygote_stop(struct lca_zygote *z)
{
    lca_child_stop(&z->child);
    lca_family_end_orphans(z->peer);
}
