/* frame: a place in a module, as stacks are made of them. */

#ifndef LCA_FRAME_H
#define LCA_FRAME_H

#include <stdint.h>

struct lca_frame {
    char module[48];            /* file name, without its folder */
    uint64_t offset;
};

#endif
