/*
 * structures: what MAPI hands over in memory
 *
 * Included by mapi.h, which says what holds for all of them. LCA_MEMBERS is
 * the layout on a 64-bit platform; structures.c asserts it.
 */

#ifndef LCA_STRUCTURES_H
#define LCA_STRUCTURES_H

#include "harness/mapi/types.h"

struct GUID {
    uint32_t Data1;
    uint16_t Data2;
    uint16_t Data3;
    uint8_t Data4[8];
};

struct MAPIUID {
    uint8_t ab[16];
};

struct MAPIINIT_0 {
    ULONG ulVersion;
    ULONG ulFlags;
};

struct ENTRYID {
    uint8_t abFlags[4];
    uint8_t ab[];
};

struct NOTIFKEY {
    ULONG cb;
    uint8_t ab[];
};

struct SBinary {
    ULONG cb;
    uint8_t *lpb;
};

struct SBinaryArray {           /* MAPI's ENTRYLIST too */
    ULONG cValues;
    struct SBinary *lpbin;
};

struct SPropTagArray {
    ULONG cValues;
    ULONG aulPropTag[];
};

struct FILETIME {
    ULONG dwLowDateTime;
    ULONG dwHighDateTime;
};

union PV {
    int16_t i;
    LONG l;
    ULONG ul;
    float flt;
    double dbl;
    uint16_t b;
    struct FILETIME ft;
    char *lpszA;
    struct SBinary bin;
    void *lpszW;
    struct GUID *lpguid;
    int64_t li;
    struct SBinaryArray MVbin;
    SCODE err;
    LONG x;
};

struct SPropValue {
    ULONG ulPropTag;
    ULONG dwAlignPad;
    union PV Value;
};

struct SPropProblem {
    ULONG ulIndex;
    ULONG ulPropTag;
    SCODE scode;
};

struct SPropProblemArray {
    ULONG cProblem;
    struct SPropProblem aProblem[];
};

struct SRow {
    ULONG ulAdrEntryPad;
    ULONG cValues;
    struct SPropValue *lpProps;
};

struct SRowSet {
    ULONG cRows;
    struct SRow aRow[];
};

struct ADRENTRY {
    ULONG ulReserved1;
    ULONG cValues;
    struct SPropValue *rgPropVals;
};

struct ADRLIST {
    ULONG cEntries;
    struct ADRENTRY aEntries[];
};

struct SSortOrder {
    ULONG ulPropTag;
    ULONG ulOrder;
};

struct SSortOrderSet {
    ULONG cSorts;
    ULONG cCategories;
    ULONG cExpanded;
    struct SSortOrder aSort[];
};

struct SRestriction;

struct SAndRestriction {
    ULONG cRes;
    struct SRestriction *lpRes;
};

struct SPropertyRestriction {
    ULONG relop;
    ULONG ulPropTag;
    struct SPropValue *lpProp;
};

struct SExistRestriction {
    ULONG ulReserved1;
    ULONG ulPropTag;
    ULONG ulReserved2;
};

struct SCommentRestriction {    /* the largest: it gives RES its size */
    ULONG cValues;
    struct SRestriction *lpRes;
    struct SPropValue *lpProp;
};

union RES {
    struct SAndRestriction resAnd;
    struct SPropertyRestriction resProperty;
    struct SExistRestriction resExist;
    struct SCommentRestriction resComment;
};

struct SRestriction {
    ULONG rt;
    union RES res;
};

struct MAPINAMEID {
    struct GUID *lpguid;
    ULONG ulKind;
    union {
        LONG lID;
        void *lpwstrName;
    } Kind;
};

struct MAPIERROR {
    ULONG ulVersion;
    void *lpszError;
    void *lpszComponent;
    ULONG ulLowLevelError;
    ULONG ulContext;
};

struct ERROR_NOTIFICATION {
    ULONG cbEntryID;
    struct ENTRYID *lpEntryID;
    SCODE scode;
    ULONG ulFlags;
    struct MAPIERROR *lpMAPIError;
};

struct NEWMAIL_NOTIFICATION {
    ULONG cbEntryID;
    struct ENTRYID *lpEntryID;
    ULONG cbParentID;
    struct ENTRYID *lpParentID;
    ULONG ulFlags;
    void *lpszMessageClass;
    ULONG ulMessageFlags;
};

struct OBJECT_NOTIFICATION {
    ULONG cbEntryID;
    struct ENTRYID *lpEntryID;
    ULONG ulObjType;
    ULONG cbParentID;
    struct ENTRYID *lpParentID;
    ULONG cbOldID;
    struct ENTRYID *lpOldID;
    ULONG cbOldParentID;
    struct ENTRYID *lpOldParentID;
    struct SPropTagArray *lpPropTagArray;
};

