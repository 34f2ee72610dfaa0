/*
 * client: what one client of MAPI holds, and the calls it makes
 *
 * The whole state of a trial that is not the subject's: sessions with the
 * references taken on them, objects, buffers, prepared arguments. Functions
 * here make calls into the subject and nothing else; the player (harness/
 * host) decides which, and writes down what they answer.
 *
 * Every call fills the answer it is given. When arguments cannot be made the
 * answer is marked LCA_UNPREPARED and `note` says why.
 */

#ifndef LCA_CLIENT_H
#define LCA_CLIENT_H

#include "harness/mapi/mapi.h"
#include "harness/model/record.h"
#include "harness/model/step.h"
#include "harness/model/wire.h"
#include "harness/subject/subject.h"

#include <stdatomic.h>
#include <stdbool.h>

enum { LCA_EID_MAX = 1024, LCA_BUFFERS_MAX = 6 };

/* An entry id, copied into memory of ours. */
struct lca_eid {
    ULONG size;                 /* 0: none */
    unsigned char bytes[LCA_EID_MAX];
};

/* Arguments that were made ready while the session was alive. */
struct lca_inputs {
    struct lca_eid store;       /* of the first message store */
    struct lca_eid entry;       /* of a status object, or else the store */
    struct lca_eid any;         /* of the store, or else of the user */
    uint64_t connection;        /* of Advise, to give to Unadvise */
    bool connected;
    void *objects[3];           /* message store, folder, message; or NULL */
};

struct lca_session {
    void *pointer;
    void *alias;                /* from QueryInterface: has its reference */
    int references;             /* that the client holds on it */
    atomic_bool ended;          /* a Logoff succeeded */
    atomic_bool refused;        /* the last Logoff did not */
    void *identities[4];        /* bare IUnknowns, each with a reference */
    unsigned identity_count;
    struct lca_inputs inputs;
};

enum { LCA_UNDER = 3 };

struct lca_kept {
    void *pointer;
    void *under[LCA_UNDER];     /* what it was opened through, inner first */
    enum lca_object object;     /* LCA_OBJECTS: nothing is kept here */
    unsigned more;              /* references beyond the first */
};

enum lca_buffer_kind { LCA_ROWS, LCA_BYTES, LCA_STRINGS, LCA_VALUES };

/* A buffer that the subject gave. */
struct lca_buffer {
    void *pointer;
    enum lca_buffer_kind kind;
    ULONG count;                /* bytes, strings or values in it */
    uint64_t digest;            /* of what it held when it came */
};

struct lca_client {
    const struct lca_subject *subject;
    const struct lca_subject_info *info;
    unsigned initialized;       /* MAPIInitialize, not yet undone */
    bool unshared;              /* attaching works with nothing to attach to */
    char scratch[40];           /* the profile that COPY_PROFILE makes */
    char renamed[40];           /* ... and what RENAME_PROFILE calls it */
    struct MAPIUID temporary;   /* the section of OPEN_TEMPORARY's store */
    bool profiled;              /* the profile is known to be there */
    struct lca_session sessions[LCA_SESSIONS];
    struct lca_kept kept[LCA_SLOTS];
    struct lca_buffer buffers[LCA_BUFFERS_MAX];
    unsigned buffer_count;
    void *bound;                /* the sink, wrapped for one thread; or NULL */
    atomic_bool noted;          /* something is in it */
    char *note;                 /* sizeof ((struct lca_record *)0)->note */
    uint32_t *reading;          /* set while memory of the subject's is read;
                                   NULL: nobody asks */
};

static inline void lca_client_reads(const struct lca_client *client,
                                    uint32_t now)
{
    if (client->reading)
        *client->reading = now;
}

/* One step that is a call into the subject, through `client`. */
typedef void lca_client_play(struct lca_client *client,
                             const struct lca_step *step,
                             struct lca_answer *answer);

lca_client_play lca_client_initialize, lca_client_uninitialize,
    lca_client_uninitialize_all,
    lca_client_logoff, lca_client_add_reference,
    lca_client_release, lca_client_release_all, lca_client_query,
    lca_client_free_null, lca_client_chain,
    lca_client_admin, lca_client_sink, lca_client_linger,
    lca_client_identify;                        /* client.c */
lca_client_play lca_client_logon;                       /* logon.c */
lca_client_play lca_client_copy_profile, lca_client_delete_profile,
    lca_client_rename_profile, lca_client_find_profile,
    lca_client_clear_profiles;                  /* profiles.c */
lca_client_play lca_client_add_service, lca_client_count_services,
    lca_client_count_providers,
    lca_client_open_temporary,
    lca_client_find_section;                    /* services.c */
lca_client_play lca_client_ask_shutdown, lca_client_shut_down;  /* shutdown.c */
lca_client_play lca_client_register, lca_client_hear,
    lca_client_end_when_told;                           /* told.c */
lca_client_play lca_client_prepare, lca_client_tidy;    /* prepare.c */
lca_client_play lca_client_call;                        /* recipe.c */
lca_client_play lca_client_touch;                       /* shape.c */
lca_client_play lca_client_open, lca_client_ask, lca_client_question,
    lca_client_grasp, lca_client_drop;                  /* objects.c */
lca_client_play lca_client_read;                        /* digest.c */
lca_client_play lca_client_read_profile, lca_client_save;   /* profile.c */
lca_client_play lca_client_draft, lca_client_reread;    /* draft.c */
lca_client_play lca_client_listen, lca_client_end_inside,
    lca_client_stay_inside, lca_client_outside,
    lca_client_stir;                                    /* events.c */
lca_client_play lca_client_bind, lca_client_bound;      /* bound.c */
lca_client_play lca_client_hold, lca_client_verify,
    lca_client_free;                                    /* buffers.c */

/* Says once why something could not be had; later reasons are dropped. */
void lca_client_note(struct lca_client *client, const char *format, ...)
    LCA_PRINTF(2, 3);

/* An answer that is the code of one call. */
void lca_client_answer(struct lca_answer *answer, HRESULT code);
/* An entry point that the subject has. */
uintptr_t lca_client_enter(const struct lca_client *client,
                           enum lca_entry entry, const uintptr_t *arguments,
                           unsigned count);

/* The session a step means, and the pointer it is to be reached through. */
struct lca_session *lca_client_session(struct lca_client *client,
                                       const struct lca_step *step);
void *lca_client_pointer(const struct lca_session *session,
                         const struct lca_step *step);

/*
 * A method of any object. arguments are machine words, as call.h has them.
 * An object whose table has no such entry answers E_NOTIMPL.
 */
HRESULT lca_client_invoke(const struct lca_client *client, void *object,
                          enum lca_method method,
                          const uintptr_t *arguments);
/* As interface `as`, when the method is inherited by it. */
HRESULT lca_client_invoke_as(const struct lca_client *client, void *object,
                             enum lca_interface as, enum lca_method method,
                             const uintptr_t *arguments);
/*
 * Is what a call gave an object, with methods where the ABI has them? Of a
 * session the note says what is wrong with it; `code` came with it. (shape.c)
 */
bool lca_client_is_session(struct lca_client *client, HRESULT code,
                           void *object);
bool lca_client_is_admin(const struct lca_client *client, void *object);
bool lca_client_is_sink(const struct lca_client *client, void *object);

/* A MAPIERROR is one if it and its strings can be read. (recipe.c) */
bool lca_client_is_error(const struct MAPIERROR *error);

/* Releases an object that is held as anything but a bare IUnknown. */
void lca_client_let_go(const struct lca_client *client, void *object);
SCODE lca_client_free_buffer(const struct lca_client *client, void *buffer);

#endif
