/*
 * walk: calls in a row, from a session that is logged on to or off
 *
 * A walk is a list of calls; what of it is the client's to do where it has
 * come to is for the machine, and the rest is left out. A case with a machine
 * has cells that are walks: its axes name the calls, from first to last.
 *
 * Everything here is pure: the same walk gives the same script.
 */

#ifndef LCA_WALK_H
#define LCA_WALK_H

#include "harness/model/case.h"
#include "harness/model/machine.h"
#include "harness/model/script.h"

enum { LCA_WALK_MAX = 50 };

/* The value of an axis: a move, and the method if it is LCA_MOVE_METHOD. */
#define LCA_WALK_CALL(move, method) ((uint32_t)(move) | \
                                     (uint32_t)(method) << 8)

struct lca_walk {
    unsigned count;
    uint32_t calls[LCA_WALK_MAX];
};

/* Of a cell of a case with a machine. */
void lca_walk_of_cell(const struct lca_case *c, unsigned cell,
                      struct lca_walk *walk);

/* Is something in it judged, and not all of it only to work? */
bool lca_walk_asks(const struct lca_script *script);

/*
 * The cell that is this walk, with calls that its machine leaves out left
 * out. False: it has more calls than the case has axes.
 */
bool lca_walk_cell(const struct lca_case *c, const struct lca_walk *walk,
                   unsigned *cell);

/*
 * LCA_WALK_MAX calls, each one the client's to do where it is by then, from a
 * seed that is not 0. shared: sessions that others may share are among them.
 */
void lca_walk_random(const struct lca_case *c, uint32_t seed, bool shared,
                     const struct lca_probes *probes, struct lca_walk *walk);

/*
 * The whole trial: MAPIInitialize, MAPILogonEx, if the case begins with a
 * session that was logged off two more references and Logoff, the walk, and
 * what gives back what is held then. Methods that are no probes are left out.
 */
struct lca_result lca_walk_build(const struct lca_case *c,
                                 const struct lca_walk *walk,
                                 const struct lca_probes *probes,
                                 struct lca_script *script);

#endif
