#include "harness/mapi/abi.h"
#include "harness/mapi/code.h"
#include "harness/mapi/interface.h"
#include "harness/mapi/mapi.h"
#include "harness/selftest/calls.h"
#include "harness/selftest/compare.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static unsigned own_slots(enum lca_interface interface)
{
    unsigned n = 0;

    for (int m = LCA_NO_METHOD + 1; m < LCA_METHOD_COUNT; m++)
        n += lca_method(m)->interface == interface;
    return n;
}

static unsigned slots_before(enum lca_interface interface)
{
    enum lca_interface base = lca_interface_base(interface);

    if (interface == LCA_IUnknown)
        return 0;
    return slots_before(base) + own_slots(base);
}

static void slots_are_contiguous(void)
{
    for (int i = 0; i < LCA_INTERFACE_COUNT; i++) {
        unsigned first = slots_before(i), count = own_slots(i);
        uint64_t seen = 0;

        for (int m = LCA_NO_METHOD + 1; m < LCA_METHOD_COUNT; m++)
            if (lca_method(m)->interface == (enum lca_interface)i) {
                CU_ASSERT_EQUAL(seen >> lca_method(m)->slot & 1, 0);
                seen |= 1ull << lca_method(m)->slot;
            }
        CU_ASSERT_EQUAL(seen, ((1ull << count) - 1) << first);
    }
    CU_ASSERT_EQUAL(lca_method(LCA_IMAPISession_Logoff)->slot, 17);
    CU_ASSERT_EQUAL(lca_method(LCA_IMsgStore_StoreLogoff)->slot, 21);
    CU_ASSERT_EQUAL(slots_before(LCA_IMAPIFolder), 19);
}

static void methods_are_found_by_name(void)
{
    CU_ASSERT_EQUAL(lca_method_find("IMAPISession", "Logoff"),
                    LCA_IMAPISession_Logoff);
    CU_ASSERT_EQUAL(lca_method_find("IMAPITable", "GetLastError"),
                    LCA_IMAPITable_GetLastError);
    CU_ASSERT_EQUAL(lca_method_find("IMAPISession", "logoff"), LCA_NO_METHOD);
    CU_ASSERT_EQUAL(lca_method_find("IMAPISession", "Release"), LCA_NO_METHOD);
    CU_ASSERT_EQUAL(lca_method_find("IProfSect", "Logoff"), LCA_NO_METHOD);
    CU_ASSERT_EQUAL(lca_method_find("", ""), LCA_NO_METHOD);
    for (int m = LCA_NO_METHOD + 1; m < LCA_METHOD_COUNT; m++) {
        const struct lca_method_row *row = lca_method(m);

        CU_ASSERT_EQUAL(
            lca_method_find(lca_interface_name(row->interface), row->name),
            (enum lca_method)m);
    }
}

static void parameters_are_listed(void)
{
    static const enum lca_parameter logoff[] = {
        LCA_P_UI, LCA_P_FLAGS, LCA_P_ULONG,
    };
    const struct lca_method_row *row = lca_method(LCA_IMAPISession_Logoff);

    CU_ASSERT_EQUAL_FATAL(row->count, 3);
    for (int i = 0; i < 3; i++)
        CU_ASSERT_EQUAL(row->parameters[i], logoff[i]);
    CU_ASSERT_EQUAL(lca_method(LCA_IUnknown_Release)->count, 0);
    CU_ASSERT_EQUAL(lca_method(LCA_IMAPITable_Abort)->count, 0);
    CU_ASSERT_EQUAL(lca_method(LCA_IMAPISession_ShowForm)->count, 11);
    CU_ASSERT_EQUAL(lca_method(LCA_NO_METHOD)->count, 0);
    CU_ASSERT_STRING_EQUAL(lca_parameter_name(LCA_P_OUT_CONNECTION),
                           "OUT_CONNECTION");
    for (int p = 0; p < LCA_P_COUNT; p++)
        CU_ASSERT_EQUAL(lca_parameter_is_output(p),
                        strncmp(lca_parameter_name(p), "OUT_", 4) == 0 ||
                        p == LCA_P_INOUT);
}

