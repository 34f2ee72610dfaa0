/*
 * event: what the runner tells the writers, in order
 *
 * The runner knows no format, a writer knows no subject. Every format is
 * told the same events, so totals agree everywhere.
 *
 * Ownership   what an event points to belongs to the runner; a writer keeps
 *             nothing of it once it has returned.
 */

#ifndef LCA_EVENT_H
#define LCA_EVENT_H

#include "harness/base/result.h"
#include "harness/model/clause.h"
#include "harness/model/verdict.h"

#include <stdint.h>

/* Known before the first trial. */
struct lca_run_info {
    const char *subject;        /* path, as it was given */
    const char *abi;
    const char *tier;
    const char *profile;        /* of judging: "strict" */
    const char *host;           /* the command */
    const char *version;        /* of lastcall */
    const char *hostname;
    const char *timestamp;      /* 2026-01-31T12:00:00, no zone */
    unsigned planned;           /* events that will come, if none is lost */
    unsigned jobs;
    double estimate;            /* seconds that the run will take */
};

/* One cell was judged. */
struct lca_event {
    unsigned number;            /* from 1 */
    const char *chapter;        /* "session/logoff": a testsuite */
    const char *trial;          /* its text */
    const char *classname;      /* "session.POST-002" */
    const char *name;           /* the rest of the text: a testcase's name */
    const struct lca_clause *clause;
    const char *title;          /* of the case: true when it passes */
    struct lca_opinion opinion;
    uint32_t us;
    const char *body;           /* of a FAIL or BROKEN: steps, stack, ... */
    const char *repeat;         /* of a FAIL or BROKEN: the command */
    const char *said;           /* the subject's output, cleaned; or empty */
};

/* Opinions with one cause. The last ones a person sees. */
struct lca_finding {
    const struct lca_clause *clause;
    struct lca_opinion opinion; /* of its first event */
    const char *trial;          /* of its first event */
    const char *repeat;
    unsigned events;            /* how many share it */
};

/* Errors that are not the subject's, at one place. They fail nobody. */
struct lca_foreign {
    const char *error;          /* "InvalidRead" */
    const char *what;           /* in the tool's words */
    const char *stack;          /* lines */
    unsigned trials;
};

struct lca_coverage {
    unsigned clauses;           /* of the contract */
    unsigned tested;            /* by a case of this run */
    unsigned passed;            /* only PASS, at least once */
    unsigned failed;
    unsigned skipped;           /* selected, and never more than SKIP */
    unsigned not_yet;
    unsigned untestable;
};

struct lca_summary {
    unsigned count[LCA_VERDICT_COUNT];
    unsigned planned;
    unsigned unrun;             /* told as BROKEN, since the run ended early */
    const char *trouble;        /* what ended it, or empty */
    struct lca_coverage coverage;
    const struct lca_finding *findings;     /* most serious first */
    unsigned finding_count;
    const struct lca_foreign *foreign;
    unsigned foreign_count;
    unsigned trials;            /* processes that played steps */
    double seconds;
    int status;                 /* the exit status that it will be */
};

/*
 * A format. open gets where to write: a path, or "-" for standard output.
 * Errors: LCA_SYSTEM from open and close, with the path and the reason;
 * after an error of open there is no state. close(state, NULL) gives up: a
 * file that was to be whole is absent then. Threads: one.
 */
struct lca_writer {
    const char *name;           /* "junit" */
    struct lca_result (*open)(const char *path, const struct lca_run_info *,
                              void **state);
    void (*event)(void *state, const struct lca_event *);
    struct lca_result (*close)(void *state, const struct lca_summary *);
};

#endif
