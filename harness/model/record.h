/*
 * record: what one trial left behind
 *
 * It lives in memory that the host and the trial share, mapped before the
 * subject is opened; each answer is written down before the next step
 * begins, so that the step in hand at a crash or a hang is the one numbered
 * `count`. Of steps that were in hand together it is the one that crashed, or
 * the first that did not return; others of them may have an answer or not.
 * A record is plain data: between host and controller it travels on the wire,
 * and an old one can be judged again.
 */

#ifndef LCA_RECORD_H
#define LCA_RECORD_H

#include "harness/mapi/mapi.h"
#include "harness/model/error.h"
#include "harness/model/residue.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LCA_STEPS_MAX = 128, LCA_CENSUS_MAX = 8, LCA_FRAMES_MAX = 12,
       LCA_SAID_MAX = 2048, LCA_TRACE_MAX = 96, LCA_SITE_FRAMES = 6,
       LCA_LEFT_MAX = 16, LCA_STRIKES_MAX = 2, LCA_HELD_MAX = 8,
       LCA_STACKS_MAX = 16, LCA_REGISTERS_MAX = 10 };

#define LCA_ENDINGS(X)                                                      \
    X(RETURNED)         /* every step was played */                         \
    X(CRASHED)          /* a signal ended it */                             \
    X(HUNG)             /* it did not return before its deadline */         \
    X(LEFT)             /* the subject ended the process: exit, _exit */    \
    X(LOST)             /* the host is gone; nothing is known */            \
    X(REFUSED)          /* the host could not play: the note says why */    \
    X(KILLED)           /* the subject ended the process it came from */

enum lca_ending {
#define X(name) LCA_##name,
    LCA_ENDINGS(X)
#undef X
    LCA_ENDING_COUNT
};

/* Marks of an answer. */
enum {
    LCA_NOT_PLAYED = 1,         /* its condition did not hold */
    LCA_UNPREPARED = 2,         /* arguments could not be made: see the note */
    LCA_DIRTY      = 4,         /* failed, yet changed an output to no zero */
    LCA_DISPLAY    = 8,         /* tried to reach an X11 or Wayland display */
    LCA_LIVE_TABLE = 16,        /* TOUCH: the first word leads to code */
    LCA_KEPT       = 32,        /* VERIFY: every buffer is as it was */
    LCA_BAD_ERROR  = 64,        /* GetLastError gave no sound MAPIERROR */
    LCA_NO_SESSION = 128,       /* LOGON: success, and then no session */
    LCA_CONNECTED  = 256,       /* its thread connected to a server */
    LCA_AGAIN      = 512,       /* ... that it was connected to before */
};

struct lca_answer {
    int32_t code;               /* of the first call */
    int32_t odd;                /* of the first unlike that, if calls differ */
    uint32_t calls;             /* that returned */
    uint32_t successes;         /* of them */
    uint32_t marks;
    uint32_t ipc;               /* IPC calls of this thread in the step */
    uint64_t sent;              /* bytes to sockets and pipes; of a window
                                   that is traced */
    uint64_t value;             /* what it gave, reduced to a number */
};

/* What the process held at a CENSUS. */
struct lca_census {
    uint32_t fds;
    uint32_t threads;
    uint32_t lost_fds;          /* of the caller's own: closed, replaced */
    uint64_t heap;              /* bytes in use, of every arena */
    uint32_t timers;            /* these as far as they were looked for */
    uint32_t mappings;
    uint32_t children;          /* and theirs, and zombies */
    uint32_t files;             /* these as far as the subject made them */
    uint32_t segments;
    uint32_t semaphores;
    uint32_t queues;
    uint32_t changed;           /* bits of enum lca_what: states that are not
                                   as they were */
    uint32_t marked;            /* threads that are watched */
    uint32_t lasting;           /* of them: still there */
};

/* A place that a call came from, in one window, by its stack. */
struct lca_site {
    uint32_t call;              /* enum lca_faulty */
    uint32_t on;                /* LCA_ON_ bits of what it was about */
    uint32_t window;            /* enum lca_window */
    uint32_t count;             /* calls */
    uint32_t first;             /* the first of them is the window's n-th */
    uint32_t frame_count;
    struct lca_frame frames[LCA_SITE_FRAMES];   /* the caller first */
};

/* What a strike of the plan came to. */
struct lca_hit {
    uint32_t calls;             /* that it made fail */
    uint32_t step;              /* that made the first of them */
    struct lca_site site;       /* ... and where; first: its number */
};

/* Blocks that the subject's modules took and did not give back. */
struct lca_left {
    uint32_t blocks;
    uint64_t bytes;
    struct lca_frame from;      /* who took them */
};

/* Locks by how they are taken. A semaphore has no owner: it is only noted. */
#define LCA_LOCKS(X)                                                        \
    X(MUTEX, "mutex")                                                       \
    X(READ,  "read lock")                                                   \
    X(WRITE, "write lock")                                                  \
    X(SPIN,  "spinlock")                                                    \
    X(SEMAPHORE, "semaphore")

enum lca_lock {
#define X(name, text) LCA_LOCK_##name,
    LCA_LOCKS(X)
#undef X
    LCA_LOCK_COUNT
};

/* One that was taken in a step, and not given back when it returned. */
struct lca_held {
    uint32_t kind;              /* enum lca_lock */
    uint32_t step;
    struct lca_site site;       /* who took it: its frames alone */
};

