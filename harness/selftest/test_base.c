/* base: results, texts that grow, escape, quote, match and are cleaned. */

#include "harness/base/text.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that may hold zeros, as a literal has them. */
#define BYTES(literal) literal, sizeof literal - 1

static void results_say_why(void)
{
    struct lca_result r = lca_ok();

    CU_ASSERT_EQUAL(r.code, LCA_OK);
    CU_ASSERT_STRING_EQUAL(r.text, "");
    r = lca_fail(LCA_MISSING, "no '%s', tried %d", "libmapi.so", 3);
    CU_ASSERT_EQUAL(r.code, LCA_MISSING);
    CU_ASSERT_STRING_EQUAL(r.text, "no 'libmapi.so', tried 3");
    r = lca_fail(LCA_GONE, "%0600d", 7);
    CU_ASSERT_EQUAL(r.code, LCA_GONE);
    CU_ASSERT_EQUAL(strlen(r.text), sizeof r.text - 1);
}

static void texts_grow(void)
{
    struct lca_text text = { 0 };
    char piece[300];
    size_t length = 0;
    bool same = true;

    lca_text_add(&text, "", 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text.bytes);
    CU_ASSERT_EQUAL(text.bytes[0], '\0');
    for (size_t n = 0; n < sizeof piece; n++) {
        memset(piece, (int)('a' + n % 26), n);
        lca_text_add(&text, piece, n);
        length += n;
        CU_ASSERT_EQUAL(text.length, length);
        CU_ASSERT_EQUAL(text.bytes[length], '\0');
        CU_ASSERT(text.size > length);
    }
    length = 0;
    for (size_t n = 0; n < sizeof piece; n++)
        for (size_t i = 0; i < n; i++)
            same = same && text.bytes[length++] == (char)('a' + n % 26);
    CU_ASSERT(same);
    lca_text_clear(&text);
    CU_ASSERT_EQUAL(text.length, 0);
    CU_ASSERT_STRING_EQUAL(text.bytes, "");
    lca_text_print(&text, "%s", "");
    lca_text_print(&text, "%d%%, %0200d", 7, 1);
    CU_ASSERT_EQUAL(text.length, 204);
    CU_ASSERT(strncmp(text.bytes, "7%, 000", 7) == 0);
    CU_ASSERT_EQUAL(text.bytes[203], '1');
    CU_ASSERT(!text.failed);
    lca_text_free(&text);
    CU_ASSERT_PTR_NULL(text.bytes);
    CU_ASSERT_EQUAL(text.length, 0);
    lca_text_print(&text, "again");
    CU_ASSERT_STRING_EQUAL(text.bytes, "again");
    lca_text_free(&text);
}

/* Each length on its own: there is room for the closing zero, too. */
static void texts_of_every_length_fit(void)
{
    char piece[600];

    memset(piece, 'x', sizeof piece);
    for (size_t n = 0; n < sizeof piece; n++) {
        struct lca_text added = { 0 }, printed = { 0 };

        lca_text_add(&added, piece, n);
        lca_text_print(&printed, "%.*s", (int)n, piece);
        CU_ASSERT(added.length == n && added.size > n);
        CU_ASSERT(printed.length == n && printed.size > n);
        CU_ASSERT_STRING_EQUAL(added.bytes, printed.bytes);
        lca_text_free(&added);
        lca_text_free(&printed);
    }
}

static void what_comes_after_no_memory_is_dropped(void)
{
    struct lca_text text = { 0 };

    lca_text_print(&text, "before");
    text.failed = true;
    lca_text_add(&text, "after", 5);
    lca_text_print(&text, "%0500d", 1);
    lca_text_escape(&text, " ", 1);
    CU_ASSERT_STRING_EQUAL(text.bytes, "before");
    CU_ASSERT(text.failed);
    lca_text_free(&text);
}

