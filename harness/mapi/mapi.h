/*
 * mapi: the words of MAPI, with the widths that they have on every platform
 *
 * A ULONG is 32 bits everywhere, also where the C type of that name is not,
 * and an HRESULT is signed. Everything here is spelled as MAPI spells it, so
 * that a row of a case reads like the documentation. A program that includes
 * the real headers of MAPI must not include this one.
 *
 * Strings are void pointers: their width is told by MAPI_UNICODE in the flags
 * of the call that made them, and a wide character has 16 bits on Windows and
 * 32 on Linux. Bookmarks and connection numbers have no type here: their
 * width depends on the ABI (abi.h).
 *
 * Structures end in a flexible array where MAPI's end in an array of one, so
 * sizeof never counts an element. A self-test compares every value, every
 * member and every offset with a public copy of the headers.
 */

#ifndef LCA_MAPI_H
#define LCA_MAPI_H

#include "harness/mapi/flags.h"
#include "harness/mapi/structures.h"
#include "harness/mapi/types.h"

/* Every code that MAPI names, and the few of COM that a subject may answer. */
#define LCA_CODES(X)                                                        \
    X(S_OK,                               0x00000000)                       \
    X(S_FALSE,                            0x00000001)                       \
    X(E_NOTIMPL,                          0x80004001)                       \
    X(E_POINTER,                          0x80004003)                       \
    X(E_ABORT,                            0x80004004)                       \
    X(E_UNEXPECTED,                       0x8000FFFF)                       \
    X(MAPI_E_CALL_FAILED,                 0x80004005)                       \
    X(MAPI_E_NOT_ENOUGH_MEMORY,           0x8007000E)                       \
    X(MAPI_E_INVALID_PARAMETER,           0x80070057)                       \
    X(MAPI_E_INTERFACE_NOT_SUPPORTED,     0x80004002)                       \
    X(MAPI_E_NO_ACCESS,                   0x80070005)                       \
    X(MAPI_E_NO_SUPPORT,                  0x80040102)                       \
    X(MAPI_E_BAD_CHARWIDTH,               0x80040103)                       \
    X(MAPI_E_STRING_TOO_LONG,             0x80040105)                       \
    X(MAPI_E_UNKNOWN_FLAGS,               0x80040106)                       \
    X(MAPI_E_INVALID_ENTRYID,             0x80040107)                       \
    X(MAPI_E_INVALID_OBJECT,              0x80040108)                       \
    X(MAPI_E_OBJECT_CHANGED,              0x80040109)                       \
    X(MAPI_E_OBJECT_DELETED,              0x8004010A)                       \
    X(MAPI_E_BUSY,                        0x8004010B)                       \
    X(MAPI_E_NOT_ENOUGH_DISK,             0x8004010D)                       \
    X(MAPI_E_NOT_ENOUGH_RESOURCES,        0x8004010E)                       \
    X(MAPI_E_NOT_FOUND,                   0x8004010F)                       \
    X(MAPI_E_VERSION,                     0x80040110)                       \
    X(MAPI_E_LOGON_FAILED,                0x80040111)                       \
    X(MAPI_E_SESSION_LIMIT,               0x80040112)                       \
    X(MAPI_E_USER_CANCEL,                 0x80040113)                       \
    X(MAPI_E_UNABLE_TO_ABORT,             0x80040114)                       \
    X(MAPI_E_NETWORK_ERROR,               0x80040115)                       \
    X(MAPI_E_DISK_ERROR,                  0x80040116)                       \
    X(MAPI_E_TOO_COMPLEX,                 0x80040117)                       \
    X(MAPI_E_BAD_COLUMN,                  0x80040118)                       \
    X(MAPI_E_EXTENDED_ERROR,              0x80040119)                       \
    X(MAPI_E_COMPUTED,                    0x8004011A)                       \
    X(MAPI_E_CORRUPT_DATA,                0x8004011B)                       \
    X(MAPI_E_UNCONFIGURED,                0x8004011C)                       \
    X(MAPI_E_FAILONEPROVIDER,             0x8004011D)                       \
    X(MAPI_E_UNKNOWN_CPID,                0x8004011E)                       \
    X(MAPI_E_UNKNOWN_LCID,                0x8004011F)                       \
    X(MAPI_E_PASSWORD_CHANGE_REQUIRED,    0x80040120)                       \
    X(MAPI_E_PASSWORD_EXPIRED,            0x80040121)                       \
    X(MAPI_E_INVALID_WORKSTATION_ACCOUNT, 0x80040122)                       \
    X(MAPI_E_INVALID_ACCESS_TIME,         0x80040123)                       \
    X(MAPI_E_ACCOUNT_DISABLED,            0x80040124)                       \
    X(MAPI_E_RECONNECTED,                 0x80040125)                       \
    X(MAPI_E_OFFLINE,                     0x80040126)                       \
    X(MAPI_E_END_OF_SESSION,              0x80040200)                       \
    X(MAPI_E_UNKNOWN_ENTRYID,             0x80040201)                       \
    X(MAPI_E_MISSING_REQUIRED_COLUMN,     0x80040202)                       \
    X(MAPI_W_NO_SERVICE,                  0x00040203)                       \
    X(MAPI_E_BAD_VALUE,                   0x80040301)                       \
    X(MAPI_E_INVALID_TYPE,                0x80040302)                       \
    X(MAPI_E_TYPE_NO_SUPPORT,             0x80040303)                       \
    X(MAPI_E_UNEXPECTED_TYPE,             0x80040304)                       \
    X(MAPI_E_TOO_BIG,                     0x80040305)                       \
    X(MAPI_E_DECLINE_COPY,                0x80040306)                       \
    X(MAPI_E_UNEXPECTED_ID,               0x80040307)                       \
    X(MAPI_W_ERRORS_RETURNED,             0x00040380)                       \
    X(MAPI_E_UNABLE_TO_COMPLETE,          0x80040400)                       \
    X(MAPI_E_TIMEOUT,                     0x80040401)                       \
    X(MAPI_E_TABLE_EMPTY,                 0x80040402)                       \
    X(MAPI_E_TABLE_TOO_BIG,               0x80040403)                       \
    X(MAPI_E_INVALID_BOOKMARK,            0x80040405)                       \
    X(MAPI_W_POSITION_CHANGED,            0x00040481)                       \
    X(MAPI_W_APPROX_COUNT,                0x00040482)                       \
    X(MAPI_E_WAIT,                        0x80040500)                       \
    X(MAPI_E_CANCEL,                      0x80040501)                       \
    X(MAPI_E_NOT_ME,                      0x80040502)                       \
    X(MAPI_W_CANCEL_MESSAGE,              0x00040580)                       \
    X(MAPI_E_CORRUPT_STORE,               0x80040600)                       \
    X(MAPI_E_NOT_IN_QUEUE,                0x80040601)                       \
    X(MAPI_E_NO_SUPPRESS,                 0x80040602)                       \
    X(MAPI_E_COLLISION,                   0x80040604)                       \
    X(MAPI_E_NOT_INITIALIZED,             0x80040605)                       \
    X(MAPI_E_NON_STANDARD,                0x80040606)                       \
    X(MAPI_E_NO_RECIPIENTS,               0x80040607)                       \
    X(MAPI_E_SUBMITTED,                   0x80040608)                       \
    X(MAPI_E_HAS_FOLDERS,                 0x80040609)                       \
    X(MAPI_E_HAS_MESSAGES,                0x8004060A)                       \
    X(MAPI_E_FOLDER_CYCLE,                0x8004060B)                       \
    X(MAPI_W_PARTIAL_COMPLETION,          0x00040680)                       \
    X(MAPI_E_AMBIGUOUS_RECIP,             0x80040700)

enum lca_hresult {
#define X(name, value) name = (HRESULT)value,
    LCA_CODES(X)
#undef X
};

#endif
