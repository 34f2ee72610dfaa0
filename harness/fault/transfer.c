#include "harness/fault/transfer.h"

#include "harness/fault/effects.h"
#include "harness/fault/strike.h"

#include <errno.h>

uint32_t lca_transfer_long(size_t size)
{
    return size > 1 ? LCA_ON_LONG : 0;
}

static size_t sum(const struct iovec *parts, size_t count)
{
    size_t size = 0;

    for (size_t i = 0; i < count; i++)
        size += parts[i].iov_len;
    return size;
}

uint32_t lca_transfer_long_parts(const struct iovec *parts, size_t count)
{
    return lca_strike_armed() && count <= IOV_MAX
         ? lca_transfer_long(sum(parts, count)) : 0;
}

bool lca_transfer_goes(enum lca_kind kind, int fd)
{
    switch (kind) {
    case LCA_KIND_NONE: return true;
    case LCA_KIND_late: lca_effect_delay(); return true;
    case LCA_KIND_stall: lca_effect_stall(fd); return true;
    case LCA_KIND_eof:
    case LCA_KIND_EPIPE: lca_effect_break(fd); return true;
    case LCA_KIND_ECONNRESET:
    case LCA_KIND_ETIMEDOUT: lca_effect_break(fd); break;
    default: break;
    }
    errno = lca_strike_number(kind);
    return errno == 0;          /* no errno: the call is made, in its way */
}

bool lca_transfer_is_cut(enum lca_kind kind)
{
    return kind == LCA_KIND_one || kind == LCA_KIND_less;
}

size_t lca_transfer_size(enum lca_kind kind, size_t size)
{
    return kind == LCA_KIND_one ? 1 : kind == LCA_KIND_less ? size - 1 : size;
}

size_t lca_transfer_cut(enum lca_kind kind, const struct iovec *parts,
                        size_t count, struct iovec *cut)
{
    size_t left = lca_transfer_size(kind, sum(parts, count)), used = 0;

    for (size_t i = 0; i < count && left > 0 && used < LCA_CUT_MAX; i++) {
        if (parts[i].iov_len == 0)
            continue;
        cut[used] = parts[i];
        if (cut[used].iov_len > left)
            cut[used].iov_len = left;
        left -= cut[used++].iov_len;
    }
    return used;
}

static bool is_corrupt(enum lca_kind kind)
{
    return kind >= LCA_KIND_corrupt0 && kind <= LCA_KIND_corrupt7;
}

void lca_transfer_spoil_parts(enum lca_kind kind, const struct iovec *parts,
                              size_t count, ssize_t length)
{
    size_t place, size;

    if (!is_corrupt(kind) || length <= 0)
        return;
    size = sum(parts, count);
    if (size > (size_t)length)
        size = (size_t)length;
    place = lca_effect_place((int)kind - LCA_KIND_corrupt0, size);
    for (size_t i = 0; i < count; place -= parts[i++].iov_len)
        if (place < parts[i].iov_len) {
            ((unsigned char *)parts[i].iov_base)[place] ^= 0xFF;
            return;
        }
}

void lca_transfer_spoil(enum lca_kind kind, void *bytes, size_t room,
                        ssize_t length)
{
    struct iovec whole = { bytes, room };

    lca_transfer_spoil_parts(kind, &whole, 1, length);
}
