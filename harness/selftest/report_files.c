#include "harness/selftest/report_files.h"

#include "harness/selftest/report_read.h"

#include <CUnit/CUnit.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONG = 100 * 1024, SMALL = 20000 };

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    CU_ASSERT_FATAL(file != NULL && fputs(text, file) >= 0);
    CU_ASSERT_EQUAL(fclose(file), 0);
}

void lca_reports_stream(void)
{
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(2);
    struct lca_event e = lca_desk_event(1, LCA_MUST, LCA_FAIL, "no");

    for (int i = 0; i < LCA_REPORTS; i++) {
        const struct lca_writer *w = lca_desk_writers[i];
        bool streams = i != LCA_JUNIT;
        void *state = NULL;
        char *text;

        put_file(d.path[i], "old\n");
        CU_ASSERT_EQUAL_FATAL(w->open(d.path[i], &run, &state).code, LCA_OK);
        w->event(state, &e);
        text = lca_read_file(d.path[i]);
        CU_ASSERT_PTR_NULL(strstr(text, "old"));
        CU_ASSERT_EQUAL(strstr(text, e.trial) != NULL, streams);
        CU_ASSERT_EQUAL(lca_read_exists(d.path[i]), streams);
        free(text);
        CU_ASSERT_EQUAL(w->close(state, NULL).code, LCA_OK);
    }
    lca_desk_close(&d);
}

void lca_reports_give_up(void)
{
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(2);
    struct lca_event e = lca_desk_event(1, LCA_MUST, LCA_FAIL, "no");
    char part[64];
    json_t *lines;

    /* A run that was killed may have left this. */
    snprintf(part, sizeof part, "%s.part", d.path[LCA_JUNIT]);
    put_file(part, "<testsuites>");

    lca_desk_write_all(&d, &run, &e, 1, NULL);
    lines = lca_read_json(&d);
    CU_ASSERT(!lca_read_exists(part));
    CU_ASSERT(!lca_read_exists(d.path[LCA_JUNIT]));
    CU_ASSERT_EQUAL(lca_read_tap(&d).bailed, 1);
    CU_ASSERT_EQUAL(json_array_size(lines), 2);
    CU_ASSERT_STRING_EQUAL(lca_read_text(lines, 1, "event"), "case");
    json_decref(lines);
    lca_desk_close(&d);
}

static void check_refused(const struct lca_writer *w, const char *path,
                          int reason)
{
    struct lca_run_info run = lca_desk_run(1);
    struct lca_event e = lca_desk_event(1, LCA_MUST, LCA_FAIL, "no");
    struct lca_summary s = { .count[LCA_FAIL] = 1, .planned = 1 };
    char *body = lca_desk_hostile(LONG);
    struct lca_result r;

    e.body = body;
    r = lca_desk_write(w, path, &run, &e, 1, &s);
    CU_ASSERT_EQUAL(r.code, LCA_SYSTEM);
    CU_ASSERT_PTR_NOT_NULL(strstr(r.text, path));
    CU_ASSERT_PTR_NOT_NULL(strstr(r.text, strerror(reason)));
    free(body);
}

void lca_reports_tell_what_fails(void)
{
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(1);
    char path[64];

    snprintf(path, sizeof path, "%s/absent/report", d.folder);
    for (int i = 0; i < LCA_REPORTS; i++) {
        const struct lca_writer *w = lca_desk_writers[i];
        void *state = &d;

        CU_ASSERT_EQUAL(w->open(path, &run, &state).code, LCA_SYSTEM);
        CU_ASSERT_PTR_NULL(state);
        check_refused(w, path, ENOENT);
        check_refused(w, d.folder, EISDIR);
        check_refused(w, "/dev/full", ENOSPC);
        CU_ASSERT(lca_read_exists(d.folder) && lca_read_exists("/dev/full"));
    }
    lca_desk_close(&d);
}

void lca_reports_meet_a_taken_name(void)
{
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(0);
    struct lca_summary s = { 0 };
    struct lca_result r;
    void *state = NULL;

    r = lca_desk_writers[LCA_JUNIT]->open(d.path[LCA_JUNIT], &run, &state);
    CU_ASSERT_EQUAL_FATAL(r.code, LCA_OK);
    CU_ASSERT_EQUAL(mkdir(d.path[LCA_JUNIT], 0700), 0);
    r = lca_desk_writers[LCA_JUNIT]->close(state, &s);
    CU_ASSERT_EQUAL(r.code, LCA_SYSTEM);
    CU_ASSERT_PTR_NOT_NULL(strstr(r.text, strerror(EISDIR)));
    lca_desk_close(&d);
}

/* A limit on the size of files stands for the disk. TAP leaves bodies out. */
void lca_reports_meet_a_full_disk(void)
{
    struct lca_desk d = lca_desk_open();
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit, small;

    CU_ASSERT_EQUAL_FATAL(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = limit;
    small.rlim_cur = SMALL;
    CU_ASSERT_EQUAL_FATAL(setrlimit(RLIMIT_FSIZE, &small), 0);
    check_refused(lca_desk_writers[LCA_JUNIT], d.path[LCA_JUNIT], EFBIG);
    check_refused(lca_desk_writers[LCA_JSON], d.path[LCA_JSON], EFBIG);
    CU_ASSERT_EQUAL(setrlimit(RLIMIT_FSIZE, &limit), 0);
    CU_ASSERT(!lca_read_exists(d.path[LCA_JUNIT]));
    signal(SIGXFSZ, handler);
    lca_desk_close(&d);
}

void lca_reports_use_standard_output(void)
{
    struct lca_desk d = lca_desk_open();
    struct lca_run_info run = lca_desk_run(1);
    struct lca_event e = lca_desk_event(1, LCA_MUST, LCA_FAIL, "no");
    struct lca_summary s = { .count[LCA_FAIL] = 1, .planned = 1 };

    for (int i = 0; i < LCA_REPORTS; i++) {
        struct lca_result r;
        FILE *file = fopen(d.path[i], "w");
        int saved;

        fflush(stdout);
        saved = dup(STDOUT_FILENO);
        CU_ASSERT_FATAL(file != NULL && saved >= 0);
        dup2(fileno(file), STDOUT_FILENO);
        r = lca_desk_write(lca_desk_writers[i], "-", &run, &e, 1, &s);
        dup2(saved, STDOUT_FILENO);
        close(saved);
        fclose(file);
        CU_ASSERT_EQUAL(r.code, LCA_OK);
    }
    xmlFreeDoc(lca_read_junit(&d));
    CU_ASSERT_EQUAL(lca_read_tap(&d).not_ok, 1);
    json_decref(lca_read_json(&d));
    CU_ASSERT(!lca_read_exists("-"));
    lca_desk_close(&d);
}
