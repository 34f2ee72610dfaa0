/*
 * methods: one list an interface; interface.h grows everything from them
 *
 * A row is interface, method, slot in a COM table, kinds of its parameters in
 * their order (LCA_PARAMETERS; NONE if there are none, self is not counted).
 */

#ifndef LCA_METHODS_H
#define LCA_METHODS_H

#define LCA_IUnknown_METHODS(X)                                             \
    X(IUnknown, QueryInterface, 0, IID, OUT_OBJECT)                         \
    X(IUnknown, AddRef, 1, NONE)                                            \
    X(IUnknown, Release, 2, NONE)

#define LCA_IMAPISession_METHODS(X)                                         \
    X(IMAPISession, GetLastError, 3, HRESULT, FLAGS, OUT_BUFFER)            \
    X(IMAPISession, GetMsgStoresTable, 4, FLAGS, OUT_OBJECT)                \
    X(IMAPISession, OpenMsgStore, 5, UI, CB, EID, IID, FLAGS, OUT_OBJECT)   \
    X(IMAPISession, OpenAddressBook, 6, UI, IID, FLAGS, OUT_OBJECT)         \
    X(IMAPISession, OpenProfileSection, 7, UID, IID, FLAGS, OUT_OBJECT)     \
    X(IMAPISession, GetStatusTable, 8, FLAGS, OUT_OBJECT)                   \
    X(IMAPISession, OpenEntry, 9, CB, EID, IID, FLAGS, OUT_ULONG,           \
      OUT_OBJECT)                                                           \
    X(IMAPISession, CompareEntryIDs, 10, CB, EID, CB, EID, FLAGS,           \
      OUT_ULONG)                                                            \
    X(IMAPISession, Advise, 11, CB, EID, ULONG, SINK, OUT_CONNECTION)       \
    X(IMAPISession, Unadvise, 12, CONNECTION)                               \
    X(IMAPISession, MessageOptions, 13, UI, FLAGS, STRING, OBJECT)          \
    X(IMAPISession, QueryDefaultMessageOpt, 14, STRING, FLAGS, OUT_COUNT,   \
      OUT_BUFFER)                                                           \
    X(IMAPISession, EnumAdrTypes, 15, FLAGS, OUT_COUNT, OUT_BUFFER)         \
    X(IMAPISession, QueryIdentity, 16, OUT_COUNT, OUT_BUFFER)               \
    X(IMAPISession, Logoff, 17, UI, FLAGS, ULONG)                           \
    X(IMAPISession, SetDefaultStore, 18, FLAGS, CB, EID)                    \
    X(IMAPISession, AdminServices, 19, FLAGS, OUT_OBJECT)                   \
    X(IMAPISession, ShowForm, 20, UI, OBJECT, OBJECT, IID, TOKEN, OBJECT,   \
      FLAGS, ULONG, ULONG, ULONG, STRING)                                   \
    X(IMAPISession, PrepareForm, 21, IID, OBJECT, OUT_TOKEN)

#define LCA_IMAPIProp_METHODS(X)                                            \
    X(IMAPIProp, GetLastError, 3, HRESULT, FLAGS, OUT_BUFFER)               \
    X(IMAPIProp, SaveChanges, 4, FLAGS)                                     \
    X(IMAPIProp, GetProps, 5, IN, FLAGS, OUT_COUNT, OUT_BUFFER)             \
    X(IMAPIProp, GetPropList, 6, FLAGS, OUT_BUFFER)                         \
    X(IMAPIProp, OpenProperty, 7, ULONG, IID, ULONG, FLAGS, OUT_OBJECT)     \
    X(IMAPIProp, SetProps, 8, ULONG, IN, OUT_BUFFER)                        \
    X(IMAPIProp, DeleteProps, 9, IN, OUT_BUFFER)                            \
    X(IMAPIProp, CopyTo, 10, ULONG, IN, IN, UI, OBJECT, IID, OBJECT, FLAGS, \
      OUT_BUFFER)                                                           \
    X(IMAPIProp, CopyProps, 11, IN, UI, OBJECT, IID, OBJECT, FLAGS,         \
      OUT_BUFFER)                                                           \
    X(IMAPIProp, GetNamesFromIDs, 12, INOUT, IN, FLAGS, OUT_COUNT,          \
      OUT_BUFFER)                                                           \
    X(IMAPIProp, GetIDsFromNames, 13, ULONG, IN, FLAGS, OUT_BUFFER)

