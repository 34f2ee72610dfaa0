/*
 * interface: the methods of MAPI's interfaces, as data
 *
 * One list an interface: its name, the method's name as in the headers, its
 * slot in a COM table, and what each parameter is. An interface lists only
 * what it adds to its base, so IAddrBook begins at slot 14. Where a C++ table
 * has the method is told by abi.h.
 *
 * Everything here is constant; nothing is allocated, any thread may ask.
 */

#ifndef LCA_INTERFACE_H
#define LCA_INTERFACE_H

#include "harness/mapi/structures.h"

#include <stdbool.h>

/*
 * What a parameter is, for the recipes that fill it and the sentinels that
 * watch it. Inputs first, outputs from OUT_OBJECT on. A width that depends on
 * the ABI is told by lca_abi_output_size.
 */
#define LCA_PARAMETERS(X)                                                   \
    X(UI)               /* ULONG_PTR ulUIParam, a window */                 \
    X(FLAGS)            /* ULONG of flags */                                \
    X(ULONG)            /* other ULONG: masks, tags, counts of elements */  \
    X(LONG)             /* LONG, may be negative */                         \
    X(HRESULT)          /* a result to be explained */                      \
    X(CB)               /* ULONG, bytes in the EID or IN that follows */    \
    X(EID)              /* entry id */                                      \
    X(IID)              /* interface id */                                  \
    X(UID)              /* one MAPIUID, read */                             \
    X(STRING)           /* string, wide with MAPI_UNICODE */                \
    X(IN)               /* any other pointer the callee reads or keeps */   \
    X(OBJECT)           /* interface pointer lent */                        \
    X(SINK)             /* advise sink lent */                              \
    X(CONNECTION)       /* connection number to give up */                  \
    X(TOKEN)            /* other ULONG_PTR */                               \
    X(INT64)            /* LARGE_INTEGER or ULARGE_INTEGER, by value */     \
    X(BOOKMARK)         /* place in a table */                              \
    X(FUNCTION)         /* pointer to a function of the caller's */         \
    X(OUT_OBJECT)       /* interface pointer: the caller releases it */     \
    X(OUT_BUFFER)       /* MAPI memory: the caller frees it */              \
    X(OUT_COUNT)        /* ULONG, elements or bytes in an OUT_BUFFER */     \
    X(OUT_ULONG)                                                            \
    X(OUT_LONG)                                                             \
    X(OUT_CONNECTION)                                                       \
    X(OUT_TOKEN)                                                            \
    X(OUT_BOOKMARK)                                                         \
    X(OUT_UID)          /* MAPIUID that the caller has room for */          \
    X(INOUT)            /* read and written: a ULONG, a list, a structure */

enum lca_parameter {
#define X(kind) LCA_P_##kind,
    LCA_PARAMETERS(X)
#undef X
    LCA_P_COUNT
};

/*
 * Interface, what it derives from, its IID: OLE(first group), and one that
 * is not of that form. IUnknown derives from nothing, and comes first.
 */
#define LCA_INTERFACES(X)                                                   \
    X(IUnknown,           Nothing,           OLE(0x00000000))               \
    X(IMAPISession,       IUnknown,          OLE(0x00020300))               \
    X(IMAPIProp,          IUnknown,          OLE(0x00020303))               \
    X(IMAPITable,         IUnknown,          OLE(0x00020301))               \
    X(IMsgStore,          IMAPIProp,         OLE(0x00020306))               \
    X(IAddrBook,          IMAPIProp,         OLE(0x00020309))               \
    X(IProfSect,          IMAPIProp,         OLE(0x00020304))               \
    X(IMAPIStatus,        IMAPIProp,         OLE(0x00020305))               \
    X(IMAPIContainer,     IMAPIProp,         OLE(0x0002030B))               \
    X(IMAPIFolder,        IMAPIContainer,    OLE(0x0002030C))               \
    X(IABContainer,       IMAPIContainer,    OLE(0x0002030D))               \
    X(IProfAdmin,         IUnknown,          OLE(0x0002031C))               \
    X(IMsgServiceAdmin,   IUnknown,          OLE(0x0002031D))               \
    X(IProviderAdmin,     IUnknown,          OLE(0x00020325))               \
    X(IMessage,           IMAPIProp,         OLE(0x00020307))               \
    X(IMAPIAdviseSink,    IUnknown,          OLE(0x00020302))               \
    X(ISequentialStream,  IUnknown,          SEQUENTIAL)                    \
    X(IStream,            ISequentialStream, OLE(0x0000000C))               \
    X(IMAPIClientShutdown, IUnknown,         OLE(0x00020397))

enum lca_interface {
#define X(name, base, iid) LCA_##name,
    LCA_INTERFACES(X)
#undef X
    LCA_INTERFACE_COUNT
};

#include "harness/mapi/methods.h"

enum lca_method {
    LCA_NO_METHOD,
#define X(interface, name, ...) LCA_##interface##_##name,
    LCA_METHODS(X)
#undef X
    LCA_METHOD_COUNT
};

struct lca_method_row {
    const char *name;                   /* without the interface's */
    enum lca_interface interface;       /* the one that declares it */
    unsigned char slot;                 /* in a COM table */
    unsigned char count;                /* of parameters, without self */
    const unsigned char *parameters;    /* of enum lca_parameter */
};

/* The row of LCA_NO_METHOD has an empty name and no parameters. */
const struct lca_method_row *lca_method(enum lca_method method);

/* LCA_NO_METHOD if either name is unknown; what a base declares is its own. */
enum lca_method lca_method_find(const char *interface, const char *method);

const char *lca_interface_name(enum lca_interface interface);

/* IUnknown, which has no base, is its own. */
enum lca_interface lca_interface_base(enum lca_interface interface);

/* True for outputs and for what is read and written. */
bool lca_parameter_is_output(enum lca_parameter parameter);
const char *lca_parameter_name(enum lca_parameter parameter);

/* In memory as the headers have them; &lca_iid[LCA_IMAPIProp] may be lent. */
extern const struct GUID lca_iid[LCA_INTERFACE_COUNT];

#endif
