#include "harness/selftest/calls.h"

#include "harness/mapi/call.h"
#include "harness/mapi/mapi.h"

#include <CUnit/CUnit.h>
#include <stdint.h>
#include <string.h>

/* Callees: each remembers what came in, with the types that MAPI gives. */
static uintptr_t came[1 + LCA_CALL_MAXIMUM];

static HRESULT none(void *self)
{
    came[0] = (uintptr_t)self;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT three(void *self, uintptr_t window, ULONG flags, ULONG reserved)
{
    came[0] = (uintptr_t)self;
    came[1] = window;
    came[2] = flags;
    came[3] = reserved;
    return MAPI_E_UNKNOWN_FLAGS;
}

static HRESULT twelve(void *self, void *a, ULONG b, void *c, ULONG d, LONG e,
                      ULONG f, void *g, ULONG h, void *i, ULONG j, ULONG k,
                      void *l)
{
    const uintptr_t all[] = {
        (uintptr_t)self, (uintptr_t)a, b, (uintptr_t)c, d, (ULONG)e, f,
        (uintptr_t)g, h, (uintptr_t)i, j, k, (uintptr_t)l,
    };

    memcpy(came, all, sizeof came);
    return S_OK;
}

void lca_calls_pass_types(void)
{
    /* Rubbish above an ULONG must not reach a callee that wants 32 bits. */
    const uintptr_t rubbish = sizeof(void *) == 8 ? (uintptr_t)~0xFFFFFFFFull
                                                  : 0;
    uintptr_t words[LCA_CALL_MAXIMUM];
    int self;

    CU_ASSERT_EQUAL(lca_call((lca_function *)none, &self, NULL, 0),
                    MAPI_E_NO_SUPPORT);
    CU_ASSERT_EQUAL(came[0], (uintptr_t)&self);

    words[0] = UINTPTR_MAX;
    words[1] = rubbish | 3;
    words[2] = rubbish | 0x80000000;
    CU_ASSERT_EQUAL(lca_call((lca_function *)three, &self, words, 3),
                    MAPI_E_UNKNOWN_FLAGS);
    CU_ASSERT_EQUAL(came[1], UINTPTR_MAX);
    CU_ASSERT_EQUAL(came[2], 3);
    CU_ASSERT_EQUAL(came[3], 0x80000000);

    for (unsigned i = 0; i < LCA_CALL_MAXIMUM; i++)
        words[i] = rubbish | (0xF0000000u + i);
    CU_ASSERT_EQUAL(lca_call((lca_function *)twelve, &self, words, 12), S_OK);
    CU_ASSERT_EQUAL(came[0], (uintptr_t)&self);
    for (unsigned i = 0; i < LCA_CALL_MAXIMUM; i++)
        CU_ASSERT_EQUAL((ULONG)came[1 + i], 0xF0000000u + i);
    CU_ASSERT_EQUAL(came[12], words[11]);
}

/* One callee for each number of arguments: their sum, the n-th times n. */
#define P(n) uintptr_t a##n
#define S(n) + a##n * n
static uintptr_t sum_0(void) { return 0; }
static uintptr_t sum_1(P(1)) { return 0 S(1); }
static uintptr_t sum_2(P(1), P(2)) { return 0 S(1) S(2); }
static uintptr_t sum_3(P(1), P(2), P(3)) { return 0 S(1) S(2) S(3); }
static uintptr_t sum_4(P(1), P(2), P(3), P(4))
{ return sum_3(a1, a2, a3) S(4); }
static uintptr_t sum_5(P(1), P(2), P(3), P(4), P(5))
{ return sum_4(a1, a2, a3, a4) S(5); }
static uintptr_t sum_6(P(1), P(2), P(3), P(4), P(5), P(6))
{ return sum_5(a1, a2, a3, a4, a5) S(6); }
static uintptr_t sum_7(P(1), P(2), P(3), P(4), P(5), P(6), P(7))
{ return sum_6(a1, a2, a3, a4, a5, a6) S(7); }
static uintptr_t sum_8(P(1), P(2), P(3), P(4), P(5), P(6), P(7), P(8))
{ return sum_7(a1, a2, a3, a4, a5, a6, a7) S(8); }
static uintptr_t sum_9(P(1), P(2), P(3), P(4), P(5), P(6), P(7), P(8), P(9))
{ return sum_8(a1, a2, a3, a4, a5, a6, a7, a8) S(9); }
static uintptr_t sum_10(P(1), P(2), P(3), P(4), P(5), P(6), P(7), P(8), P(9),
                        P(10))
{ return sum_9(a1, a2, a3, a4, a5, a6, a7, a8, a9) S(10); }
static uintptr_t sum_11(P(1), P(2), P(3), P(4), P(5), P(6), P(7), P(8), P(9),
                        P(10), P(11))
{ return sum_10(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10) S(11); }
static uintptr_t sum_12(P(1), P(2), P(3), P(4), P(5), P(6), P(7), P(8), P(9),
                        P(10), P(11), P(12))
{ return sum_11(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11) S(12); }
static uintptr_t sum_13(P(1), P(2), P(3), P(4), P(5), P(6), P(7), P(8), P(9),
                        P(10), P(11), P(12), P(13))
{ return sum_12(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12) S(13); }
#undef P
#undef S

void lca_calls_pass_counts(void)
{
    static lca_function *const sums[] = {
#define SUM(n) (lca_function *)sum_##n
        SUM(0), SUM(1), SUM(2), SUM(3), SUM(4), SUM(5), SUM(6), SUM(7),
        SUM(8), SUM(9), SUM(10), SUM(11), SUM(12), SUM(13),
#undef SUM
    };
    uintptr_t words[LCA_CALL_MAXIMUM], entry = 0, method = 1000;

    for (unsigned i = 0; i < LCA_CALL_MAXIMUM; i++)
        words[i] = 100 + 7 * i;
    for (unsigned n = 0; n <= LCA_CALL_MAXIMUM; n++) {
        if (n) {
            entry += words[n - 1] * n;
            method += words[n - 1] * (n + 1);
        }
        CU_ASSERT_EQUAL(lca_call_entry(sums[n], words, n), entry);
        CU_ASSERT_EQUAL(lca_call(sums[n + 1], (void *)1000, words, n),
                        (HRESULT)method);
    }
}
