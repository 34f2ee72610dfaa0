/*
 * slot: one host process, as the controller sees it
 *
 * Sends trials, reads records; knows nothing of their order. All errors mean
 * that the host is gone, and then the slot is closed.
 */

#ifndef LCA_SLOT_H
#define LCA_SLOT_H

#include "harness/model/script.h"
#include "harness/platform/child.h"
#include "harness/run/options.h"

struct lca_slot {
    struct lca_child child;     /* pid 0: closed */
    struct lca_text xml;        /* of the trial that is being read */
    struct lca_wire_reader reader;
    struct lca_record record;   /* being read */
    unsigned threads;           /* that opening the subject started */
};

/* The command that was given; or the host beside this program, or in PATH. */
struct lca_result lca_slot_command(const char *given, char *command,
                                   size_t size);

/*
 * Starts the command, greets it, tells it of the subject, and waits until it
 * has opened it. Errors: as lca_pool_open; nothing is left running.
 */
struct lca_result lca_slot_open(struct lca_slot *slot, const char *command,
                                const struct lca_subject_info *info);
/* Why its channel closed: how the host ended. */
struct lca_result lca_slot_lost(const struct lca_slot *slot);

/* Lets it end by itself until then (the clock's us), and ends it. */
void lca_slot_close(struct lca_slot *slot, uint64_t until);

struct lca_result lca_slot_send(struct lca_slot *slot, unsigned id,
                                const struct lca_script *script,
                                unsigned deadline_ms);

/*
 * Reads what is there. *done when slot->record is whole: its id is
 * slot->reader.id. Errors: LCA_GONE, also for words that make no sense.
 */
struct lca_result lca_slot_read(struct lca_slot *slot, bool *done);

#endif
