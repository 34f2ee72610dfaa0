/*
 * judge desk: records written as rows, and what the judge says of them
 *
 * A row is a script of a few steps, their answers and the ending. What it
 * leaves out is ordinary: a calibrated subject whose methods succeed on a
 * live session and refuse on a dead one, and a trial that played every step.
 */

#ifndef LCA_JUDGE_DESK_H
#define LCA_JUDGE_DESK_H

#include "harness/oracle/judge.h"

#include <stddef.h>

/* The method that rows ask, and the other probe beside it. */
#define LCA_ROW_METHOD LCA_IMAPISession_QueryIdentity
#define LCA_ROW_OTHER  LCA_IMAPISession_GetStatusTable

/* What is out of the ordinary about the subject. */
enum lca_known {
    LCA_KNOWN,                  /* nothing */
    LCA_KNOWN_LIVE_REFUSES,     /* LCA_ROW_METHOD, on a live session */
    LCA_KNOWN_LIVE_UNPREPARED,
    LCA_KNOWN_LIVE_HANGS,
    LCA_KNOWN_LIVE_CRASHES,
    LCA_KNOWN_LIVE_SPOILS,
    LCA_KNOWN_LIVE_UNKNOWN,
    LCA_KNOWN_DEAD_ANSWERS,     /* the same, after Logoff */
    LCA_KNOWN_DEAD_CRASHES,     /* every method, after Logoff */
    LCA_KNOWN_DEAD_HANGS,
    LCA_KNOWN_DEAD_SPOILS,      /* every method: later steps end badly */
    LCA_KNOWN_DEAD_UNKNOWN,
    LCA_KNOWN_NO_OP,            /* Logoff: every method answers after it */
    LCA_KNOWN_NO_PROBES,        /* no method succeeds at all */
    LCA_KNOWN_ODD_PLAIN,        /* Logoff(0, 0, 0) answers a warning */
    LCA_KNOWN_REFUSED_PLAIN,    /* ... an error */
    LCA_KNOWN_BAD_LOGOFF,       /* the plain trial crashes in Logoff */
    LCA_KNOWN_BAD_RELEASE,      /* ... hangs in Release */
    LCA_KNOWN_BAD_END,          /* ... crashes in MAPIUninitialize */
    LCA_KNOWN_DEAD_UNPREPARED,
    LCA_KNOWN_CONSUMED,         /* Logoff takes the caller's reference, and
                                   LCA_ROW_METHOD crashes after it */
    LCA_KNOWN_NO_LOGON,
    LCA_KNOWN_BAD_LOGON,        /* and it crashed */
    LCA_KNOWN_STRAYS,           /* the plain trial signals a stranger */
    LCA_KNOWN_ERRS,             /* the plain trial reads in Logoff, from
                                   subject.so+0x10, what is not its own, and
                                   frees in Release, from plug.so+0x20 */
    LCA_KNOWN_UNSOUND,          /* LCA_ROW_METHOD does so after Logoff */
    LCA_KNOWN_NOT,              /* not calibrated */
};

struct lca_row {
    const char *what;           /* for a person: why the verdict is right */
    enum lca_verdict verdict;
    const char *says;           /* NULL, or a part of the sentence */
    struct lca_step steps[8];   /* closed by LCA_END */
    struct lca_answer answers[8];
    const struct lca_census *census;
    unsigned censuses;
    const struct lca_thing *things;
    unsigned thing_count;
    enum lca_known known;
    enum lca_need need;
    const char *clause;         /* NULL: SES-004 */
    enum lca_ending ending;
    unsigned missing;           /* steps at the end that were not played */
    uint32_t number;            /* signal or status */
    uint32_t refused;           /* signal to a stranger */
    uint32_t at;                /* ... and the step that sent it */
    uint32_t begun;             /* the step after those in hand together */
    uint32_t twice;             /* 1 + the step that came back twice */
    uint32_t process;           /* whose ending it is */
    uint32_t locks;             /* what is known of them: LCA_LOCKS_ bits */
    struct lca_held held[2];    /* closed by no frame */
    const char *module;         /* innermost frame of a crash */
    struct lca_guarded guarded;         /* the block that it is about */
    bool reading;
    const char *note;
    const struct lca_error *error;      /* Valgrind's, or NULL */
};

#define LCA_ROW_OK       { .calls = 1, .successes = 1 }
#define LCA_ROW_CODE(c)  { .code = c, .calls = 1 }
#define LCA_ROW_MARK(m)  { .calls = 1, .successes = 1, .marks = m }
#define LCA_ROW_NONE     { .marks = LCA_UNPREPARED }
#define LCA_ROW_VALUE(v) { .calls = 1, .successes = 1, .value = v }

/* Of the first steps of many rows. */
#define LCA_ROW_PROBES(wish)                                                \
    { LCA_PROBE, .want = wish, .group = 1 },                                \
    { LCA_CALL, .want = LCA_WANT_PROBED, .method = LCA_ROW_METHOD,          \
      .group = 1 },                                                         \
    { LCA_CALL, .want = LCA_WANT_PROBED, .method = LCA_ROW_OTHER,           \
      .group = 1 }

struct lca_opinion lca_row_judge(const struct lca_row *row);

/* Judges each row, and prints what differs: false if anything does. */
bool lca_rows_hold(const struct lca_row *rows, size_t count);
#define LCA_ROWS_HOLD(rows) lca_rows_hold(rows, sizeof rows / sizeof *rows)

/* Marks, by wish of the last step, the verdicts of the rows: a bit each. */
void lca_rows_cover(const struct lca_row *rows, size_t count,
                    unsigned seen[LCA_WANT_COUNT]);

/* The tables of the other files. */
void lca_judge_states(void);            /* judge_states.c */
void lca_judge_growth(void);
void lca_judge_states_cover(unsigned seen[LCA_WANT_COUNT]);
void lca_judge_needs(void);
void lca_judge_no_op(void);
void lca_judge_endings(void);           /* judge_endings.c */
void lca_judge_live_ends(void);
void lca_judge_silence(void);
void lca_judge_cage(void);              /* judge_cage.c */
void lca_judge_locks(void);             /* judge_locks.c */
void lca_judge_locks_cover(unsigned seen[LCA_WANT_COUNT]);
void lca_judge_residue(void);           /* judge_residue.c */
void lca_judge_residue_cover(unsigned seen[LCA_WANT_COUNT]);
void lca_judge_valgrind(void);          /* judge_errors.c */
void lca_judge_races(void);             /* judge_races.c */
void lca_judge_races_cover(unsigned seen[LCA_WANT_COUNT]);
void lca_judge_open(void);              /* judge_open.c */
void lca_judge_outside(void);           /* judge_outside.c */
void lca_judge_open_cover(unsigned seen[LCA_WANT_COUNT]);
void lca_judge_outside_cover(unsigned seen[LCA_WANT_COUNT]);
void lca_judge_profiles(void);          /* judge_profiles.c */
void lca_judge_profiles_cover(unsigned seen[LCA_WANT_COUNT]);
void lca_judge_shared(void);            /* judge_shared.c */
void lca_judge_shared_cover(unsigned seen[LCA_WANT_COUNT]);

#endif
