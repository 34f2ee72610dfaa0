#include "harness/selftest/compare.h"

#include "harness/mapi/code.h"
#include "harness/mapi/interface.h"
#include "harness/mapi/mapi.h"
#include "harness/selftest/headers.h"

#include <CUnit/CUnit.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { ROOM = 64 };             /* slots of the longest table: 32 */

/* An assertion whose failure says what differs, not only where. */
static void agree(bool ok, const char *format, ...)
    LCA_PRINTF(2, 3);

static void agree(bool ok, const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    CU_assertImplementation(ok, __LINE__, text, __FILE__, "", CU_FALSE);
}

/* NULL, and one failure that says what to install, if they are not there. */
static struct lca_headers *open_headers(void)
{
    struct lca_headers *headers;
    struct lca_result r = lca_headers_read(LCA_HEADERS_FOLDER, &headers);

    agree(r.code == LCA_OK, "%s", r.text);
    return headers;
}

/*
 * What a type and the beginning of a name make of a parameter; the first row
 * that fits decides. The headers are older than 64-bit Windows: where they
 * say ULONG for a window, a connection or a token, the kind says it better.
 */
static const struct {
    const char *type, *name;
    enum lca_parameter kind;
} rules[] = {
    { "ULONG_PTR",            "ulUIParam",      LCA_P_UI },
    { "ULONG",                "ulUIParam",      LCA_P_UI },
    { "ULONG",                "ulConnection",   LCA_P_CONNECTION },
    { "ULONG",                "ulMessageToken", LCA_P_TOKEN },
    { "ULONG",                "ulFlags",        LCA_P_FLAGS },
    { "ULONG",                "ulSearchFlags",  LCA_P_FLAGS },
    { "ULONG",                "ulCreateFlags",  LCA_P_FLAGS },
    { "ULONG",                "cb",             LCA_P_CB },
    { "ULONG",                "",               LCA_P_ULONG },
    { "LONG",                 "",               LCA_P_LONG },
    { "HRESULT",              "",               LCA_P_HRESULT },
    { "BOOKMARK",             "",               LCA_P_BOOKMARK },
    { "REFIID",               "",               LCA_P_IID },
    { "LPCIID",               "rgiid",          LCA_P_IN },
    { "LPCIID",               "",               LCA_P_IID },
    { "LPMAPIUID",            "lpUIDList",      LCA_P_IN },
    { "LPMAPIUID",            "",               LCA_P_UID },
    { "LPENTRYID",            "",               LCA_P_EID },
    { "LPTSTR",               "",               LCA_P_STRING },
    { "LPSTR",                "",               LCA_P_STRING },
    { "LPMAPIADVISESINK",     "",               LCA_P_SINK },
    { "LPFNDISMISS",          "",               LCA_P_FUNCTION },
    { "LPFNBUTTON",           "",               LCA_P_FUNCTION },
    { "LPVOID",               "lpv",            LCA_P_IN },
    { "LPVOID",               "",               LCA_P_OBJECT },
    { "LPMAPIPROGRESS",       "",               LCA_P_OBJECT },
    { "LPMESSAGE",            "",               LCA_P_OBJECT },
    { "LPMDB",                "",               LCA_P_OBJECT },
    { "LPMAPIFOLDER",         "",               LCA_P_OBJECT },
    { "LPBYTE",               "",               LCA_P_IN },
    { "LPGUID",               "",               LCA_P_IN },
    { "LPSPropTagArray",      "",               LCA_P_IN },
    { "LPSPropValue",         "",               LCA_P_IN },
    { "LPSRestriction",       "",               LCA_P_IN },
    { "LPSSortOrderSet",      "",               LCA_P_IN },
    { "LPSRowSet",            "",               LCA_P_IN },
    { "LPENTRYLIST",          "",               LCA_P_IN },
    { "LPNOTIFICATION",       "",               LCA_P_IN },
    { "LPMAPINAMEID*",        "",               LCA_P_IN },
    { "LPADRLIST",            "lpMods",         LCA_P_IN },
    { "LPADRLIST",            "",               LCA_P_INOUT },
    { "LPADRLIST*",           "",               LCA_P_INOUT },
    { "LPADRENTRY",           "",               LCA_P_INOUT },
    { "LPADRPARM",            "",               LCA_P_INOUT },
    { "LPFlagList",           "",               LCA_P_INOUT },
    { "ULONG_PTR*",           "lpulUIParam",    LCA_P_INOUT },
    { "ULONG*",               "lpulUIParam",    LCA_P_INOUT },
    { "ULONG*",               "lpulFlags",      LCA_P_INOUT },
    { "ULONG*",               "lpulConnection", LCA_P_OUT_CONNECTION },
    { "ULONG*",               "lpulMessageTok", LCA_P_OUT_TOKEN },
    { "ULONG*",               "lpc",            LCA_P_OUT_COUNT },
    { "ULONG*",               "",               LCA_P_OUT_ULONG },
    { "LONG*",                "",               LCA_P_OUT_LONG },
    { "BOOKMARK*",            "",               LCA_P_OUT_BOOKMARK },
    { "MAPIUID*",             "",               LCA_P_OUT_UID },
    { "LPVOID*",              "",               LCA_P_OUT_OBJECT },
    { "LPUNKNOWN*",           "",               LCA_P_OUT_OBJECT },
    { "LPMAPITABLE*",         "",               LCA_P_OUT_OBJECT },
    { "LPMDB*",               "",               LCA_P_OUT_OBJECT },
    { "LPADRBOOK*",           "",               LCA_P_OUT_OBJECT },
    { "LPPROFSECT*",          "",               LCA_P_OUT_OBJECT },
    { "LPSERVICEADMIN*",      "",               LCA_P_OUT_OBJECT },
    { "LPPROVIDERADMIN*",     "",               LCA_P_OUT_OBJECT },
    { "LPMESSAGE*",           "",               LCA_P_OUT_OBJECT },
    { "LPMAPIFOLDER*",        "",               LCA_P_OUT_OBJECT },
    { "LPMAPIPROP*",          "",               LCA_P_OUT_OBJECT },
    { "LPATTACH*",            "",               LCA_P_OUT_OBJECT },
    { "LPMAPIERROR*",         "",               LCA_P_OUT_BUFFER },
    { "LPSPropValue*",        "",               LCA_P_OUT_BUFFER },
    { "LPSPropTagArray*",     "",               LCA_P_OUT_BUFFER },
    { "LPSPropProblemArray*", "",               LCA_P_OUT_BUFFER },
    { "LPMAPINAMEID**",       "",               LCA_P_OUT_BUFFER },
    { "LPSRowSet*",           "",               LCA_P_OUT_BUFFER },
    { "LPSSortOrderSet*",     "",               LCA_P_OUT_BUFFER },
    { "LPSRestriction*",      "",               LCA_P_OUT_BUFFER },
    { "LPENTRYLIST*",         "",               LCA_P_OUT_BUFFER },
    { "LPENTRYID*",           "",               LCA_P_OUT_BUFFER },
    { "LPBYTE*",              "",               LCA_P_OUT_BUFFER },
    { "LPTSTR*",              "",               LCA_P_OUT_BUFFER },
    { "LPTSTR**",             "",               LCA_P_OUT_BUFFER },
};