static void escaped_bytes_come_back(void)
{
    struct lca_text text = { 0 };
    char all[256], hex[4];

    for (int c = 0; c < 256; c++) {
        bool plain = c > ' ' && c < 127 && c != '%';

        all[c] = (char)c;
        snprintf(hex, sizeof hex, "%%%02X", (unsigned)c);
        lca_text_clear(&text);
        lca_text_escape(&text, all + c, 1);
        CU_ASSERT_EQUAL(text.length, plain ? 1 : 3);
        LCA_ROW(hex, plain ? *text.bytes == (char)c
                           : strcmp(text.bytes, hex) == 0);
        CU_ASSERT_EQUAL(lca_text_unescape(text.bytes), 1);
        LCA_ROW(hex, *text.bytes == (char)c);
    }
    lca_text_clear(&text);
    lca_text_escape(&text, all, sizeof all);
    CU_ASSERT_EQUAL(text.length, 93 + 3 * 163);
    CU_ASSERT_EQUAL_FATAL(lca_text_unescape(text.bytes), sizeof all);
    CU_ASSERT(memcmp(text.bytes, all, sizeof all) == 0);
    lca_text_free(&text);
}

static void what_is_no_escape_stays(void)
{
    static const struct { const char *word, *bytes; } rows[] = {
        { "", "" },           { "%", "%" },       { "%4", "%4" },
        { "a%41b", "aAb" },   { "%4G", "%4G" },   { "%G4", "%G4" },
        { "%%41", "%A" },     { "%2541", "%41" }, { "100%25", "100%" },
        { "%41%42", "AB" },   { "%-1", "%-1" },   { "plain", "plain" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char word[16];

        strcpy(word, rows[i].word);
        LCA_ROW(rows[i].word,
                lca_text_unescape(word) == strlen(rows[i].bytes));
        CU_ASSERT_STRING_EQUAL(word, rows[i].bytes);
    }
}

/* Every byte but zero is a word of its own; then come the usual traps. */
static unsigned words(char list[][64])
{
    static const char *const traps[] = {
        "", "a b", "it's", "''", "'", "$HOME", "`id`", "$(id)", "a\\b", "\\",
        "\"", "a\"b'c", "*", "[a-z]", "?", "~", "~root", "!", "#", "a#b",
        ";", "a;b", "&", "|", "<", ">", "(", ")", "{a,b}", "a\nb", "\n", "\t",
        "-n", "--", "%s", "a=b", "session/x[flags=ui,reserved=0]",
        "session/x{logoff/send:ECONNRESET@2..4;malloc@1+}~7", "\xC3\xA9",
    };
    unsigned count = 0;

    for (int c = 1; c < 256; c++) {
        list[count][0] = (char)c;
        list[count++][1] = '\0';
    }
    for (size_t i = 0; i < sizeof traps / sizeof *traps; i++)
        strcpy(list[count++], traps[i]);
    return count;
}

static void a_shell_reads_what_was_quoted(void)
{
    static char list[320][64], read[8192];
    struct lca_text command = { 0 };
    unsigned count = words(list);
    size_t length, at = 0;
    FILE *shell;

    lca_text_print(&command, "printf '%%s\\0'");
    for (unsigned i = 0; i < count; i++) {
        lca_text_add(&command, " ", 1);
        lca_text_quote(&command, list[i]);
    }
    shell = popen(command.bytes, "r");          /* that is: /bin/sh -c */
    CU_ASSERT_PTR_NOT_NULL_FATAL(shell);
    length = fread(read, 1, sizeof read - 1, shell);
    CU_ASSERT_EQUAL(pclose(shell), 0);
    for (unsigned i = 0; i < count && at < length; i++) {
        LCA_ROW(list[i], strcmp(read + at, list[i]) == 0);
        at += strlen(read + at) + 1;
        CU_ASSERT((at == length) == (i == count - 1));
    }
    CU_ASSERT_EQUAL(at, length);
    lca_text_free(&command);
}

/* At the front of a line, too, where a=b would be kept for a variable. */
static void a_quoted_word_may_come_first(void)
{
    static const char *const rows[] = { "a=b", "{", "!", "#" };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_text command = { 0 };
        char answer[8] = "";
        FILE *shell;

        lca_text_quote(&command, rows[i]);
        lca_text_print(&command, " 2>/dev/null || echo none");
        shell = popen(command.bytes, "r");
        CU_ASSERT_PTR_NOT_NULL_FATAL(shell);
        LCA_ROW(rows[i], fgets(answer, sizeof answer, shell) &&
                             strcmp(answer, "none\n") == 0);
        pclose(shell);
        lca_text_free(&command);
    }
}

