#include "harness/model/wire.h"

#include "harness/base/text.h"
#include "harness/mapi/abi.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum kind { NUMBER, BYTES };

/* A struct's member on the wire. The limit is the greatest number allowed. */
struct field {
    const char *name;
    size_t offset;
    size_t size;
    enum kind kind;
    uint64_t limit;
};

#define MEMBER(type, member, kind, limit)                                   \
    { #member, offsetof(struct type, member),                               \
      sizeof ((struct type *)0)->member, kind, limit }
#define STEP(member, limit)   MEMBER(lca_step, member, NUMBER, limit)
#define RECORD(member, limit) MEMBER(lca_record, member, NUMBER, limit)
#define ANSWER(member)        MEMBER(lca_answer, member, NUMBER, UINT64_MAX)
#define CENSUS(member)        MEMBER(lca_census, member, NUMBER, UINT64_MAX)

static const struct field step_fields[] = {
    STEP(op, LCA_OP_COUNT - 1),       STEP(method, LCA_METHOD_COUNT - 1),
    STEP(recipe, LCA_RECIPES - 1),    STEP(kind, LCA_SESSION_KINDS - 1),
    STEP(init, LCA_INIT_KINDS - 1),   STEP(ui, LCA_UIS - 1),
    STEP(iid, LCA_IID_CHOICES - 1),   STEP(object, LCA_OBJECTS - 1),
    STEP(flags, UINT32_MAX),          STEP(reserved, UINT32_MAX),
    STEP(times, 1000000),             STEP(back, LCA_STEPS_MAX),
    STEP(session, LCA_SESSIONS - 1),  STEP(slot, LCA_SLOTS - 1),
    STEP(actor, LCA_ACTORS - 1),      STEP(via, 1),
    STEP(if_refused, 1),
    { 0 },
};

static const struct field subject_fields[] = {
    MEMBER(lca_subject_info, path, BYTES, 0),
    MEMBER(lca_subject_info, profile, BYTES, 0),
    MEMBER(lca_subject_info, peer, BYTES, 0),
    MEMBER(lca_subject_info, pidfile, BYTES, 0),
    MEMBER(lca_subject_info, abi, NUMBER, LCA_ABI_COUNT - 1),
    MEMBER(lca_subject_info, create, NUMBER, 1),
    MEMBER(lca_subject_info, logon_flags, NUMBER, UINT32_MAX),
    MEMBER(lca_subject_info, snapshot, NUMBER, LCA_SNAPSHOTS - 1),
    MEMBER(lca_subject_info, watch, NUMBER, LCA_WATCHES - 1),
    MEMBER(lca_subject_info, memory_mib, NUMBER, UINT32_MAX),
    MEMBER(lca_subject_info, opening_ms, NUMBER, UINT32_MAX),
    { 0 },
};

static const struct field record_fields[] = {
    RECORD(count, LCA_STEPS_MAX),     RECORD(ending, LCA_ENDING_COUNT - 1),
    RECORD(number, UINT32_MAX),       RECORD(address, UINT64_MAX),
    RECORD(us, UINT32_MAX),           RECORD(reading, 1),
    RECORD(stopped, UINT32_MAX),      RECORD(refused, UINT32_MAX),
    RECORD(struck, UINT32_MAX),       RECORD(struck_at, LCA_STEPS_MAX),
    RECORD(refused_at, LCA_STEPS_MAX), RECORD(twice, LCA_STEPS_MAX),
    RECORD(orphans, UINT32_MAX),
    RECORD(unsaid, UINT64_MAX),
    { 0 },
};

static const struct field answer_fields[] = {
    ANSWER(code), ANSWER(odd), ANSWER(calls), ANSWER(successes),
    ANSWER(marks), ANSWER(ipc), ANSWER(value),
    { 0 },
};

static const struct field census_fields[] = {
    CENSUS(fds), CENSUS(threads), CENSUS(lost_fds), CENSUS(heap),
    { 0 },
};

static const struct field frame_fields[] = {
    MEMBER(lca_frame, module, BYTES, 0),
    MEMBER(lca_frame, offset, NUMBER, UINT64_MAX),
    { 0 },
};

static uint64_t load(const struct field *f, const void *from)
{
    const char *at = (const char *)from + f->offset;
    uint64_t eight;
    uint32_t four;

    if (f->size == sizeof eight) {
        memcpy(&eight, at, sizeof eight);
        return eight;
    }
    if (f->size == sizeof four) {
        memcpy(&four, at, sizeof four);
        return four;
    }
    return *(const unsigned char *)at;
}

static void store(const struct field *f, void *to, uint64_t value)
{
    char *at = (char *)to + f->offset;
    uint32_t four = (uint32_t)value;

    if (f->size == sizeof value)
        memcpy(at, &value, sizeof value);
    else if (f->size == sizeof four)
        memcpy(at, &four, sizeof four);
    else
        *(unsigned char *)at = (unsigned char)value;
}

/* By hand: a run has as many as all its other words together. */
static void add_number(struct lca_text *text, uint64_t number)
{
    char digits[20], *at = digits + sizeof digits;

    do
        *--at = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    lca_text_add(text, at, (size_t)(digits + sizeof digits - at));
}

static void add_key(struct lca_text *text, const char *key)
{
    lca_text_add(text, " ", 1);
    lca_text_add(text, key, strlen(key));
    lca_text_add(text, "=", 1);
}

