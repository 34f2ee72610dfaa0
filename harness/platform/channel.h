/*
 * channel: lines and small messages between processes
 *
 * A channel owns its descriptors. Reading waits until a deadline, given in
 * the clock's microseconds; writing waits as long as the other side does.
 * Errors: LCA_GONE    the other side has closed
 *         LCA_SYSTEM  the system refused, or the deadline passed (see late)
 *         LCA_STOPPED this program was asked to end while it waited
 */

#ifndef LCA_CHANNEL_H
#define LCA_CHANNEL_H

#include "harness/base/text.h"

#include <stdint.h>

#define LCA_FOREVER UINT64_MAX

/* Something else to be read while a channel waits; it must not block. */
struct lca_aside {
    int fd;
    void (*read)(void *context);
    void *context;
};

struct lca_channel {
    int in;                     /* -1: closed */
    int out;
    bool late;                  /* the last read ran out of time */
    size_t taken;               /* bytes at the front that were handed out */
    struct lca_text buffer;
    const struct lca_aside *aside;      /* NULL: nothing; not owned */
};

/* Standard input and output, moved where a subject will not look for them. */
struct lca_result lca_channel_standard(struct lca_channel *channel);

/* Back, for a program that this process becomes. */
void lca_channel_hand_on(const struct lca_channel *channel);

/*
 * The next line without its newline. It lives in the channel until the next
 * read, and may be changed.
 */
struct lca_result lca_channel_line(struct lca_channel *channel,
                                   uint64_t until, char **line);
/* Is a whole line there already? */
bool lca_channel_ready(const struct lca_channel *channel);
/* Read once, what there is: for a caller that polls. */
struct lca_result lca_channel_fill(struct lca_channel *channel);

struct lca_result lca_channel_read(struct lca_channel *channel,
                                   uint64_t until, void *bytes, size_t length);
struct lca_result lca_channel_write(struct lca_channel *channel,
                                    const void *bytes, size_t length);
void lca_channel_close(struct lca_channel *channel);

/*
 * Waits until one of `count` channels can be read or the deadline passes.
 * Returns its index, or -1, also when this program was asked to end. Closed
 * channels are left out.
 */
int lca_channel_poll(struct lca_channel *const *channels, unsigned count,
                     uint64_t until);

#endif
