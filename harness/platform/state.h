/*
 * state: what belongs to a whole process and is there once
 *
 * Signal mask and handlers, the current folder, umask, locale, environment,
 * limits, standard streams: a library that changes one of them changes it
 * for everybody. Taken, kept and compared later, in one process.
 */

#ifndef LCA_STATE_H
#define LCA_STATE_H

#include <stdint.h>

/* In the order of the states in harness/model/residue.h. */
enum lca_state_part { LCA_STATE_MASK, LCA_STATE_HANDLERS, LCA_STATE_FOLDER,
                      LCA_STATE_UMASK, LCA_STATE_LOCALE,
                      LCA_STATE_ENVIRONMENT, LCA_STATE_LIMITS,
                      LCA_STATE_STREAMS, LCA_STATE_PARTS };

enum { LCA_STATE_SIGNALS = 65, LCA_STATE_VARIABLES = 256,
       LCA_STATE_LIMITED = 16 };

struct lca_state_now {
    uint64_t mask;              /* of the calling thread; bit 1: signal 1 */
    struct { uint64_t handler, mask; uint32_t flags; }
        actions[LCA_STATE_SIGNALS];
    char folder[256];
    uint32_t umask;
    char locale[256];
    unsigned variables;
    struct { char name[40]; uint64_t hash; } variable[LCA_STATE_VARIABLES];
    struct { uint64_t soft, hard; } limits[LCA_STATE_LIMITED];
    struct { uint64_t device, inode; uint32_t flags, closes, is_open; }
        streams[3];
};

void lca_state_take(struct lca_state_now *state);

/*
 * How a part of `now` is not as it was: a sentence without a full stop in
 * `text`, of 104 bytes. Returns whether it differs.
 */
enum { LCA_STATE_TEXT = 104 };
int lca_state_differs(enum lca_state_part part,
                      const struct lca_state_now *was,
                      const struct lca_state_now *now, char *text);

/* Handlers that do nothing, for the signals that belong to programs. */
void lca_state_handle(void);

#endif
