/* clause: one row of the contract. Rows are constants: cases/clauses.def. */

#ifndef LCA_CLAUSE_H
#define LCA_CLAUSE_H

enum lca_level {
    LCA_MUST,           /* the pages say so, or the charter of this suite */
    LCA_SHOULD,         /* follows from the rules of COM and MAPI */
    LCA_MAY,            /* allowed, so never failed */
    LCA_INFO,           /* recorded, never failed */
};

enum lca_observer {
    LCA_BY_CLIENT,       /* a client of the subject can see it */
    LCA_BY_PROBE,       /* needs a provider of ours inside the subject */
    LCA_BY_PROVIDER,    /* the subject is a provider, we play MAPI */
};

struct lca_clause {
    const char *id;             /* "POST-002" */
    enum lca_level level;
    const char *statement;
    const char *source;
    enum lca_observer observer;
    const char *reason;         /* why no case tests it; empty if one does */
};

const char *lca_level_name(enum lca_level level);

#endif
