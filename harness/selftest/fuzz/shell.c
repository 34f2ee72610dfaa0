#include "harness/selftest/fuzz/fuzz.h"

#include <string.h>

static const char begin[] = "\"$(printf '", end[] = "')\"";

static bool octal(const char *at)
{
    return strspn(at, "01234567") >= 3 && at[0] < '4';
}

/* What printf's format stands for; the reader goes behind it. */
static char *printed(const char **at, char *out)
{
    const char *in = *at + sizeof begin - 1;

    while (*in && *in != '\'') {
        if (*in != '\\') {
            lca_fuzz_claim(*in != '%' && *in != '\n',
                           "a format is plain, and stays on its line");
            *out++ = *in++;
            continue;
        }
        lca_fuzz_claim(octal(in + 1), "a backslash has three digits");
        *out++ = (char)((in[1] - '0') * 64 + (in[2] - '0') * 8 +
                        (in[3] - '0'));
        in += 4;
    }
    lca_fuzz_claim(strncmp(in, end, sizeof end - 1) == 0,
                   "what printf prints is closed");
    *at = in + sizeof end - 1;
    return out;
}

static char *quoted(const char **at, char *out)
{
    const char *in = *at + 1;

    while (*in && *in != '\'')
        *out++ = *in++;
    lca_fuzz_claim(*in == '\'', "a quote is closed");
    *at = in + 1;
    return out;
}

/* Up to the blank or the end; `out` is never ahead of what is read. */
static char *word(const char **at, char *out)
{
    static const char special[] = "\"`$&|;<>()*?[]{}~#!\n\t";

    while (**at && **at != ' ') {
        if (**at == '\'') {
            out = quoted(at, out);
        } else if (strncmp(*at, begin, sizeof begin - 1) == 0) {
            out = printed(at, out);
        } else if (strncmp(*at, "\\'", 2) == 0) {
            *out++ = '\'';
            *at += 2;
        } else {
            lca_fuzz_claim(!strchr(special, **at) && **at != '\\',
                           "nothing is left for a shell to act on");
            *out++ = *(*at)++;
        }
    }
    return out;
}

unsigned lca_fuzz_shell(char *line, char **words, unsigned most)
{
    const char *in = line;
    char *out = line;
    unsigned count = 0;

    for (;;) {
        while (*in == ' ')
            in++;
        if (!*in)
            return count;
        lca_fuzz_claim(count < most, "there are no more words than expected");
        words[count++] = out;
        out = word(&in, out);
        if (*in)
            in++;               /* the blank makes room for the zero */
        *out++ = '\0';
    }
}