static enum lca_parameter kind_of(enum lca_method method, const char *type,
                                  const char *name)
{
    /* Lent tags, or NULL, in which case the callee makes the array. */
    if (method == LCA_IMAPIProp_GetNamesFromIDs &&
        strcmp(name, "lppPropTags") == 0)
        return LCA_P_INOUT;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rules[i].type, type) == 0 &&
            strncmp(rules[i].name, name, strlen(rules[i].name)) == 0)
            return rules[i].kind;
    return LCA_P_COUNT;
}

static void compare_method(enum lca_method method,
                           const struct lca_prototype *theirs)
{
    const struct lca_method_row *row = lca_method(method);
    const char *interface = lca_interface_name(row->interface);

    agree(strcmp(row->name, theirs->name) == 0,
          "slot %u of %s is %s, in the headers %s", row->slot, interface,
          row->name, theirs->name);
    agree(row->count == theirs->count,
          "%s::%s has %u parameters, in the headers %u", interface,
          row->name, row->count, theirs->count);
    for (unsigned i = 0; i < row->count && i < theirs->count; i++) {
        enum lca_parameter kind = kind_of(method, theirs->parameters[i].type,
                                          theirs->parameters[i].name);

        agree(kind == row->parameters[i],
              "%s::%s, parameter %u is %s, by the headers %s (%s %s)",
              interface, row->name, i + 1,
              lca_parameter_name(row->parameters[i]),
              kind == LCA_P_COUNT ? "unknown" : lca_parameter_name(kind),
              theirs->parameters[i].type, theirs->parameters[i].name);
    }
}

