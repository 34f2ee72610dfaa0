/*
 * rules: what each wish of a step means
 *
 * A rule a wish, in the file of its kind; the table of all stands in rules.c.
 * All are pure, and none is called for a step that was not played.
 */

#ifndef LCA_RULES_H
#define LCA_RULES_H

#include "harness/oracle/judge.h"

#define STEP(h, i)   (&(h)->script->steps[i])
#define ANSWER(h, i) (&(h)->record->answers[i])

/* An opinion that quotes a code: "Logoff answered 0x80040108 ...". */
struct lca_opinion lca_rule_coded(enum lca_verdict verdict, const char *call,
                                  const char *what, int32_t code);
/* SKIP, with the reason that the trial noted. */
struct lca_opinion lca_rule_unprepared(const struct lca_hearing *h);

/* What the answers of a group of probes come to, and one of each by name. */
enum lca_state { LCA_STATE_ALIVE, LCA_STATE_DEAD, LCA_STATE_MIXED,
                 LCA_STATE_UNKNOWN };
enum lca_state lca_rule_state(const struct lca_hearing *h, unsigned marker,
                              const char **alive, const char **dead);

/* rules.c: a call by itself */
lca_rule lca_rule_survive;

/* rules_dead.c: methods of a session that was logged off */
lca_rule lca_rule_refuse, lca_rule_still_refuse, lca_rule_never,
    lca_rule_refuse_inert, lca_rule_known_code, lca_rule_clean,
    lca_rule_left_dead, lca_rule_left_dead_too, lca_rule_left_code,
    lca_rule_left_clean, lca_rule_left_alone, lca_rule_as_saved;

/* rules_state.c: alive, dead or in between; the same as before or not */
lca_rule lca_rule_probed, lca_rule_alive, lca_rule_dead, lca_rule_decided,
    lca_rule_gone, lca_rule_one_succeeds, lca_rule_same_choice,
    lca_rule_same_code, lca_rule_same_value;

/* rules_shared.c: what the clients of a shared session are to each other */
lca_rule lca_rule_alone, lca_rule_attached, lca_rule_distinct, lca_rule_told,
    lca_rule_told_code, lca_rule_told_error, lca_rule_told_entry,
    lca_rule_told_extended, lca_rule_told_anyway, lca_rule_untold,
    lca_rule_vanished;

/* rules_profile.c: a profile that is changed while in use */
lca_rule lca_rule_found, lca_rule_missing, lca_rule_more,
    lca_rule_yes_or_no;

/* locks.c: what is held when a call returns */
lca_rule lca_rule_unlocked;

/* rules_growth.c: what 200 rounds leave */
lca_rule lca_rule_no_new_fds, lca_rule_no_new_threads, lca_rule_no_new_heap,
    lca_rule_no_circle, lca_rule_no_growth, lca_rule_own_fds;

/* rules_residue.c: what a census found by name */
lca_rule lca_rule_no_more, lca_rule_restored, lca_rule_lasting, lca_rule_over,
    lca_rule_noted;
/* ": NAME" of what is new at the census of step i, or "". */
void lca_rule_name_new(const struct lca_hearing *h, unsigned i,
                       enum lca_what what, char *text, size_t size);

#endif
