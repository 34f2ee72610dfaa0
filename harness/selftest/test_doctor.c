/* doctor: what a file is instead, and why a logon did not work. */

#include "harness/platform/elf.h"
#include "harness/platform/library.h"
#include "harness/platform/system.h"
#include "harness/run/binary.h"
#include "harness/run/loader.h"
#include "harness/run/logon.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file with these bytes; the caller unlinks it. */
static void write_file(char *path, const void *bytes, size_t length)
{
    int fd = mkstemp(path);

    CU_ASSERT_FATAL(fd >= 0);
    CU_ASSERT_EQUAL(write(fd, bytes, length), (ssize_t)length);
    close(fd);
}

static void check_refusal(const char *bytes, size_t length, const char *words)
{
    char path[] = "/tmp/lastcall-elf-XXXXXX";
    struct lca_library *library = NULL;
    struct lca_result r;

    write_file(path, bytes, length);
    r = lca_library_open(path, &library);
    LCA_ROW(words, r.code == LCA_MISSING && !library);
    LCA_ROW(r.text, strstr(r.text, words) != NULL);
    LCA_ROW(r.text, strstr(r.text, path) != NULL);
    unlink(path);
}

static void what_is_no_library_is_named(void)
{
    static const struct { const char *bytes, *words; } rows[] = {
        { "",                     "is empty" },
        { "hello\n",              "invalid ELF header" },
        { "\177EL",               "invalid ELF header" },
        { "!<arch>\nx",           "a static archive" },
        { "MZ\220",               "a Windows library" },
        { "\xCF\xFA\xED\xFE",     "a macOS library" },
        { "/* GNU ld script */",  "a script for the linker" },
        { "[subject]\n",          "let a manifest end in .ini" },
        { "#!/bin/sh\n",          "but a script" },
        { "\177ELF\2\1\1",        "is cut short" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_refusal(rows[i].bytes, strlen(rows[i].bytes), rows[i].words);
}

/* The head of an ELF file: class, byte order, type and machine. */
static void head(char *bytes, unsigned class, unsigned order, unsigned type,
                 unsigned machine)
{
    bool big = order == 2;

    memset(bytes, 0, 64);
    strcpy(bytes, "\177ELF");
    bytes[4] = (char)class;
    bytes[5] = (char)order;
    bytes[big ? 17 : 16] = (char)type;
    bytes[big ? 19 : 18] = (char)machine;
}

static void every_head_is_read(void)
{
    static const struct {
        unsigned class, order, type, machine;
        enum lca_elf_type is;
        const char *name;
    } rows[] = {
        { 2, 1, 3, 62,  LCA_ELF_LIBRARY, "64-bit x86-64" },
        { 1, 1, 3, 62,  LCA_ELF_LIBRARY, "32-bit x86-64" },
        { 1, 1, 3, 3,   LCA_ELF_LIBRARY, "32-bit x86" },
        { 2, 1, 1, 183, LCA_ELF_OBJECT,  "64-bit ARM" },
        { 2, 2, 2, 21,  LCA_ELF_PROGRAM, "64-bit POWER, big-endian" },
        { 1, 2, 4, 8,   LCA_ELF_CORE,    "32-bit MIPS, big-endian" },
        { 2, 1, 9, 99,  LCA_ELF_OTHER,   "64-bit machine 99" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[] = "/tmp/lastcall-elf-XXXXXX", bytes[64], name[32];
        struct lca_elf e;

        head(bytes, rows[i].class, rows[i].order, rows[i].type,
             rows[i].machine);
        write_file(path, bytes, sizeof bytes);
        LCA_ROW(rows[i].name, lca_elf_read(path, &e).code == LCA_OK);
        lca_elf_machine(&e, name, sizeof name);
        CU_ASSERT_STRING_EQUAL(name, rows[i].name);
        LCA_ROW(rows[i].name, e.type == rows[i].is && e.size == 64);
        unlink(path);
    }
}

static void another_machines_library_is_named(void)
{
    char bytes[64];
    struct lca_elf own;

    CU_ASSERT_EQUAL_FATAL(lca_elf_own(&own).code, LCA_OK);
    CU_ASSERT(own.wanted <= own.size && own.wanted > 0);
    CU_ASSERT_EQUAL(own.bits, sizeof(void *) * 8);
    head(bytes, own.bits == 64 ? 1 : 2, own.big ? 2 : 1, 3, own.machine);
    check_refusal(bytes, sizeof bytes, "is for another machine");
    head(bytes, own.bits == 64 ? 2 : 1, own.big ? 2 : 1, 3, own.machine ^ 1);
    check_refusal(bytes, sizeof bytes, "is for another machine");
    head(bytes, own.bits == 64 ? 2 : 1, own.big ? 2 : 1, 1, own.machine);
    check_refusal(bytes, sizeof bytes, "is an object file");
}

/* This program has no entry point of MAPI, and allocates. */
static void a_file_is_read_without_loading_it(void)
{
    struct lca_binary b;

    CU_ASSERT_EQUAL_FATAL(lca_binary_read("/proc/self/exe", &b).code, LCA_OK);
    CU_ASSERT(b.known && b.libc);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.needed.bytes, "libcunit"));
    CU_ASSERT_PTR_NOT_NULL(strstr(b.leaving.bytes, "malloc"));
    CU_ASSERT_PTR_NOT_NULL(strstr(b.leaving.bytes, "fork"));
    CU_ASSERT_EQUAL(b.hidden.length, 0);
    for (unsigned i = 0; i < LCA_ENTRY_COUNT; i++)
        CU_ASSERT(!b.exports[i] && !b.mangled[i]);
    lca_binary_free(&b);
    CU_ASSERT_EQUAL(lca_binary_read("/nowhere/x.so", &b).code, LCA_MISSING);
    lca_binary_free(&b);
}

static void the_loader_is_asked(void)
{
    char folder[512], path[600];
    struct lca_loader l;

    CU_ASSERT_FATAL(lca_system_program_folder(folder, sizeof folder));
    snprintf(path, sizeof path, "%s/lca_selftest", folder);
    lca_loader_ask(path, &l);
    CU_ASSERT(l.known && !l.undefined && !l.missing.length);
    lca_loader_free(&l);
    lca_loader_ask("/nowhere/it's \"x\".so", &l);
    CU_ASSERT(!l.known && !l.undefined && !l.missing.length);
    lca_loader_free(&l);
}

/* A record of the plain trial, and words of the sentence about it. */
struct row {
    struct lca_record record;
    const char *words[3];
    enum lca_code code;         /* zero: LCA_MISSING */
};

#define ANSWERS(initialize, logon)                                          \
    .answers = { { .code = (int32_t)(initialize) },                         \
                 { .code = (int32_t)(logon) } }

static const struct row rows[] = {
    { { .count = 5, ANSWERS(0, 0x80040111) },
      { "MAPILogonEx answered 0x80040111", "--create-profile" } },
    { { .count = 5, ANSWERS(0, 0x80040115) },
      { "0x80040115 MAPI_E_NETWORK_ERROR", "[peer]" } },
    { { .count = 5, ANSWERS(0, 0x80040112) }, { "-j 1" } },
    { { .count = 5, ANSWERS(0x80040115, 0x80040605) },
      { "cannot be initialised", "MAPIInitialize answered 0x80040115" } },
    { { .count = 5, ANSWERS(0x80004005, 0x80040605) },
      { "MAPIInitialize answered 0x80004005", "[env]" } },
    { { .count = 1, .ending = LCA_CRASHED, .number = 11,
        ANSWERS(0x80004005, 0) },
      { "MAPIInitialize answered 0x80004005" } },
    { { .count = 0, .ending = LCA_CRASHED, .number = 6 },
      { "crashed with signal 6 (SIGABRT) in MAPIInitialize", "-g" } },
    { { .count = 1, .ending = LCA_CRASHED, .number = 11 },
      { "crashed with signal 11 (SIGSEGV) in MAPILogonEx" } },
    { { .count = 1, .ending = LCA_HUNG },
      { "hung in MAPILogonEx", "--timeout 3600" } },
    { { .count = 1, .ending = LCA_HUNG, .stopped = 19 },
      { "stopped itself by signal 19 (SIGSTOP) in MAPILogonEx" } },
    { { .count = 0, .ending = LCA_LEFT, .number = 3 },
      { "ended the process with status 3 in MAPIInitialize", "exit" } },
    { { .count = 1, .ending = LCA_KILLED, .number = 9 },
      { "the process that it came from", "in MAPILogonEx" } },
    { { .ending = LCA_REFUSED, .note = "'x' is no library" },
      { "'x' is no library" } },
    { { .ending = LCA_LOST, .note = "it was silent" },
      { "the host was lost", "it was silent" }, LCA_GONE },
    { { .count = 5, ANSWERS(0, 0x80004005),
        .note = "the profile 'p' could not be made: 0x80070005" },
      { "the profile 'p' could not be made", "--mapi-profile" } },
    { { .count = 5, ANSWERS(0, 0x80040111), .said_length = 26,
        .said = "first\nno\001 account today\n\n\n" },
      { "(it printed 'no? account today')" } },
    { { .count = 1, .ending = LCA_LEFT, .said_length = 4, .said = "bye\n" },
      { "with status 0 in MAPILogonEx (it printed 'bye'): " } },
};

static void a_failed_logon_has_one_sentence(void)
{
    struct lca_options o = { .subject = "v.ini", .info.path = "/v/mapi.so" };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_result r = lca_logon_failed(&o, &rows[i].record);

        CU_ASSERT(!lca_logon_worked(&rows[i].record));
        LCA_ROW(r.text, r.code == (rows[i].code ? rows[i].code
                                                : LCA_MISSING));
        LCA_ROW(r.text, !strchr(r.text, '\n'));
        for (unsigned j = 0; j < 3 && rows[i].words[j]; j++)
            LCA_ROW(rows[i].words[j],
                    strstr(r.text, rows[i].words[j]) != NULL);
    }
}

