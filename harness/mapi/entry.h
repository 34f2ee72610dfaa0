/*
 * entry: what a MAPI library exports, as far as lastcall calls it
 *
 * Source: MAPIX.h, and the names that its stub library looks up.
 */

#ifndef LCA_ENTRY_H
#define LCA_ENTRY_H

/* name, bytes of its arguments on Win32, needed for any trial, and what is
   not tested without it */
#define LCA_ENTRIES(X)                                                      \
    X(MAPIInitialize,      4, true,  "anything")                            \
    X(MAPIUninitialize,    0, true,  "anything")                            \
    X(MAPILogonEx,        20, true,  "anything")                            \
    X(MAPIAdminProfiles,   8, false,                                        \
      "--create-profile, and what a profile's administration outlives")     \
    X(MAPIAllocateBuffer,  8, false, "chains of buffers")                   \
    X(MAPIAllocateMore,   12, false, "chains of buffers")                   \
    X(MAPIFreeBuffer,      4, false, "the life of buffers; what it gives "  \
      "is never freed, so growth is its own")                               \
    X(HrDispatchNotifications, 4, false,                                    \
      "notifications that only come when they are asked for")             \
    X(HrThisThreadAdviseSink, 8, false, "sinks that are bound to a thread")

enum lca_entry {
#define X(name, bytes, needed, without) LCA_ENTRY_##name,
    LCA_ENTRIES(X)
#undef X
    LCA_ENTRY_COUNT
};

#endif