static void outputs_have_a_width(void)
{
    static const struct { enum lca_parameter kind; unsigned com, itanium; }
    rows[] = {
        { LCA_P_OUT_OBJECT,     sizeof(void *),    sizeof(void *) },
        { LCA_P_OUT_BUFFER,     sizeof(void *),    sizeof(void *) },
        { LCA_P_OUT_COUNT,      4,                 4 },
        { LCA_P_OUT_ULONG,      4,                 4 },
        { LCA_P_OUT_LONG,       4,                 4 },
        { LCA_P_OUT_CONNECTION, sizeof(uintptr_t), 4 },
        { LCA_P_OUT_TOKEN,      sizeof(uintptr_t), 4 },
        { LCA_P_OUT_BOOKMARK,   sizeof(uintptr_t), 4 },
        { LCA_P_OUT_UID,        16,                16 },
        { LCA_P_INOUT,          0,                 0 },
    };
    unsigned sized = 0;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CU_ASSERT_EQUAL(lca_abi_output_size(LCA_ABI_COM, rows[i].kind),
                        rows[i].com);
        CU_ASSERT_EQUAL(lca_abi_output_size(LCA_ABI_ITANIUM, rows[i].kind),
                        rows[i].itanium);
        sized += lca_parameter_is_output(rows[i].kind);
    }
    for (int p = 0; p < LCA_P_COUNT; p++)
        if (lca_parameter_is_output(p))
            sized--;
        else
            CU_ASSERT_EQUAL(lca_abi_output_size(LCA_ABI_COM, p), 0);
    CU_ASSERT_EQUAL(sized, 0);
}

static void abis_have_names(void)
{
    enum lca_abi abi = LCA_ABI_COUNT;

    CU_ASSERT(!lca_abi_parse("COM", &abi));
    CU_ASSERT(!lca_abi_parse("", &abi));
    CU_ASSERT_EQUAL(abi, LCA_ABI_COUNT);
    for (int i = 0; i < LCA_ABI_COUNT; i++) {
        CU_ASSERT(lca_abi_parse(lca_abi_name(i), &abi));
        CU_ASSERT_EQUAL(abi, (enum lca_abi)i);
    }
}

/* Functions that can only be told apart by their addresses. */
#define FAKES(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6)
#define X(n) static void fake_##n(void) { CU_FAIL("a fake was called"); }
FAKES(X)
#undef X

static void com_table_is_read(void)
{
    lca_function *table[32] = { [2] = fake_2, [3] = fake_3, [17] = fake_4 };
    lca_function **object[1] = { table };
    void *self = object;

    CU_ASSERT(lca_abi_method(LCA_ABI_COM, LCA_IMAPISession,
                             LCA_IMAPISession_Logoff, &self) == fake_4);
    CU_ASSERT(lca_abi_method(LCA_ABI_COM, LCA_IMAPISession,
                             LCA_IUnknown_Release, &self) == fake_2);
    CU_ASSERT(lca_abi_method(LCA_ABI_COM, LCA_IMAPIFolder,
                             LCA_IMAPIProp_GetLastError, &self) == fake_3);
    CU_ASSERT(lca_abi_method(LCA_ABI_COM, LCA_IMAPISession,
                             LCA_IMAPISession_Advise, &self) == NULL);
    CU_ASSERT(lca_abi_method(LCA_ABI_COM, LCA_IMAPIProp,
                             LCA_IMsgStore_StoreLogoff, &self) == NULL);
    CU_ASSERT(lca_abi_method(LCA_ABI_COM, LCA_IMAPISession,
                             LCA_NO_METHOD, &self) == NULL);
    CU_ASSERT(self == object);
}

/*
 * An object in four parts, as a C++ compiler would lay out a folder: what the
 * folder's own table has, and behind words of it a container, its properties
 * and its IUnknown. Slots that lie in another part are null. A status object,
 * whose properties are no part of their own, has something else in the word
 * that leads a folder to them.
 */