/* What to do about a profile depends on what was asked for. */
static void the_next_step_is_one_that_was_not_taken(void)
{
    const struct lca_record refused = { .count = 5,
                                        ANSWERS(0, 0x80040111) };
    struct lca_options o = { .info.path = "/v/mapi.so" };
    struct lca_result r;

    strcpy(o.info.profile, "p");
    r = lca_logon_failed(&o, &refused);
    CU_ASSERT_PTR_NOT_NULL(strstr(r.text, "is there such a profile"));
    o.info.create = 1;
    r = lca_logon_failed(&o, &refused);
    CU_ASSERT_PTR_NOT_NULL(strstr(r.text, "what is missing in it"));
    CU_ASSERT_PTR_NULL(strstr(r.text, "--create-profile"));
}

static void a_logon_is_told_from_a_failed_one(void)
{
    const struct lca_record worked = { .count = 2, ANSWERS(0, 0),
                                       .ending = LCA_CRASHED },
        warned = { .count = 5, ANSWERS(0, 0x00040203) },
        silent = { .count = 1 }, lost = { .count = 5, .ending = LCA_LOST };

    CU_ASSERT(lca_logon_worked(&worked));
    CU_ASSERT(lca_logon_worked(&warned));
    CU_ASSERT(!lca_logon_worked(&silent));
    CU_ASSERT(!lca_logon_worked(&lost));
}

CU_TestInfo lca_doctor_tests[] = {
    { "what is no library is named", what_is_no_library_is_named },
    { "every head is read", every_head_is_read },
    { "another machine's library is named",
      another_machines_library_is_named },
    { "a file is read without loading it",
      a_file_is_read_without_loading_it },
    { "the loader is asked", the_loader_is_asked },
    { "a failed logon has one sentence", a_failed_logon_has_one_sentence },
    { "the next step is one that was not taken",
      the_next_step_is_one_that_was_not_taken },
    { "a logon is told from a failed one",
      a_logon_is_told_from_a_failed_one },
    CU_TEST_INFO_NULL,
};
