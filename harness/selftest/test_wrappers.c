/* wrappers: every call of harness/model/calls.def is seen, fails, passes. */

#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"
#include "harness/selftest/wrappers_trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const paths[] = {
    LCA_WRAPPED, LCA_WRAPPED_HARDENED, LCA_WRAPPED_LARGE,
    LCA_WRAPPED_HARDENED_LARGE,
};

enum { BUILDS = sizeof paths / sizeof *paths };

/* Opened by the first test. */
static struct lca_wrapped_build builds[BUILDS];

static void every_call_is_made(void)
{
    for (int i = 0; i < BUILDS; i++) {
        LCA_ROW(paths[i], lca_wrapped_open(paths[i], &builds[i]));
        for (int call = 0; call < LCA_FAULTY_COUNT; call++)
            LCA_ROW(lca_faulty[call].name,
                    lca_wrapped_find(&builds[i], (enum lca_faulty)call));
    }
}

static void try_each_way(enum lca_wrapped_mode mode)
{
    for (int i = 0; i < BUILDS; i++)
        for (int call = 0; call < LCA_FAULTY_COUNT; call++) {
            const struct lca_wrapped_row *row;
            uint32_t way;

            row = lca_wrapped_find(&builds[i], (enum lca_faulty)call);
            for (unsigned nth = 0; (way = lca_wrapped_way(row, nth)); nth++)
                lca_wrapped_try(&builds[i], (enum lca_faulty)call, way, mode,
                                LCA_KIND_NONE);
        }
}

static void unarmed_nothing_is_seen(void) { try_each_way(LCA_UNARMED); }
static void armed_each_is_seen(void)      { try_each_way(LCA_TRACED); }

/* What waits for ever, or long, is not tried in every way. */
static bool is_worth_it(enum lca_kind kind, uint32_t way, unsigned tries)
{
    if (kind == LCA_KIND_stall)
        return way & LCA_ON_PROMPT;
    return kind != LCA_KIND_late || tries == 0;
}

static void try_kind(const struct lca_wrapped_build *build,
                     enum lca_faulty call, enum lca_kind kind)
{
    const struct lca_wrapped_row *row = lca_wrapped_find(build, call);
    unsigned tries = 0;
    uint32_t way;
    char text[64];

    for (unsigned nth = 0; (way = lca_wrapped_way(row, nth)); nth++) {
        if (!lca_kind_fits(kind, lca_wrapped_about(call, way)) ||
            !is_worth_it(kind, way, tries))
            continue;
        lca_wrapped_try(build, call, way, LCA_STRUCK, kind);
        tries++;
    }
    snprintf(text, sizeof text, "%s can fail with %s", row->name,
             lca_kind_name(kind));
    LCA_ROW(text, tries > 0);
}

static void each_fails_with_each_kind(void)
{
    for (int call = 0; call < LCA_FAULTY_COUNT; call++)
        for (int kind = LCA_KIND_NONE + 1; kind < LCA_KIND_COUNT; kind++)
            if (lca_kind_is_of((enum lca_kind)kind, &lca_faulty[call]) &&
                !lca_kind_is_of_peer((enum lca_kind)kind))
                try_kind(&builds[0], (enum lca_faulty)call,
                         (enum lca_kind)kind);
}

/* The other names fail the same way: the first kind of each is enough. */
static void other_names_fail_too(void)
{
    for (int i = 1; i < BUILDS; i++)
        for (int call = 0; call < LCA_FAULTY_COUNT; call++) {
            const char *kinds = lca_faulty[call].standard;
            enum lca_kind kind = lca_kind_find(kinds, strcspn(kinds, " "));

            if (*kinds)
                try_kind(&builds[i], (enum lca_faulty)call, kind);
        }
}

static bool holds(const char *path, const char *name)
{
    FILE *file = fopen(path, "rb");
    size_t length = strlen(name) + 1, size = 0, room = 1 << 20;
    char *bytes = malloc(room);
    bool found = false;

    if (file && bytes)
        size = fread(bytes, 1, room, file);
    for (size_t i = 1; !found && i + length <= size; i++)
        found = bytes[i - 1] == '\0' && memcmp(bytes + i, name, length) == 0;
    free(bytes);
    if (file)
        fclose(file);
    return found;
}

/*
 * Else a test of other names would be one of the same names again; as it is
 * with a compiler that the C library has no hardened names for.
 */
static void builds_ask_for_other_names(void)
{
    static const struct {
        int build;
        const char *name;
    } rows[] = {
        { 1, "__read_chk" },     { 1, "__pread_chk" },
        { 1, "__recv_chk" },     { 1, "__recvfrom_chk" },
        { 1, "__poll_chk" },     { 1, "__ppoll_chk" },
        { 1, "__open_2" },       { 1, "__openat_2" },
        { 1, "__asprintf_chk" }, { 1, "__vasprintf_chk" },
        { 1, "__getdelim" },     { 2, "pread64" },
        { 2, "pwrite64" },       { 2, "openat64" },
        { 2, "fcntl64" },        { 2, "mmap64" },
        { 3, "__pread64_chk" },  { 3, "__open64_2" },
        { 3, "__openat64_2" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        LCA_ROW(rows[i].name, (rows[i].build != 2 && !LCA_HARDENS) ||
                              holds(paths[rows[i].build],
                                    rows[i].name));
}

CU_TestInfo lca_wrappers_tests[] = {
    { "every call is made by the subject", every_call_is_made },
    { "its builds ask for other names", builds_ask_for_other_names },
    { "unarmed, nothing is seen and all passes", unarmed_nothing_is_seen },
    { "armed, each call is seen and passes", armed_each_is_seen },
    { "each call fails with each kind of its row", each_fails_with_each_kind },
    { "hardened and 64-bit names fail too", other_names_fail_too },
    CU_TEST_INFO_NULL,
};
