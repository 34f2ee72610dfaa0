/* suites: the tables of self-tests, one a file. */

#ifndef LCA_SUITES_H
#define LCA_SUITES_H

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>

#define LCA_SUITES(X)                                                       \
    X(base)             /* texts, globs */                                  \
    X(model)            /* matrix, plan, trial; names */                    \
    X(step)             /* what people are told of a step */                \
    X(script)           /* what a host is told to play */                   \
    X(wire)             /* steps and subjects on the wire */                \
    X(record)           /* records on the wire */                           \
    X(sound)            /* records that a trial may have spoilt */          \
    X(platform)         /* clock, library, thread, resources */             \
    X(places)           /* maps, shared memory, scratch */                  \
    X(channel)          /* lines, bytes, deadlines */                       \
    X(child)            /* endings, groups, orphans, helpers */             \
    X(command)          /* what a shell runs for us */                      \
    X(crash)            /* what a process says as it dies */                \
    X(foreign)          /* errors that are not the subject's */             \
    X(cores)            /* what a crash leaves, and who keeps it */         \
    X(stacks)           /* where the threads of another process are */      \
    X(actors)           /* processes beside a trial, told and struck */     \
    X(cage)             /* families, limits, floods, interrupts */      \
    X(residue)          /* what a process leaves, and leaves changed */     \
    X(signals)          /* whom a subject may send them to */           \
    X(shake)            /* what a seed makes of a schedule */           \
    X(servers)          /* whom a step connects to */                   \
    X(lent)             /* allocators: plans, counts, callers */            \
    X(lent_misuse)      /* and what must not be done to blocks */           \
    X(mapi)             /* slots, codes, offsets: against the headers */    \
    X(catalogue)        /* cases and clauses agree */                       \
    X(walk)             /* calls in the model of the contract */          \
    X(judge)            /* rules, with tables of records */                 \
    X(fault_model)      /* which calls can fail, how; plans into orders */  \
    X(errors)           /* Valgrind's XML, in a record */                   \
    X(faults)           /* symptoms, with tables of two records */          \
    X(rows)             /* what a sweep consists of */                      \
    X(run)              /* selection, findings, coverage */                 \
    X(doctor)           /* what a file is, why a logon fails */             \
    X(report)           /* JUnit, TAP, JSON lines */                        \
    X(options)          /* the command line and its table */

#define X(name) extern CU_TestInfo lca_##name##_tests[];
LCA_SUITES(X)
#undef X

#endif
