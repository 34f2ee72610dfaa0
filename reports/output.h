/*
 * output: the file that a report goes to
 *
 * A stream is there from its first line on and can be read while it grows. A
 * whole report is there when it is complete and not before: it is written
 * beside its name, as NAME.part, and renamed.
 *
 * "-" is standard output. It, and whatever has a name in /dev or /proc, is
 * only ever added to: it is not a file of ours to remove or to replace.
 *
 * Ownership   stream and whole give the output to the caller, close takes it
 *             back. The path is copied.
 * Errors      LCA_SYSTEM, with the path and the reason; after one of stream
 *             or whole there is no output. The first write that fails is
 *             remembered, what comes after it is dropped, and close tells.
 */

#ifndef LCA_OUTPUT_H
#define LCA_OUTPUT_H

#include "harness/base/text.h"

struct lca_output;

struct lca_result lca_output_stream(const char *path,
                                    struct lca_output **output);
struct lca_result lca_output_whole(const char *path,
                                   struct lca_output **output);

/*
 * Removes an old report and tells whether a whole one could be written, so
 * that a long run does not find out at its end.
 */
struct lca_result lca_output_prepare(const char *path);

void lca_output_put(struct lca_output *output, const char *bytes,
                    size_t length);

/* A line that is to be seen now. Its newline is added. */
void lca_output_line(struct lca_output *output, struct lca_text *line);

/* A whole report that is not to be kept, or lost a write, is absent then. */
struct lca_result lca_output_close(struct lca_output *output, bool keep);

#endif
