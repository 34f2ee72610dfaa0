#include "harness/run/binary.h"

#include <elfutils/libdw.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *without;
    bool needed;
} entries[LCA_ENTRY_COUNT] = {
#define X(name, bytes, needed, without) { #name, without, needed },
    LCA_ENTRIES(X)
#undef X
};

/*
 * Calls that fail in the world, by their names in a table of symbols. Only an
 * allocator is sure to be one if the library has it itself: `send` may be
 * any function of the vendor's, unless there is no C library beside it.
 */
static const struct call {
    const char *symbol, *name;
    bool allocates;
} calls[] = {
    { "_Znwm", "operator new", true }, { "_Znam", "operator new[]", true },
#define A(name) { #name, #name, true },
#define C(name) { #name, #name },
    A(malloc) A(calloc) A(realloc) A(reallocarray) A(aligned_alloc)
    A(posix_memalign) A(memalign)
    C(strdup) C(strndup) C(asprintf) C(mmap)
    C(socket) C(socketpair) C(connect) C(bind) C(listen) C(accept) C(accept4)
    C(send) C(sendto) C(sendmsg) C(recv) C(recvfrom) C(recvmsg) C(shutdown)
    C(poll) C(select) C(epoll_wait) C(pipe) C(pipe2) C(eventfd) C(read)
    C(write) C(readv) C(writev) C(open) C(open64) C(openat) C(fopen)
    C(fopen64) C(close) C(shm_open) C(sem_open) C(mq_open) C(getaddrinfo)
    C(pthread_create) C(fork)
#undef C
#undef A
};

enum { CALLS = sizeof calls / sizeof *calls };

/* A file being read. */
struct reading {
    struct lca_binary *out;
    Elf *elf;
    bool symbolic;              /* binds to itself first */
    bool imported[CALLS], own[CALLS];
};

static void add_name(struct lca_text *text, const char *name)
{
    lca_text_print(text, "%s%s", text->length ? ", " : "", name);
}

/* A name as C++ spells it: _Z, its length, itself, then its arguments. */
static bool is_mangled(const char *symbol, const char *name)
{
    char head[64];
    int length = snprintf(head, sizeof head, "_Z%zu%s", strlen(name), name);

    return strncmp(symbol, head, (size_t)length) == 0;
}

static void read_entry(struct lca_binary *b, const char *name)
{
    for (unsigned i = 0; i < LCA_ENTRY_COUNT; i++) {
        size_t length = strlen(entries[i].name);

        b->mangled[i] |= is_mangled(name, entries[i].name);
        b->exports[i] |= strncmp(name, entries[i].name, length) == 0 &&
                         (!name[length] || name[length] == '@');
    }
}

static void read_symbol(struct reading *r, const GElf_Sym *s,
                        const char *name, bool dynamic)
{
    bool here = s->st_shndx != SHN_UNDEF;
    bool shown = dynamic && GELF_ST_BIND(s->st_info) != STB_LOCAL &&
                 GELF_ST_VISIBILITY(s->st_other) == STV_DEFAULT;

    if (here && shown)
        read_entry(r->out, name);
    if (!here && dynamic && strcmp(name, "syscall") == 0)
        r->out->raw = true;
    for (unsigned i = 0; i < CALLS; i++) {
        if (strcmp(name, calls[i].symbol) != 0)
            continue;
        r->imported[i] |= dynamic && (!here || (shown && !r->symbolic));
        r->own[i] |= here && GELF_ST_TYPE(s->st_info) == STT_FUNC;
    }
}

static void read_symbols(struct reading *r, Elf_Scn *section,
                         const GElf_Shdr *header)
{
    Elf_Data *data = elf_getdata(section, NULL);
    bool dynamic = header->sh_type == SHT_DYNSYM;
    size_t count = header->sh_entsize ? header->sh_size / header->sh_entsize
                                      : 0;
    GElf_Sym s;

    for (size_t i = 0; data && i < count && gelf_getsym(data, (int)i, &s);
         i++) {
        const char *name = elf_strptr(r->elf, header->sh_link, s.st_name);

        if (name && *name)
            read_symbol(r, &s, name, dynamic);
    }
}

