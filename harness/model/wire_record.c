/* What came of a trial, on its way from the host to the controller. */

#include "harness/base/text.h"
#include "harness/model/member.h"
#include "harness/model/wire.h"

#include <string.h>

enum { XML_PIECE = 1024 };      /* bytes a line */

#define RECORD(member, limit) LCA_MEMBER(lca_record, member, LCA_NUMBER, limit)
#define ANSWER(member)                                                      \
    LCA_MEMBER(lca_answer, member, LCA_NUMBER, UINT64_MAX)
#define CENSUS(member)                                                      \
    LCA_MEMBER(lca_census, member, LCA_NUMBER, UINT64_MAX)

static const struct lca_member record_fields[] = {
    RECORD(count, LCA_STEPS_MAX),     RECORD(ending, LCA_ENDING_COUNT - 1),
    RECORD(number, UINT32_MAX),       RECORD(address, UINT64_MAX),
    RECORD(us, UINT32_MAX),           RECORD(reading, 1),
    RECORD(stopped, UINT32_MAX),      RECORD(refused, UINT32_MAX),
    RECORD(struck, UINT32_MAX),       RECORD(struck_at, LCA_STEPS_MAX),
    RECORD(refused_at, LCA_STEPS_MAX), RECORD(twice, LCA_STEPS_MAX),
    RECORD(orphans, UINT32_MAX),      RECORD(closed_twice, UINT32_MAX),
    RECORD(begun, LCA_STEPS_MAX),     RECORD(crashed_in, LCA_STEPS_MAX),
    RECORD(core, UINT64_MAX),         RECORD(process, LCA_PROCESSES - 1),
    RECORD(unsaid, UINT64_MAX),       RECORD(locks, UINT32_MAX),
    { 0 },
};

static const struct lca_member answer_fields[] = {
    ANSWER(code), ANSWER(odd), ANSWER(calls), ANSWER(successes),
    ANSWER(marks), ANSWER(ipc), ANSWER(sent), ANSWER(value),
    { 0 },
};

static const struct lca_member census_fields[] = {
    CENSUS(fds), CENSUS(threads), CENSUS(lost_fds), CENSUS(heap),
    CENSUS(timers), CENSUS(mappings), CENSUS(children), CENSUS(files),
    CENSUS(segments), CENSUS(semaphores), CENSUS(queues), CENSUS(changed),
    CENSUS(marked), CENSUS(lasting),
    { 0 },
};

static const struct lca_member thing_fields[] = {
    LCA_MEMBER(lca_thing, census, LCA_NUMBER, LCA_CENSUS_MAX - 1),
    LCA_MEMBER(lca_thing, what, LCA_NUMBER, LCA_WHAT_COUNT - 1),
    LCA_MEMBER(lca_thing, count, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_thing, name, LCA_BYTES, 0),
    { 0 },
};

static const struct lca_member frame_fields[] = {
    LCA_MEMBER(lca_frame, module, LCA_BYTES, 0),
    LCA_MEMBER(lca_frame, offset, LCA_NUMBER, UINT64_MAX),
    { 0 },
};

#define STACK(member, kind, limit)                                          \
    LCA_MEMBER(lca_stack, member, kind, limit)

static const struct lca_member stack_fields[] = {
    STACK(name, LCA_BYTES, 0),             STACK(doing, LCA_BYTES, 0),
    STACK(step, LCA_NUMBER, LCA_STEPS_MAX), STACK(silent, LCA_NUMBER, 1),
    { 0 },
};

static const struct lca_member threads_fields[] = {
    LCA_MEMBER(lca_stacks_seen, threads, LCA_NUMBER, UINT32_MAX),
    { 0 },
};

static const struct lca_member register_fields[] = {
    LCA_MEMBER(lca_register, name, LCA_BYTES, 0),
    LCA_MEMBER(lca_register, value, LCA_NUMBER, UINT64_MAX),
    { 0 },
};

/* Of a site by itself, and of the one in a hit. */
#define SITE(member, limit)   LCA_MEMBER(lca_site, member, LCA_NUMBER, limit)
#define HIT(member, limit)                                                  \
    { #member, offsetof(struct lca_hit, site.member),                       \
      sizeof ((struct lca_site *)0)->member, LCA_NUMBER, limit }
#define IN_SITE(X)                                                          \
    X(call, LCA_FAULTY_COUNT - 1), X(on, UINT32_MAX),                       \
    X(window, LCA_WINDOW_COUNT - 1), X(count, UINT32_MAX),                  \
    X(first, UINT32_MAX)

static const struct lca_member site_fields[] = { IN_SITE(SITE), { 0 } };

static const struct lca_member hit_fields[] = {
    LCA_MEMBER(lca_hit, calls, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_hit, step, LCA_NUMBER, LCA_STEPS_MAX),
    IN_SITE(HIT),
    { 0 },
};

