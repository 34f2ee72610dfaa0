/* places: what stands at an address, and a folder of one's own. */

#include "harness/base/text.h"
#include "harness/platform/child.h"
#include "harness/platform/door.h"
#include "harness/platform/library.h"
#include "harness/platform/maps.h"
#include "harness/platform/scratch.h"
#include "harness/platform/shared.h"
#include "harness/platform/system.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Pages side by side: their protection, and what may be done with them. */
enum { UNMAPPED = -1, PAGES = 8 };
static const struct {
    int protection;
    bool readable, executable;
} pages[PAGES] = {
    { PROT_NONE,              false, false },
    { PROT_READ | PROT_WRITE, true,  false },
    { PROT_READ,              true,  false },
    { PROT_READ | PROT_EXEC,  true,  true  },
    { PROT_NONE,              false, false },
    { PROT_READ | PROT_WRITE, true,  false },
    { UNMAPPED,               false, false },
    { PROT_READ,              true,  false },
};

/* Made with lca_shared_new, since ISO C and POSIX know no anonymous memory. */
static char *make_pages(size_t size)
{
    char *area = lca_shared_new(PAGES * size);

    CU_ASSERT_PTR_NOT_NULL_FATAL(area);
    for (int i = 0; i < PAGES; i++)
        CU_ASSERT_EQUAL(pages[i].protection == UNMAPPED
                            ? munmap(area + (size_t)i * size, size)
                            : mprotect(area + (size_t)i * size, size,
                                       pages[i].protection), 0);
    return area;
}

static void memory_is_known_by_its_pages(void)
{
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    char *area = make_pages(size);

    for (int i = 0; i < PAGES; i++) {
        char *page = area + (size_t)i * size;
        bool readable = pages[i].readable;

        CU_ASSERT_EQUAL(lca_maps_readable(page, 1), readable);
        CU_ASSERT_EQUAL(lca_maps_readable(page, size), readable);
        CU_ASSERT_EQUAL(lca_maps_readable(page + size - 1, 1), readable);
        CU_ASSERT_EQUAL(lca_maps_executable(page), pages[i].executable);
        CU_ASSERT_EQUAL(lca_maps_executable(page + size - 1),
                        pages[i].executable);
        if (i + 1 < PAGES)              /* is the next one, too? */
            CU_ASSERT_EQUAL(lca_maps_readable(page + size - 1, 2),
                            readable && pages[i + 1].readable);
    }
    CU_ASSERT(lca_maps_readable(area + size, 3 * size));
    CU_ASSERT(!lca_maps_readable(area + size, 3 * size + 1));
    CU_ASSERT(!lca_maps_readable(area + 5 * size, 3 * size));
    CU_ASSERT(!lca_maps_readable(area + size, SIZE_MAX));
    munmap(area, PAGES * size);
    CU_ASSERT(!lca_maps_readable(area + size, 1));      /* freed by now */
    CU_ASSERT(!lca_maps_executable(area + 3 * size));
}

