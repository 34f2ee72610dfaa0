/*
 * complaint: what may be wrong with a trial in which calls failed
 *
 * A symptom is seen in a record; which clauses it breaks depends on what was
 * made to fail. Rows of the table are in harness/oracle/faults.c.
 */

#ifndef LCA_COMPLAINT_H
#define LCA_COMPLAINT_H

#include "harness/model/fault.h"

/* What a sweep makes fail; bits. --faults leaves some of them out. */
enum {
    LCA_SWEEP_MEMORY  = 1,      /* allocations */
    LCA_SWEEP_IPC     = 2,      /* the server, or a resource, is gone */
    LCA_SWEEP_PASSING = 4,      /* EINTR, EAGAIN, short, late: try again */
    LCA_SWEEP_PEER    = 8,      /* the server's process is signalled */
    LCA_SWEEP_ALL     = 15,
};

/* name, and the sentence's end, if it is always the same */
#define LCA_SYMPTOMS(X)                                                     \
    X(ENDED,    "")     /* crashed, left, or came back twice */             \
    X(ABORTED,  "the process aborts when memory is short "                  \
                "(aborted-by-policy)")                                      \
    X(UNSOUND,  "")     /* an error in memory, as Valgrind finds */         \
    X(HUNG,     "")                                                         \
    X(HOLLOW,   "")     /* S_OK, and the session is not dead */             \
    X(HALF,     "")     /* refused, and neither alive nor dead */           \
    X(SPOILT,   "Logoff refuses its arguments and ends the session all the "\
                "same")                                                     \
    X(STUCK,    "")     /* nor does a second Logoff end it */               \
    X(BARRED,   "")     /* no new session in this process */                \
    X(FACILITY, "")     /* an error code of a wrong form */                 \
    X(TORN,     "GetLastError gives a MAPIERROR that is not well formed")   \
    X(BLOCKS,   "")     /* memory is not given back */                      \
    X(FDS,      "a descriptor is left open")                                \
    X(THREADS,  "a thread is left running")                                 \
    X(FOREIGN,  "the subject closed or replaced descriptors of its caller") \
    X(TWICE,    "a descriptor that is closed already is closed again")      \
    X(CHANGED,  "")     /* another result, for what should not matter */    \
    X(RELOGON,  "the session is logged on afresh in order to log it off")   \
    X(DIRTY,    "")     /* a failed call left an output that is no zero */  \
    X(MISCODED, "")     /* not MAPI_E_NOT_ENOUGH_MEMORY */                  \
    X(COUNTED,  "")     /* a failed MAPIInitialize was counted */           \
    X(NEEDY,    "")     /* Logoff fails while no memory is to be had */     \
    X(HELD_UP,  "")     /* the shared session's notice stops the logoff */  \
    X(CODED,    "")     /* which code came back: for the record */          \
    X(LOCKED,   "")     /* a lock is still held when a call returns */

enum lca_symptom {
#define X(name, text) LCA_SYMPTOM_##name,
    LCA_SYMPTOMS(X)
#undef X
    LCA_SYMPTOM_COUNT
};

struct lca_complaint {
    enum lca_symptom symptom;
    unsigned amount;            /* blocks, descriptors, threads too many */
    char text[180];             /* what happened; a sentence's second half */
};

enum { LCA_COMPLAINTS_MAX = 8 };

#endif
