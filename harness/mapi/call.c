#include "harness/mapi/call.h"

#include <assert.h>
#include <string.h>

/* Lists of w[0] to w[n - 1], and of as many types. */
#define W1 w[0]
#define W2 W1, w[1]
#define W3 W2, w[2]
#define W4 W3, w[3]
#define W5 W4, w[4]
#define W6 W5, w[5]
#define W7 W6, w[6]
#define W8 W7, w[7]
#define W9 W8, w[8]
#define W10 W9, w[9]
#define W11 W10, w[10]
#define W12 W11, w[11]
#define W13 W12, w[12]

#define T1 uintptr_t
#define T2 T1, uintptr_t
#define T3 T2, uintptr_t
#define T4 T3, uintptr_t
#define T5 T4, uintptr_t
#define T6 T5, uintptr_t
#define T7 T6, uintptr_t
#define T8 T7, uintptr_t
#define T9 T8, uintptr_t
#define T10 T9, uintptr_t
#define T11 T10, uintptr_t
#define T12 T11, uintptr_t
#define T13 T12, uintptr_t

#define CALL(n) ((uintptr_t(*)(T##n))function)(W##n)

/* Up to 13 words: 12 arguments and self. */
static uintptr_t call_words(lca_function *function, const uintptr_t *w,
                            unsigned count)
{
    switch (count) {
    case 0: return ((uintptr_t(*)(void))function)();
    case 1: return CALL(1);
    case 2: return CALL(2);
    case 3: return CALL(3);
    case 4: return CALL(4);
    case 5: return CALL(5);
    case 6: return CALL(6);
    case 7: return CALL(7);
    case 8: return CALL(8);
    case 9: return CALL(9);
    case 10: return CALL(10);
    case 11: return CALL(11);
    case 12: return CALL(12);
    case 13: return CALL(13);
    }
    assert(!"more arguments than any method of MAPI has");
    return 0;
}

HRESULT lca_call(lca_function *function, void *self,
                 const uintptr_t *arguments, unsigned count)
{
    uintptr_t words[1 + LCA_CALL_MAXIMUM];

    assert(count <= LCA_CALL_MAXIMUM);
    words[0] = (uintptr_t)self;
    if (count)
        memcpy(words + 1, arguments, count * sizeof *arguments);
    return (HRESULT)(uint32_t)call_words(function, words, count + 1);
}

uintptr_t lca_call_entry(lca_function *function, const uintptr_t *arguments,
                         unsigned count)
{
    assert(count <= LCA_CALL_MAXIMUM);
    return call_words(function, arguments, count);
}