enum { folder, container, prop, unknown, status, parts };

struct word_table {
    intptr_t before[32];        /* before[32 - n] is the n-th word before */
    lca_function *slots[40];
};

static struct word_table tables[parts];
static void *pieces[parts][2];  /* a table's address and some data each */

static void build_folder(void)
{
    static const struct { int word, part; } ways[] = {
        { 7, unknown }, { 19, prop }, { 25, container },
    };

    memset(tables, 0, sizeof tables);
    for (int p = 0; p < parts; p++) {
        pieces[p][0] = tables[p].slots;
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++)
            tables[p].before[32 - ways[w].word] =
                (char *)pieces[ways[w].part] - (char *)pieces[p];
    }
    tables[unknown].slots[2] = fake_0;          /* AddRef */
    tables[unknown].slots[3] = fake_1;          /* Release */
    tables[unknown].slots[4] = fake_2;          /* QueryInterface */
    tables[prop].slots[5] = fake_3;             /* GetLastError */
    tables[prop].slots[15] = fake_4;            /* GetIDsFromNames */
    tables[container].slots[18] = fake_5;       /* OpenEntry */
    tables[folder].slots[21] = fake_6;          /* CreateMessage */
    tables[status].slots[5] = fake_5;           /* GetLastError */
    tables[status].before[32 - 19] =
        (char *)pieces[container] - (char *)pieces[status];
}

static void itanium_path_is_followed(void)
{
    static const struct {
        int from;
        enum lca_interface as;
        enum lca_method method;
        lca_function *function;
        int to;
    } rows[] = {
        { folder, LCA_IMAPIFolder, LCA_IUnknown_AddRef, fake_0, unknown },
        { folder, LCA_IMAPIFolder, LCA_IUnknown_Release, fake_1, unknown },
        { folder, LCA_IMAPIFolder, LCA_IUnknown_QueryInterface, fake_2,
          unknown },
        { container, LCA_IMAPIContainer, LCA_IUnknown_Release, fake_1,
          unknown },
        { prop, LCA_IMAPIProp, LCA_IUnknown_Release, fake_1, unknown },
        { unknown, LCA_IUnknown, LCA_IUnknown_Release, fake_1, unknown },
        { folder, LCA_IMAPIFolder, LCA_IMAPIProp_GetLastError, fake_3, prop },
        { folder, LCA_IMAPIFolder, LCA_IMAPIProp_GetIDsFromNames, fake_4,
          prop },
        { container, LCA_IMAPIContainer, LCA_IMAPIProp_GetLastError, fake_3,
          prop },
        { prop, LCA_IMAPIProp, LCA_IMAPIProp_GetLastError, fake_3, prop },
        { status, LCA_IMAPIStatus, LCA_IMAPIProp_GetLastError, fake_5,
          status },
        { status, LCA_IMAPIStatus, LCA_IUnknown_Release, fake_1, unknown },
        { folder, LCA_IMAPIFolder, LCA_IMAPIContainer_OpenEntry, fake_5,
          container },
        { folder, LCA_IABContainer, LCA_IMAPIContainer_OpenEntry, fake_5,
          container },
        { folder, LCA_IMAPIFolder, LCA_IMAPIFolder_CreateMessage, fake_6,
          folder },
        { folder, LCA_IMAPIFolder, LCA_IMAPIFolder_EmptyFolder, NULL,
          folder },
        { folder, LCA_IMAPIFolder, LCA_IMAPISession_Logoff, NULL, folder },
    };

    build_folder();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        void *self = pieces[rows[i].from];

        CU_ASSERT(lca_abi_method(LCA_ABI_ITANIUM, rows[i].as, rows[i].method,
                                 &self) == rows[i].function);
        CU_ASSERT(self == (void *)pieces[rows[i].to]);
    }
}

