/*
 * A text on its ways: on the wire, through a shell, into a report. The first
 * line is a pattern, and the second what it is to match.
 */

#include "harness/base/text.h"

#include "harness/selftest/fuzz/fuzz.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void travels(const uint8_t *bytes, size_t size)
{
    struct lca_text word = { 0 };
    size_t length;

    lca_text_escape(&word, (const char *)bytes, size);
    lca_fuzz_claim(!word.failed, "there is memory to escape");
    length = strcspn(word.bytes ? word.bytes : "", " \t\r\n");
    lca_fuzz_claim(length == word.length, "what is escaped is one word");
    length = word.bytes ? lca_text_unescape(word.bytes) : 0;
    lca_fuzz_claim(length == size &&
                   (!size || memcmp(word.bytes, bytes, size) == 0),
                   "a word arrives as it was");
    lca_text_free(&word);
}

static void is_shown(const uint8_t *bytes, size_t size)
{
    struct lca_text clean = { 0 }, again = { 0 };
    json_t *string;

    lca_text_clean(&clean, (const char *)bytes, size);
    lca_fuzz_claim(clean.length == size, "each bad byte becomes one sign");
    lca_text_clean(&again, clean.bytes ? clean.bytes : "", clean.length);
    lca_fuzz_same(&clean, &again);
    string = json_stringn(clean.bytes ? clean.bytes : "", clean.length);
    lca_fuzz_claim(string, "what is clean is UTF-8");
    json_decref(string);
    lca_text_free(&clean);
    lca_text_free(&again);
}

static void is_quoted(const char *word)
{
    struct lca_text line = { 0 };
    char *words[1];

    lca_text_quote(&line, word);
    lca_fuzz_claim(!line.failed && lca_fuzz_shell(line.bytes, words, 1) == 1 &&
                   strcmp(words[0], word) == 0,
                   "a shell reads the word as it was");
    lca_text_free(&line);
}

/* By the definition of it, column after column; texts of 63 bytes at most. */
static bool matches(const char *pattern, const char *string)
{
    bool here[64] = { [0] = true };
    size_t n = strlen(string);

    for (; *pattern; pattern++) {
        bool before = here[0];          /* what stood one to the left */

        here[0] = before && *pattern == '*';
        for (size_t i = 1; i <= n; i++) {
            bool was = here[i];

            here[i] = *pattern == '*'
                    ? was || here[i - 1]
                    : before && (*pattern == '?' || *pattern == string[i - 1]);
            before = was;
        }
    }
    return here[n];
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = lca_fuzz_text(bytes, size);
    char *rest = text;
    const char *pattern, *string;

    travels(bytes, size);
    is_shown(bytes, size);
    is_quoted(text);
    pattern = lca_fuzz_line(&rest);
    string = lca_fuzz_line(&rest);
    if (pattern && string && strlen(string) < 64)
        lca_fuzz_claim(lca_text_match(pattern, string) ==
                       matches(pattern, string),
                       "a pattern matches what it should");
    free(text);
    return 0;
}