static void put(const char *word, const struct field *fields,
                const void *from, struct lca_text *text)
{
    lca_text_add(text, word, strlen(word));
    for (const struct field *f = fields; f->name; f++) {
        const char *bytes = (const char *)from + f->offset;

        if (f->kind == BYTES && *bytes) {
            add_key(text, f->name);
            lca_text_escape(text, bytes, strlen(bytes));
        } else if (f->kind == NUMBER && load(f, from)) {
            add_key(text, f->name);
            add_number(text, load(f, from));
        }
    }
    lca_text_add(text, "\n", 1);
}

static bool number(const char *text, uint64_t limit, uint64_t *value)
{
    char *end;

    errno = 0;
    *value = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && !errno &&
           *value <= limit;
}

static bool get_one(char *word, const struct field *fields, void *to)
{
    char *equals = strchr(word, '=');
    uint64_t value;
    size_t length;

    if (!equals)
        return false;
    *equals = '\0';
    for (const struct field *f = fields; f->name; f++) {
        if (strcmp(f->name, word) != 0)
            continue;
        if (f->kind == NUMBER) {
            if (!number(equals + 1, f->limit, &value) ||
                (f->size < sizeof value && value >> f->size * 8))
                return false;
            store(f, to, value);
            return true;
        }
        length = lca_text_unescape(equals + 1);
        if (length >= f->size || strlen(equals + 1) != length)
            return false;
        memcpy((char *)to + f->offset, equals + 1, length + 1);
        return true;
    }
    return false;
}

static bool get(char *words, const struct field *fields, void *to)
{
    char *rest = words;

    while (*rest) {
        char *word = lca_wire_word(rest, &rest);

        if (!get_one(word, fields, to))
            return false;
    }
    return true;
}

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

void lca_wire_subject(const struct lca_subject_info *info,
                      struct lca_text *text)
{
    put("subject", subject_fields, info, text);
}

void lca_wire_step(const struct lca_step *step, struct lca_text *text)
{
    put("step", step_fields, step, text);
}

void lca_wire_record(unsigned id, const struct lca_record *r,
                     struct lca_text *text)
{
    lca_text_print(text, "record %u ", id);
    put("", record_fields, r, text);
    for (unsigned i = 0; i < r->count; i++)
        put("answer", answer_fields, &r->answers[i], text);
    for (unsigned i = 0; i < r->census_count; i++)
        put("census", census_fields, &r->census[i], text);
    for (unsigned i = 0; i < r->frame_count; i++)
        put("frame", frame_fields, &r->frames[i], text);
    if (*r->note) {
        lca_text_print(text, "note ");
        lca_text_escape(text, r->note, strlen(r->note));
        lca_text_add(text, "\n", 1);
    }
    if (r->said_length) {
        lca_text_print(text, "said ");
        lca_text_escape(text, r->said, r->said_length);
        lca_text_add(text, "\n", 1);
    }
    lca_text_print(text, "done %u\n", id);
}

bool lca_wire_read_subject(char *words, struct lca_subject_info *info)
{
    *info = (struct lca_subject_info){ 0 };
    return get(words, subject_fields, info) && *info->path;
}

bool lca_wire_read_step(char *words, struct lca_step *step)
{
    *step = (struct lca_step){ 0 };
    return get(words, step_fields, step);
}

static bool head(char *words, struct lca_wire_reader *reader)
{
    uint64_t value;
    char *rest;

    memset(reader->record, 0, sizeof *reader->record);
    reader->answers = 0;
    reader->begun = true;
    if (!number(lca_wire_word(words, &rest), UINT32_MAX, &value))
        return false;
    reader->id = (unsigned)value;
    while (*rest == ' ')
        rest++;
    return get(rest, record_fields, reader->record);
}

static bool bytes(char *words, char *to, size_t size, uint32_t *length)
{
    size_t n = lca_text_unescape(words);

    if (n > size)
        return false;
    memcpy(to, words, n);
    *length = (uint32_t)n;
    return true;
}

bool lca_wire_read_record(char *line, struct lca_wire_reader *reader,
                          bool *done)
{
    struct lca_record *r = reader->record;
    char *rest;
    const char *word = lca_wire_word(line, &rest);
    uint32_t length;
    uint64_t value;

    *done = false;
    if (strcmp(word, "record") == 0)
        return !reader->begun && head(rest, reader);
    if (!reader->begun)
        return false;
    if (strcmp(word, "answer") == 0)
        return reader->answers < r->count &&
               get(rest, answer_fields, &r->answers[reader->answers++]);
    if (strcmp(word, "census") == 0)
        return r->census_count < LCA_CENSUS_MAX &&
               get(rest, census_fields, &r->census[r->census_count++]);
    if (strcmp(word, "frame") == 0)
        return r->frame_count < LCA_FRAMES_MAX &&
               get(rest, frame_fields, &r->frames[r->frame_count++]);
    if (strcmp(word, "note") == 0)
        return !*r->note && bytes(rest, r->note, sizeof r->note - 1, &length);
    if (strcmp(word, "said") == 0)
        return !r->said_length &&
               bytes(rest, r->said, sizeof r->said, &r->said_length);
    *done = true;
    reader->begun = false;
    return strcmp(word, "done") == 0 && reader->answers == r->count &&
           number(rest, UINT32_MAX, &value) && value == reader->id;
}