#define LCA_IMAPITable_METHODS(X)                                           \
    X(IMAPITable, GetLastError, 3, HRESULT, FLAGS, OUT_BUFFER)              \
    X(IMAPITable, Advise, 4, ULONG, SINK, OUT_CONNECTION)                   \
    X(IMAPITable, Unadvise, 5, CONNECTION)                                  \
    X(IMAPITable, GetStatus, 6, OUT_ULONG, OUT_ULONG)                       \
    X(IMAPITable, SetColumns, 7, IN, FLAGS)                                 \
    X(IMAPITable, QueryColumns, 8, FLAGS, OUT_BUFFER)                       \
    X(IMAPITable, GetRowCount, 9, FLAGS, OUT_ULONG)                         \
    X(IMAPITable, SeekRow, 10, BOOKMARK, LONG, OUT_LONG)                    \
    X(IMAPITable, SeekRowApprox, 11, ULONG, ULONG)                          \
    X(IMAPITable, QueryPosition, 12, OUT_ULONG, OUT_ULONG, OUT_ULONG)       \
    X(IMAPITable, FindRow, 13, IN, BOOKMARK, FLAGS)                         \
    X(IMAPITable, Restrict, 14, IN, FLAGS)                                  \
    X(IMAPITable, CreateBookmark, 15, OUT_BOOKMARK)                         \
    X(IMAPITable, FreeBookmark, 16, BOOKMARK)                               \
    X(IMAPITable, SortTable, 17, IN, FLAGS)                                 \
    X(IMAPITable, QuerySortOrder, 18, OUT_BUFFER)                           \
    X(IMAPITable, QueryRows, 19, LONG, FLAGS, OUT_BUFFER)                   \
    X(IMAPITable, Abort, 20, NONE)                                          \
    X(IMAPITable, ExpandRow, 21, CB, IN, ULONG, FLAGS, OUT_BUFFER,          \
      OUT_ULONG)                                                            \
    X(IMAPITable, CollapseRow, 22, CB, IN, FLAGS, OUT_ULONG)                \
    X(IMAPITable, WaitForCompletion, 23, FLAGS, ULONG, OUT_ULONG)           \
    X(IMAPITable, GetCollapseState, 24, FLAGS, CB, IN, OUT_COUNT,           \
      OUT_BUFFER)                                                           \
    X(IMAPITable, SetCollapseState, 25, FLAGS, CB, IN, OUT_BOOKMARK)

#define LCA_IMsgStore_METHODS(X)                                            \
    X(IMsgStore, Advise, 14, CB, EID, ULONG, SINK, OUT_CONNECTION)          \
    X(IMsgStore, Unadvise, 15, CONNECTION)                                  \
    X(IMsgStore, CompareEntryIDs, 16, CB, EID, CB, EID, FLAGS, OUT_ULONG)   \
    X(IMsgStore, OpenEntry, 17, CB, EID, IID, FLAGS, OUT_ULONG, OUT_OBJECT) \
    X(IMsgStore, SetReceiveFolder, 18, STRING, FLAGS, CB, EID)              \
    X(IMsgStore, GetReceiveFolder, 19, STRING, FLAGS, OUT_COUNT,            \
      OUT_BUFFER, OUT_BUFFER)                                               \
    X(IMsgStore, GetReceiveFolderTable, 20, FLAGS, OUT_OBJECT)              \
    X(IMsgStore, StoreLogoff, 21, INOUT)                                    \
    X(IMsgStore, AbortSubmit, 22, CB, EID, FLAGS)                           \
    X(IMsgStore, GetOutgoingQueue, 23, FLAGS, OUT_OBJECT)                   \
    X(IMsgStore, SetLockState, 24, OBJECT, ULONG)                           \
    X(IMsgStore, FinishedMsg, 25, FLAGS, CB, EID)                           \
    X(IMsgStore, NotifyNewMail, 26, IN)