static void memory_is_known_by_its_use(void)
{
    static const char constant[] = "constant";
    static int variable;
    int local = 0, *heap = malloc(sizeof *heap);
    const struct { const void *address; bool readable, executable; } rows[] = {
        { constant,   true,  false },
        { &variable,  true,  false },
        { &local,     true,  false },
        { heap,       true,  false },
        { (const void *)(uintptr_t)memory_is_known_by_its_use, true, true },
        { (const void *)(uintptr_t)malloc, true, true },
        { NULL,       false, false },
        { (const void *)(uintptr_t)1, false, false },
        { (const void *)UINTPTR_MAX, false, false },
        { (const void *)(UINTPTR_MAX / 2 + 1), false, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CU_ASSERT_EQUAL(lca_maps_readable(rows[i].address, 1),
                        rows[i].readable);
        CU_ASSERT_EQUAL(lca_maps_executable(rows[i].address),
                        rows[i].executable);
    }
    free(heap);
}

static void code_is_known_by_its_module(void)
{
    struct lca_library *library;
    lca_function *floor = NULL, *ceil = NULL;
    uint64_t a = 0, b = 0;
    char name[32] = "", small[5];
    int local = 0;

    CU_ASSERT_EQUAL_FATAL(lca_library_open("libm.so.6", &library).code,
                          LCA_OK);
    CU_ASSERT_FATAL(!lca_library_find(library, "floor", &floor).code &&
                    !lca_library_find(library, "ceil", &ceil).code);
    CU_ASSERT(lca_maps_module((uintptr_t)floor, name, sizeof name, &a));
    CU_ASSERT_STRING_EQUAL(name, "libm.so.6");
    CU_ASSERT(lca_maps_module((uintptr_t)ceil, small, sizeof small, &b));
    CU_ASSERT_STRING_EQUAL(small, "libm");
    CU_ASSERT_EQUAL(a - b, (uintptr_t)floor - (uintptr_t)ceil);
    CU_ASSERT(a > 0 && a < 1u << 24);
    lca_library_close(library);
    CU_ASSERT(lca_maps_module((uintptr_t)code_is_known_by_its_module, name,
                              sizeof name, &a));
    CU_ASSERT_STRING_NOT_EQUAL(name, "libm.so.6");
    CU_ASSERT(!lca_maps_module((uintptr_t)&local, name, sizeof name, &a));
    CU_ASSERT(!lca_maps_module(0, name, sizeof name, &a));
}

static void write_shared(void *memory)
{
    memset(memory, 0x5A, 10000);
}

static void not_told(void *memory, int32_t pid)
{
    (void)memory, (void)pid;
}

static void a_child_writes_to_shared_memory(void)
{
    unsigned char *memory = lca_shared_new(10000);
    struct lca_fate fate;
    uint32_t stopped = 0;
    unsigned sum = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(memory);
    for (int i = 0; i < 10000; i++)
        sum += memory[i];
    CU_ASSERT_EQUAL(sum, 0);
    CU_ASSERT_EQUAL(lca_child_play(write_shared, memory, not_told,
                                   NULL, &stopped, &fate).code, LCA_OK);
    for (int i = 0; i < 10000; i++)
        sum += memory[i];
    CU_ASSERT_EQUAL(sum, 10000 * 0x5A);
    munmap(memory, 10000);
}

/* A folder around the scratch folders. Root, whom nothing stops, steps down. */
enum { NOBODY = 65534 };
static char base[128];

static void enter_base(void)
{
    snprintf(base, sizeof base, "%s", "/tmp/lastcall-selftest-XXXXXX");
    LCA_APART(mkdtemp(base) != NULL);
    if (getuid() == 0 && chown(base, NOBODY, (gid_t)-1) == 0)
        LCA_APART(setuid(NOBODY) == 0);
    LCA_APART(chdir(base) == 0);
    LCA_APART(lca_system_set("TMPDIR", base));
}

static void leave_base(void)
{
    LCA_APART(chdir("/") == 0);
    LCA_APART(rmdir(base) == 0);
}

static bool make_file(const char *path)
{
    FILE *file = fopen(path, "w");

    return file && fputs("x", file) >= 0 && fclose(file) == 0;
}

/* Does it name a folder that is there, somewhere inside this one? */
static bool leads(const char *variable, const char *folder)
{
    const char *value = getenv(variable);
    size_t length = strlen(folder);

    return value && length && strncmp(value, folder, length) == 0 &&
           value[length] == '/' && lca_system_exists(value);
}

static void scratch(void)
{
    static const char *const variables[] = {
        "HOME", "TMPDIR", "PWD", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME",
        "XDG_DATA_HOME", "XDG_CACHE_HOME",
    };
    struct lca_scratch s;
    struct stat status;
    char path[512], cwd[512];

    enter_base();
    LCA_APART(mkdir("outside", 0700) == 0 && make_file("outside/kept"));
    LCA_APART(!lca_scratch_enter(&s, "").code);
    LCA_APART(strncmp(s.path, base, strlen(base)) == 0);
    LCA_APART(stat(s.path, &status) == 0 && (status.st_mode & 077) == 0);
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        lca_apart_check(variables[i], __LINE__, leads(variables[i], s.path));
    snprintf(path, sizeof path, "%s/work", s.path);
    LCA_APART(getcwd(cwd, sizeof cwd) && strcmp(cwd, path) == 0);

    LCA_APART(make_file("file") && make_file(".hidden"));
    LCA_APART(mkdir("sub", 0700) == 0 && mkdir("sub/deep", 0700) == 0);
    LCA_APART(make_file("sub/file") && make_file("sub/deep/file"));
    LCA_APART(symlink("../../outside", "out") == 0);
    LCA_APART(symlink("../../../outside/kept", "sub/kept") == 0);
    LCA_APART(symlink("nowhere", "sub/dangling") == 0);
    LCA_APART(lca_system_exists("out/kept"));
    LCA_APART(chmod("sub/deep", 0) == 0 && chmod("sub", 0500) == 0);
    snprintf(path, sizeof path, "%s", s.path);
    lca_scratch_remove(&s);
    LCA_APART(!lca_system_exists(path));
    LCA_APART(*s.path == '\0');
    lca_scratch_remove(&s);
    LCA_APART(chdir(base) == 0 && lca_system_exists("outside/kept"));
    lca_system_remove("outside/kept");
    LCA_APART(rmdir("outside") == 0);
    leave_base();
}

static void scratch_is_removed_whole(void)
{
    lca_apart(scratch);
}

static void two_scratches(void)
{
    struct lca_scratch a, b;
    char path[512];

    enter_base();
    LCA_APART(!lca_scratch_enter(&a, "").code);
    LCA_APART(lca_system_set("TMPDIR", base));
    LCA_APART(!lca_scratch_enter(&b, "").code);
    LCA_APART(strcmp(a.path, b.path) != 0);
    LCA_APART(leads("TMPDIR", b.path));
    snprintf(path, sizeof path, "%s", a.path);
    lca_scratch_remove(&a);
    LCA_APART(!lca_system_exists(path) && leads("TMPDIR", b.path));
    lca_scratch_remove(&b);
    leave_base();
}

static void scratches_do_not_meet(void)
{
    lca_apart(two_scratches);
}

/* What could not be made is not removed, nor what its name begins with. */
static void no_scratch(void)
{
    struct lca_text deep = { 0 };
    struct lca_scratch s;
    struct lca_result r;

    enter_base();
    LCA_APART(lca_system_set("TMPDIR", "/nowhere/at/all"));
    r = lca_scratch_enter(&s, "");
    LCA_APART(r.code == LCA_SYSTEM && strstr(r.text, "/nowhere/at/all"));
    lca_scratch_remove(&s);
    LCA_APART(!*s.path);

    /* A folder with the longest name that fits, and one more in it. */
    lca_text_print(&deep, "%s/", base);
    lca_text_print(&deep, "%0*d", (int)(sizeof s.path - 1 - deep.length), 1);
    LCA_APART(mkdir(deep.bytes, 0700) == 0);
    lca_text_print(&deep, "/in");
    LCA_APART(mkdir(deep.bytes, 0700) == 0);
    LCA_APART(lca_system_set("TMPDIR", deep.bytes));
    LCA_APART(lca_scratch_enter(&s, "").code == LCA_SYSTEM);
    lca_scratch_remove(&s);
    LCA_APART(lca_system_exists(deep.bytes));
    rmdir(deep.bytes);
    deep.bytes[deep.length - 3] = '\0';
    rmdir(deep.bytes);
    lca_text_free(&deep);
    leave_base();
}

static void what_was_not_made_is_not_removed(void)
{
    lca_apart(no_scratch);
}

/* A connection to the display that the environment names; -1: refused. */
static int knock(bool wayland)
{
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    const char *folder = getenv("XDG_RUNTIME_DIR");
    const char *name = getenv(wayland ? "WAYLAND_DISPLAY" : "DISPLAY");
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t size = sizeof to;

    if (wayland)
        snprintf(to.sun_path, sizeof to.sun_path, "%.60s/%.30s", folder, name);
    else
        size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
                           (size_t)snprintf(to.sun_path + 1,
                                            sizeof to.sun_path - 1,
                                            "/tmp/.X11-unix/X%s", name + 1));
    if (connect(fd, (struct sockaddr *)&to, size) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

static void door(void)
{
    char byte;

    enter_base();
    LCA_APART(lca_system_set("XDG_RUNTIME_DIR", base));
    lca_door_name();
    LCA_APART(knock(false) < 0 && knock(true) < 0);
    for (int turn = 0; turn < 2; turn++) {
        LCA_APART(lca_door_open() && lca_door_knocks() == 0);
        for (int wayland = 0; wayland < 2; wayland++) {
            int fd = knock(wayland);

            LCA_APART(fd >= 0 && read(fd, &byte, 1) == 0);
            LCA_APART(lca_door_knocks() == (unsigned)wayland + 1);
            close(fd);
        }
        lca_door_close();
        LCA_APART(lca_door_knocks() == 0);
        LCA_APART(knock(false) < 0 && knock(true) < 0);
    }
    lca_door_close();
    leave_base();
}

static void who_comes_to_the_door_is_counted(void)
{
    lca_apart(door);
}

CU_TestInfo lca_places_tests[] = {
    { "memory is known by its pages", memory_is_known_by_its_pages },
    { "memory is known by its use", memory_is_known_by_its_use },
    { "code is known by its module", code_is_known_by_its_module },
    { "a child writes to shared memory", a_child_writes_to_shared_memory },
    { "scratch is removed whole", scratch_is_removed_whole },
    { "scratches do not meet", scratches_do_not_meet },
    { "what was not made stays", what_was_not_made_is_not_removed },
    { "who comes to the door is counted", who_comes_to_the_door_is_counted },
    CU_TEST_INFO_NULL,
};
