/*
 * step: one move of a trial, and what is wanted of it
 *
 * Steps are data: rows of a case, lines on the wire, and what the host plays.
 * A step mentions what is out of the ordinary; zero is the ordinary value of
 * every field.
 */

#ifndef LCA_STEP_H
#define LCA_STEP_H

#include "harness/mapi/interface.h"
#include "harness/model/residue.h"

#include <stdbool.h>
#include <stdint.h>

/* What is done. The text is the word on the wire and in reports. */
#define LCA_OPS(X)                                                          \
    X(END,          "end")          /* closes a list of steps */            \
    X(INITIALIZE,   "MAPIInitialize")                                       \
    X(UNINITIALIZE, "MAPIUninitialize")                                     \
    X(UNINITIALIZE_ALL, "MAPIUninitialize, until balanced")                 \
    X(LOGON,        "MAPILogonEx")                                          \
    X(LOGOFF,       "Logoff")       /* with flags, reserved and ui */       \
    X(ADDREF,       "AddRef")                                               \
    X(RELEASE,      "Release")                                              \
    X(RELEASE_ALL,  "Release, until balanced")                              \
    X(QUERY,        "QueryInterface, kept")     /* later: .via */           \
    X(PREPARE,      "prepare")      /* what .method needs as arguments */   \
    X(CALL,         "call")         /* .method, as .recipe has it */        \
    X(PROBE,        "probe")        /* becomes a CALL for each probe */     \
    X(TIDY,         "release what was prepared")                            \
    X(TOUCH,        "look at the session's method table")                   \
    X(LOOP,         "repeat")       /* the .back steps before, .times */    \
    X(CENSUS,       "count what the process holds")                         \
    X(OPEN,         "open")         /* .object, kept in .slot */            \
    X(ASK,          "ask")          /* a method that only reads, of .slot */\
    X(QUESTION,     "ask a method") /* .method of it */                     \
    X(DRAFT,        "save a message, and change it")        /* in .slot */  \
    X(REREAD,       "open the message again")                               \
    X(GRASP,        "add a reference to object")                            \
    X(DROP,         "release object")                                       \
    X(READ,         "read the stores table")                                \
    X(READ_PROFILE, "read the profile section")                             \
    X(HOLD,         "take buffers")                                         \
    X(VERIFY,       "read the buffers again")                               \
    X(FREE,         "MAPIFreeBuffer of what was taken")                     \
    X(FREE_NULL,    "MAPIFreeBuffer(NULL)")                                 \
    X(CHAIN,        "MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer") \
    X(ADMIN,        "MAPIAdminProfiles")                                    \
    X(SINK,         "count the sink's references")                          \
    X(LINGER,       "wait for late notifications")                         \
    X(SAVE,         "save a value in the profile")                          \
    X(OWN,          "open descriptors of one's own")                        \
    X(OFFER,        "offer a display")                                      \
    X(HANDLE,       "set signal handlers of one's own")                     \
    X(IDENTIFY,     "QueryInterface(IID_IUnknown), kept")                   \
    X(LEAVE,        "end the thread")                                       \
    X(LISTEN,       "Advise")           /* of what comes to the store */    \
    X(END_INSIDE,   "Logoff in OnNotify")                                   \
    X(STAY_INSIDE,  "OnNotify")         /* it stays there, then .method */  \
    X(OUTSIDE,      "return from OnNotify")                                 \
    X(REGISTER,     "Advise(0, NULL)")  /* for .flags, of the session itself */\
    X(HEAR,         "wait for notifications")   /* .flags: none is due */   \
    X(END_WHEN_TOLD, "Logoff when told")    /* in OnNotify of HEAR */       \
    X(BIND,         "HrThisThreadAdviseSink")   /* of the sink of LISTEN */ \
    X(STIR,         "cause a notification") /* 1: nobody asks; 2: nor waits */\
    X(BOUND,        "look on which threads OnNotify was called")            \
    X(COPY_PROFILE, "CopyProfile")      /* to one of the trial's own */     \
    X(DELETE_PROFILE, "DeleteProfile")                                      \
    X(RENAME_PROFILE, "RenameProfile")                                      \
    X(FIND_PROFILE, "GetProfileTable")  /* .flags: by its new name */       \
    X(CLEAR_PROFILES, "delete the copies")                                  \
    X(ADD_SERVICE,  "CreateMsgService")                                     \
    X(COUNT_SERVICES, "count the profile's services")                       \
    X(COUNT_PROVIDERS, "count the profile's providers")                     \
    X(OPEN_TEMPORARY, "OpenMsgStore with MDB_TEMPORARY")                    \
    X(FIND_SECTION, "open the temporary store's section")                   \
    X(ASK_SHUTDOWN, "QueryFastShutdown")                                    \
    X(SHUT_DOWN,    "DoFastShutdown")   /* no call of MAPI's may follow */  \
    X(KILL,         "SIGKILL")      /* to .process, by the main client */   \
    X(STOP,         "SIGSTOP")                                              \
    X(CONTINUE,     "SIGCONT")

