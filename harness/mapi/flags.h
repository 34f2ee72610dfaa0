/*
 * flags: bits and small numbers that go into a ULONG, by the call they are for
 *
 * Included by mapi.h. An enumerator is an int, so the values with the highest
 * bit set are macros of type ULONG; LCA_MAPI_HIGH_FLAGS lists their names.
 */

#ifndef LCA_FLAGS_H
#define LCA_FLAGS_H

#include "harness/mapi/types.h"

#define LCA_MAPI_SESSION_FLAGS(X)                                           \
    X(MAPI_LOGOFF_SHARED,             0x00000001)   /* Logoff */            \
    X(MAPI_LOGOFF_UI,                 0x00000002)                           \
    X(MAPI_LOGON_UI,                  0x00000001)   /* MAPILogonEx */       \
    X(MAPI_NEW_SESSION,               0x00000002)                           \
    X(MAPI_APP_PROFILE,               0x00000004)                           \
    X(MAPI_ALLOW_OTHERS,              0x00000008)                           \
    X(MAPI_EXPLICIT_PROFILE,          0x00000010)                           \
    X(MAPI_EXTENDED,                  0x00000020)                           \
    X(MAPI_USE_DEFAULT,               0x00000040)                           \
    X(MAPI_FORCE_DOWNLOAD,            0x00001000)                           \
    X(MAPI_SERVICE_UI_ALWAYS,         0x00002000)                           \
    X(MAPI_NO_MAIL,                   0x00008000)                           \
    X(MAPI_NT_SERVICE,                0x00010000)                           \
    X(MAPI_PASSWORD_UI,               0x00020000)                           \
    X(MAPI_TIMEOUT_SHORT,             0x00100000)                           \
    X(MAPI_BG_SESSION,                0x00200000)                           \
    X(MAPI_INIT_VERSION,              0x00000000)   /* MAPIInitialize */    \
    X(MAPI_MULTITHREAD_NOTIFICATIONS, 0x00000001)                           \
    X(MAPI_NO_COINIT,                 0x00000008)                           \
    X(MAPI_DEFAULT_STORE,             0x00000001)   /* SetDefaultStore */   \
    X(MAPI_SIMPLE_STORE_TEMPORARY,    0x00000002)                           \
    X(MAPI_SIMPLE_STORE_PERMANENT,    0x00000003)                           \
    X(MAPI_PRIMARY_STORE,             0x00000004)                           \
    X(MAPI_SECONDARY_STORE,           0x00000005)                           \
    X(MAPI_DEFAULT_SERVICES,          0x00000001)   /* CreateProfile */     \
    X(AB_NO_DIALOG,                   0x00000001)   /* OpenAddressBook */   \
    X(AB_UNICODEUI,                   0x00000040)                           \
    X(MDB_NO_DIALOG,                  0x00000001)   /* OpenMsgStore */      \
    X(MDB_WRITE,                      0x00000004)                           \
    X(MAPI_DEFERRED_ERRORS,           0x00000008)                           \
    X(MAPI_BEST_ACCESS,               0x00000010)                           \
    X(MDB_TEMPORARY,                  0x00000020)                           \
    X(MDB_NO_MAIL,                    0x00000080)                           \
    X(MDB_ONLINE,                     0x00000100)                           \
    X(MAPI_MODIFY,                    0x00000001)   /* objects */           \
    X(MAPI_CREATE,                    0x00000002)                           \
    X(KEEP_OPEN_READONLY,             0x00000001)                           \
    X(KEEP_OPEN_READWRITE,            0x00000002)                           \
    X(FORCE_SAVE,                     0x00000004)

#define LCA_MAPI_STORE_FLAGS(X)                                             \
    X(LOGOFF_NO_WAIT,                 0x00000001)   /* StoreLogoff, in */   \
    X(LOGOFF_ORDERLY,                 0x00000002)                           \
    X(LOGOFF_PURGE,                   0x00000004)                           \
    X(LOGOFF_ABORT,                   0x00000008)                           \
    X(LOGOFF_QUIET,                   0x00000010)                           \
    X(LOGOFF_COMPLETE,                0x00010000)   /* StoreLogoff, out */  \
    X(LOGOFF_INBOUND,                 0x00020000)                           \
    X(LOGOFF_OUTBOUND,                0x00040000)                           \
    X(LOGOFF_OUTBOUND_QUEUE,          0x00080000)