#define LCA_IAddrBook_METHODS(X)                                            \
    X(IAddrBook, OpenEntry, 14, CB, EID, IID, FLAGS, OUT_ULONG, OUT_OBJECT) \
    X(IAddrBook, CompareEntryIDs, 15, CB, EID, CB, EID, FLAGS, OUT_ULONG)   \
    X(IAddrBook, Advise, 16, CB, EID, ULONG, SINK, OUT_CONNECTION)          \
    X(IAddrBook, Unadvise, 17, CONNECTION)                                  \
    X(IAddrBook, CreateOneOff, 18, STRING, STRING, STRING, FLAGS,           \
      OUT_COUNT, OUT_BUFFER)                                                \
    X(IAddrBook, NewEntry, 19, UI, FLAGS, CB, EID, CB, EID, OUT_COUNT,      \
      OUT_BUFFER)                                                           \
    X(IAddrBook, ResolveName, 20, UI, FLAGS, STRING, INOUT)                 \
    X(IAddrBook, Address, 21, INOUT, INOUT, INOUT)                          \
    X(IAddrBook, Details, 22, INOUT, FUNCTION, IN, CB, EID, FUNCTION, IN,   \
      STRING, FLAGS)                                                        \
    X(IAddrBook, RecipOptions, 23, UI, FLAGS, INOUT)                        \
    X(IAddrBook, QueryDefaultRecipOpt, 24, STRING, FLAGS, OUT_COUNT,        \
      OUT_BUFFER)                                                           \
    X(IAddrBook, GetPAB, 25, OUT_COUNT, OUT_BUFFER)                         \
    X(IAddrBook, SetPAB, 26, CB, EID)                                       \
    X(IAddrBook, GetDefaultDir, 27, OUT_COUNT, OUT_BUFFER)                  \
    X(IAddrBook, SetDefaultDir, 28, CB, EID)                                \
    X(IAddrBook, GetSearchPath, 29, FLAGS, OUT_BUFFER)                      \
    X(IAddrBook, SetSearchPath, 30, FLAGS, IN)                              \
    X(IAddrBook, PrepareRecips, 31, FLAGS, IN, INOUT)

#define LCA_IProfSect_METHODS(X)    /* IMAPIProp has them all */

#define LCA_IMAPIStatus_METHODS(X)                                          \
    X(IMAPIStatus, ValidateState, 14, UI, FLAGS)                            \
    X(IMAPIStatus, SettingsDialog, 15, UI, FLAGS)                           \
    X(IMAPIStatus, ChangePassword, 16, STRING, STRING, FLAGS)               \
    X(IMAPIStatus, FlushQueues, 17, UI, CB, EID, FLAGS)

#define LCA_IMAPIContainer_METHODS(X)                                       \
    X(IMAPIContainer, GetContentsTable, 14, FLAGS, OUT_OBJECT)              \
    X(IMAPIContainer, GetHierarchyTable, 15, FLAGS, OUT_OBJECT)             \
    X(IMAPIContainer, OpenEntry, 16, CB, EID, IID, FLAGS, OUT_ULONG,        \
      OUT_OBJECT)                                                           \
    X(IMAPIContainer, SetSearchCriteria, 17, IN, IN, FLAGS)                 \
    X(IMAPIContainer, GetSearchCriteria, 18, FLAGS, OUT_BUFFER, OUT_BUFFER, \
      OUT_ULONG)