static const struct lca_member left_fields[] = {
    LCA_MEMBER(lca_left, blocks, LCA_NUMBER, UINT32_MAX),
    LCA_MEMBER(lca_left, bytes, LCA_NUMBER, UINT64_MAX),
    { "module", offsetof(struct lca_left, from.module),
      sizeof ((struct lca_left *)0)->from.module, LCA_BYTES, 0 },
    { "offset", offsetof(struct lca_left, from.offset),
      sizeof ((struct lca_left *)0)->from.offset, LCA_NUMBER, UINT64_MAX },
    { 0 },
};

#define GUARDED(key, frame, member, kind, limit)                            \
    { key, offsetof(struct lca_guarded, frame.member),                      \
      sizeof ((struct lca_guarded *)0)->frame.member, kind, limit }

static const struct lca_member guarded_fields[] = {
    LCA_MEMBER(lca_guarded, what, LCA_NUMBER, LCA_GUARDED_WHATS - 1),
    LCA_MEMBER(lca_guarded, size, LCA_NUMBER, UINT64_MAX),
    LCA_MEMBER(lca_guarded, offset, LCA_NUMBER, UINT64_MAX),
    GUARDED("taker", taker, module, LCA_BYTES, 0),
    GUARDED("taken", taker, offset, LCA_NUMBER, UINT64_MAX),
    GUARDED("giver", giver, module, LCA_BYTES, 0),
    GUARDED("given", giver, offset, LCA_NUMBER, UINT64_MAX),
    { 0 },
};

static const struct lca_member held_fields[] = {
    LCA_MEMBER(lca_held, kind, LCA_NUMBER, LCA_LOCK_COUNT - 1),
    LCA_MEMBER(lca_held, step, LCA_NUMBER, LCA_STEPS_MAX - 1),
    { 0 },
};

/* Where its calls came from goes with it. */
static void put_frames(const struct lca_site *site, struct lca_text *text)
{
    for (unsigned i = 0; i < site->frame_count; i++)
        lca_member_put("at", frame_fields, &site->frames[i], text);
}

static void put_threads(const struct lca_record *r, struct lca_text *text)
{
    for (unsigned i = 0; i < r->register_count; i++)
        lca_member_put("register", register_fields, &r->registers[i], text);
    if (r->seen.threads)
        lca_member_put("threads", threads_fields, &r->seen, text);
    for (unsigned i = 0; i < r->seen.count; i++) {
        const struct lca_stack *s = &r->seen.stacks[i];

        lca_member_put("thread", stack_fields, s, text);
        for (unsigned j = 0; j < s->frame_count; j++)
            lca_member_put("in", frame_fields, &s->frames[j], text);
    }
}

static void put_trace(const struct lca_record *r, struct lca_text *text)
{
    for (unsigned i = 0; i < r->hit_count; i++) {
        lca_member_put("hit", hit_fields, &r->hits[i], text);
        put_frames(&r->hits[i].site, text);
    }
    for (unsigned i = 0; i < r->site_count; i++) {
        lca_member_put("site", site_fields, &r->sites[i], text);
        put_frames(&r->sites[i], text);
    }
    if (r->closed_twice) {
        lca_member_put("closer", site_fields, &r->closer, text);
        put_frames(&r->closer, text);
    }
    for (unsigned i = 0; i < r->left_count; i++)
        lca_member_put("left", left_fields, &r->left[i], text);
    if (r->guarded.what)
        lca_member_put("guarded", guarded_fields, &r->guarded, text);
    for (unsigned i = 0; i < r->held_count; i++) {
        lca_member_put("held", held_fields, &r->held[i], text);
        put_frames(&r->held[i].site, text);
    }
}

