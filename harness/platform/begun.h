/*
 * begun: which function the threads of this process began with
 *
 * The system does not know it. So the wrapper of pthread_create has a thread
 * begin here: its number and its function are written down, and the function
 * is called. Nothing is allocated. A thread that finds no room, and one that
 * was made past the wrapper, begins as it always did, and is not known.
 */

#ifndef LCA_BEGUN_H
#define LCA_BEGUN_H

#include <stdbool.h>
#include <stdint.h>

typedef void *lca_begun_body(void *argument);

/* What pthread_create is to be given. False: as they were, without room. */
bool lca_begun_wrap(lca_begun_body **body, void **argument);
/* That thread was not made after all; argument is the one that wrap gave. */
void lca_begun_drop(void *argument);

/* The function that a thread of this process began with; 0: not known. */
uintptr_t lca_begun_find(int32_t thread);

#endif
