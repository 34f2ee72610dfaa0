/* suites: the tables of self-tests, one a file. */

#ifndef LCA_SUITES_H
#define LCA_SUITES_H

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>

#define LCA_SUITES(X)                                                       \
    X(base)             /* texts, globs */                                  \
    X(model)            /* matrix, plan, trial, script, wire */             \
    X(platform)         /* children, channels, maps, scratch */             \
    X(mapi)             /* slots, codes, offsets: against the headers */    \
    X(catalogue)        /* cases and clauses agree */                       \
    X(judge)            /* rules, with tables of records */                 \
    X(run)              /* selection, findings, coverage */                 \
    X(report)           /* JUnit, TAP, JSON lines */

#define X(name) extern CU_TestInfo lca_##name##_tests[];
LCA_SUITES(X)
#undef X

#endif