/* The method in a slot of an interface, its own or a base's. */
static enum lca_method method_in(enum lca_interface interface, unsigned slot)
{
    for (;;) {
        for (int m = LCA_NO_METHOD + 1; m < LCA_METHOD_COUNT; m++)
            if (lca_method(m)->interface == interface &&
                lca_method(m)->slot == slot)
                return m;
        if (interface == LCA_IUnknown)
            return LCA_NO_METHOD;
        interface = lca_interface_base(interface);
    }
}

/* Newer than these headers: Outlook 2010 brought it. Streams are OLE's. */
static bool interface_is_missing(enum lca_interface interface)
{
    return interface == LCA_IMAPIClientShutdown ||
           interface == LCA_ISequentialStream || interface == LCA_IStream;
}

void lca_compare_methods(void)
{
    struct lca_headers *headers = open_headers();
    bool compared[LCA_METHOD_COUNT] = { false };

    for (int i = 0; headers && i < LCA_INTERFACE_COUNT; i++) {
        struct lca_prototype theirs[ROOM];
        unsigned n = lca_headers_methods(headers, lca_interface_name(i),
                                         theirs, ROOM);

        agree((n == 0) == interface_is_missing(i),
              "%s has %u methods in the headers", lca_interface_name(i), n);
        for (unsigned slot = 0; slot < n; slot++) {
            enum lca_method m = method_in(i, slot);

            agree(m != LCA_NO_METHOD, "slot %u of %s is empty", slot,
                  lca_interface_name(i));
            if (m == LCA_NO_METHOD)
                continue;
            compare_method(m, &theirs[slot]);
            compared[m] = true;
        }
    }
    for (int m = LCA_NO_METHOD + 1; headers && m < LCA_METHOD_COUNT; m++)
        agree(compared[m] != interface_is_missing(lca_method(m)->interface),
              "%s::%s was not compared",
              lca_interface_name(lca_method(m)->interface),
              lca_method(m)->name);
    lca_headers_free(headers);
}

static const struct { const char *name; uint32_t value; } values[] = {
#define X(name, value) { #name, value },
    LCA_CODES(X)
    LCA_MAPI_FLAGS(X)
#undef X
#define X(name) { #name, name },
    LCA_MAPI_HIGH_FLAGS(X)
#undef X
};

/* What these headers are too old for, or never said. */
static const char *const missing_values[] = {
    "MAPI_E_RECONNECTED",       /* on a page only, cached mode */
    "MAPI_E_OFFLINE",           /* on a page only, cached mode */
    "MAPI_APP_PROFILE",         /* Outlook */
    "MAPI_BG_SESSION",          /* Outlook 2010 */
    "MAPI_NO_COINIT",           /* Outlook */
    "AB_UNICODEUI",             /* Outlook 2003 */
    "MDB_ONLINE",               /* Outlook 2003 */
};

static bool value_is_missing(const char *name)
{
    for (size_t i = 0; i < sizeof missing_values / sizeof *missing_values; i++)
        if (strcmp(missing_values[i], name) == 0)
            return true;
    return false;
}

/* Every code that the headers name is in our list, too. */
static void compare_codes(const struct lca_headers *headers)
{
    static const char *const prefixes[] = { "MAPI_E_", "MAPI_W_" };
    unsigned found = 0;
    char name[64];

    for (int p = 0; p < 2; p++)
        for (unsigned n = 0; lca_headers_define(headers, prefixes[p], n, name);
             n++) {
            const char *ours;
            uint32_t value = 0;

            agree(lca_headers_value(headers, name, &value),
                  "%s is not understood", name);
            ours = lca_code_name((HRESULT)value);
            agree(ours && strcmp(ours, name) == 0, "0x%08lX is %s, in the "
                  "headers %s", (unsigned long)value, ours ? ours : "nameless",
                  name);
            found++;
        }
    agree(found >= 70, "the headers have only %u codes", found);
}

