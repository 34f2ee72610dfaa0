#include "harness/model/wire.h"

#include "harness/mapi/abi.h"
#include "harness/model/member.h"

#include <stdlib.h>
#include <string.h>

#define STEP(member, limit)   LCA_MEMBER(lca_step, member, LCA_NUMBER, limit)

static const struct lca_member step_fields[] = {
    STEP(op, LCA_OP_COUNT - 1),       STEP(method, LCA_METHOD_COUNT - 1),
    STEP(recipe, LCA_RECIPES - 1),    STEP(kind, LCA_LOGON_KINDS - 1),
    STEP(init, LCA_INITS - 1),   STEP(ui, LCA_UIS - 1),
    STEP(iid, LCA_IID_CHOICES - 1),   STEP(object, LCA_OBJECTS - 1),
    STEP(flags, UINT32_MAX),          STEP(reserved, UINT32_MAX),
    STEP(times, 1000000),             STEP(back, LCA_STEPS_MAX),
    STEP(session, LCA_SESSIONS - 1),  STEP(slot, LCA_SLOTS - 1),
    STEP(actor, LCA_ACTORS - 1),      STEP(via, 1),
    STEP(if_refused, 1),              STEP(calm, 1),
    STEP(together, 1),                STEP(process, LCA_PROCESSES - 1),
    { 0 },
};

static const struct lca_member subject_fields[] = {
    LCA_MEMBER(lca_subject_info, path, LCA_BYTES, 0),
    LCA_MEMBER(lca_subject_info, profile, LCA_BYTES, 0),
    LCA_MEMBER(lca_subject_info, peer, LCA_BYTES, 0),
    LCA_MEMBER(lca_subject_info, pidfile, LCA_BYTES, 0),
    LCA_MEMBER(lca_subject_info, abi, LCA_NUMBER, LCA_ABI_COUNT - 1),
    LCA_MEMBER(lca_subject_info, create, LCA_NUMBER, 1),
    LCA_MEMBER(lca_subject_info, logon_flags, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_subject_info, snapshot, LCA_NUMBER, LCA_SNAPSHOTS - 1),
    LCA_MEMBER(lca_subject_info, watch, LCA_NUMBER, LCA_WATCHES - 1),
    LCA_MEMBER(lca_subject_info, no_junk, LCA_NUMBER, 1),
    LCA_MEMBER(lca_subject_info, guard, LCA_NUMBER, 1),
    LCA_MEMBER(lca_subject_info, memory_mib, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_subject_info, opening_ms, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_subject_info, modules, LCA_BYTES, 0),
    LCA_MEMBER(lca_subject_info, suppressions, LCA_BYTES, 0),
    LCA_MEMBER(lca_subject_info, core, LCA_BYTES, 0),
    LCA_MEMBER(lca_subject_info, preload, LCA_BYTES, 0),
    { 0 },
};

static const struct lca_member orders_fields[] = {
    LCA_MEMBER(lca_orders, trace, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_orders, sends, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_orders, threads, LCA_NUMBER, 1),
    LCA_MEMBER(lca_orders, stacks, LCA_NUMBER, 1),
    LCA_MEMBER(lca_orders, seed, LCA_NUMBER, UINT32_MAX),
    { 0 },
};

static const struct lca_member order_fields[] = {
    LCA_MEMBER(lca_order, call, LCA_NUMBER, LCA_FAULTY_COUNT - 1),
    LCA_MEMBER(lca_order, kind, LCA_NUMBER, LCA_KIND_COUNT - 1),
    LCA_MEMBER(lca_order, windows, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_order, first, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_order, last, LCA_NUMBER, UINT32_MAX),
    { 0 },
};

char *lca_wire_word(char *line, char **rest)
{
    size_t length = strcspn(line, " ");

    *rest = line + length;
    if (**rest)
        *(*rest)++ = '\0';
    return line;
}

uint64_t lca_wire_number(const char *words, const char *key,
                         uint64_t otherwise)
{
    size_t length = strlen(key);

    for (; words; words = strchr(words, ' ')) {
        words += *words == ' ';
        if (strncmp(words, key, length) == 0 && words[length] == '=')
            return strtoull(words + length + 1, NULL, 10);
    }
    return otherwise;
}

bool lca_watch_has_tool(uint32_t watch)
{
    return watch >= LCA_WATCH_MEMCHECK;
}

void lca_wire_subject(const struct lca_subject_info *info,
                      struct lca_text *text)
{
    lca_member_put("subject", subject_fields, info, text);
}

void lca_wire_step(const struct lca_step *step, struct lca_text *text)
{
    lca_member_put("step", step_fields, step, text);
}

void lca_wire_orders(const struct lca_orders *orders, struct lca_text *text)
{
    lca_member_put("faults", orders_fields, orders, text);
    for (unsigned i = 0; i < orders->count; i++)
        lca_member_put("strike", order_fields, &orders->order[i], text);
}

bool lca_wire_read_subject(char *words, struct lca_subject_info *info)
{
    *info = (struct lca_subject_info){ 0 };
    return lca_member_get(words, subject_fields, info) && *info->path;
}

bool lca_wire_read_step(char *words, struct lca_step *step)
{
    *step = (struct lca_step){ 0 };
    return lca_member_get(words, step_fields, step);
}

bool lca_wire_read_orders(const char *word, char *words,
                          struct lca_orders *orders)
{
    if (strcmp(word, "faults") == 0) {
        *orders = (struct lca_orders){ 0 };
        return lca_member_get(words, orders_fields, orders);
    }
    return strcmp(word, "strike") == 0 && orders->count < LCA_STRIKES_MAX &&
           lca_member_get(words, order_fields, &orders->order[orders->count++]);
}
