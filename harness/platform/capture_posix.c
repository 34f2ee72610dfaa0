#include "harness/platform/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { HIGH = 210, PIECE = 65536 };     /* where a subject will not look */

/* Reads once. False: nothing is there. */
static bool drain(struct lca_capture *c)
{
    static char piece[PIECE];
    ssize_t n = read(c->in, piece, sizeof piece);

    if (n <= 0)
        return false;
    if (c->total < sizeof c->text) {
        size_t room = sizeof c->text - (size_t)c->total;

        memcpy(c->text + c->total, piece,
               (size_t)n < room ? (size_t)n : room);
    }
    c->total += (uint64_t)n;
    return true;
}

static void meanwhile(void *capture)
{
    drain(capture);
}

struct lca_result lca_capture_open(struct lca_capture *capture)
{
    int ends[2] = { -1, -1 };

    *capture = (struct lca_capture){ .in = -1, .out = -1 };
    if (pipe2(ends, O_CLOEXEC) == 0) {
        capture->in = fcntl(ends[0], F_DUPFD_CLOEXEC, HIGH);
        capture->out = fcntl(ends[1], F_DUPFD_CLOEXEC, HIGH);
        close(ends[0]);
        close(ends[1]);
    }
    if (capture->in < 0 || capture->out < 0)
        return lca_fail(LCA_SYSTEM, "no pipe for what the subject prints: %s",
                        strerror(errno));
    fcntl(capture->in, F_SETFL, O_NONBLOCK);
    capture->aside = (struct lca_aside){ .fd = capture->in,
                                         .read = meanwhile,
                                         .context = capture };
    return lca_ok();
}

void lca_capture_use(struct lca_capture *capture)
{
    dup2(capture->out, STDOUT_FILENO);
    dup2(capture->out, STDERR_FILENO);
    close(capture->out);
    capture->out = -1;
}

uint32_t lca_capture_take(struct lca_capture *capture, char *text,
                          uint32_t size, uint64_t *left)
{
    uint64_t length;

    while (drain(capture))
        ;
    length = capture->total < sizeof capture->text ? capture->total
                                                   : sizeof capture->text;
    if (length > size)
        length = size;
    memcpy(text, capture->text, (size_t)length);
    *left = capture->total - length;
    capture->total = 0;
    return (uint32_t)length;
}