void lca_compare_values(void)
{
    const size_t all = sizeof values / sizeof *values;
    const size_t missing = sizeof missing_values / sizeof *missing_values;
    struct lca_headers *headers = open_headers();
    size_t compared = 0;

    for (size_t i = 0; headers && i < all; i++) {
        uint32_t theirs = 0;
        bool found = lca_headers_value(headers, values[i].name, &theirs);

        agree(found != value_is_missing(values[i].name),
              "%s is %s the headers", values[i].name, found ? "in" : "not in");
        agree(!found || theirs == values[i].value,
              "%s is 0x%08lX, in the headers 0x%08lX", values[i].name,
              (unsigned long)values[i].value, (unsigned long)theirs);
        compared += found;
    }
    if (headers) {
        CU_ASSERT_EQUAL(compared, all - missing);
        compare_codes(headers);
    }
    lca_headers_free(headers);
}

void lca_compare_iids(void)
{
    /* Data2 to Data4 of DEFINE_OLEGUID(name, l, 0, 0). */
    static const uint8_t tail[12] = { [4] = 0xC0, [11] = 0x46 };
    struct lca_headers *headers = open_headers();
    unsigned compared = 0;

    for (int i = 0; headers && i < LCA_INTERFACE_COUNT; i++) {
        const struct GUID *ours = &lca_iid[i];
        char name[64];
        uint32_t first = 0;

        CU_ASSERT_EQUAL(memcmp(&ours->Data2, tail, sizeof tail) == 0,
                        i != LCA_ISequentialStream);
        snprintf(name, sizeof name, "IID_%s", lca_interface_name(i));
        if (!lca_headers_iid(headers, name, &first))
            continue;
        agree(ours->Data1 == first, "%s is %08lX, in the headers %08lX", name,
              (unsigned long)ours->Data1, (unsigned long)first);
        compared++;
    }
    if (headers) {
        /* IUnknown's is not MAPI's to define, nor are those of streams;
           IMAPIClientShutdown is newer. */
        CU_ASSERT_EQUAL(compared, LCA_INTERFACE_COUNT - 4);
        CU_ASSERT_EQUAL(lca_iid[LCA_IUnknown].Data1, 0);
        CU_ASSERT_EQUAL(lca_iid[LCA_IMAPIClientShutdown].Data1, 0x00020397);
        CU_ASSERT_EQUAL(lca_iid[LCA_IStream].Data1, 0x0000000C);
    }
    lca_headers_free(headers);
}

static const struct {
    const char *structure, *member;
    unsigned offset, size;      /* size is 0 for an array without length */
} members[] = {
#define X(structure, member, offset)                                        \
    { #structure, #member, offsetof(struct structure, member),              \
      sizeof ((struct structure *)0)->member },
#define OPEN(structure, member, offset)                                     \
    { #structure, #member, offsetof(struct structure, member), 0 },
    LCA_MEMBERS(X, OPEN)
#undef OPEN
#undef X
};

static void compare_structure(const struct lca_headers *headers,
                              const char *name, size_t size)
{
    struct lca_layout theirs = { 0 };
    unsigned n = 0;

    agree(lca_headers_layout(headers, name, &theirs),
          "%s is not in the headers, or not understood", name);
    agree(theirs.size == size, "%s has %u bytes, in the headers %u", name,
          (unsigned)size, theirs.size);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (strcmp(members[i].structure, name) != 0)
            continue;
        agree(n < theirs.count &&
              strcmp(members[i].member, theirs.members[n].name) == 0 &&
              members[i].offset == theirs.members[n].offset &&
              members[i].size == theirs.members[n].size,
              "member %u of %s is %s at %u with %u bytes, in the headers %s "
              "at %u with %u", n + 1, name, members[i].member,
              members[i].offset, members[i].size, theirs.members[n].name,
              theirs.members[n].offset, theirs.members[n].size);
        n++;
    }
    agree(n == theirs.count, "%s has %u members, in the headers %u", name, n,
          theirs.count);
}

void lca_compare_structures(void)
{
    struct lca_headers *headers = open_headers();

    if (headers) {
#define X(name, size) compare_structure(headers, #name, sizeof(struct name));
        LCA_STRUCTURES(X)
#undef X
    }
    lca_headers_free(headers);
}
