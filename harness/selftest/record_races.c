#include "harness/selftest/record_races.h"

#include "harness/model/wire.h"
#include "harness/selftest/apart.h"

#include <CUnit/CUnit.h>
#include <string.h>

/* Those in hand together: what they came to is in the record, too. */
void lca_record_beside(void)
{
    static struct lca_record race, back;
    struct lca_text text = { 0 };
    struct lca_wire_reader reader = { .record = &back };
    bool done = false;

    race = (struct lca_record){ .count = 1, .begun = 4, .ending = LCA_HUNG };
    race.answers[0].calls = race.answers[2].calls = 1;
    race.answers[2].code = -7;
    lca_wire_record(9, &race, &text);
    for (char *line = text.bytes, *end; *line; line = end) {
        end = strchr(line, '\n') + 1;
        end[-1] = '\0';
        CU_ASSERT(!done && lca_wire_read_record(line, &reader, &done));
    }
    CU_ASSERT(done && reader.answers == 4);
    CU_ASSERT(back.count == 1 && back.begun == 4);
    for (unsigned i = 0; i < 5; i++)
        CU_ASSERT(back.answers[i].calls == race.answers[i].calls &&
                  back.answers[i].code == race.answers[i].code);
    lca_text_free(&text);
}

/* Which of those in hand together is the one to name. */
void lca_record_named(void)
{
    static const struct {
        const char *what;
        uint32_t count, begun, crashed_in;
        unsigned back[3];       /* steps that have an answer, from 1 */
        uint32_t named;
    } rows[] = {
        { "one alone", 2, 0, 0, { 1, 2 }, 2 },
        { "none is back", 2, 5, 0, { 1, 2 }, 2 },
        { "the first is back", 2, 5, 0, { 3 }, 3 },
        { "the second is back", 2, 5, 0, { 4 }, 2 },
        { "two are back", 2, 5, 0, { 3, 4 }, 4 },
        { "all are back", 2, 5, 0, { 3, 4, 5 }, 4 },
        { "the last crashed", 2, 5, 5, { 1 }, 4 },
        { "the first crashed", 2, 5, 3, { 5 }, 2 },
        { "one before crashed, it says", 2, 5, 2, { 3 }, 3 },
        { "one after, it says", 2, 5, 6, { 3 }, 3 },
        { "no end", 2, UINT32_MAX, 0, { 3 }, 2 },
    };
    static struct lca_record r;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        r = (struct lca_record){ .count = rows[i].count,
                                 .begun = rows[i].begun,
                                 .crashed_in = rows[i].crashed_in };
        for (int j = 0; j < 3; j++)
            if (rows[i].back[j])
                r.answers[rows[i].back[j] - 1].calls = 1;
        lca_record_settle(&r);
        LCA_ROW(rows[i].what, r.count == rows[i].named);
    }
}