enum lca_op {
#define X(name, text) LCA_##name,
    LCA_OPS(X)
#undef X
    LCA_OP_COUNT
};

/* What the judge wants of a step: its rules are in harness/oracle/rules*.c. */
#define LCA_WANTS(X)                                                        \
    X(SETUP)            /* it works; if not, the case cannot be judged */   \
    X(OFFERED)          /* what the subject does not have is left out */    \
    X(SUCCEED)          /* a success code */                                \
    X(EXACT)            /* no success code but S_OK */                      \
    X(SAME_CODE)        /* the code of the first step that asks so */       \
    X(EITHER)           /* any code: a PROBE tells which outcome it was */  \
    X(REFUSAL)          /* an error code; if not, there is nothing to see */\
    X(SURVIVE)          /* any code: only a crash or a hang is wrong */     \
    X(REFUSE)           /* an error code */                                 \
    X(STILL_REFUSE)     /* as REFUSE, if POST-002 was kept by the method */ \
    X(NEVER)            /* an error code each time it is called */          \
    X(REFUSE_INERT)     /* an error code, and no word to the server */      \
    X(INERT)            /* an error code, or no word to the server */       \
    X(KNOWN_CODE)       /* if an error code, then a usual one */            \
    X(CLEAN)            /* if an error code, outputs unchanged or zero */   \
    X(LAST_ERROR)       /* what GetLastError may say of a dead session */   \
    X(QUERIED)          /* what QueryInterface may say of one */            \
    X(NO_INTERFACE)     /* E_NOINTERFACE, output unchanged or NULL */       \
    X(UNINITIALIZED)    /* MAPI_E_NOT_INITIALIZED */                        \
    X(PROBED)           /* one of a group of probes: see .group */          \
    X(ALIVE)            /* every probe answers as on a live session */      \
    X(DEAD)             /* every probe refuses */                           \
    X(DECIDED)          /* dead if the last Logoff succeeded, else alive */ \
    X(GONE)             /* dead if one of the Logoffs succeeded */          \
    X(ONE_SUCCEEDS)     /* of those that are played together, one does */   \
    X(LEFT_DEAD)        /* what is left open refuses */                     \
    X(LEFT_DEAD_TOO)    /* ... each of its methods, if the usual one does */\
    X(LEFT_CODE)        /* ... with a code that is foreseen */              \
    X(LEFT_CLEAN)       /* ... and leaves its outputs, or sets them to NULL */\
    X(LEFT_ALONE)       /* ... and does not connect to the server again */  \
    X(AS_SAVED)         /* the message is what it was when it was saved */  \
    X(HELD)             /* the sink was, until OnNotify returned */         \
    X(OWN_THREAD)       /* it was called on the thread it is bound to */    \
    X(ALONE)            /* nothing is there to attach to */                 \
    X(ATTACHED)         /* to what is there; if not, nothing is shared */   \
    X(GRANTED)          /* a session for a service; it may be refused */    \
    X(DISTINCT)         /* another pointer than those of other sessions */  \
    X(TOLD)             /* something was heard */                           \
    X(TOLD_ERROR)       /* ... a critical error, well formed */             \
    X(TOLD_CODE)        /* ... which scode it has is noted */             \
    X(TOLD_ENTRY)       /* ... the entry identifier of which is sound */    \
    X(TOLD_EXTENDED)    /* ... an extended notification, or the error */    \
    X(TOLD_ANYWAY)      /* ... a critical error, if another one hears it */ \
    X(UNTOLD)           /* nothing was heard */                             \
    X(VANISHED)         /* nothing is there to attach to any more */        \
    X(SAME_CHOICE)      /* refused or not, as the first step that asks so */\
    X(SAME_VALUE)       /* the value of the first step that asks so */      \
    X(INTACT)           /* the session's memory is that of an object */     \
    X(KEPT)             /* every buffer holds what it held */               \
    X(BALANCED)         /* the sink was never released too often */         \
    X(QUIET)            /* no notification came to the sink */              \
    X(SILENT)           /* none came in that time */                        \
    X(NO_DISPLAY)       /* no connection to a display was tried */          \
    X(NO_NEW_FDS)       /* not more in each third than in the one before */ \
    X(NO_NEW_THREADS)                                                       \
    X(NO_NEW_HEAP)                                                          \
    X(NO_CIRCLE)        /* as NO_NEW_HEAP, if two counts before were even */\
    X(NO_GROWTH)        /* none of the three grows */                       \
    X(OWN_FDS)          /* the caller's own descriptors are as they were */ \
    X(UNLOCKED)         /* any code: no lock is held when it returns */     \
    X(NO_MORE)          /* of what its .flags look for, as NO_NEW_FDS */    \
    X(RESTORED)         /* the states that .flags look for are as before */ \
    X(LASTING)          /* of the threads that were marked one is there */  \
    X(OVER)             /* ... and none */                                  \
    X(NOTED)            /* what .flags look for and is new is told */       \
    X(FOUND)            /* a profile's name is there */                     \
    X(MISSING)          /* ... or no logon on it works, or no section */    \
    X(MORE)             /* a greater count than the first of its kind */    \
    X(YES_OR_NO)        /* S_OK or MAPI_E_NO_SUPPORT */                     \
    X(STRUCK)           /* any code: calls were made to fail in it */       \
    X(WHOLE)            /* after it: all alive or all dead; S_OK: dead */   \
    X(NOTICED)          /* as STRUCK; tells others of the end, too */       \
    X(UNTOUCHED)        /* as WHOLE; refused for its arguments: alive */    \
    X(LAST_WORDS)       /* GetLastError of what failed */                   \
    X(ENDED)            /* after it, without a fault: all dead */           \
    X(AGAIN)            /* works: a session that has nothing to do with it */\
    X(UNCOUNTED)        /* MAPI_E_NOT_INITIALIZED, or the count is off */   \
    X(AS_BEFORE)        /* a count: no more than without the fault */

