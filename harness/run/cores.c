#include "harness/run/cores.h"

#include "harness/platform/cores.h"
#include "harness/platform/system.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_BYTES = 200 };  /* of a file's name, and room for its end */

struct lca_result lca_cores_open(struct lca_cores *c, const char *kept)
{
    char folder[sizeof c->folder];

    *c = (struct lca_cores){ .kept = kept };
    if (!*kept)
        return lca_ok();
    snprintf(folder, sizeof folder, "%s/.lastcall-%d", kept,
             lca_system_pid());
    if (!lca_system_make_folder(folder))
        return lca_fail(LCA_USAGE, "--core: nothing can be written in "
                        "'%.350s': %s", kept, strerror(errno));
    memcpy(c->folder, folder, sizeof folder);
    return lca_ok();
}

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001B3ull;
    return hash;
}

static uint64_t place_of(const struct lca_record *r)
{
    uint64_t hash = mix(0xCBF29CE484222325ull, &r->number, sizeof r->number);

    for (unsigned i = 0; i < r->frame_count; i++) {
        const struct lca_frame *f = &r->frames[i];

        hash = mix(hash, f->module, strlen(f->module));
        hash = mix(hash, &f->offset, sizeof f->offset);
    }
    return hash;
}

static void path_of(const struct lca_cores *c, const struct lca_record *r,
                    char *path, size_t size)
{
    snprintf(path, size, "%s/%" PRIu64, c->folder, r->core);
}

void lca_cores_meet(struct lca_cores *c, struct lca_record *r)
{
    uint64_t place = place_of(r);
    char path[1200];
    unsigned i = 0;

    if (!r->core || !*c->folder)
        return;
    while (i < c->count && c->places[i] != place)
        i++;
    if (i == c->count && c->count < sizeof c->places / sizeof *c->places) {
        c->places[c->count++] = place;
        return;
    }
    path_of(c, r, path, sizeof path);
    lca_system_remove(path);
    r->core = 0;
}

/* A name that no shell and no file system takes for more than a name. */
static void name_of(const char *trial, char *name, size_t size)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=,+@~.";
    size_t length = strlen(trial), i = 0;

    for (; i < length && i < NAME_MAX_BYTES; i++)
        name[i] = strchr(plain, trial[i]) ? trial[i] : '-';
    while (i > 0 && name[i - 1] == '-')
        i--;                    /* the bracket that closes the cell */
    name[i] = '\0';
    if (length > NAME_MAX_BYTES)             /* two of them may begin alike */
        snprintf(name + i, size - i, "-%016" PRIx64,
                 mix(0xCBF29CE484222325ull, trial, length));
    strncat(name, ".core", size - strlen(name) - 1);
}

void lca_cores_keep(const struct lca_cores *c, const struct lca_record *r,
                    const char *trial, struct lca_text *text)
{
    char from[1200], to[1400], name[NAME_MAX_BYTES + 40];

    if (!r->core || !*c->folder)
        return;
    path_of(c, r, from, sizeof from);
    name_of(trial, name, sizeof name);
    snprintf(to, sizeof to, "%s/%s", c->kept, name);
    if (rename(from, to) == 0 || lca_system_exists(to))
        lca_text_print(text, "core: %s\n", to);
}

void lca_cores_close(struct lca_cores *c)
{
    if (*c->folder)
        lca_cores_remove(c->folder);
    *c->folder = '\0';
}
