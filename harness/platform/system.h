/* system: small things that every program of ours asks of the system. */

#ifndef LCA_SYSTEM_H
#define LCA_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>

/* A pipe that broke, or a file that grew too big, is told by its write. */
void lca_system_ignore_broken_pipes(void);
/* As programs have them that never asked: a signal ends the process. */
void lca_system_usual_broken_pipes(void);
unsigned lca_system_processors(void);
int lca_system_pid(void);
void lca_system_leave(void);            /* at once, without any goodbye */
bool lca_system_is_terminal(int fd);
unsigned lca_system_columns(int fd);            /* 0: no terminal */
void lca_system_hostname(char *text, size_t size);
bool lca_system_set(const char *variable, const char *value);

/*
 * Descriptors 0 to 2, if they are closed, become ones that cannot be used,
 * so that no file opened later is taken for standard output.
 */
void lca_system_hold_standard_files(void);

bool lca_system_exists(const char *path);
void lca_system_remove(const char *path);       /* a file, if it is there */

/* The folder of the running program; false: unknown. */
bool lca_system_program_folder(char *text, size_t size);
/* The path made absolute, links resolved; false: it does not exist. */
bool lca_system_real_path(const char *path, char *text, size_t size);
/* Would both be the same file, also one that is still to be made? */
bool lca_system_same_file(const char *one, const char *other);

/* The running program itself; false: unknown. */
bool lca_system_program(char *text, size_t size);
/* Becomes the program argv[0], found in PATH; returns only if it cannot. */
void lca_system_become(char *const *argv);
bool lca_system_make_folder(const char *path);  /* or it is there already */
/* Calls for each name in a folder but . and ..; it may remove them. */
void lca_system_each_name(const char *folder,
                          void (*each)(void *context, const char *name),
                          void *context);
/* A whole file, as text, freed by the caller; NULL: it cannot be read. At
   most `most` bytes of it; *length may be NULL. A pipe or a link that stands
   in its place is not read. */
char *lca_system_read_file(const char *path, size_t most, size_t *length);

enum lca_file_kind {
    LCA_FILE_MISSING,           /* or out of reach: errno tells */
    LCA_FILE_ORDINARY,
    LCA_FILE_FOLDER,
    LCA_FILE_FIFO,              /* opening it may wait for ever */
    LCA_FILE_SOCKET,
    LCA_FILE_DEVICE,
    LCA_FILE_KINDS
};

enum lca_file_kind lca_system_file_kind(const char *path);
const char *lca_system_file_word(enum lca_file_kind kind);      /* "a FIFO" */

#endif