struct TABLE_NOTIFICATION {
    ULONG ulTableEvent;
    HRESULT hResult;
    struct SPropValue propIndex;
    struct SPropValue propPrior;
    struct SRow row;
    ULONG ulPad;
};

struct EXTENDED_NOTIFICATION {
    ULONG ulEvent;
    ULONG cb;
    uint8_t *pbEventParameters;
};

struct STATUS_OBJECT_NOTIFICATION {
    ULONG cbEntryID;
    struct ENTRYID *lpEntryID;
    ULONG cValues;
    struct SPropValue *lpPropVals;
};

struct NOTIFICATION {
    ULONG ulEventType;
    ULONG ulAlignPad;
    union {
        struct ERROR_NOTIFICATION err;
        struct NEWMAIL_NOTIFICATION newmail;
        struct OBJECT_NOTIFICATION obj;
        struct TABLE_NOTIFICATION tab;
        struct EXTENDED_NOTIFICATION ext;
        struct STATUS_OBJECT_NOTIFICATION statobj;
    } info;
};

/* Structure and its size on a 64-bit platform, arrays of one not counted. */
#define LCA_STRUCTURES(X)                                                   \
    X(MAPIINIT_0, 8) X(MAPIUID, 16) X(ENTRYID, 4) X(NOTIFKEY, 4)            \
    X(SBinary, 16) X(SBinaryArray, 16) X(SPropTagArray, 4)                  \
    X(FILETIME, 8) X(SPropValue, 24) X(SPropProblem, 12)                    \
    X(SPropProblemArray, 4) X(SRow, 16) X(SRowSet, 8) X(ADRENTRY, 16)       \
    X(ADRLIST, 8) X(SSortOrder, 8) X(SSortOrderSet, 12)                     \
    X(SAndRestriction, 16) X(SPropertyRestriction, 16)                      \
    X(SExistRestriction, 12) X(SCommentRestriction, 24) X(SRestriction, 32) \
    X(MAPINAMEID, 24)                                                       \
    X(MAPIERROR, 32) X(ERROR_NOTIFICATION, 32)                              \
    X(NEWMAIL_NOTIFICATION, 56) X(OBJECT_NOTIFICATION, 72)                  \
    X(TABLE_NOTIFICATION, 80) X(EXTENDED_NOTIFICATION, 16)                  \
    X(STATUS_OBJECT_NOTIFICATION, 32) X(NOTIFICATION, 88)

/*
 * Structure, member, offset; in the order of the members. OPEN is a member
 * that is an array without a length, which has no sizeof.
 */
