/*
 * judge: what a record of a run says about a case. Pure.
 *
 * No clock, no file, no subject: a case, its script, a record and the
 * calibration go in, an opinion comes out, so an old record can be judged
 * again. What each wish of a step means is a row in rules.c.
 *
 * Three rules stand above the rows:
 *   - what the case asks is judged by the steps that have a wish; a step
 *     without one is set-up, and set-up that fails judges nothing
 *   - a crash, a hang or an exit of the subject fails the case, unless the
 *     plain trial ends in the same way at the same call: then the finding is
 *     that one's, and this case says what it saw until there, or is SKIP
 *   - silence is BROKEN, never PASS
 */

#ifndef LCA_JUDGE_H
#define LCA_JUDGE_H

#include "harness/base/result.h"
#include "harness/model/calibration.h"
#include "harness/model/case.h"
#include "harness/model/record.h"
#include "harness/model/verdict.h"

struct lca_hearing {
    const struct lca_case *c;
    const struct lca_script *script;
    const struct lca_record *record;
    const struct lca_calibration *calibration;
};

/* PASS, or why a kind of session has nothing to be judged by. */
struct lca_opinion lca_judge_unmet(const struct lca_hearing *hearing);
struct lca_opinion lca_judge(const struct lca_hearing *hearing);

/* A rule: what step i says. PASS with a text is a note. */
typedef struct lca_opinion lca_rule(const struct lca_hearing *h, unsigned i);
extern lca_rule *const lca_rules[LCA_WANT_COUNT];

/* The clause that a plain trial's bad end at an op belongs to, and the one
   that judges what a method does on a dead session. */
const char *lca_judge_owner(enum lca_op op);
const char *lca_judge_owner_of_method(enum lca_method method);
/* Was the session logged off before step `at`, or at the same time? */
bool lca_judge_ended_before(const struct lca_hearing *h, unsigned at,
                            unsigned char session);

/* "QueryIdentity", "Logoff": what a person calls a step. */
const char *lca_judge_call(const struct lca_step *step);
/* The same, and beside what it was played: "Logoff beside Release". */
void lca_judge_call_beside(const struct lca_hearing *hearing, unsigned at,
                           char *text, size_t size);

/* "crashed with signal 11 (SIGSEGV) in subject.so+0x1234" */
void lca_judge_ending(const struct lca_record *record, char *text,
                      size_t size);

struct lca_opinion lca_judge_say(enum lca_verdict verdict,
                                 const char *format, ...) LCA_PRINTF(2, 3);

#endif
