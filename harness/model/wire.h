/*
 * wire: the protocol between the controller and a host
 *
 * Lines of words, each "key=value" or a bare word; values are escaped as
 * lca_text_escape has it, numbers are decimal, and what is zero is left out.
 *
 *     host        lastcall-host 2 methods=N
 *     controller  subject path=P abi=0 profile=NAME peer=COMMAND
 *     host        ready threads=N          or   sorry TEXT (the subject is to
 *                                          blame), trouble TEXT (it is not)
 *     controller  play ID deadline=MS
 *                 step op=4 flags=1        one line a step
 *                 faults trace=24          if calls or locks are traced
 *                 strike call=0 first=3    a line for each strike
 *                 go
 *     host        xml TEXT                 what Valgrind wrote of the trial,
 *                                          if it found errors, in pieces
 *                 record ID ending=0 count=5 us=300
 *                 answer code=0 calls=1    one line a step that ended, and one
 *                                          of each that was with it in hand
 *                 census fds=5 threads=1   as many as were taken
 *                 thing census=1 name=N    what is new or changed at one
 *                 frame module=M offset=N  innermost first
 *                 register name=N value=8  of the thread that crashed
                 threads threads=2        how many there were at the deadline
                 thread name=N step=3     what each did
                 in module=M offset=N     of the thread above
                 hit calls=1 step=2       a line for each strike
 *                 site call=0 count=3      where traced calls came from
 *                 closer call=40           who closed what was not open
 *                 left blocks=1 bytes=8    what was not given back
 *                 guarded what=1 size=24   the block that a crash is about
 *                 held kind=1 step=4       a lock that is still taken
 *                 at module=M offset=N     of the hit, site, closer or lock
 *                                          above
 *                 note TEXT, said TEXT     if there is any
 *                 done ID
 *
 * The host ends when its standard input does. A line that is not understood
 * is an error for whoever reads it: nothing is skipped silently.
 */

#ifndef LCA_WIRE_H
#define LCA_WIRE_H

#include "harness/model/fault.h"
#include "harness/model/record.h"
#include "harness/model/step.h"

struct lca_text;

enum { LCA_WIRE_VERSION = 2 };

enum lca_snapshot { LCA_SNAPSHOT_LOADED, LCA_SNAPSHOT_FRESH,
                    LCA_SNAPSHOT_EXEC, LCA_SNAPSHOTS };

/* What is looked for beside the answers. */
enum lca_watch { LCA_WATCH_RESIDUE, LCA_WATCH_NONE, LCA_WATCH_MEMCHECK,
                 LCA_WATCH_HELGRIND, LCA_WATCH_DRD, LCA_WATCHES };

bool lca_watch_has_tool(uint32_t watch);        /* Valgrind's */

/* What a host is told of the subject, once. */
struct lca_subject_info {
    char path[1024];
    char profile[128];          /* empty: the default one */
    char peer[1024];            /* command that starts its server, or empty */
    char pidfile[256];          /* appears when the server is ready */
    uint32_t abi;               /* enum lca_abi */
    uint32_t create;            /* make the profile with MAPIAdminProfiles */
    uint32_t logon_flags;       /* more flags for MAPILogonEx */
    uint32_t snapshot;          /* enum lca_snapshot */
    uint32_t watch;             /* enum lca_watch */
    uint32_t no_junk;           /* fresh and freed memory is not filled */
    uint32_t guard;             /* pages behind blocks nobody may touch */
    uint32_t memory_mib;        /* of address space that a trial may add; 0:
                                   as much as usual, UINT32_MAX: no limit */
    uint32_t opening_ms;        /* to open it in; 0: as long as usual */
    char preload[64];           /* runtime of its sanitizer, or empty */
    char suppressions[1024];    /* Valgrind's file of them, or empty */
    char core[1024];            /* where cores go for the time of the run, or
                                   empty: trials leave none */
    char modules[256];          /* globs of more libraries whose calls may be
                                   made to fail, with blanks between */
};

/* Each adds one line, its newline included. */
void lca_wire_subject(const struct lca_subject_info *info,
                      struct lca_text *text);
void lca_wire_step(const struct lca_step *step, struct lca_text *text);
void lca_wire_orders(const struct lca_orders *orders,
                     struct lca_text *text);    /* all its lines */
void lca_wire_record(unsigned id, const struct lca_record *record,
                     struct lca_text *text);    /* all its lines */
/* Lines that go before a record's. */
void lca_wire_xml(const char *bytes, size_t length, struct lca_text *text);

/*
 * Each reads the words after the first one of a line, which is changed.
 * False: not understood, out of range, or more than there is room for.
 */
bool lca_wire_read_subject(char *words, struct lca_subject_info *info);
bool lca_wire_read_step(char *words, struct lca_step *step);
/* word: the first of the line. A "faults" line begins anew. */
bool lca_wire_read_orders(const char *word, char *words,
                          struct lca_orders *orders);

/* A record that is being read; the caller sets the first two. */
struct lca_wire_reader {
    struct lca_record *record;
    struct lca_text *xml;       /* grows; NULL: it is left out */
    unsigned id;
    unsigned answers;           /* lines of them so far */
    struct lca_site *site;      /* whose frames may follow */
    bool begun;                 /* between "record" and "done" */
    bool closer;                /* its line was there */
};

/* A line of a record, its first word included. *done: it was the last. */
bool lca_wire_read_record(char *line, struct lca_wire_reader *reader,
                          bool *done);

/* The first word of a line, cut off; the rest begins at *rest. */
char *lca_wire_word(char *line, char **rest);

/* The number after "key=" among words, or `otherwise`. Nothing is changed. */
uint64_t lca_wire_number(const char *words, const char *key,
                         uint64_t otherwise);

#endif
