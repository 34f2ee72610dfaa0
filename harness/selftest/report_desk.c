#include "harness/selftest/report_desk.h"

#include "reports/json.h"
#include "reports/junit.h"
#include "reports/tap.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const struct lca_writer *const lca_desk_writers[LCA_REPORTS] = {
    [LCA_JUNIT] = &lca_junit, [LCA_TAP] = &lca_tap, [LCA_JSON] = &lca_json,
};

static const struct lca_clause clauses[] = {
    [LCA_MUST]   = { "POST-002", LCA_MUST },
    [LCA_SHOULD] = { "SES-002", LCA_SHOULD },
    [LCA_MAY]    = { "UI-004", LCA_MAY },
    [LCA_INFO]   = { "REF-011", LCA_INFO },
};

struct lca_run_info lca_desk_run(unsigned planned)
{
    return (struct lca_run_info){
        .subject = "libsubject.so", .abi = "com", .tier = "standard",
        .profile = "strict", .host = "lastcall-host", .version = "0.1",
        .hostname = "box", .timestamp = "2026-01-31T12:00:00",
        .planned = planned, .jobs = 2,
    };
}

struct lca_event lca_desk_event(unsigned number, enum lca_level level,
                                enum lca_verdict verdict, const char *text)
{
    struct lca_event e = {
        .number = number, .chapter = "session/logoff",
        .clause = &clauses[level],
        .trial = "session/logoff/plain", .classname = "session.POST-002",
        .name = "logoff/plain", .title = "Logoff ends a session",
        .opinion.verdict = verdict, .us = 1500, .body = "step 1: Logoff",
        .repeat = "lastcall run --trial session/logoff/plain", .said = "",
    };

    snprintf(e.opinion.text, sizeof e.opinion.text, "%s", text);
    return e;
}

struct lca_desk lca_desk_open(void)
{
    struct lca_desk d = { .folder = "/tmp/lca-reports-XXXXXX" };

    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(d.folder));
    for (int i = 0; i < LCA_REPORTS; i++)
        snprintf(d.path[i], sizeof d.path[i], "%s/%s", d.folder,
                 lca_desk_writers[i]->name);
    return d;
}

void lca_desk_close(const struct lca_desk *desk)
{
    for (int i = 0; i < LCA_REPORTS; i++)
        remove(desk->path[i]);
    CU_ASSERT_EQUAL(rmdir(desk->folder), 0);
}

struct lca_result lca_desk_write(const struct lca_writer *writer,
                                 const char *path,
                                 const struct lca_run_info *run,
                                 const struct lca_event *events,
                                 unsigned count,
                                 const struct lca_summary *summary)
{
    void *state = NULL;
    struct lca_result r = writer->open(path, run, &state);

    if (r.code)
        return r;
    for (unsigned i = 0; i < count; i++)
        writer->event(state, &events[i]);
    return writer->close(state, summary);
}

void lca_desk_write_all(const struct lca_desk *desk,
                        const struct lca_run_info *run,
                        const struct lca_event *events, unsigned count,
                        const struct lca_summary *summary)
{
    for (int i = 0; i < LCA_REPORTS; i++) {
        struct lca_result r = lca_desk_write(lca_desk_writers[i],
                                             desk->path[i], run, events,
                                             count, summary);
        CU_ASSERT_EQUAL(r.code, LCA_OK);
    }
}

char *lca_desk_hostile(size_t size)
{
    static const char traps[] =
        "]]><![CDATA[ &amp; \xEF\xBF\xBE \xEF\xBF\xBF \xED\xA0\x80 \xC0\xAF "
        "\xF4\x90\x80\x80 \xC2\x85 \xC3( # TODO \\ # \\\\# \"'\n  ...\n"
        "ok 99 - forged\nBail out!\n\t\xE2\x82";
    char *bytes = malloc(size + 1);

    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = i < sizeof traps - 1 ? traps[i]
                                        : (char)((i - sizeof traps) % 255 + 1);
    bytes[size] = '\0';
    return bytes;
}
