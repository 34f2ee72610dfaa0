#include "cases/axes.h"

#include "harness/mapi/mapi.h"
#include "harness/model/walk.h"

#define DEFINED                                                             \
    { "0", 0 }, { "shared", MAPI_LOGOFF_SHARED }, { "ui", MAPI_LOGOFF_UI }, \
    { "shared+ui", MAPI_LOGOFF_SHARED | MAPI_LOGOFF_UI }

#define BIT(n) { "bit" #n, 1u << n }
#define UNDEFINED                                                           \
    BIT(2), BIT(3), BIT(4), BIT(5), BIT(6), BIT(7), BIT(8), BIT(9), BIT(10),\
    BIT(11), BIT(12), BIT(13), BIT(14), BIT(15), BIT(16), BIT(17), BIT(18), \
    BIT(19), BIT(20), BIT(21), BIT(22), BIT(23), BIT(24), BIT(25), BIT(26), \
    BIT(27), BIT(28), BIT(29), BIT(30), BIT(31),                            \
    { "undefined", 0xFFFFFFFC }, { "all", 0xFFFFFFFF }

const struct lca_value lca_values_flags[] = { DEFINED };
const struct lca_value lca_values_undefined[] = { UNDEFINED };
const struct lca_value lca_values_illegal[] = {
    BIT(2), { "all", 0xFFFFFFFF },
};
const struct lca_value lca_values_any[] = { DEFINED, UNDEFINED };
const struct lca_value lca_values_flags2[] = { DEFINED };

const struct lca_value lca_values_no_ui[] = {
    { "0", 0 }, { "shared", MAPI_LOGOFF_SHARED },
};

const struct lca_value lca_values_with_ui[] = {
    { "ui", MAPI_LOGOFF_UI },
    { "shared+ui", MAPI_LOGOFF_SHARED | MAPI_LOGOFF_UI },
};

const struct lca_value lca_values_unicode[] = {
    { "0", 0 }, { "unicode", MAPI_UNICODE },
};

const struct lca_value lca_values_reserved[] = {
    { "1", 1 }, { "high", 0x80000000 }, { "ones", 0xFFFFFFFF },
};

#define WINDOWS                                                             \
    { "1", LCA_UI_ONE }, { "ones", LCA_UI_ONES },                           \
    { "freed", LCA_UI_FREED }, { "high", LCA_UI_HIGH }

const struct lca_value lca_values_parent[] = { { "0", LCA_UI_NULL }, WINDOWS };
const struct lca_value lca_values_no_window[] = { WINDOWS };

const struct lca_value lca_values_session[] = {
    { "private", LCA_PRIVATE }, { "offered", LCA_OFFERED },
    { "no-mail", LCA_NO_MAIL },
};

const struct lca_value lca_values_init[] = {
    { "null", LCA_INIT_NULL }, { "multi", LCA_INIT_MULTI },
};

const struct lca_value lca_values_any_init[] = {
    { "null", LCA_INIT_NULL }, { "single", LCA_INIT_SINGLE },
    { "multi", LCA_INIT_MULTI },
};

#define SESSION(name) { #name, LCA_IMAPISession_##name }
/* POST-002: Logoff and GetLastError have clauses of their own. */
#define GATED                                                               \
    SESSION(GetMsgStoresTable), SESSION(OpenMsgStore),                      \
    SESSION(OpenAddressBook), SESSION(OpenProfileSection),                  \
    SESSION(GetStatusTable), SESSION(OpenEntry), SESSION(CompareEntryIDs),  \
    SESSION(Advise), SESSION(Unadvise), SESSION(MessageOptions),            \
    SESSION(QueryDefaultMessageOpt), SESSION(EnumAdrTypes),                 \
    SESSION(QueryIdentity), SESSION(SetDefaultStore),                       \
    SESSION(AdminServices), SESSION(ShowForm), SESSION(PrepareForm)
#define UNKNOWN(name) { #name, LCA_IUnknown_##name }
#define EVERY                                                               \
    UNKNOWN(QueryInterface), UNKNOWN(AddRef), UNKNOWN(Release),             \
    SESSION(GetLastError), SESSION(Logoff), GATED

const struct lca_value lca_values_method[] = { GATED };
const struct lca_value lca_values_every[] = { EVERY };

#define MOVE(label, name) { label, LCA_WALK_CALL(LCA_MOVE_##name, 0) }
#define METHOD(name)                                                        \
    { #name, LCA_WALK_CALL(LCA_MOVE_METHOD, LCA_IMAPISession_##name) }
const struct lca_value lca_values_walk[] = {
    MOVE("", NOTHING), MOVE("MAPIInitialize", INITIALIZE),
    MOVE("MAPIUninitialize", UNINITIALIZE), MOVE("MAPILogonEx", LOGON),
    MOVE("MAPILogonEx-shared", LOGON_SHARED), MOVE("Logoff", LOGOFF),
    MOVE("Logoff-shared", LOGOFF_SHARED), MOVE("AddRef", ADDREF),
    MOVE("Release", RELEASE), MOVE("QueryInterface", QUERY),
    MOVE("GetLastError", LAST_ERROR), METHOD(GetMsgStoresTable),
    METHOD(OpenMsgStore), METHOD(OpenAddressBook), METHOD(OpenProfileSection),
    METHOD(GetStatusTable), METHOD(OpenEntry), METHOD(CompareEntryIDs),
    METHOD(Advise), METHOD(Unadvise), METHOD(MessageOptions),
    METHOD(QueryDefaultMessageOpt), METHOD(EnumAdrTypes),
    METHOD(QueryIdentity), METHOD(SetDefaultStore), METHOD(AdminServices),
    METHOD(ShowForm), METHOD(PrepareForm),
};

const struct lca_value lca_values_recipe[] = {
    { "null-outputs", LCA_NULL_OUTPUTS }, { "null-inputs", LCA_NULL_INPUTS },
    { "hostile", LCA_HOSTILE },
};

const struct lca_value lca_values_times[] = {
    { "once", 1 }, { "thousand", 1000 },
};

const struct lca_value lca_values_iid[] = {
    { "unknown", LCA_IID_UNKNOWN }, { "session", LCA_IID_SESSION },
    { "random", LCA_IID_RANDOM },
};

const struct lca_value lca_values_object[] = {
    { "stores-table", LCA_STORES_TABLE }, { "status-table", LCA_STATUS_TABLE },
    { "store", LCA_STORE }, { "address-book", LCA_ADDRESS_BOOK },
    { "profile-section", LCA_PROFILE_SECTION }, { "services", LCA_SERVICES },
};