enum lca_want {
#define X(name) LCA_WANT_##name,
    LCA_WANTS(X)
#undef X
    LCA_WANT_COUNT
};

/* What follows makes no sense without it. */
bool lca_want_is_setup(enum lca_want want);

/* How a session is logged on to, and MAPI initialised. */
enum lca_session_kind { LCA_PRIVATE, LCA_OFFERED, LCA_NO_MAIL,
                        LCA_SESSION_KINDS,
                        LCA_JOINED = LCA_SESSION_KINDS, /* one that is there */
                        LCA_SERVICE,            /* for a system service */
                        LCA_SCRATCH,    /* on what COPY_PROFILE made */
                        LCA_LOGON_KINDS };
enum lca_init_kind { LCA_INIT_NULL, LCA_INIT_SINGLE, LCA_INIT_MULTI,
                     LCA_INIT_KINDS,
                     LCA_INIT_SERVICE = LCA_INIT_KINDS, /* by a service */
                     LCA_INITS };

/* Where the arguments of a CALL come from. */
enum lca_recipe { LCA_VALID, LCA_NULL_OUTPUTS, LCA_NULL_INPUTS, LCA_HOSTILE,
                  LCA_RECIPES };

/* ulUIParam of a Logoff. */
enum lca_ui { LCA_UI_NULL, LCA_UI_ONE, LCA_UI_ONES, LCA_UI_FREED,
              LCA_UI_HIGH, LCA_UIS };

/* The interface that QueryInterface is asked for. */
enum lca_iid_choice { LCA_IID_UNKNOWN, LCA_IID_SESSION, LCA_IID_RANDOM,
                      LCA_IID_CHOICES };

/* Objects that are not the session. */
enum lca_object { LCA_STORES_TABLE, LCA_STATUS_TABLE, LCA_STORE,
                  LCA_ADDRESS_BOOK, LCA_PROFILE_SECTION, LCA_SERVICES,
                  LCA_PROFILES,
                  LCA_FOLDER,           /* a store's root */
                  LCA_CONTENTS,         /* the table of its messages */
                  LCA_MESSAGE,          /* a new one, never saved */
                  LCA_RECIPIENTS,       /* its table of them */
                  LCA_HIERARCHY,        /* the table of a folder's folders */
                  LCA_ATTACHMENT,       /* a new one, of the message */
                  LCA_ATTACHMENTS,      /* the table of them */
                  LCA_STREAM,           /* the text of the message */
                  LCA_CONTAINER,        /* the root of the address book */
                  LCA_STATUS,           /* the first that opens */
                  LCA_OBJECTS };

