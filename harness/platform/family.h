/*
 * family: processes by kinship, and their end
 *
 * A subject may leave processes behind in sessions of their own. Those of a
 * process that adopts come to it as orphans; those of a host that was killed
 * are known by a mark in the environment that they were started with.
 *
 * Nothing here signals a process that is not a descendant, or not marked.
 */

#ifndef LCA_FAMILY_H
#define LCA_FAMILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From now on orphans of this process's descendants come to it. */
void lca_family_adopt(void);

/*
 * Ends and reaps the children of this process but `spared` (0: none),
 * whoever started them, and what comes to it when they end. Bounded, since a
 * burst may still be forking. Nothing is done in a process that does not
 * adopt. Returns how many there were.
 */
uint32_t lca_family_end_orphans(int32_t spared);

bool lca_family_is_known(void);         /* can /proc be read? As safe. */
/* Is the process `root`, or a descendant of it? Safe in a signal handler. */
bool lca_family_descends(int32_t pid, int32_t root);
/* Are all of a group's processes? False if it has none. As safe. */
bool lca_family_holds_group(int32_t group, int32_t root);

uint32_t lca_family_children(void);     /* of this process: how many */

/* As proc_pid_stat(5) has it: T stands still, Z has ended; X: there is no such
   process. Safe in a signal handler. */
char lca_family_state(int32_t pid);

/* The process that a descriptor of pidfd_open means; 0: none, or ended. */
int32_t lca_family_of_descriptor(int fd);

/*
 * Starts the program anew, once, with a mark in its environment that all its
 * descendants inherit; *mark is "" where that cannot be done, as under
 * Valgrind.
 */
void lca_family_mark(char **argv, char *mark, size_t size);

/* Ends every process but this one that has the mark. Empty: nothing. */
void lca_family_end_marked(const char *mark);

#endif
