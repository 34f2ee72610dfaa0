#include "harness/run/slot.h"

#include "harness/platform/clock.h"
#include "harness/platform/interrupt.h"
#include "harness/platform/system.h"
#include "harness/run/errors.h"

#include <stdio.h>
#include <string.h>

enum { GREETING_MS = 30000, OPENING_MS = 130000, ENDING_MS = 2000 };

struct lca_result lca_slot_command(const char *given, char *command,
                                   size_t size)
{
    struct lca_text quoted = { 0 };
    struct lca_result r = lca_ok();
    char folder[900], path[1000], real[1000];

    snprintf(command, size, "%s", given ? given : "lastcall-host");
    if (given || !lca_system_program_folder(folder, sizeof folder))
        return r;
    snprintf(path, sizeof path, "%s/lastcall-host", folder);
    if (!lca_system_real_path(path, real, sizeof real))
        return r;
    lca_text_quote(&quoted, real);
    if (quoted.failed)
        r = lca_fail(LCA_SYSTEM, "no memory for the host's command");
    else
        snprintf(command, size, "exec %s", quoted.bytes);
    lca_text_free(&quoted);
    return r;
}

static uint64_t in(unsigned ms)
{
    return lca_clock_us() + ms * 1000ull;
}

struct lca_result lca_slot_lost(const struct lca_slot *slot)
{
    struct lca_fate fate;
    char end[60];

    if (!lca_child_ended(&slot->child, in(100), &fate))
        return lca_fail(LCA_GONE, "the host has closed its output");
    lca_fate_print(fate.signal, fate.status, end, sizeof end);
    return lca_fail(LCA_GONE, "the host %s", end);
}

/* No memory, say: trouble that no host is to blame for. */
static bool is_ours(const struct lca_channel *c, struct lca_result r)
{
    return r.code == LCA_STOPPED || (r.code == LCA_SYSTEM && !c->late);
}

static struct lca_result greet(struct lca_slot *slot, const char *command)
{
    struct lca_channel *c = &slot->child.channel;
    char *line = NULL;
    unsigned version = 0;
    struct lca_fate fate;
    struct lca_result r = lca_channel_line(c, in(GREETING_MS), &line);

    if (is_ours(c, r))
        return r;
    if (r.code == LCA_GONE && lca_child_ended(&slot->child, in(100), &fate) &&
        fate.signal)
        return lca_slot_lost(slot);
    if (r.code)
        return lca_fail(LCA_USAGE, "the host '%s' %s%s", command, c->late
                        ? "says nothing: is it one that speaks the protocol?"
                        : "ended before it answered; what it printed is above",
                        strcmp(command, "lastcall-host") ? ""
                        : " (put lastcall-host beside lastcall, or in PATH)");
    if (sscanf(line, "lastcall-host %u", &version) != 1)
        return lca_fail(LCA_USAGE, "'%s' is no lastcall-host: it says '%.40s'",
                        command, line);
    if (version != LCA_WIRE_VERSION ||
        lca_wire_number(line, "methods", 0) != LCA_METHOD_COUNT)
        return lca_fail(LCA_USAGE, "the host '%s' is of another version: "
                        "install lastcall and lastcall-host together",
                        command);
    return r;
}

static struct lca_result tell_subject(struct lca_slot *slot,
                                      const struct lca_subject_info *info)
{
    struct lca_channel *c = &slot->child.channel;
    struct lca_text text = { 0 };
    char *line = NULL, *rest;
    struct lca_result r;

    lca_wire_subject(info, &text);
    r = text.failed ? lca_fail(LCA_SYSTEM, "no memory for a line")
                    : lca_channel_write(c, text.bytes, text.length);
    lca_text_free(&text);
    if (!r.code)
        r = lca_channel_line(c, in(info->opening_ms * 2 + OPENING_MS), &line);
    if (is_ours(c, r))
        return r;
    if (r.code)
        return lca_fail(LCA_GONE, "the host ended while it opened '%s': run "
                        "it by hand to see why", info->path);
    if (strcmp(lca_wire_word(line, &rest), "ready") == 0) {
        slot->threads = (unsigned)lca_wire_number(rest, "threads", 0);
        return r;
    }
    lca_text_unescape(rest);
    return lca_fail(strcmp(line, "trouble") == 0 ? LCA_SYSTEM : LCA_MISSING,
                    "%s", rest);
}

struct lca_result lca_slot_open(struct lca_slot *slot, const char *command,
                                const struct lca_subject_info *info)
{
    struct lca_result r = lca_child_command(command, &slot->child);

    slot->reader = (struct lca_wire_reader){ .record = &slot->record,
                                             .xml = &slot->xml };
    if (!r.code)
        r = greet(slot, command);
    if (!r.code)
        r = tell_subject(slot, info);
    if (r.code)
        lca_slot_close(slot, in(lca_interrupted().code ? 0 : ENDING_MS));
    return r;
}

void lca_slot_close(struct lca_slot *slot, uint64_t until)
{
    lca_text_free(&slot->xml);
    lca_child_end(&slot->child, until);
}

struct lca_result lca_slot_send(struct lca_slot *slot, unsigned id,
                                const struct lca_script *script,
                                unsigned deadline_ms)
{
    struct lca_text text = { 0 };
    struct lca_result r;

    lca_text_print(&text, "play %u deadline=%u\n", id, deadline_ms);
    for (unsigned i = 0; i < script->count; i++)
        lca_wire_step(&script->steps[i], &text);
    if (script->orders.trace || script->orders.stacks ||
        script->orders.seed)
        lca_wire_orders(&script->orders, &text);
    lca_text_print(&text, "go\n");
    r = text.failed ? lca_fail(LCA_SYSTEM, "no memory for a trial")
                    : lca_channel_write(&slot->child.channel, text.bytes,
                                        text.length);
    lca_text_free(&text);
    return r.code == LCA_GONE ? lca_slot_lost(slot) : r;
}

struct lca_result lca_slot_read(struct lca_slot *slot, bool *done)
{
    struct lca_channel *c = &slot->child.channel;
    struct lca_result r = lca_ok();
    char *line = NULL;

    *done = false;
    if (!lca_channel_ready(c))
        r = lca_channel_fill(c);
    if (r.code == LCA_GONE)
        r = lca_slot_lost(slot);
    while (!r.code && !*done && lca_channel_ready(c)) {
        r = lca_channel_line(c, LCA_FOREVER, &line);
        if (!r.code && !lca_wire_read_record(line, &slot->reader, done))
            r = lca_fail(LCA_GONE, "the host's words make no sense: '%.60s'",
                         line);
    }
    if (*done && slot->xml.length) {
        lca_errors_read(slot->xml.bytes, slot->xml.length, &slot->record);
        lca_text_clear(&slot->xml);
    }
    return r;
}
