#include "harness/fault/trace.h"

#include "harness/model/fault.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/* The stacks of the record's sites, as addresses; and how many calls. */
static struct lca_callers stacks[LCA_TRACE_MAX];
static uint32_t calls[LCA_WINDOW_COUNT][LCA_FAULTY_COUNT];

/* What the last call of each site was about; inode 0: nothing. */
static struct about {
    int fd;
    ino_t inode;
} abouts[LCA_TRACE_MAX];

static struct about about(int fd)
{
    struct stat status = { 0 };

    if (fd < 0 || fstat(fd, &status) != 0)
        status.st_ino = 0;
    return (struct about){ fd, status.st_ino };
}

static bool same(const struct lca_callers *a, const struct lca_callers *b)
{
    return a->count == b->count &&
           memcmp(a->frames, b->frames, a->count * sizeof *a->frames) == 0;
}

static void name(const struct lca_callers *callers, struct lca_site *site)
{
    site->frame_count = callers->count;
    for (unsigned i = 0; i < callers->count; i++)
        lca_callers_name(callers, i, &site->frames[i]);
}

static void add(struct lca_record *r, const struct lca_callers *callers,
                const struct lca_site *site, int fd)
{
    unsigned i = 0;

    while (i < r->site_count &&
           !(r->sites[i].call == site->call &&
             r->sites[i].window == site->window &&
             (r->sites[i].on & ~(uint32_t)LCA_ON_KEPT) == site->on &&
             same(&stacks[i], callers)))
        i++;
    if (i == LCA_TRACE_MAX)
        return;
    abouts[i] = about(fd);
    if (i == r->site_count) {
        stacks[i] = *callers;
        r->sites[i] = *site;
        r->site_count++;
    }
    r->sites[i].count++;
}

void lca_trace_call(struct lca_record *r, const struct lca_callers *callers,
                    struct lca_site *site, int fd)
{
    pthread_mutex_lock(&mutex);
    site->first = ++calls[site->window][site->call];
    name(callers, site);
    add(r, callers, site, fd);
    pthread_mutex_unlock(&mutex);
}

void lca_trace_end(struct lca_record *r, uint32_t windows)
{
    pthread_mutex_lock(&mutex);
    for (unsigned i = 0; i < r->site_count; i++) {
        struct about now = about(abouts[i].fd);

        if (windows & 1u << r->sites[i].window && now.inode &&
            now.inode == abouts[i].inode)
            r->sites[i].on |= LCA_ON_KEPT;
    }
    pthread_mutex_unlock(&mutex);
}

void lca_trace_hit(struct lca_record *r, unsigned strike,
                   const struct lca_site *site)
{
    struct lca_hit *hit = &r->hits[strike];

    pthread_mutex_lock(&mutex);
    if (hit->calls++ == 0) {
        hit->site = *site;
        hit->step = r->count;
    }
    pthread_mutex_unlock(&mutex);
}

void lca_trace_closed_twice(struct lca_record *r)
{
    struct lca_callers callers;

    if (!lca_callers_find(&callers))
        return;
    pthread_mutex_lock(&mutex);
    if (r->closed_twice++ == 0)
        name(&callers, &r->closer);
    pthread_mutex_unlock(&mutex);
}