#define LCA_IMAPIFolder_METHODS(X)                                          \
    X(IMAPIFolder, CreateMessage, 19, IID, FLAGS, OUT_OBJECT)               \
    X(IMAPIFolder, CopyMessages, 20, IN, IID, OBJECT, UI, OBJECT, FLAGS)    \
    X(IMAPIFolder, DeleteMessages, 21, IN, UI, OBJECT, FLAGS)               \
    X(IMAPIFolder, CreateFolder, 22, ULONG, STRING, STRING, IID, FLAGS,     \
      OUT_OBJECT)                                                           \
    X(IMAPIFolder, CopyFolder, 23, CB, EID, IID, OBJECT, STRING, UI,        \
      OBJECT, FLAGS)                                                        \
    X(IMAPIFolder, DeleteFolder, 24, CB, EID, UI, OBJECT, FLAGS)            \
    X(IMAPIFolder, SetReadFlags, 25, IN, UI, OBJECT, FLAGS)                 \
    X(IMAPIFolder, GetMessageStatus, 26, CB, EID, FLAGS, OUT_ULONG)         \
    X(IMAPIFolder, SetMessageStatus, 27, CB, EID, ULONG, ULONG, OUT_ULONG)  \
    X(IMAPIFolder, SaveContentsSort, 28, IN, FLAGS)                         \
    X(IMAPIFolder, EmptyFolder, 29, UI, OBJECT, FLAGS)

#define LCA_IABContainer_METHODS(X)                                         \
    X(IABContainer, CreateEntry, 19, CB, EID, FLAGS, OUT_OBJECT)            \
    X(IABContainer, CopyEntries, 20, IN, UI, OBJECT, FLAGS)                 \
    X(IABContainer, DeleteEntries, 21, IN, FLAGS)                           \
    X(IABContainer, ResolveNames, 22, IN, FLAGS, INOUT, INOUT)

#define LCA_IProfAdmin_METHODS(X)                                           \
    X(IProfAdmin, GetLastError, 3, HRESULT, FLAGS, OUT_BUFFER)              \
    X(IProfAdmin, GetProfileTable, 4, FLAGS, OUT_OBJECT)                    \
    X(IProfAdmin, CreateProfile, 5, STRING, STRING, UI, FLAGS)              \
    X(IProfAdmin, DeleteProfile, 6, STRING, FLAGS)                          \
    X(IProfAdmin, ChangeProfilePassword, 7, STRING, STRING, STRING, FLAGS)  \
    X(IProfAdmin, CopyProfile, 8, STRING, STRING, STRING, UI, FLAGS)        \
    X(IProfAdmin, RenameProfile, 9, STRING, STRING, STRING, UI, FLAGS)      \
    X(IProfAdmin, SetDefaultProfile, 10, STRING, FLAGS)                     \
    X(IProfAdmin, AdminServices, 11, STRING, STRING, UI, FLAGS, OUT_OBJECT)

#define LCA_IMsgServiceAdmin_METHODS(X)                                     \
    X(IMsgServiceAdmin, GetLastError, 3, HRESULT, FLAGS, OUT_BUFFER)        \
    X(IMsgServiceAdmin, GetMsgServiceTable, 4, FLAGS, OUT_OBJECT)           \
    X(IMsgServiceAdmin, CreateMsgService, 5, STRING, STRING, UI, FLAGS)     \
    X(IMsgServiceAdmin, DeleteMsgService, 6, UID)                           \
    X(IMsgServiceAdmin, CopyMsgService, 7, UID, STRING, IID, IID, OBJECT,   \
      UI, FLAGS)                                                            \
    X(IMsgServiceAdmin, RenameMsgService, 8, UID, FLAGS, STRING)            \
    X(IMsgServiceAdmin, ConfigureMsgService, 9, UID, UI, FLAGS, ULONG, IN)  \
    X(IMsgServiceAdmin, OpenProfileSection, 10, UID, IID, FLAGS,            \
      OUT_OBJECT)                                                           \
    X(IMsgServiceAdmin, MsgServiceTransportOrder, 11, ULONG, IN, FLAGS)     \
    X(IMsgServiceAdmin, AdminProviders, 12, UID, FLAGS, OUT_OBJECT)         \
    X(IMsgServiceAdmin, SetPrimaryIdentity, 13, UID, FLAGS)                 \
    X(IMsgServiceAdmin, GetProviderTable, 14, FLAGS, OUT_OBJECT)

