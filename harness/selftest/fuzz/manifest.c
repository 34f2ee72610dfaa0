/*
 * A manifest. What is accepted has to say what a second, simpler reader finds
 * in it. The program is linked so that lca_system_set leads here: nothing
 * that an [env] says reaches the environment of the fuzzer.
 */

#include "harness/cli/options.h"

#include "harness/mapi/abi.h"
#include "harness/selftest/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[1024];
static struct lca_text variables;       /* as they were set, a line each */

bool __wrap_lca_system_set(const char *variable, const char *value);

bool __wrap_lca_system_set(const char *variable, const char *value)
{
    lca_text_print(&variables, "%s=%s\n", variable, value);
    return true;
}

/* libFuzzer calls no exit handler: the file goes when it has been read. */
static void write_file(const uint8_t *bytes, size_t size)
{
    const char *folder = getenv("TMPDIR");
    FILE *file;
    bool good;

    snprintf(path, sizeof path, "%s/lastcall-fuzz-%ld.ini",
             folder ? folder : "/tmp", (long)getpid());
    file = fopen(path, "wb");
    good = file && fwrite(bytes, 1, size, file) == size;
    if (file)
        good = fclose(file) == 0 && good;
    lca_fuzz_claim(good, "the manifest can be written to TMPDIR");
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Without blanks at both ends, in place. */
static char *trimmed(char *word)
{
    size_t length;

    while (blank(*word))
        word++;
    for (length = strlen(word); length && blank(word[length - 1]); length--)
        continue;
    word[length] = '\0';
    return word;
}

/* What the second reader found. */
struct facts {
    const char *library, *profile, *peer, *pidfile;
    struct lca_text variables;
};

static void fact(struct facts *f, const char *section, const char *name,
                 const char *value)
{
    const struct { const char *section, *name, **to; } texts[] = {
        { "subject", "library", &f->library },
        { "profile", "name",    &f->profile },
        { "peer",    "start",   &f->peer },
        { "peer",    "pidfile", &f->pidfile },
    };

    if (strcmp(section, "env") == 0)
        lca_text_print(&f->variables, "%s=%s\n", name, value);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(section, texts[i].section) == 0 &&
            strcmp(name, texts[i].name) == 0)
            *texts[i].to = value;
}

/* Only of a manifest that was accepted, so nothing here can be wrong. */
static void read_again(char *text, struct facts *f)
{
    const char *section = "";
    char *line;

    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    while ((line = lca_fuzz_line(&text))) {
        char *sign;

        line = trimmed(line);
        if (*line == '#' || *line == ';')
            continue;
        sign = strchr(line, ';');
        while (sign && !blank(sign[-1]))
            sign = strchr(sign + 1, ';');
        if (sign)
            *sign = '\0';
        line = trimmed(line);
        sign = line + strcspn(line, *line == '[' ? "]" : "=:");
        if (!*sign)
            continue;
        *sign = '\0';
        if (*line == '[')
            section = line + 1;
        else
            fact(f, section, trimmed(line), trimmed(sign + 1));
    }
}

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

static void check(const struct lca_arguments *a, const char *library,
                  char *text)
{
    const struct lca_subject_info *info = &a->options.info;
    struct facts facts = { "", "", "", "", { 0 } };

    lca_fuzz_claim(info->abi < LCA_ABI_COUNT && info->create <= 1 &&
                   a->options.jobs <= LCA_JOBS_MAX,
                   "a manifest that is accepted is in range");
    read_again(text, &facts);
    lca_fuzz_claim(*library && ends_in(library, facts.library),
                   "the library is the one that it names");
    lca_fuzz_claim(strcmp(info->profile, facts.profile) == 0 &&
                   strcmp(info->peer, facts.peer) == 0 &&
                   strcmp(info->pidfile, facts.pidfile) == 0,
                   "profile and peer are what it says");
    lca_fuzz_same(&variables, &facts.variables);
    lca_text_free(&facts.variables);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct lca_arguments arguments;
    struct lca_text library = { 0 };
    struct lca_result r;
    char *text = lca_fuzz_text(bytes, size);

    write_file(bytes, size);
    memset(&arguments, 0, sizeof arguments);
    lca_text_clear(&variables);
    r = lca_manifest_read(&arguments, path, &library);
    remove(path);
    lca_fuzz_claim(!r.code == !*r.text, "who refuses says why");
    lca_fuzz_claim(!strchr(r.text, '\n'), "and says it on one line");
    if (!r.code) {
        lca_fuzz_claim(strlen(text) == size, "a manifest is text");
        check(&arguments, library.bytes, text);
    }
    lca_text_free(&library);
    free(text);
    return 0;
}
