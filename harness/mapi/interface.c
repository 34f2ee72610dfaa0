#include "harness/mapi/interface.h"

#include <stddef.h>
#include <string.h>

/* An interface's slots follow those of its base, each once. */
enum {
    end_Nothing = 0,
#define ONE(interface, name, ...) + 1
#define X(name, base, iid) end_##name = end_##base LCA_##name##_METHODS(ONE),
    LCA_INTERFACES(X)
#undef X
#undef ONE
};

#define BIT(interface, name, slot, ...) | 1ull << (slot)
#define X(name, base, iid)                                                  \
    _Static_assert((0ull LCA_##name##_METHODS(BIT)) ==                      \
                   (1ull << end_##name) - (1ull << end_##base),             \
                   #name ": each slot after its base's, once");
LCA_INTERFACES(X)
#undef X
#undef BIT

/* From the kinds of a row to a list of enumerators, and its length. */
#define K1(k) LCA_P_##k
#define K2(k, ...) LCA_P_##k, K1(__VA_ARGS__)
#define K3(k, ...) LCA_P_##k, K2(__VA_ARGS__)
#define K4(k, ...) LCA_P_##k, K3(__VA_ARGS__)
#define K5(k, ...) LCA_P_##k, K4(__VA_ARGS__)
#define K6(k, ...) LCA_P_##k, K5(__VA_ARGS__)
#define K7(k, ...) LCA_P_##k, K6(__VA_ARGS__)
#define K8(k, ...) LCA_P_##k, K7(__VA_ARGS__)
#define K9(k, ...) LCA_P_##k, K8(__VA_ARGS__)
#define K10(k, ...) LCA_P_##k, K9(__VA_ARGS__)
#define K11(k, ...) LCA_P_##k, K10(__VA_ARGS__)
#define K12(k, ...) LCA_P_##k, K11(__VA_ARGS__)
#define PICK(a, b, c, d, e, f, g, h, i, j, k, l, chosen, ...) chosen
#define KINDS(...)                                                          \
    PICK(__VA_ARGS__, K12, K11, K10, K9, K8, K7, K6, K5, K4, K3, K2, K1, 0) \
    (__VA_ARGS__)
#define FIRST(first, ...) LCA_P_##first
#define LCA_P_NONE LCA_P_COUNT          /* a row without parameters */

static const struct lca_method_row methods[LCA_METHOD_COUNT] = {
    [LCA_NO_METHOD] = { "", LCA_IUnknown, 0, 0, NULL },
#define X(interface, name, slot, ...)                                       \
    [LCA_##interface##_##name] = {                                          \
        #name, LCA_##interface, slot,                                       \
        FIRST(__VA_ARGS__, NONE) == LCA_P_NONE                              \
            ? 0 : sizeof (unsigned char[]){ KINDS(__VA_ARGS__) },           \
        (const unsigned char[]){ KINDS(__VA_ARGS__) },                      \
    },
    LCA_METHODS(X)
#undef X
};

static const struct {
    const char *name;
    enum lca_interface base;
} interfaces[LCA_INTERFACE_COUNT] = {
#define LCA_Nothing LCA_IUnknown
#define X(name, base, iid) { #name, LCA_##base },
    LCA_INTERFACES(X)
#undef X
#undef LCA_Nothing
};

const struct GUID lca_iid[LCA_INTERFACE_COUNT] = {
#define OLE(first) { first, 0, 0, { 0xC0, 0, 0, 0, 0, 0, 0, 0x46 } }
#define SEQUENTIAL { 0x0C733A30, 0x2A1C, 0x11CE,                            \
                     { 0xAD, 0xE5, 0, 0xAA, 0, 0x44, 0x77, 0x3D } }
#define X(name, base, iid) iid,
    LCA_INTERFACES(X)
#undef X
};

static const char *const parameters[LCA_P_COUNT] = {
#define X(kind) #kind,
    LCA_PARAMETERS(X)
#undef X
};

const struct lca_method_row *lca_method(enum lca_method method)
{
    return &methods[method];
}

enum lca_method lca_method_find(const char *interface, const char *method)
{
    for (int m = LCA_NO_METHOD + 1; m < LCA_METHOD_COUNT; m++)
        if (strcmp(methods[m].name, method) == 0 &&
            strcmp(interfaces[methods[m].interface].name, interface) == 0)
            return m;
    return LCA_NO_METHOD;
}

const char *lca_interface_name(enum lca_interface interface)
{
    return interfaces[interface].name;
}

enum lca_interface lca_interface_base(enum lca_interface interface)
{
    return interfaces[interface].base;
}

bool lca_parameter_is_output(enum lca_parameter parameter)
{
    return parameter >= LCA_P_OUT_OBJECT && parameter < LCA_P_COUNT;
}

const char *lca_parameter_name(enum lca_parameter parameter)
{
    return parameters[parameter];
}