#define LCA_MEMBERS(X, OPEN)                                                \
    X(MAPIINIT_0, ulVersion, 0)                                             \
    X(MAPIINIT_0, ulFlags, 4)                                               \
    X(MAPIUID, ab, 0)                                                       \
    X(ENTRYID, abFlags, 0)                                                  \
    OPEN(ENTRYID, ab, 4)                                                    \
    X(NOTIFKEY, cb, 0)                                                      \
    OPEN(NOTIFKEY, ab, 4)                                                   \
    X(SBinary, cb, 0)                                                       \
    X(SBinary, lpb, 8)                                                      \
    X(SBinaryArray, cValues, 0)                                             \
    X(SBinaryArray, lpbin, 8)                                               \
    X(SPropTagArray, cValues, 0)                                            \
    OPEN(SPropTagArray, aulPropTag, 4)                                      \
    X(FILETIME, dwLowDateTime, 0)                                           \
    X(FILETIME, dwHighDateTime, 4)                                          \
    X(SPropValue, ulPropTag, 0)                                             \
    X(SPropValue, dwAlignPad, 4)                                            \
    X(SPropValue, Value, 8)                                                 \
    X(SPropProblem, ulIndex, 0)                                             \
    X(SPropProblem, ulPropTag, 4)                                           \
    X(SPropProblem, scode, 8)                                               \
    X(SPropProblemArray, cProblem, 0)                                       \
    OPEN(SPropProblemArray, aProblem, 4)                                    \
    X(SRow, ulAdrEntryPad, 0)                                               \
    X(SRow, cValues, 4)                                                     \
    X(SRow, lpProps, 8)                                                     \
    X(SRowSet, cRows, 0)                                                    \
    OPEN(SRowSet, aRow, 8)                                                  \
    X(ADRENTRY, ulReserved1, 0)                                             \
    X(ADRENTRY, cValues, 4)                                                 \
    X(ADRENTRY, rgPropVals, 8)                                              \
    X(ADRLIST, cEntries, 0)                                                 \
    OPEN(ADRLIST, aEntries, 8)                                              \
    X(SSortOrder, ulPropTag, 0)                                             \
    X(SSortOrder, ulOrder, 4)                                               \
    X(SSortOrderSet, cSorts, 0)                                             \
    X(SSortOrderSet, cCategories, 4)                                        \
    X(SSortOrderSet, cExpanded, 8)                                          \
    OPEN(SSortOrderSet, aSort, 12)                                          \
    X(SAndRestriction, cRes, 0)                                             \
    X(SAndRestriction, lpRes, 8)                                            \
    X(SPropertyRestriction, relop, 0)                                       \
    X(SPropertyRestriction, ulPropTag, 4)                                   \
    X(SPropertyRestriction, lpProp, 8)                                      \
    X(SExistRestriction, ulReserved1, 0)                                    \
    X(SExistRestriction, ulPropTag, 4)                                      \
    X(SExistRestriction, ulReserved2, 8)                                    \
    X(SCommentRestriction, cValues, 0)                                      \
    X(SCommentRestriction, lpRes, 8)                                        \
    X(SCommentRestriction, lpProp, 16)                                      \
    X(SRestriction, rt, 0)                                                  \
    X(SRestriction, res, 8)                                                 \
    X(MAPINAMEID, lpguid, 0)                                                \
    X(MAPINAMEID, ulKind, 8)                                                \
    X(MAPINAMEID, Kind, 16)                                                 \
    X(MAPIERROR, ulVersion, 0)                                              \
    X(MAPIERROR, lpszError, 8)                                              \
    X(MAPIERROR, lpszComponent, 16)                                         \
    X(MAPIERROR, ulLowLevelError, 24)                                       \
    X(MAPIERROR, ulContext, 28)                                             \
    X(ERROR_NOTIFICATION, cbEntryID, 0)                                     \
    X(ERROR_NOTIFICATION, lpEntryID, 8)                                     \
    X(ERROR_NOTIFICATION, scode, 16)                                        \
    X(ERROR_NOTIFICATION, ulFlags, 20)                                      \
    X(ERROR_NOTIFICATION, lpMAPIError, 24)                                  \
    X(NEWMAIL_NOTIFICATION, cbEntryID, 0)                                   \
    X(NEWMAIL_NOTIFICATION, lpEntryID, 8)                                   \
    X(NEWMAIL_NOTIFICATION, cbParentID, 16)                                 \
    X(NEWMAIL_NOTIFICATION, lpParentID, 24)                                 \
    X(NEWMAIL_NOTIFICATION, ulFlags, 32)                                    \
    X(NEWMAIL_NOTIFICATION, lpszMessageClass, 40)                           \
    X(NEWMAIL_NOTIFICATION, ulMessageFlags, 48)                             \
    X(OBJECT_NOTIFICATION, cbEntryID, 0)                                    \
    X(OBJECT_NOTIFICATION, lpEntryID, 8)                                    \
    X(OBJECT_NOTIFICATION, ulObjType, 16)                                   \
    X(OBJECT_NOTIFICATION, cbParentID, 20)                                  \
    X(OBJECT_NOTIFICATION, lpParentID, 24)                                  \
    X(OBJECT_NOTIFICATION, cbOldID, 32)                                     \
    X(OBJECT_NOTIFICATION, lpOldID, 40)                                     \
    X(OBJECT_NOTIFICATION, cbOldParentID, 48)                               \
    X(OBJECT_NOTIFICATION, lpOldParentID, 56)                               \
    X(OBJECT_NOTIFICATION, lpPropTagArray, 64)                              \
    X(TABLE_NOTIFICATION, ulTableEvent, 0)                                  \
    X(TABLE_NOTIFICATION, hResult, 4)                                       \
    X(TABLE_NOTIFICATION, propIndex, 8)                                     \
    X(TABLE_NOTIFICATION, propPrior, 32)                                    \
    X(TABLE_NOTIFICATION, row, 56)                                          \
    X(TABLE_NOTIFICATION, ulPad, 72)                                        \
    X(EXTENDED_NOTIFICATION, ulEvent, 0)                                    \
    X(EXTENDED_NOTIFICATION, cb, 4)                                         \
    X(EXTENDED_NOTIFICATION, pbEventParameters, 8)                          \
    X(STATUS_OBJECT_NOTIFICATION, cbEntryID, 0)                             \
    X(STATUS_OBJECT_NOTIFICATION, lpEntryID, 8)                             \
    X(STATUS_OBJECT_NOTIFICATION, cValues, 16)                              \
    X(STATUS_OBJECT_NOTIFICATION, lpPropVals, 24)                           \
    X(NOTIFICATION, ulEventType, 0)                                         \
    X(NOTIFICATION, ulAlignPad, 4)                                          \
    X(NOTIFICATION, info, 8)

#endif