#define LCA_IProviderAdmin_METHODS(X)                                       \
    X(IProviderAdmin, GetLastError, 3, HRESULT, FLAGS, OUT_BUFFER)          \
    X(IProviderAdmin, GetProviderTable, 4, FLAGS, OUT_OBJECT)               \
    X(IProviderAdmin, CreateProvider, 5, STRING, ULONG, IN, UI, FLAGS,      \
      OUT_UID)                                                              \
    X(IProviderAdmin, DeleteProvider, 6, UID)                               \
    X(IProviderAdmin, OpenProfileSection, 7, UID, IID, FLAGS, OUT_OBJECT)

#define LCA_IMessage_METHODS(X)                                             \
    X(IMessage, GetAttachmentTable, 14, FLAGS, OUT_OBJECT)                  \
    X(IMessage, OpenAttach, 15, ULONG, IID, FLAGS, OUT_OBJECT)              \
    X(IMessage, CreateAttach, 16, IID, FLAGS, OUT_ULONG, OUT_OBJECT)        \
    X(IMessage, DeleteAttach, 17, ULONG, UI, OBJECT, FLAGS)                 \
    X(IMessage, GetRecipientTable, 18, FLAGS, OUT_OBJECT)                   \
    X(IMessage, ModifyRecipients, 19, FLAGS, IN)                            \
    X(IMessage, SubmitMessage, 20, FLAGS)                                   \
    X(IMessage, SetReadFlag, 21, FLAGS)

#define LCA_IMAPIAdviseSink_METHODS(X)                                      \
    X(IMAPIAdviseSink, OnNotify, 3, ULONG, IN)

/* OLE's, in objidl.h: streams are what OpenProperty gives of long values. */
#define LCA_ISequentialStream_METHODS(X)                                    \
    X(ISequentialStream, Read, 3, INOUT, ULONG, OUT_ULONG)                  \
    X(ISequentialStream, Write, 4, IN, ULONG, OUT_ULONG)

#define LCA_IStream_METHODS(X)                                              \
    X(IStream, Seek, 5, INT64, ULONG, INOUT)                                \
    X(IStream, SetSize, 6, INT64)                                           \
    X(IStream, CopyTo, 7, OBJECT, INT64, INOUT, INOUT)                      \
    X(IStream, Commit, 8, FLAGS)                                            \
    X(IStream, Revert, 9, NONE)                                             \
    X(IStream, LockRegion, 10, INT64, INT64, FLAGS)                         \
    X(IStream, UnlockRegion, 11, INT64, INT64, FLAGS)                       \
    X(IStream, Stat, 12, INOUT, FLAGS)                                      \
    X(IStream, Clone, 13, OUT_OBJECT)

#define LCA_IMAPIClientShutdown_METHODS(X)                                  \
    X(IMAPIClientShutdown, QueryFastShutdown, 3, NONE)                      \
    X(IMAPIClientShutdown, NotifyProcessShutdown, 4, NONE)                  \
    X(IMAPIClientShutdown, DoFastShutdown, 5, NONE)

#define LCA_METHODS(X)                                                      \
    LCA_IUnknown_METHODS(X)                                                 \
    LCA_IMAPISession_METHODS(X)                                             \
    LCA_IMAPIProp_METHODS(X)                                                \
    LCA_IMAPITable_METHODS(X)                                               \
    LCA_IMsgStore_METHODS(X)                                                \
    LCA_IAddrBook_METHODS(X)                                                \
    LCA_IProfSect_METHODS(X)                                                \
    LCA_IMAPIStatus_METHODS(X)                                              \
    LCA_IMAPIContainer_METHODS(X)                                           \
    LCA_IMAPIFolder_METHODS(X)                                              \
    LCA_IABContainer_METHODS(X)                                             \
    LCA_IProfAdmin_METHODS(X)                                               \
    LCA_IMsgServiceAdmin_METHODS(X)                                         \
    LCA_IProviderAdmin_METHODS(X)                                           \
    LCA_IMessage_METHODS(X)                                                 \
    LCA_IMAPIAdviseSink_METHODS(X)                                          \
    LCA_ISequentialStream_METHODS(X)                                        \
    LCA_IStream_METHODS(X)                                                  \
    LCA_IMAPIClientShutdown_METHODS(X)

#endif