#define LCA_MAPI_PROVIDER_FLAGS(X)                                          \
    X(LOGOFF_NORMAL,                  0x00000001)   /* TransportLogoff */   \
    X(DEINIT_NORMAL,                  0x00000001)                           \
    X(LOGON_NO_DIALOG,                0x00000001)   /* TransportLogon */    \
    X(LOGON_NO_CONNECT,               0x00000004)                           \
    X(LOGON_NO_INBOUND,               0x00000008)                           \
    X(LOGON_NO_OUTBOUND,              0x00000010)                           \
    X(LOGON_SP_IDLE,                  0x00010000)                           \
    X(LOGON_SP_POLL,                  0x00020000)                           \
    X(LOGON_SP_RESOLVE,               0x00040000)                           \
    X(NOTIFY_BEGIN_INBOUND,           0x00000001)   /* TransportNotify */   \
    X(NOTIFY_BEGIN_OUTBOUND,          0x00000002)                           \
    X(NOTIFY_BEGIN_INBOUND_FLUSH,     0x00000004)                           \
    X(NOTIFY_BEGIN_OUTBOUND_FLUSH,    0x00000008)                           \
    X(NOTIFY_END_INBOUND,             0x00010000)                           \
    X(NOTIFY_END_OUTBOUND,            0x00020000)                           \
    X(NOTIFY_END_INBOUND_FLUSH,       0x00040000)                           \
    X(NOTIFY_END_OUTBOUND_FLUSH,      0x00080000)                           \
    X(NOTIFY_ABORT_DEFERRED,          0x40000000)                           \
    X(NOTIFY_SYNC,                    0x40000000)   /* support objects */   \
    X(STATUSROW_UPDATE,               0x10000000)                           \
    X(NOTIFY_NEWMAIL,                 0x00000001)                           \
    X(NOTIFY_READYTOSEND,             0x00000002)                           \
    X(NOTIFY_SENTDEFERRED,            0x00000004)                           \
    X(NOTIFY_CRITSEC,                 0x00001000)                           \
    X(NOTIFY_NONCRIT,                 0x00002000)                           \
    X(NOTIFY_CONFIG_CHANGE,           0x00004000)                           \
    X(NOTIFY_CRITICAL_ERROR,          0x10000000)                           \
    X(NOTIFY_NEWMAIL_RECEIVED,        0x20000000)                           \
    X(STATUS_DEFAULT_STORE,           0x00000002)   /* PR_RESOURCE_FLAGS */ \
    X(STATUS_TEMP_SECTION,            0x00000080)                           \
    X(STATUS_PRIMARY_IDENTITY,        0x00000004)                           \
    X(STATUS_OWN_STORE,               0x00000100)

/* What an object, a row or an event is. */
#define LCA_MAPI_KINDS(X)                                                   \
    X(MAPI_STORE,                     1)            /* lpulObjType */       \
    X(MAPI_ADDRBOOK,                  2)                                    \
    X(MAPI_FOLDER,                    3)                                    \
    X(MAPI_ABCONT,                    4)                                    \
    X(MAPI_MESSAGE,                   5)                                    \
    X(MAPI_MAILUSER,                  6)                                    \
    X(MAPI_ATTACH,                    7)                                    \
    X(MAPI_DISTLIST,                  8)                                    \
    X(MAPI_PROFSECT,                  9)                                    \
    X(MAPI_STATUS,                    10)                                   \
    X(MAPI_SESSION,                   11)                                   \
    X(MAPI_STORE_PROVIDER,            33)           /* PR_RESOURCE_TYPE */  \
    X(MAPI_AB,                        34)                                   \
    X(MAPI_AB_PROVIDER,               35)                                   \
    X(MAPI_TRANSPORT_PROVIDER,        36)                                   \
    X(MAPI_SPOOLER,                   37)                                   \
    X(MAPI_PROFILE_PROVIDER,          38)                                   \
    X(MAPI_SUBSYSTEM,                 39)                                   \
    X(MAPI_HOOK_PROVIDER,             40)                                   \
    X(TABLE_CHANGED,                  1)            /* ulTableEvent */      \
    X(TABLE_ERROR,                    2)                                    \
    X(TABLE_ROW_ADDED,                3)                                    \
    X(TABLE_ROW_DELETED,              4)                                    \
    X(TABLE_ROW_MODIFIED,             5)                                    \
    X(TABLE_SORT_DONE,                6)                                    \
    X(TABLE_RESTRICT_DONE,            7)                                    \
    X(TABLE_SETCOL_DONE,              8)                                    \
    X(TABLE_RELOAD,                   9)                                    \
    X(BOOKMARK_BEGINNING,             0)            /* bookmarks */         \
    X(BOOKMARK_CURRENT,               1)                                    \
    X(BOOKMARK_END,                   2)                                    \
    X(RES_AND,                        0)            /* SRestriction.rt */   \
    X(RES_PROPERTY,                   4)                                    \
    X(RES_EXIST,                      8)                                    \
    X(RELOP_EQ,                       4)

