/* Lines over a pipe, which arrive in two pieces: the first byte says where. */

#include "harness/platform/channel.h"

#include "harness/selftest/fuzz/fuzz.h"

#include <string.h>
#include <unistd.h>

enum { MOST = 32768 };          /* less than a pipe holds: nobody waits */

static void send_piece(int fd, const uint8_t *bytes, size_t size)
{
    lca_fuzz_claim(write(fd, bytes, size) == (ssize_t)size,
                   "a pipe takes the input");
}

/* Each whole line as it was sent, up to one with a zero, or the end. */
static void receive(struct lca_channel *channel, const uint8_t *bytes,
                    size_t size)
{
    const uint8_t *end;
    char *line;

    while ((end = size ? memchr(bytes, '\n', size) : NULL)) {
        size_t length = (size_t)(end - bytes);

        if (memchr(bytes, 0, length))
            break;
        lca_fuzz_claim(!lca_channel_line(channel, LCA_FOREVER, &line).code,
                       "a line that was sent arrives");
        lca_fuzz_claim(strlen(line) == length &&
                       memcmp(line, bytes, length) == 0,
                       "a line arrives as it was sent");
        size -= length + 1;
        bytes = end + 1;
    }
    lca_fuzz_claim(lca_channel_line(channel, LCA_FOREVER, &line).code ==
                   LCA_GONE, "what is no line is told, and so is the end");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct lca_channel channel = { .in = -1, .out = -1 };
    size_t cut;
    int fds[2];

    if (size < 2 || size > MOST)
        return 0;
    cut = 1 + *bytes % (size - 1);
    lca_fuzz_claim(pipe(fds) == 0, "there is a pipe");
    channel.in = fds[0];
    send_piece(fds[1], bytes + 1, cut - 1);
    if (cut > 1)
        lca_fuzz_claim(!lca_channel_fill(&channel).code, "a piece arrives");
    send_piece(fds[1], bytes + cut, size - cut);
    close(fds[1]);
    receive(&channel, bytes + 1, size - 1);
    lca_channel_close(&channel);
    return 0;
}
