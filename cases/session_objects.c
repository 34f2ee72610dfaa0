/*
 * session/objects: each method of what the client leaves open over Logoff
 *
 * What answers on the live object and has an answer afterwards is a finding.
 * Left out are methods that change what the server keeps or show the user
 * something, those of spoolers, those that give up what was given (Unadvise,
 * FreeBookmark, StoreLogoff), GetLastError, which may say why, and the usual
 * one, which session/left asks.
 */

#include "cases/catalogue.h"

#define ON(label, object, interface, method)                                \
    { label "." #method, LCA_ASKED(LCA_##object, LCA_##interface##_##method) }

#define PROPERTIES(label, object)                                           \
    ON(label, object, IMAPIProp, GetProps),                                 \
    ON(label, object, IMAPIProp, GetNamesFromIDs),                          \
    ON(label, object, IMAPIProp, GetIDsFromNames)

/* Of what is never saved: it may be changed. */
#define UNSAVED(label, object)                                              \
    PROPERTIES(label, object),                                              \
    ON(label, object, IMAPIProp, OpenProperty),                             \
    ON(label, object, IMAPIProp, SetProps),                                 \
    ON(label, object, IMAPIProp, DeleteProps)

#define TABLE(label, object)                                                \
    ON(label, object, IMAPITable, Advise),                                  \
    ON(label, object, IMAPITable, GetStatus),                               \
    ON(label, object, IMAPITable, SetColumns),                              \
    ON(label, object, IMAPITable, QueryColumns),                            \
    ON(label, object, IMAPITable, SeekRow),                                 \
    ON(label, object, IMAPITable, SeekRowApprox),                           \
    ON(label, object, IMAPITable, QueryPosition),                           \
    ON(label, object, IMAPITable, FindRow),                                 \
    ON(label, object, IMAPITable, Restrict),                                \
    ON(label, object, IMAPITable, CreateBookmark),                          \
    ON(label, object, IMAPITable, SortTable),                               \
    ON(label, object, IMAPITable, QuerySortOrder),                          \
    ON(label, object, IMAPITable, QueryRows),                               \
    ON(label, object, IMAPITable, Abort),                                   \
    ON(label, object, IMAPITable, WaitForCompletion)

#define CONTAINER(label, object)                                            \
    PROPERTIES(label, object),                                              \
    ON(label, object, IMAPIContainer, GetContentsTable),                    \
    ON(label, object, IMAPIContainer, GetHierarchyTable),                   \
    ON(label, object, IMAPIContainer, OpenEntry),                           \
    ON(label, object, IMAPIContainer, GetSearchCriteria)

static const struct lca_value mortals[] = {
    TABLE("stores-table", STORES_TABLE), TABLE("status-table", STATUS_TABLE),
    TABLE("contents-table", CONTENTS), TABLE("hierarchy-table", HIERARCHY),
    PROPERTIES("store", STORE),
    ON("store", STORE, IMsgStore, Advise),
    ON("store", STORE, IMsgStore, CompareEntryIDs),
    ON("store", STORE, IMsgStore, OpenEntry),
    ON("store", STORE, IMsgStore, GetReceiveFolder),
    ON("store", STORE, IMsgStore, GetReceiveFolderTable),
    CONTAINER("folder", FOLDER),
    ON("folder", FOLDER, IMAPIFolder, CreateMessage),
    UNSAVED("message", MESSAGE),
    ON("message", MESSAGE, IMAPIProp, CopyTo),
    ON("message", MESSAGE, IMAPIProp, CopyProps),
    ON("message", MESSAGE, IMessage, GetAttachmentTable),
    ON("message", MESSAGE, IMessage, CreateAttach),
    ON("message", MESSAGE, IMessage, GetRecipientTable),
    ON("message", MESSAGE, IMessage, ModifyRecipients),
    PROPERTIES("address-book", ADDRESS_BOOK),
    ON("address-book", ADDRESS_BOOK, IMAPIProp, GetPropList),
    ON("address-book", ADDRESS_BOOK, IAddrBook, OpenEntry),
    ON("address-book", ADDRESS_BOOK, IAddrBook, Advise),
    ON("address-book", ADDRESS_BOOK, IAddrBook, CreateOneOff),
    ON("address-book", ADDRESS_BOOK, IAddrBook, ResolveName),
    ON("address-book", ADDRESS_BOOK, IAddrBook, QueryDefaultRecipOpt),
    ON("address-book", ADDRESS_BOOK, IAddrBook, GetPAB),
    ON("address-book", ADDRESS_BOOK, IAddrBook, GetDefaultDir),
    ON("address-book", ADDRESS_BOOK, IAddrBook, PrepareRecips),
    CONTAINER("container", CONTAINER),
    ON("container", CONTAINER, IABContainer, ResolveNames),
    PROPERTIES("status", STATUS),
    ON("status", STATUS, IMAPIStatus, ValidateState),
};

/* Parts of another object: dead, or harmless. Streams follow OLE's rules. */
static const struct lca_value parts[] = {
    UNSAVED("attachment", ATTACHMENT),
    ON("attachment", ATTACHMENT, IMAPIProp, SaveChanges),
    TABLE("recipients", RECIPIENTS), TABLE("attachments", ATTACHMENTS),
    ON("stream", STREAM, ISequentialStream, Write),
    ON("stream", STREAM, IStream, Seek),
    ON("stream", STREAM, IStream, SetSize),
    ON("stream", STREAM, IStream, Commit),
    ON("stream", STREAM, IStream, Revert),
    ON("stream", STREAM, IStream, Stat),
    ON("stream", STREAM, IStream, Clone),
};

#define ASKED(v)                                                            \
    { { "asked", LCA_SET_ASKED, v, sizeof v / sizeof *v, false }, { 0 } }

static const struct lca_axis of_mortals[] = ASKED(mortals);
static const struct lca_axis of_parts[] = ASKED(parts);

#define TAKEN .takes = LCA_TAKES(LCA_SET_ASKED)
#define OPEN  { LCA_OPEN, TAKEN, .want = LCA_WANT_OFFERED }
#define QUESTION(wish) { LCA_QUESTION, TAKEN, .want = LCA_WANT_##wish }
#define GIVE_BACK                                                           \
    { LCA_DROP, TAKEN, .want = LCA_WANT_SURVIVE }, { LCA_TIDY },            \
    { LCA_RELEASE, .want = LCA_WANT_SURVIVE }, { LCA_END }

static const struct lca_step refuses[] = {
    { LCA_LOGON }, { LCA_PREPARE }, OPEN, { LCA_ASK, TAKEN },
    QUESTION(SETUP), { LCA_LOGOFF },
    { LCA_ASK, TAKEN, .want = LCA_WANT_SURVIVE }, QUESTION(LEFT_DEAD_TOO),
    GIVE_BACK,
};

static const struct lca_step harmless[] = {
    { LCA_LOGON }, { LCA_PREPARE }, OPEN, QUESTION(SETUP), { LCA_LOGOFF },
    QUESTION(SURVIVE), GIVE_BACK,
};

static const struct lca_case cases[] = {
    {
        .id     = "session/objects/refuses",
        .clause = "OBJ-002",
        .title  = "each method of what is left open over Logoff refuses",
        .axes   = of_mortals,
        .steps  = refuses,
    },
    {
        .id     = "session/objects/harmless",
        .clause = "OBJ-007",
        .title  = "no method of a part of it does harm",
        .axes   = of_parts,
        .steps  = harmless,
    },
    { 0 },
};

const struct lca_chapter lca_chapter_objects = {
    "session/objects", "each method of what is left open", cases,
};