/* An object, and one of its methods, as one value of an axis. */
#define LCA_ASKED(object, method) ((uint32_t)(object) << 16 | (method))

enum { LCA_SESSIONS = 3, LCA_SLOTS = 8, LCA_ACTORS = 5,
       LCA_PROCESSES = 3 };      /* A, B and C */

/* What a HEAR heard. */
enum {
    LCA_TOLD_ERROR    = 1,      /* fnevCriticalError */
    LCA_TOLD_EXTENDED = 2,      /* fnevExtended */
    LCA_TOLD_OTHER    = 4,
    LCA_TORN_ERROR    = 8,      /* lpMAPIError, or all, is no memory */
    LCA_TORN_ENTRY    = 16,     /* lpEntryID is not */
    LCA_TORN_EXTENDED = 32,     /* pbEventParameters is not */
};

/* Fields that an axis of a matrix may set. */
enum lca_field { LCA_SET_FLAGS, LCA_SET_RESERVED, LCA_SET_UI, LCA_SET_KIND,
                 LCA_SET_INIT, LCA_SET_METHOD, LCA_SET_RECIPE,
                 LCA_SET_TIMES, LCA_SET_IID, LCA_SET_OBJECT,
                 LCA_SET_FLAGS2, LCA_SET_WALK, LCA_SET_ASKED };
#define LCA_TAKES(field) (1u << (field))

struct lca_step {
    enum lca_op op;
    enum lca_want want;
    enum lca_method method;     /* of CALL, PREPARE and QUESTION */
    enum lca_recipe recipe;
    enum lca_session_kind kind; /* of LOGON */
    enum lca_init_kind init;    /* of INITIALIZE */
    enum lca_ui ui;
    enum lca_iid_choice iid;
    enum lca_object object;
    uint32_t flags;             /* ulFlags of LOGOFF and GetLastError; of a
                                   CENSUS, what it looks for: residue.h */
    uint32_t reserved;          /* ulReserved of LOGOFF */
    unsigned times;             /* calls or rounds; 0 is once */
    unsigned back;              /* of LOOP */
    unsigned char session;      /* which of the trial's sessions */
    unsigned char slot;         /* which of its objects */
    unsigned char actor;        /* who: 0 the main client, else a thread */
    unsigned char process;      /* in which: 0 the main client's, else one
                                   beside it, which has one thread and MAPI
                                   of its own. The sessions of all of them
                                   have different numbers */
    bool via;                   /* through the pointer that QUERY kept */
    bool if_refused;            /* only when the last LOGOFF was refused */
    bool calm;                  /* no fault strikes in it */
    bool together;              /* at once with its neighbours that are so,
                                   by actor; one actor's go in turn */
    unsigned takes;             /* LCA_TAKES: fields that axes fill in */
    unsigned char group;        /* the PROBE it came from; 0: none */
};

/* The steps that are played together with step `at`: the first of them, and
   the one after the last. Alone: `at` and the next one. */
unsigned lca_steps_first(const struct lca_step *steps, unsigned at);
unsigned lca_steps_end(const struct lca_step *steps, unsigned count,
                       unsigned at);
/* Is one of them a LOOP? */
bool lca_steps_repeat(const struct lca_step *steps, unsigned count);

const char *lca_op_name(enum lca_op op);
/* enum lca_window: in which of a session's moments its calls are made. */
unsigned lca_op_window(enum lca_op op);
/* Is it a signal to a process? */
bool lca_op_strikes(enum lca_op op);
/* Does it change what the server keeps, until a later step undoes that? */
bool lca_op_lasts(enum lca_op op);
/* Is it Logoff, Release or MAPIUninitialize? */
bool lca_op_ends(enum lca_op op);
const char *lca_object_name(enum lca_object object);
const char *lca_recipe_name(enum lca_recipe recipe);
/* 'A' is the main client's. */
char lca_process_name(unsigned process);

/* "Logoff(0, MAPI_LOGOFF_UI, 0)", "OpenEntry with NULL outputs": for people. */
struct lca_text;
void lca_step_describe(const struct lca_step *step, struct lca_text *text);

#endif
