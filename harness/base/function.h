/* function: code found at run time. Cast it to its real type to call it. */

#ifndef LCA_FUNCTION_H
#define LCA_FUNCTION_H

typedef void lca_function(void);

#endif
