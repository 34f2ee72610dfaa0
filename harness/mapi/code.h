/*
 * code: results in words
 *
 * The names are those of LCA_CODES; of several names for one number the first
 * of that list is given, which is MAPI's where COM has one too. Nothing is
 * allocated, any thread may ask.
 */

#ifndef LCA_CODE_H
#define LCA_CODE_H

#include "harness/mapi/types.h"

#include <stdbool.h>
#include <stddef.h>

/* NULL if MAPI has no name for it. */
const char *lca_code_name(HRESULT code);

/*
 * "0x80040108 MAPI_E_INVALID_OBJECT", or the number alone if it has no name.
 * Always terminated and cut to fit; 64 bytes hold any.
 */
void lca_code_print(HRESULT code, char *text, size_t size);

/* True for errors; false for S_OK, S_FALSE and MAPI's warnings. */
bool lca_code_failed(HRESULT code);

#endif
