/*
 * report desk: a small run, written in every format
 *
 * Ownership   a desk is an empty folder, with a path in it for each writer;
 *             closing it removes the reports, and fails the test if anything
 *             else, such as a temporary, is left.
 * Errors      are failed assertions.
 */

#ifndef LCA_REPORT_DESK_H
#define LCA_REPORT_DESK_H

#include "harness/model/event.h"

#include <stddef.h>

enum lca_report { LCA_JUNIT, LCA_TAP, LCA_JSON, LCA_REPORTS };

struct lca_desk {
    char folder[32];
    char path[LCA_REPORTS][48];
};

extern const struct lca_writer *const lca_desk_writers[LCA_REPORTS];

struct lca_desk lca_desk_open(void);
void lca_desk_close(const struct lca_desk *desk);

/* Something ordinary, to be changed. */
struct lca_run_info lca_desk_run(unsigned planned);
struct lca_event lca_desk_event(unsigned number, enum lca_level level,
                                enum lca_verdict verdict, const char *text);

/*
 * Every byte that a string can hold, and what hurts XML, UTF-8, YAML and TAP
 * in front. The caller frees it.
 */
char *lca_desk_hostile(size_t size);

/* All of a run through one writer. summary NULL: the run is given up. */
struct lca_result lca_desk_write(const struct lca_writer *writer,
                                 const char *path,
                                 const struct lca_run_info *run,
                                 const struct lca_event *events,
                                 unsigned count,
                                 const struct lca_summary *summary);

/* ... and through every writer, which must work. */
void lca_desk_write_all(const struct lca_desk *desk,
                        const struct lca_run_info *run,
                        const struct lca_event *events, unsigned count,
                        const struct lca_summary *summary);

#endif