static void plain_words_are_not_quoted(void)
{
    static const char *const rows[] = {
        "a", "lastcall", "--only", "./lib/libmapi.so.1", "POST-002", "-j4",
        "session/logoff/plain", "a_b", "x,y", "user@box:22", "@3+", "50%",
    };
    struct lca_text text = { 0 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        lca_text_clear(&text);
        lca_text_quote(&text, rows[i]);
        CU_ASSERT_STRING_EQUAL(text.bytes, rows[i]);
    }
    lca_text_free(&text);
}

static void globs_match(void)
{
    static const struct { const char *pattern, *string; bool is; } rows[] = {
        { "", "", true },             { "", "a", false },
        { "a", "", false },           { "a", "a", true },
        { "a", "A", false },          { "a", "ab", false },
        { "ab", "a", false },         { "?", "", false },
        { "?", "a", true },           { "?", "ab", false },
        { "??", "ab", true },         { "*", "", true },
        { "*", "anything", true },    { "**", "", true },
        { "*?", "", false },          { "*?", "a", true },
        { "?*", "a", true },          { "a*", "a", true },
        { "a*", "ba", false },        { "*a", "ba", true },
        { "*a", "ab", false },        { "*a", "aaba", true },
        { "a*b", "ab", true },        { "a*b", "axxb", true },
        { "a*b", "axxbc", false },    { "a*b*c", "a-b-b-c", true },
        { "a*b*c", "a-c-b", false },  { "*ab*", "aab", true },
        { "*aab", "aaab", true },     { "*a?c", "abcabd", false },
        { "*a?c*", "xxabcx", true },  { "*/logoff/*", "s/logoff/x", true },
        { "POST-*", "POST-002", true }, { "POST-00?", "POST-012", false },
        { "[ab]", "a", false },       { "[ab]", "[ab]", true },
        { "x[f=*]", "x[f=ui]", true }, { "{a,b}", "a", false },
        { "\\*", "\\xyz", true },     { "\\*", "*", false },
        { "a.c", "abc", false },      { "a*", "a\nb", true },
    };
    char many[65];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        LCA_ROW(rows[i].pattern,
                lca_text_match(rows[i].pattern, rows[i].string) ==
                    rows[i].is);
    memset(many, 'a', 64);              /* tried blindly, it takes for ever */
    many[64] = '\0';
    CU_ASSERT(!lca_text_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", many));
}

static size_t encode(unsigned c, char *out)
{
    static const unsigned lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(lead[n] | c);
    return n;
}

/* Each character there is, and the codes that are none, on its own. */
static void only_characters_are_shown(void)
{
    struct lca_text text = { 0 };
    unsigned wrong = 0;
    char bytes[8], marks[] = "????";

    for (unsigned c = 0; c < 0x110000; c++) {
        bool bad = (c < ' ' && c != '\t' && c != '\n') ||
                   (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000) ||
                   c == 0xFFFE || c == 0xFFFF;
        size_t n = encode(c, bytes);

        lca_text_clear(&text);
        lca_text_clean(&text, bytes, n);
        wrong += text.length != n ||
                 memcmp(text.bytes, bad ? marks : bytes, n) != 0;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    lca_text_free(&text);
}

static void each_bad_byte_becomes_a_mark(void)
{
    static const struct {
        const char *name, *bytes;
        size_t length;
        const char *clean;
    } rows[] = {
        { "nothing",            BYTES(""),                     "" },
        { "text",               BYTES("ok\tok\n"),             "ok\tok\n" },
        { "a zero",             BYTES("a\0b"),                 "a?b" },
        { "carriage return",    BYTES("a\r\n"),                "a?\n" },
        { "escape",             BYTES("\x1B[31m"),             "?[31m" },
        { "delete",             BYTES("\x7F"),                 "?" },
        { "a lone follower",    BYTES("a\x80z\xBF"),           "a?z?" },
        { "two cut short",      BYTES("a\xC3"),                "a?" },
        { "three cut short",    BYTES("\xE2\x82"),             "??" },
        { "four cut short",     BYTES("\xF0\x9F\x98"),         "???" },
        { "two, then a letter", BYTES("\xC3" "A"),             "?A" },
        { "three, a letter",    BYTES("\xE2\x82" "A"),         "??A" },
        { "four, a letter",     BYTES("\xF0\x9F\x98" "A"),     "???A" },
        { "a lead, a character", BYTES("\xE2\xC3\xA9"),        "?\xC3\xA9" },
        { "two too long",       BYTES("\xC0\x80\xC1\xBF"),     "????" },
        { "three too long",     BYTES("\xE0\x80\x80"),         "???" },
        { "the last of those",  BYTES("\xE0\x9F\xBF"),         "???" },
        { "four too long",      BYTES("\xF0\x80\x80\x80"),     "????" },
        { "the last of those",  BYTES("\xF0\x8F\xBF\xBF"),     "????" },
        { "a pair of surrogates",
          BYTES("\xED\xA0\xBD\xED\xB8\x80"),                   "??????" },
        { "above the last",     BYTES("\xF4\x90\x80\x80"),     "????" },
        { "far above it",       BYTES("\xF5\x80\x80\x80"),     "????" },
        { "five bytes",         BYTES("\xF8\x88\x80\x80\x80"), "?????" },
        { "six bytes",     BYTES("\xFC\x84\x80\x80\x80\x80"),  "??????" },
        { "no byte of UTF-8",   BYTES("\xFE\xFF"),             "??" },
        { "not in XML",         BYTES("\xEF\xBF\xBE"),         "???" },
        { "bad, then good",     BYTES("\xFF\xC3\xA9!"),        "?\xC3\xA9!" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lca_text text = { 0 };
        /* Exactly as long, so that a reader past the end is seen. */
        char *bytes = malloc(rows[i].length + !rows[i].length);

        memcpy(bytes, rows[i].bytes, rows[i].length);
        lca_text_add(&text, "", 0);
        lca_text_clean(&text, bytes, rows[i].length);
        LCA_ROW(rows[i].name, strcmp(text.bytes, rows[i].clean) == 0);
        free(bytes);
        lca_text_free(&text);
    }
}

CU_TestInfo lca_base_tests[] = {
    { "results say why", results_say_why },
    { "texts grow", texts_grow },
    { "texts of every length fit", texts_of_every_length_fit },
    { "after no memory all is dropped", what_comes_after_no_memory_is_dropped },
    { "escaped bytes come back", escaped_bytes_come_back },
    { "what is no escape stays", what_is_no_escape_stays },
    { "a shell reads what was quoted", a_shell_reads_what_was_quoted },
    { "a quoted word may come first", a_quoted_word_may_come_first },
    { "plain words are not quoted", plain_words_are_not_quoted },
    { "globs match", globs_match },
    { "only characters are shown", only_characters_are_shown },
    { "each bad byte becomes a mark", each_bad_byte_becomes_a_mark },
    CU_TEST_INFO_NULL,
};