/* What is known of locks. */
enum {
    LCA_LOCKS_SEEN     = 1,     /* the subject took some; with stacks */
    LCA_LOCKS_TOO_MANY = 2,     /* at once, to know which are held */
};

/* What a crash has to do with a guarded block. */
enum lca_guarded_what { LCA_GUARDED_NOT, LCA_GUARDED_BEHIND,
                        LCA_GUARDED_FREED, LCA_GUARDED_TWICE,
                        LCA_GUARDED_WHATS };

struct lca_guarded {
    uint32_t what;              /* enum lca_guarded_what */
    uint64_t size;
    uint64_t offset;            /* of the address, from the block's begin */
    struct lca_frame taker;
    struct lca_frame giver;     /* no module: it is not freed */
};

/* A thread at a deadline. */
struct lca_stack {
    char name[16];
    char doing[24];             /* "is in futex"; empty: it is not known */
    uint32_t step;              /* 1 + the one that it plays; 0: none */
    uint32_t silent;            /* it did not say where it is */
    uint32_t frame_count;
    struct lca_frame frames[LCA_FRAMES_MAX];    /* innermost first */
};

/* All of them, as far as there is room. */
struct lca_stacks_seen {
    uint32_t threads;           /* that there were */
    uint32_t count;
    struct lca_stack stacks[LCA_STACKS_MAX];
};

/* One at a crash. */
struct lca_register {
    char name[8];               /* as its architecture calls it */
    uint64_t value;
};

struct lca_record {
    uint32_t count;             /* steps that ended */
    uint32_t begun;             /* together with others: the step after the
                                   last of them; 0: one alone was in hand */
    uint32_t crashed_in;        /* 1 + the step whose thread crashed; 0: it
                                   is not known */
    uint32_t ending;            /* enum lca_ending */
    uint32_t number;            /* signal, or exit status */
    uint32_t process;           /* whose ending it is: 0 the main client's */
    uint64_t address;           /* of a crash, as the system gave it */
    uint32_t frame_count;
    uint32_t census_count;
    uint32_t said_length;
    uint32_t reading;           /* the harness was reading what the subject
                                   gave: a crash there is the subject's */
    uint32_t us;                /* microseconds from start to end */
    uint32_t stopped;           /* the signal it stands still by, or 0 */
    uint32_t refused;           /* first signal to a process not its own */
    uint32_t refused_at;        /* ... and the step that sent it */
    uint32_t struck;            /* first signal to the process it came from */
    uint32_t struck_at;
    uint32_t twice;             /* 1 + the step that a forked copy of the
                                   trial came back from too */
    uint32_t waited_us;         /* of the harness's own doing; not in `us` */
    uint32_t orphans;           /* processes it left, which were ended */
    uint32_t hit_count;         /* strikes that the plan has */
    uint32_t site_count;
    uint32_t left_count;
    uint32_t closed_twice;      /* close of what is not open */
    uint32_t error_count;       /* Valgrind's; the controller reads them */
    uint32_t locks;             /* LCA_LOCKS_ bits */
    uint32_t held_count;
    uint32_t thing_count;
    uint32_t register_count;
    uint64_t core;              /* the number of its core; 0: it has none */
    uint64_t unsaid;            /* bytes of its output after `said` */
    char note[160];             /* why something could not be prepared */
    char said[LCA_SAID_MAX];    /* of the subject's own output: the start */
    struct lca_frame frames[LCA_FRAMES_MAX];    /* innermost first */
    struct lca_register registers[LCA_REGISTERS_MAX];
    struct lca_stacks_seen seen;        /* when its deadline passed */
    struct lca_hit hits[LCA_STRIKES_MAX];
    struct lca_site closer;     /* who closed what is not open, first */
    struct lca_site sites[LCA_TRACE_MAX];
    struct lca_left left[LCA_LEFT_MAX];         /* most blocks first */
    struct lca_error errors[LCA_ERRORS_MAX];    /* as they were made */
    struct lca_held held[LCA_HELD_MAX];
    struct lca_guarded guarded;
    struct lca_census census[LCA_CENSUS_MAX];
    struct lca_thing things[LCA_THINGS_MAX];       /* of each census in turn */
    struct lca_answer answers[LCA_STEPS_MAX];
};

/*
 * A trial may have written anything into the memory that it shares. Does
 * every number fit what it is a number of, and has every string an end?
 */
bool lca_record_is_sound(const struct lca_record *record);

/* Has the step an answer? */
bool lca_answer_came(const struct lca_answer *answer);
/* Steps that may have one: the answers from 0 to there. */
unsigned lca_record_answered(const struct lca_record *record);
/* Of steps that are in hand together, `count` becomes the one to name. */
void lca_record_settle(struct lca_record *record);

/* Is it the same call, from the same stack? */
bool lca_site_is_same(const struct lca_site *a, const struct lca_site *b);

const char *lca_ending_name(enum lca_ending ending);
const char *lca_lock_name(enum lca_lock kind);

/* "signal 11 (SIGSEGV)", by Linux's numbers. */
void lca_signal_print(uint32_t number, char *text, size_t size);
/* "was ended by signal 9 (SIGKILL)", or "exited with status 0". */
void lca_fate_print(int32_t signal, int32_t status, char *text, size_t size);

#endif
