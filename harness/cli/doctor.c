#include "harness/cli/doctor.h"

#include "harness/cli/wrap.h"
#include "harness/mapi/abi.h"
#include "harness/platform/cores.h"
#include "harness/run/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { STDOUT = 1, NAMES = 13, FACT_MAX = 4096 };

/*
 * A fact: its name in a column of its own, then a sentence. Broken into
 * lines on a terminal alone, so that a log has a line a fact.
 */
LCA_PRINTF(2, 3)
static void tell(const char *name, const char *format, ...)
{
    struct lca_wrap line = { .out = stdout, .indent = NAMES, .column = NAMES,
                             .width = lca_wrap_width(STDOUT, 0) };
    char text[FACT_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    printf("%-*s", NAMES, name);
    lca_wrap_line(&line, text);
}

/* As a shell reads it: it may hold anything. */
static void tell_path(const char *name, const char *path)
{
    struct lca_text quoted = { 0 };

    lca_text_quote(&quoted, path);
    tell(name, "%s", quoted.length ? quoted.bytes : "");
    lca_text_free(&quoted);
}

static const char *bytes(const struct lca_text *text)
{
    return text->length ? text->bytes : "";
}

static bool is_manifest(const struct lca_arguments *a)
{
    size_t length = strlen(a->options.subject);

    return length > 4 && strcmp(a->options.subject + length - 4, ".ini") == 0;
}

static void tell_file(const struct lca_arguments *a,
                      const struct lca_doctor *d)
{
    static const char *const types[] = {
        [LCA_ELF_OTHER] = "ELF file", [LCA_ELF_OBJECT] = "object file",
        [LCA_ELF_PROGRAM] = "program", [LCA_ELF_LIBRARY] = "shared library",
        [LCA_ELF_CORE] = "core dump",
    };
    const struct lca_elf *e = &d->binary.elf;
    struct lca_elf own;
    char its[32], ours[32];

    if (is_manifest(a))
        tell_path("manifest", a->options.subject);
    tell_path("library", a->options.info.path);
    if (d->file.code) {
        tell("file", "%s", d->file.text);
        return;
    }
    lca_elf_machine(e, its, sizeof its);
    if (lca_elf_own(&own).code)
        own = *e;
    lca_elf_machine(&own, ours, sizeof ours);
    tell("file", "%s, %s%s%s, %llu bytes, %s", types[e->type], its,
         strcmp(its, ours) == 0 ? ", as lastcall is" : ", but lastcall is ",
         strcmp(its, ours) == 0 ? "" : ours, (unsigned long long)e->size,
         d->binary.lines ? "with line numbers"
                         : "without line numbers (build with -g to have "
                           "stacks with lines)");
}

static void tell_loader(const struct lca_doctor *d)
{
    const struct lca_loader *l = &d->loader;

    tell("needs", "%s", d->binary.needed.length ? bytes(&d->binary.needed)
                                                : "no other library");
    if (l->missing.length)
        tell("not found", "%s: install it, or name its folder in "
             "LD_LIBRARY_PATH", bytes(&l->missing));
    if (!l->undefined)
        return;
    tell("unresolved", "%s%s: no library that it needs has %s%s%s%s",
         bytes(&l->symbols), l->undefined > LCA_SYMBOLS_TOLD ? ", ..." : "",
         l->undefined > 1 ? "them" : "it", *l->guess ? " (link with " : "",
         l->guess, *l->guess ? "?)" : "");
}

/* Does an entry before this one lack for the same reason? */
static bool is_told(const struct lca_binary *b, unsigned entry)
{
    for (unsigned i = 0; i < entry; i++)
        if (!b->exports[i] &&
            strcmp(lca_entry_without(i), lca_entry_without(entry)) == 0)
            return true;
    return false;
}

/* All the entries without which the same is not tested. */
static void tell_missing(const struct lca_binary *b, unsigned entry)
{
    const char *without = lca_entry_without(entry);
    struct lca_text names = { 0 };

    for (unsigned i = entry; i < LCA_ENTRY_COUNT; i++)
        if (!b->exports[i] && strcmp(lca_entry_without(i), without) == 0)
            lca_text_print(&names, "%s%s%s", names.length ? ", " : "",
                           lca_entry_name(i), b->mangled[i]
                           ? " (but a C++ function of that name: declare it "
                             "extern \"C\")" : "");
    tell("exports no", "%s: it takes that to test %s", bytes(&names), without);
    lca_text_free(&names);
}

static void tell_entries(const struct lca_binary *b)
{
    struct lca_text there = { 0 };
    bool needed = true;

    for (unsigned i = 0; i < LCA_ENTRY_COUNT; i++) {
        if (b->exports[i])
            lca_text_print(&there, "%s%s", there.length ? ", " : "",
                           lca_entry_name(i));
        else
            needed &= !lca_entry_needed(i);
    }
    tell("exports", "%s", there.length ? there.bytes
                                       : "nothing that lastcall calls");
    lca_text_free(&there);
    for (unsigned i = 0; i < LCA_ENTRY_COUNT; i++)
        if (!b->exports[i] && (needed || lca_entry_needed(i)) &&
            !is_told(b, i))
            tell_missing(b, i);
}

static void tell_faults(const struct lca_binary *b)
{
    if (b->leaving.length)
        tell("faults", "can strike %s", b->leaving.bytes);
    else
        tell("faults", "can strike no call: none leaves the library%s",
             b->libc ? "" : ", and it needs no C library (is one linked in "
                            "statically?)");
    if (b->hidden.length)
        tell("no faults", "reach %s: the library has its own and binds to "
             "them itself", b->hidden.bytes);
    if (b->raw)
        tell("no faults", "reach what it asks of the system by syscall()");
}

static void tell_opening(const struct lca_doctor *d)
{
    if (!d->opening.code && d->loader.undefined)
        tell("resolved", "by what lastcall-host itself is linked with; "
             "another program may not have it");
    if (d->opening.code)
        tell("opening", "fails");
    else if (d->threads)
        tell("opening", "works, and starts %u thread%s: each trial opens it "
             "anew (--snapshot fresh), which takes longer", d->threads,
             d->threads > 1 ? "s" : "");
    else
        tell("opening", "works, and starts no thread: trials are forked "
             "after it (--snapshot loaded)");
}

static void tell_kinds(const struct lca_doctor *d)
{
    static const char *const kinds[] = {
        [LCA_PRIVATE] = "private", [LCA_OFFERED] = "offered",
        [LCA_NO_MAIL] = "no-mail",
    };
    static const char *const inits[] = {
        [LCA_INIT_NULL] = "null", [LCA_INIT_SINGLE] = "single",
        [LCA_INIT_MULTI] = "multi",
    };
    struct lca_text yes = { 0 }, no = { 0 };

    for (unsigned i = 0; i < LCA_SESSION_KINDS; i++)
        lca_text_print(d->kinds[i] ? &yes : &no, " session=%s", kinds[i]);
    for (unsigned i = 0; i < LCA_INIT_KINDS; i++)
        lca_text_print(d->inits[i] ? &yes : &no, " init=%s", inits[i]);
    tell("trials", "with%s work%s%s%s", bytes(&yes),
         no.length ? "; skipped, since there is no session:" : "",
         bytes(&no), d->plain.ending == LCA_RETURNED
         ? "" : "; the plain trial does not come back after logon, which run "
                "judges");
    lca_text_free(&yes);
    lca_text_free(&no);
}

/* The profile that was logged on to, or was to be. */
static void name_profile(const struct lca_subject_info *info, bool made,
                         struct lca_text *text)
{
    if (*info->profile)
        lca_text_print(text, "the profile '%s'", info->profile);
    else
        lca_text_print(text, "%s profile", made ? "a" : "the default");
    if (made)
        lca_text_print(text, ", made for it");
}

static void tell_failure(const struct lca_subject_info *info,
                         const struct lca_doctor *d)
{
    struct lca_text profile = { 0 };

    name_profile(info, info->create, &profile);
    if (d->plain.answers[1].marks & LCA_NO_SESSION)
        tell("abi", "unknown: there is no session to look at%s",
             d->tried_abi[LCA_ABI_COM] && d->tried_abi[LCA_ABI_ITANIUM]
             ? ", as com or as itanium" : "");
    tell("logon", "fails with %s%s:", bytes(&profile),
         d->tried_profile && !info->create ? ", and with one made for it"
                                           : "");
    printf("%s", bytes(&d->account));
    lca_text_free(&profile);
}

static void tell_logon(const struct lca_subject_info *info,
                       const struct lca_doctor *d)
{
    struct lca_text profile = { 0 };

    name_profile(info, d->create, &profile);
    if (d->asked.code)
        tell("as asked", "%s", d->asked.text);
    tell("abi", "%s%s%s", lca_abi_name((enum lca_abi)d->abi),
         d->abi != info->abi ? ", not " : "",
         d->abi != info->abi ? lca_abi_name((enum lca_abi)info->abi) : "");
    tell("logon", "works with %s; a plain trial takes %.1f ms",
         bytes(&profile), d->plain.us / 1000.0);
    tell_kinds(d);
    lca_text_free(&profile);
}

/* Where to look when the loader refuses, or opening ends the process. */
static void tell_debugging(const struct lca_arguments *a,
                           const struct lca_doctor *d)
{
    const char *path = a->options.info.path;

    if (!d->opening.code || strpbrk(path, " :'\"\\$`"))
        return;
    for (unsigned i = 0; i < LCA_ENTRY_COUNT; i++)
        if (lca_entry_needed(i) && !d->binary.exports[i])
            return;
    if (d->loader.missing.length || d->loader.undefined)
        tell("look at", "LD_DEBUG=files,libs,symbols ldd -r %s", path);
    else
        tell("look at", "gdb -ex \"set exec-wrapper env LD_PRELOAD=%s\" -ex "
             "run -ex bt /bin/true", path);
}

/* What the system does not do here, for --core. */
static void tell_cores(void)
{
    struct lca_result r = lca_cores_possible();

    if (r.code)
        tell("no cores", "can be kept: %s", r.text);
}

/* What was given, and of ABI and profile what turned out to work. */
static void tell_command(const struct lca_arguments *a,
                         const struct lca_doctor *d)
{
    const struct lca_options *o = &a->options;
    struct lca_text line = { 0 };

    if (is_manifest(a) && d->abi != o->info.abi)
        tell("manifest", "better: 'abi = %s' in [subject]",
             lca_abi_name((enum lca_abi)d->abi));
    if (is_manifest(a) && d->create != o->info.create)
        tell("manifest", "better: 'create = yes' in [profile]");
    lca_text_quote(&line, o->program);
    lca_text_print(&line, " run%s", bytes(&a->repeat));
    if (d->abi != o->info.abi)
        lca_text_print(&line, " --abi %s",
                       lca_abi_name((enum lca_abi)d->abi));
    if (d->create != o->info.create)
        lca_text_print(&line, " --create-profile");
    lca_text_print(&line, *o->subject == '-' ? " -- " : " ");
    lca_text_quote(&line, o->subject);
    printf("\nTo judge it:\n%s\n", bytes(&line));
    lca_text_free(&line);
}

struct lca_result lca_command_doctor(struct lca_arguments *a, int *status)
{
    struct lca_doctor d;
    struct lca_result r;

    *status = 0;
    lca_doctor_look(&a->options, &d);
    tell_file(a, &d);
    if (!d.file.code) {
        tell_loader(&d);
        tell_entries(&d.binary);
        tell_faults(&d.binary);
    }
    fflush(stdout);             /* what hangs is asked twice, and long */
    r = lca_doctor_ask(&a->options, &d);
    if (!d.file.code)
        tell_opening(&d);
    if (d.works)
        tell_logon(&a->options.info, &d);
    else if (d.tried)
        tell_failure(&a->options.info, &d);
    tell_cores();
    tell_debugging(a, &d);
    if (!r.code)
        tell_command(a, &d);
    if (!r.code && d.file.code == LCA_SYSTEM)
        r = d.file;             /* what was told is not all there is */
    lca_doctor_free(&d);
    return r;
}