#define LCA_MAPI_EVENTS(X)                                                  \
    X(fnevCriticalError,              0x00000001)                           \
    X(fnevNewMail,                    0x00000002)                           \
    X(fnevObjectCreated,              0x00000004)                           \
    X(fnevObjectDeleted,              0x00000008)                           \
    X(fnevObjectModified,             0x00000010)                           \
    X(fnevObjectMoved,                0x00000020)                           \
    X(fnevObjectCopied,               0x00000040)                           \
    X(fnevSearchComplete,             0x00000080)                           \
    X(fnevTableModified,              0x00000100)                           \
    X(fnevStatusObjectModified,       0x00000200)                           \
    X(fnevReservedForMapi,            0x40000000)

#define LCA_MAPI_TAGS(X)                                                    \
    X(PR_NULL,                        0x00000001)                           \
    X(PR_INSTANCE_KEY,                0x0FF60102)                           \
    X(PR_OBJECT_TYPE,                 0x0FFE0003)                           \
    X(PR_ENTRYID,                     0x0FFF0102)                           \
    X(PR_DISPLAY_NAME_A,              0x3001001E)                           \
    X(PR_DISPLAY_NAME_W,              0x3001001F)                           \
    X(PR_RESOURCE_FLAGS,              0x30090003)                           \
    X(PR_PROVIDER_DLL_NAME_A,         0x300A001E)                           \
    X(PR_PROVIDER_UID,                0x300C0102)                           \
    X(PR_DEFAULT_STORE,               0x3400000B)                           \
    X(PR_SERVICE_NAME_A,              0x3D09001E)                           \
    X(PR_RESOURCE_TYPE,               0x3E030003)                           \
    X(PR_STATUS_CODE,                 0x3E040003)

#define LCA_MAPI_FLAGS(X)                                                   \
    LCA_MAPI_SESSION_FLAGS(X) LCA_MAPI_STORE_FLAGS(X)                       \
    LCA_MAPI_PROVIDER_FLAGS(X) LCA_MAPI_KINDS(X) LCA_MAPI_EVENTS(X)         \
    LCA_MAPI_TAGS(X)

enum lca_mapi_flag {
#define X(name, value) name = value,
    LCA_MAPI_FLAGS(X)
#undef X
};

#define MAPI_UNICODE          ((ULONG)0x80000000)
#define LOGOFF_HURRY          ((ULONG)0x80000000)
#define DEINIT_HURRY          ((ULONG)0x80000000)
#define NOTIFY_CANCEL_MESSAGE ((ULONG)0x80000000)
#define NOTIFY_CANCELED       ((ULONG)0x80000000)
#define CALLBACK_DISCONTINUE  ((ULONG)0x80000000)
#define fnevExtended          ((ULONG)0x80000000)

#define LCA_MAPI_HIGH_FLAGS(X)                                              \
    X(MAPI_UNICODE) X(LOGOFF_HURRY) X(DEINIT_HURRY)                         \
    X(NOTIFY_CANCEL_MESSAGE) X(NOTIFY_CANCELED) X(CALLBACK_DISCONTINUE)     \
    X(fnevExtended)

#endif