static void sink_is_plain_data(void)
{
    static lca_function *const methods[LCA_SINK_METHODS] = {
        fake_0, fake_1, fake_2, fake_3,
    };
    static const enum lca_method asked[LCA_SINK_METHODS] = {
        LCA_IUnknown_QueryInterface, LCA_IUnknown_AddRef,
        LCA_IUnknown_Release, LCA_IMAPIAdviseSink_OnNotify,
    };
    struct { void *vptr; int data; } sink = { 0 };

    for (int abi = 0; abi < LCA_ABI_COUNT; abi++) {
        lca_function *table[LCA_SINK_WORDS];

        memset(table, 0xA5, sizeof table);
        lca_abi_sink(abi, methods, table, &sink.vptr);
        for (int i = 0; i < LCA_SINK_METHODS; i++) {
            void *self = &sink;

            CU_ASSERT(lca_abi_method(abi, LCA_IMAPIAdviseSink, asked[i],
                                     &self) == methods[i]);
            CU_ASSERT(self == &sink);
        }
        if (abi == LCA_ABI_COM)
            continue;
        CU_ASSERT(sink.vptr == (void *)(table + 7));
        for (int i = 0; i < 7; i++)
            CU_ASSERT(table[i] == NULL);
        CU_ASSERT(table[7] && table[8]);
        table[7]();             /* a destructor that does nothing */
        CU_ASSERT(table[9] == fake_1);
        CU_ASSERT(table[10] == fake_2);
        CU_ASSERT(table[11] == fake_0);
        CU_ASSERT(table[12] == fake_3);
    }
}

static void codes_have_names(void)
{
    static const struct { HRESULT code; const char *text; bool failed; }
    rows[] = {
        { 0,                     "0x00000000 S_OK", false },
        { MAPI_E_INVALID_OBJECT, "0x80040108 MAPI_E_INVALID_OBJECT", true },
        { MAPI_E_CALL_FAILED,    "0x80004005 MAPI_E_CALL_FAILED", true },
        { MAPI_W_NO_SERVICE,     "0x00040203 MAPI_W_NO_SERVICE", false },
        { (HRESULT)0x80040001,   "0x80040001", true },
        { 0x7FFFFFFF,            "0x7FFFFFFF", false },
        { -1,                    "0xFFFFFFFF", true },
    };
    char text[64], cut[8];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *name = lca_code_name(rows[i].code);

        lca_code_print(rows[i].code, text, sizeof text);
        CU_ASSERT_STRING_EQUAL(text, rows[i].text);
        CU_ASSERT_EQUAL(lca_code_failed(rows[i].code), rows[i].failed);
        CU_ASSERT_EQUAL(name == NULL, strlen(rows[i].text) == 10);
        lca_code_print(rows[i].code, cut, sizeof cut);
        CU_ASSERT_EQUAL(strlen(cut), sizeof cut - 1);
    }
#define X(name, value)                                                      \
    CU_ASSERT_STRING_EQUAL(lca_code_name((HRESULT)value), #name);           \
    lca_code_print(name, text, sizeof text);                                \
    CU_ASSERT_STRING_EQUAL(text + 11, #name);
    LCA_CODES(X)
#undef X
}

CU_TestInfo lca_mapi_tests[] = {
    { "an interface's slots follow its base's", slots_are_contiguous },
    { "a method is found by its names", methods_are_found_by_name },
    { "a method's parameters are listed", parameters_are_listed },
    { "an output is as wide as its ABI says", outputs_have_a_width },
    { "an ABI reads what it prints", abis_have_names },
    { "a COM table is read by slots", com_table_is_read },
    { "a C++ object is read through its bases", itanium_path_is_followed },
    { "a sink is plain data in both ABIs", sink_is_plain_data },
    { "a call passes what MAPI declares", lca_calls_pass_types },
    { "a call passes 0 to 12 arguments", lca_calls_pass_counts },
    { "every code has its name", codes_have_names },
    { "methods are those of the headers", lca_compare_methods },
    { "values are those of the headers", lca_compare_values },
    { "IIDs are those of the headers", lca_compare_iids },
    { "structures are those of the headers", lca_compare_structures },
    CU_TEST_INFO_NULL,
};
