/* pool_inside: what pool.c and pool_alone.c share, and nobody else. */

#ifndef LCA_POOL_INSIDE_H
#define LCA_POOL_INSIDE_H

#include "harness/run/cores.h"
#include "harness/run/foreign.h"
#include "harness/run/pool.h"
#include "harness/run/sites.h"
#include "harness/run/slot.h"

enum { LCA_DEPTH = 4 };         /* trials that a slot has at most */

enum lca_entry_state { LCA_EMPTY, LCA_WAITING, LCA_PLAYING, LCA_PLAYED,
                       LCA_NOTHING };

/* A trial between being spelled out and being taken. */
struct lca_entry {
    enum lca_entry_state state;
    unsigned losses;
    unsigned deadline_ms;
    struct lca_script script;
    struct lca_record record;
};

/* Trials of a slot, in the order in which it will answer. */
struct lca_queue {
    unsigned index[LCA_DEPTH];
    unsigned count;
    uint64_t since;             /* when the first one came to be first */
};

/* Trials that are numbered from 0, and how far they are. */
struct lca_batch {
    struct lca_entry *entries;  /* a ring of the pool's `window` */
    unsigned total, next, taken;
    lca_source *source;
    void *context;
};

struct lca_pool {
    const struct lca_options *options;
    char command[1200];
    unsigned jobs;
    struct lca_slot *slots;
    struct lca_queue *queues;
    unsigned window;
    unsigned trials;
    struct lca_batch batch;     /* in hand */
    struct lca_sites sites;
    struct lca_cores cores;
    struct lca_foreigners foreign;
};

/* Gives trial `index` to slot `i`, whose host is started if it must be. */
struct lca_result lca_pool_send_to(struct lca_pool *pool, unsigned i,
                                   unsigned index);
bool lca_pool_idle(const struct lca_pool *pool);     /* nothing in hand */
/* Waits until a host says something, and listens; or gives one up. */
struct lca_result lca_pool_listen(struct lca_pool *pool);
/* A hang counts once it hung again, alone; then its place is known. */
struct lca_result lca_pool_look_again(struct lca_pool *pool,
                                      struct lca_entry *entry);

#endif
