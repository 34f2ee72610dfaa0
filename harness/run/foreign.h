/*
 * foreign: errors of a run that are not the subject's doing
 *
 * Valgrind sees what the loader, the C library and other libraries do, too.
 * It fails nobody. Errors of one kind at one place are one, and counted; the
 * first ROOM places are kept.
 */

#ifndef LCA_FOREIGN_H
#define LCA_FOREIGN_H

#include "harness/model/event.h"
#include "harness/model/record.h"

enum { LCA_FOREIGN_ROOM = 64 };

struct lca_foreign_row {
    struct lca_error error;     /* the first of them */
    unsigned trials;
};

struct lca_foreigners {
    struct lca_foreign_row *rows;       /* NULL: there is none yet */
    unsigned count;
    unsigned more;              /* errors at places that found no room */
    struct lca_foreign *told;
    struct lca_text *texts;
};

/* A record comes in. Without memory its errors are counted in more. */
void lca_foreign_meet(struct lca_foreigners *f,
                      const struct lca_record *record);
/*
 * What reports tell of them: an array that lives as long as f. subject: the
 * path whose symbols are looked for. Without memory it is shorter.
 */
unsigned lca_foreign_tell(struct lca_foreigners *f, const char *subject,
                          const struct lca_foreign **told);
void lca_foreign_free(struct lca_foreigners *f);        /* a zeroed one too */

#endif