void lca_wire_record(unsigned id, const struct lca_record *r,
                     struct lca_text *text)
{
    lca_text_print(text, "record %u ", id);
    lca_member_put("", record_fields, r, text);
    for (unsigned i = 0; i < lca_record_answered(r); i++)
        lca_member_put("answer", answer_fields, &r->answers[i], text);
    for (unsigned i = 0; i < r->census_count; i++)
        lca_member_put("census", census_fields, &r->census[i], text);
    for (unsigned i = 0; i < r->thing_count; i++)
        lca_member_put("thing", thing_fields, &r->things[i], text);
    for (unsigned i = 0; i < r->frame_count; i++)
        lca_member_put("frame", frame_fields, &r->frames[i], text);
    put_threads(r, text);
    put_trace(r, text);
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

void lca_wire_xml(const char *bytes, size_t length, struct lca_text *text)
{
    while (length) {
        size_t piece = length < XML_PIECE ? length : XML_PIECE;

        lca_text_print(text, "xml ");
        lca_text_escape(text, bytes, piece);
        lca_text_add(text, "\n", 1);
        bytes += piece;
        length -= piece;
    }
}

static bool xml(char *words, struct lca_text *to)
{
    size_t length = lca_text_unescape(words);

    if (to)
        lca_text_add(to, words, length);
    return !to || !to->failed;
}

static bool head(char *words, struct lca_wire_reader *reader)
{
    uint64_t value;
    char *rest;

    memset(reader->record, 0, sizeof *reader->record);
    reader->answers = 0;
    reader->site = NULL;
    reader->begun = true;
    reader->closer = false;
    if (!lca_member_number(lca_wire_word(words, &rest), UINT32_MAX, &value))
        return false;
    reader->id = (unsigned)value;
    while (*rest == ' ')
        rest++;
    return lca_member_get(rest, record_fields, reader->record);
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

/* A line of put_threads's; *known: it is one. */
static bool threads(const char *word, char *rest, struct lca_record *r,
                    bool *known)
{
    struct lca_stacks_seen *seen = &r->seen;

    *known = true;
    if (strcmp(word, "register") == 0)
        return r->register_count < LCA_REGISTERS_MAX &&
               lca_member_get(rest, register_fields,
                              &r->registers[r->register_count++]);
    if (strcmp(word, "threads") == 0)
        return !seen->threads && lca_member_get(rest, threads_fields, seen);
    if (strcmp(word, "thread") == 0)
        return seen->count < LCA_STACKS_MAX &&
               lca_member_get(rest, stack_fields,
                              &seen->stacks[seen->count++]);
    *known = strcmp(word, "in") == 0;
    if (*known && seen->count) {
        struct lca_stack *s = &seen->stacks[seen->count - 1];

        return s->frame_count < LCA_FRAMES_MAX &&
               lca_member_get(rest, frame_fields,
                              &s->frames[s->frame_count++]);
    }
    return false;
}

/* A line of put_trace's; *known: it is one. */
static bool trace(const char *word, char *rest, struct lca_wire_reader *w,
                  bool *known)
{
    struct lca_record *r = w->record;
    struct lca_site *site = w->site;

    *known = true;
    if (strcmp(word, "at") == 0)
        return site && site->frame_count < LCA_SITE_FRAMES &&
               lca_member_get(rest, frame_fields,
                              &site->frames[site->frame_count++]);
    if (strcmp(word, "hit") == 0 && r->hit_count < LCA_STRIKES_MAX) {
        w->site = &r->hits[r->hit_count].site;
        return lca_member_get(rest, hit_fields, &r->hits[r->hit_count++]);
    }
    if (strcmp(word, "site") == 0 && r->site_count < LCA_TRACE_MAX) {
        w->site = &r->sites[r->site_count++];
        return lca_member_get(rest, site_fields, w->site);
    }
    if (strcmp(word, "closer") == 0 && r->closed_twice && !w->closer) {
        w->site = &r->closer;
        w->closer = true;
        return lca_member_get(rest, site_fields, w->site);
    }
    if (strcmp(word, "guarded") == 0 && !r->guarded.what)
        return lca_member_get(rest, guarded_fields, &r->guarded) &&
               r->guarded.what;
    if (strcmp(word, "held") == 0 && r->held_count < LCA_HELD_MAX) {
        w->site = &r->held[r->held_count].site;
        return lca_member_get(rest, held_fields, &r->held[r->held_count++]);
    }
    *known = strcmp(word, "left") == 0 && r->left_count < LCA_LEFT_MAX;
    return *known &&
           lca_member_get(rest, left_fields, &r->left[r->left_count++]);
}

bool lca_wire_read_record(char *line, struct lca_wire_reader *reader,
                          bool *done)
{
    struct lca_record *r = reader->record;
    char *rest;
    const char *word = lca_wire_word(line, &rest);
    uint32_t length;
    uint64_t value;
    bool known, good;

    *done = false;
    if (strcmp(word, "xml") == 0)
        return !reader->begun && xml(rest, reader->xml);
    if (strcmp(word, "record") == 0)
        return !reader->begun && head(rest, reader);
    if (!reader->begun)
        return false;
    if (strcmp(word, "answer") == 0)
        return reader->answers < lca_record_answered(r) &&
               lca_member_get(rest, answer_fields,
                              &r->answers[reader->answers++]);
    if (strcmp(word, "census") == 0)
        return r->census_count < LCA_CENSUS_MAX &&
               lca_member_get(rest, census_fields,
                              &r->census[r->census_count++]);
    if (strcmp(word, "thing") == 0)
        return r->thing_count < LCA_THINGS_MAX &&
               lca_member_get(rest, thing_fields,
                              &r->things[r->thing_count++]);
    if (strcmp(word, "frame") == 0)
        return r->frame_count < LCA_FRAMES_MAX &&
               lca_member_get(rest, frame_fields,
                              &r->frames[r->frame_count++]);
    good = threads(word, rest, r, &known);
    if (!known)
        good = trace(word, rest, reader, &known);
    if (known)
        return good;
    if (strcmp(word, "note") == 0)
        return !*r->note && bytes(rest, r->note, sizeof r->note - 1, &length);
    if (strcmp(word, "said") == 0)
        return !r->said_length &&
               bytes(rest, r->said, sizeof r->said, &r->said_length);
    *done = true;
    reader->begun = false;
    return strcmp(word, "done") == 0 &&
           reader->answers == lca_record_answered(r) &&
           lca_member_number(rest, UINT32_MAX, &value) && value == reader->id;
}
