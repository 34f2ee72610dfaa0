/* system: small things that every program of ours asks of the system. */

#ifndef LCA_SYSTEM_H
#define LCA_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>

void lca_system_ignore_broken_pipes(void);
unsigned lca_system_processors(void);
int lca_system_pid(void);
bool lca_system_is_terminal(int fd);
void lca_system_hostname(char *text, size_t size);
bool lca_system_set(const char *variable, const char *value);

bool lca_system_exists(const char *path);
void lca_system_remove(const char *path);       /* a file, if it is there */

/* The folder of the running program; false: unknown. */
bool lca_system_program_folder(char *text, size_t size);
/* The path made absolute, links resolved; false: it does not exist. */
bool lca_system_real_path(const char *path, char *text, size_t size);

#endif