static void read_dynamic(struct reading *r, Elf_Scn *section,
                         const GElf_Shdr *header)
{
    static const char *const libraries[] = { "libc.so", "libc.musl",
                                             "ld-musl" };
    Elf_Data *data = elf_getdata(section, NULL);
    GElf_Dyn d;

    for (int i = 0; data && gelf_getdyn(data, i, &d) && d.d_tag != DT_NULL;
         i++) {
        const char *name = d.d_tag == DT_NEEDED
                         ? elf_strptr(r->elf, header->sh_link, d.d_un.d_val)
                         : NULL;

        r->symbolic |= d.d_tag == DT_SYMBOLIC ||
                       (d.d_tag == DT_FLAGS && d.d_un.d_val & DF_SYMBOLIC);
        if (!name)
            continue;
        add_name(&r->out->needed, name);
        for (size_t j = 0; j < sizeof libraries / sizeof *libraries; j++)
            r->out->libc |= strncmp(name, libraries[j],
                                    strlen(libraries[j])) == 0;
    }
}

/* The dynamic section first: it says how symbols bind. */
static void read_sections(struct reading *r)
{
    struct lca_binary *b = r->out;

    for (int pass = 0; pass < 2; pass++) {
        Elf_Scn *section = NULL;
        size_t names = 0;
        GElf_Shdr h;

        elf_getshdrstrndx(r->elf, &names);
        while ((section = elf_nextscn(r->elf, section)) != NULL) {
            const char *name = gelf_getshdr(section, &h)
                             ? elf_strptr(r->elf, names, h.sh_name) : NULL;

            if (!name)
                continue;
            b->lines |= strstr(name, "debug_line") != NULL;
            if (pass == 0 && h.sh_type == SHT_DYNAMIC)
                read_dynamic(r, section, &h);
            if (pass == 1 && (h.sh_type == SHT_DYNSYM ||
                              h.sh_type == SHT_SYMTAB))
                read_symbols(r, section, &h);
            b->known |= h.sh_type == SHT_DYNSYM;
        }
    }
    for (unsigned i = 0; i < CALLS; i++) {
        if (r->imported[i])
            add_name(&b->leaving, calls[i].name);
        else if (r->own[i] && (calls[i].allocates || !b->libc))
            add_name(&b->hidden, calls[i].name);
    }
}

static char *read_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = file ? malloc(size + 1) : NULL;

    if (bytes)
        errno = 0;              /* a file that became shorter has none */
    if (bytes && fread(bytes, 1, size, file) != size) {
        free(bytes);
        bytes = NULL;
    }
    if (file)
        fclose(file);
    return bytes;
}

struct lca_result lca_binary_read(const char *path, struct lca_binary *b)
{
    struct reading r = { .out = b };
    struct lca_result result;
    char *bytes = NULL;

    *b = (struct lca_binary){ 0 };
    result = lca_elf_read(path, &b->elf);
    if (result.code)
        return result;
    bytes = read_file(path, (size_t)b->elf.size);
    if (!bytes)
        return lca_fail(LCA_SYSTEM, "'%.200s' cannot be read whole%s%s", path,
                        errno ? ": " : "", errno ? strerror(errno) : "");
    elf_version(EV_CURRENT);
    r.elf = elf_memory(bytes, (size_t)b->elf.size);
    if (r.elf)
        read_sections(&r);
    else
        result = lca_fail(LCA_SYSTEM, "'%.200s' cannot be read: %s", path,
                          elf_errmsg(-1));
    elf_end(r.elf);
    free(bytes);
    return result;
}

void lca_binary_free(struct lca_binary *b)
{
    lca_text_free(&b->needed);
    lca_text_free(&b->leaving);
    lca_text_free(&b->hidden);
}

const char *lca_entry_name(enum lca_entry entry)
{
    return entries[entry].name;
}

void lca_binary_runtime(const char *path, char *name, size_t size)
{
    static const char first[] = "libasan.so";
    struct lca_binary b = { 0 };
    const char *at = NULL;

    if (!lca_binary_read(path, &b).code && b.needed.bytes)
        at = strstr(b.needed.bytes, first);
    snprintf(name, size, "%.*s", at ? (int)strcspn(at, ",") : 0,
             at ? at : "");
    lca_binary_free(&b);
}

bool lca_entry_needed(enum lca_entry entry)
{
    return entries[entry].needed;
}

const char *lca_entry_without(enum lca_entry entry)
{
    return entries[entry].without;
}
