/*
 * call: calling a function whose parameters are known only as data
 *
 * Every argument is passed as one machine word. Each parameter of MAPI is an
 * integer of 32 bits, an integer as wide as a pointer, or a pointer; none is
 * a float, a structure or variadic. On the platforms in question (x86-64 and
 * AArch64 with the System V, Linux or Windows conventions) each of those takes
 * one register or one eight-byte place on the stack, and a callee that wants
 * 32 bits reads the lower half and ignores the rest. So a call with words puts
 * every argument where the callee looks for it. (Not so on Apple's AArch64,
 * which packs arguments on the stack; and a 32-bit Windows subject would need
 * __stdcall in call.c.)
 *
 * Exactly `count` arguments are passed. The function runs on the caller's
 * thread; what it does is the subject's affair. Nothing is allocated here.
 */

#ifndef LCA_CALL_H
#define LCA_CALL_H

#include "harness/base/function.h"
#include "harness/mapi/types.h"

#include <stdint.h>

#define LCA_CALL_MAXIMUM 12     /* arguments, without self */

/*
 * A method with its object. A method that answers a ULONG (AddRef, Release,
 * OnNotify) gives the same 32 bits.
 */
HRESULT lca_call(lca_function *function, void *self,
                 const uintptr_t *arguments, unsigned count);

/* An entry point; of a 32-bit answer only the lower half means anything. */
uintptr_t lca_call_entry(lca_function *function, const uintptr_t *arguments,
                         unsigned count);

#endif
