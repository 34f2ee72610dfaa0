/* types: MAPI's scalars, with the widths that they have on every platform. */

#ifndef LCA_TYPES_H
#define LCA_TYPES_H

#include <stdint.h>

typedef int32_t HRESULT;
typedef int32_t SCODE;
typedef int32_t LONG;
typedef uint32_t ULONG;

#endif
