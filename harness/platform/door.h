/*
 * door: where an X11 and a Wayland display would be
 *
 * The environment names two displays, the same for all trials of a process,
 * and nobody is there. A trial may open the door: then whoever comes, from
 * any thread or from a process that was started, is let in, counted and
 * turned away at once, so that nobody waits for a display's answer.
 *
 * The Wayland display lies in XDG_RUNTIME_DIR, that of X11 in the abstract
 * name space, and so nothing is left of them.
 */

#ifndef LCA_DOOR_H
#define LCA_DOOR_H

#include <stdbool.h>

void lca_door_name(void);               /* into the environment */
bool lca_door_open(void);               /* false: nobody can be let in */
/* Who came so far: all whose connect has returned. Any thread may ask. */
unsigned lca_door_knocks(void);
void lca_door_close(void);              /* not open is fine */

#endif
