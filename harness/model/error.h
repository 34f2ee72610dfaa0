/*
 * error: what Valgrind found in a trial
 *
 * Plain data, a part of a record: the kind as Valgrind's XML names it, whose
 * doing it is, and where. The subject's is what the first frame that is not
 * the C or C++ library, or a wrapper, has in the subject's modules; where the
 * client touches what the subject freed or made too short, it is who freed or
 * took the block. An order of locks is the subject's if it took them there
 * and here. What is nobody's is told and fails nobody.
 */

#ifndef LCA_ERROR_H
#define LCA_ERROR_H

#include "harness/model/frame.h"

#include <stdbool.h>

/* Name in the XML, what it is about, and in words; "%s" is a call. */
#define LCA_ERROR_KINDS(X)                                                  \
    X(InvalidRead,          MEMORY, "read memory that is not its own")      \
    X(InvalidWrite,         MEMORY, "wrote to memory that is not its own")  \
    X(InvalidJump,          MEMORY, "jumped to where no code is")           \
    X(InvalidFree,          MEMORY, "freed what is not to be freed")        \
    X(MismatchedFree,       MEMORY, "freed a block in another way than it " \
                                    "was taken")                            \
    X(Overlap,              MEMORY, "copied between places that overlap")   \
    X(UninitCondition,      MEMORY, "was decided by memory that was never " \
                                    "set")                                  \
    X(UninitValue,          MEMORY, "used memory that was never set")       \
    X(SyscallParam,         MEMORY, "gave the system memory that was never "\
                                    "set, or is not its own")               \
    X(UnsetBytes,           OTHER,  "gave the system memory that was never "\
                                    "set")                                  \
    X(FishyValue,           MEMORY, "asked for a size that looks negative") \
    X(Leak_DefinitelyLost,  LEAK,   "lost")                                 \
    X(Leak_IndirectlyLost,  LEAK,   "lost")                                 \
    X(Leak_PossiblyLost,    LEAK,   "kept")                                 \
    X(Leak_StillReachable,  LEAK,   "kept")                                 \
    X(Race,                 RACE,   "touched memory beside another thread, "\
                                    "with no lock between them")            \
    X(ConflictingAccess,    RACE,   "touched memory beside another thread, "\
                                    "with no lock between them")            \
    X(LockOrder,            LOCK,   "took locks in another order than "     \
                                    "before")                               \
    X(LockTried,            OTHER,  "tried for a lock in another order "    \
                                    "than before, and would not have "      \
                                    "waited")                               \
    X(UnlockUnlocked,       OTHER,  "unlocked what was not locked")         \
    X(UnlockForeign,        OTHER,  "unlocked what another thread holds")   \
    X(UnlockBogus,          OTHER,  "unlocked what is no lock")             \
    X(PthAPIerror,          OTHER,  "had an error of a thread's function "  \
                                    "pass")                                 \
    X(MutexErr,             OTHER,  "used a mutex as it must not be")       \
    X(RwlockErr,            OTHER,  "used a lock as it must not be")        \
    X(Other,                OTHER,  "did what Valgrind has words for")

enum lca_error_kind {
#define X(name, about, says) LCA_ERROR_##name,
    LCA_ERROR_KINDS(X)
#undef X
    LCA_ERROR_KIND_COUNT
};

enum lca_error_about { LCA_ABOUT_MEMORY, LCA_ABOUT_LEAK, LCA_ABOUT_RACE,
                       LCA_ABOUT_LOCK, LCA_ABOUT_OTHER };

/* What the other place is to the memory in question. */
enum lca_error_other { LCA_OTHER_NONE, LCA_OTHER_FREED, LCA_OTHER_TAKEN,
                       LCA_OTHER_BEFORE };

enum { LCA_ERRORS_MAX = 12, LCA_ERROR_FRAMES = 8 };

struct lca_error {
    uint32_t kind;              /* enum lca_error_kind */
    uint32_t step;              /* in which it was seen */
    uint32_t subjects;          /* 1: the subject's doing */
    uint32_t clients;           /* 1: the client touched what is there */
    uint32_t other;             /* enum lca_error_other: what is there */
    uint64_t bytes;             /* that were lost */
    uint32_t blocks;
    uint32_t frame_count;
    uint32_t other_count;
    char what[96];              /* in Valgrind's words */
    struct lca_frame from;      /* whose doing: module "" if nobody's */
    struct lca_frame other_from;        /* the subject's in the other place */
    struct lca_frame frames[LCA_ERROR_FRAMES];  /* inner first */
    struct lca_frame others[LCA_ERROR_FRAMES];  /* of the other place */
};

enum lca_error_about lca_error_about(uint32_t kind);
/* Is it the subject's doing, and wrong wherever it is done? Losses, races and
   what is told in passing are not. */
bool lca_error_is_unsound(const struct lca_error *error);
const char *lca_error_name(uint32_t kind);      /* "InvalidRead" */
const char *lca_error_says(uint32_t kind);
enum lca_error_kind lca_error_find(const char *name);   /* or Other */

#endif
